"""Our own glossary file: tab-separated, UTF-8, one term a line, made for people and for git.

A header block of ``# key: value`` comments, a header row that names the columns, then a row a term.  No quoting: a
value holds neither tab nor line break.  ``write`` sorts rows and keeps everything else as it was, so that one change
is one changed line.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from translate.document import TranslateError
from translate.terminology.termbase import Glossary, Row, Status

NAME = "tsv"
SUFFIXES = (".tsv",)

COLUMNS = ("source", "target", "variants", "status", "part_of_speech", "domain", "note")

_KEY = re.compile(r"#\s*([A-Za-z][A-Za-z0-9_-]*):(?:\s+(.*))?$")
_STATUSES = {status.value: status for status in Status} | {"": Status.PREFERRED}
_ORDER = {status: rank for rank, status in enumerate(Status)}
_ESCAPED = re.compile(r"\\+#")  # a row whose first value begins with #, told from a comment by a backslash
_BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Problem:
    """A row that cannot be used as it stands, and what to do about it."""

    line: int
    message: str


def read(data: bytes, path: str) -> Glossary:
    """The glossary in ``data``; ``path`` names it in messages and, by its stem, in entry ids.

    Raises TranslateError ("file:line: what; what to do") for the first thing wrong.
    """
    glossary, problems = scan(data, path)
    if problems:
        more = f" (and {len(problems) - 1} more; `translate glossary check` lists them)" if len(problems) > 1 else ""
        raise TranslateError(f"{path}:{problems[0].line}: {problems[0].message}{more}")
    return glossary


def scan(data: bytes, path: str) -> tuple[Glossary, list[Problem]]:
    """What can be read of ``data``, and what is wrong with the rest; never raises for a row.

    Raises TranslateError only where there is no reading the file at all (not UTF-8, no header row).
    """
    lines = _decode(data, path).split("\n")
    header, begin = _head(lines)
    comment: list[str] = []
    columns = tuple(cell.strip() for cell in lines[begin].rstrip("\r").split("\t")) if begin < len(lines) else ()
    if not is_ours(columns):
        where = f"{path}:{begin + 1}" if begin < len(lines) else path
        raise TranslateError(
            f"{where}: no header row with the columns source and target; "
            "put one there, or bring another tool's file in with `translate glossary import`"
        )
    problems = _check_head(header, columns, begin + 1)
    rows: list[Row] = []
    width = len(columns)
    place = {name: index for index, name in enumerate(columns)}
    own = [place.get(name, width) for name in COLUMNS]
    extra = [(name, index) for index, name in enumerate(columns) if name not in COLUMNS]
    for number, line in enumerate(lines[begin + 1 :], begin + 2):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        if line[0] == "#":
            comment.append(line)
            continue
        cells = (line[1:] if _ESCAPED.match(line) else line).split("\t")
        if len(cells) > width:
            problems.append(Problem(number, f"{len(cells)} fields where the header row has {width}; remove a tab"))
            continue
        cells += [""] * (width + 1 - len(cells))
        source, target, variants, status, part_of_speech, domain, note = [cells[index] for index in own]
        known = _STATUSES.get(status) or _STATUSES.get(status.strip().casefold())
        wrong = _wrong(source, target, status, known)
        if wrong or known is None:
            problems.append(Problem(number, wrong))
            continue
        rows.append(
            Row(
                source,
                target,
                split(variants) if variants else (),
                known,
                part_of_speech,
                domain,
                note,
                tuple((name, cells[index]) for name, index in extra) if extra else (),
                tuple(comment),
                number,
            )
        )
        comment = []
    digest = hashlib.sha256(data).hexdigest()
    name = PurePath(path).stem
    return Glossary(name, path, tuple(rows), tuple(header), columns, digest, tuple(comment)), problems


def write(glossary: Glossary) -> bytes:
    """The glossary as a file: header block, header row, rows in order, comments above the rows they stood above."""
    columns = columns_of(glossary)
    lines = [f"# {key}: {one_line(value)}".rstrip() if key else one_line(value) for key, value in glossary.header]
    lines.append("\t".join(columns))
    for row in in_order(glossary.rows):
        lines.extend(one_line(comment) for comment in row.comment)
        lines.append(_line(row, columns))
    lines.extend(one_line(comment) for comment in glossary.tail)
    return ("\n".join(lines) + "\n").encode()


def losses(glossary: Glossary) -> list[str]:
    """What ``write`` cannot keep: tabs and line breaks inside values, and ``|`` inside a variant."""
    lost = []
    for row in glossary.rows:
        values = (row.source, row.target, row.part_of_speech, row.domain, row.note, *(v for _, v in row.more))
        if any(_BREAK.search(value) for value in values + row.variants):
            lost.append(f"{one_line(row.source)}: a tab or line break in a value becomes a space")
        if any("|" in variant for variant in row.variants):
            lost.append(f"{one_line(row.source)}: | inside a variant becomes /")
    return lost


def has_header(data: bytes) -> bool:
    """Whether the first line that is neither comment nor blank is a header row of ours, if perhaps a misspelt one."""
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines()[:200]:
        if line.strip() and not line.startswith(b"#"):
            names = line.decode("utf-8", "replace").split("\t")
            return is_ours(name.strip() for name in names) or len({*names} & {*COLUMNS}) > 1
    return True


def is_ours(cells: Iterable[str]) -> bool:
    """Whether a header row is one of ours."""
    return {"source", "target"} <= set(cells)


def columns_of(glossary: Glossary) -> tuple[str, ...]:
    """The file's columns: as read, completed by what its rows need; all of ours for a new glossary."""
    columns = list(glossary.columns or COLUMNS)
    for name in COLUMNS:
        if name not in columns and any(cell(row, name) not in ("", "preferred") for row in glossary.rows):
            columns.append(name)
    for row in glossary.rows:
        columns.extend(name for name, value in row.more if value and name not in columns)
    return tuple(columns)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows as a file has them: by source, then status (preferred first), then target."""
    return sorted(rows, key=lambda r: (unicodedata.normalize("NFC", r.source), _ORDER[r.status], r.target))


def split(variants: str) -> tuple[str, ...]:
    """The variants of a cell, in order, without empty ones."""
    return tuple([part for part in (v.strip(" ") for v in variants.split("|")) if part])


def one_line(value: str) -> str:
    """``value`` with tabs and line breaks as single spaces."""
    return _BREAK.sub(" ", value)


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TranslateError(
            f"{path}:{line}: not UTF-8; save it as UTF-8, or bring it in with `translate glossary import`"
        ) from error


def _head(lines: list[str]) -> tuple[list[tuple[str, str]], int]:
    """Header block and the index of the header row."""
    header: list[tuple[str, str]] = []
    for index, line in enumerate(lines):
        line = line.rstrip("\r")
        if line.startswith("#"):
            match = _KEY.match(line)
            header.append((match[1], (match[2] or "").strip()) if match else ("", line))
        elif line.strip():
            return header, index
    return header, len(lines)


def _check_head(header: list[tuple[str, str]], columns: tuple[str, ...], line: int) -> list[Problem]:
    problems = []
    priority = dict(header).get("priority", "0")
    if not re.fullmatch(r"[+-]?[0-9]+", priority):
        problems.append(Problem(1, f"priority is '{priority}'; give a whole number"))
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        problems.append(Problem(line, f"column '{twice[0]}' is there twice; rename or remove one"))
    return problems


def _wrong(source: str, target: str, status: str, known: Status | None) -> str:
    if not source.strip():
        return "source is empty; give the source term or remove the row"
    if known is None:
        return f"unknown status '{status}'; use one of {', '.join(s.value for s in Status)}"
    if not target.strip() and known not in (Status.DO_NOT_TRANSLATE, Status.PROPOSED):
        return "target is empty; give the target or set the status do-not-translate or proposed"
    return ""


def cell(row: Row, column: str) -> str:
    """The row's value in a column, as a file has it."""
    if column == "variants":
        return "|".join(variant.replace("|", "/") for variant in row.variants)
    if column == "status":
        return row.status.value
    if column in COLUMNS:
        return str(getattr(row, column))
    return next((value for name, value in row.more if name == column), "")


def _line(row: Row, columns: tuple[str, ...]) -> str:
    cells = [one_line(cell(row, column)) for column in columns]
    line = "\t".join(cells)
    return "\\" + line if re.match(r"\\*#", line) else line
