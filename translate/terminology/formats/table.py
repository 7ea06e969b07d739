"""What CSV, TSV and XLSX have in common: a table whose columns are found by their names, or by the script in them.

Nothing is guessed silently: ``Glossary.notes`` says which column was taken for what, and every row left out or changed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from translate.document import TranslateError
from translate.terminology.formats.tsv import COLUMNS, split
from translate.terminology.termbase import Glossary, Row, Status

# Header names of the services and tools that we exchange with, and what editors write in sheets of their own.
_FIELDS = {
    name: field
    for field, names in {
        "source": ("source", "src", "source term", "original", "원어", "원문", "출발어", "표제어", "용어"),
        "target": ("target", "tgt", "dst", "trg", "target term", "translation", "번역", "번역어", "역어", "대역어"),
        "variants": ("variants", "variant", "synonyms", "aliases", "이형", "이표기", "동의어"),
        "status": ("status", "term status", "상태"),
        "part_of_speech": ("part of speech", "pos", "src:pos", "품사"),
        "domain": ("domain", "subject", "subject field", "field", "category", "분야", "영역"),
        "note": ("note", "notes", "comment", "comments", "description", "info", "remarks", "비고", "설명", "메모"),
        "forbidden": ("forbidden", "금지"),
    }.items()
    for name in names
}
_LANGUAGES = {
    name: code
    for code, names in {
        "ko": ("ko", "kor", "ko-kr", "korean", "한국어", "국문", "한글", "국어"),
        "en": ("en", "eng", "en-us", "en-gb", "english", "영어", "영문"),
    }.items()
    for name in names
}
STATUSES = {status.value: status for status in Status} | {
    "": Status.PREFERRED,
    "approved": Status.PREFERRED,
    "standard": Status.PREFERRED,
    "non-standard": Status.DEPRECATED,
    "obsolete": Status.DEPRECATED,
    "superseded": Status.DEPRECATED,
    "not recommended": Status.DEPRECATED,
    "provisional": Status.PROPOSED,
    "rejected": Status.FORBIDDEN,
    "승인": Status.PREFERRED,
    "허용": Status.ADMITTED,
    "금지": Status.FORBIDDEN,
    "제안": Status.PROPOSED,
}
_YES = {"true", "yes", "y", "1", "o", "x", "✓"}
_HANGUL = re.compile("[ᄀ-ᇿ㄰-㆏가-힣]")

Cells = tuple[int, list[str]]  # line number, values


@dataclass(frozen=True)
class _Columns:
    """Which column is what: field by index, further columns by index, languages of source and target."""

    fields: dict[str, int]
    more: dict[int, str]
    languages: tuple[str, str]
    notes: tuple[str, ...]


def from_table(
    table: Sequence[Cells],
    path: str,
    data: bytes,
    notes: Sequence[str] = (),
    header: Sequence[tuple[str, str]] = (),
    comments: Sequence[tuple[int, str]] = (),
) -> Glossary:
    """The glossary in a table; ``comments`` (line, text) are kept above the row that follows them.

    Raises TranslateError where no column can be told to be source and target.
    """
    table = [(line, [_tidy(c) for c in cells]) for line, cells in table if any(c.strip() for c in cells)]
    if not table:
        raise TranslateError(f"{path}: no rows; an empty file is no glossary")
    columns = _by_name(table[0][1])
    body = table[1:] if columns else table
    columns = columns or _by_script(table, path)
    said = [*notes, *columns.notes]
    languages = dict(header).get("languages") or "-".join(_checked_languages(columns, body, said))
    rows: list[Row] = []
    waiting = list(comments)
    for line, cells in body:
        above = tuple(text for at, text in waiting if at <= line)
        waiting = [c for c in waiting if c[0] > line]
        row = _row(line, cells, columns, above, said)
        if row:
            rows.append(row)
    changed = sum(1 for _, cells in body if any(not unicodedata.is_normalized("NFC", c) for c in cells))
    if changed:
        said.append(f"put into Unicode NFC: {changed} of {len(body)} rows")
        rows = [_composed(row) for row in rows]
    head = list(header)
    if "languages" not in dict(header) and languages != "ko-en":
        head.append(("languages", languages))
    names = [name for name in COLUMNS if name in columns.fields or name in ("source", "target", "status")]
    order = (*names, *columns.more.values())
    tail = tuple(text for _, text in waiting)
    digest = hashlib.sha256(data).hexdigest()
    return Glossary(PurePath(path).stem, path, tuple(rows), tuple(head), order, digest, tail, tuple(said))


def _by_name(names: list[str]) -> _Columns | None:
    """Columns by the header row ``names``; None where it is no header row."""
    fields: dict[str, int] = {}
    more: dict[int, str] = {}
    found: list[tuple[int, str]] = []
    notes = []
    for index, name in enumerate(names):
        plain = name.strip().lstrip("#").casefold().replace("_", " ")
        field = _FIELDS.get(plain)
        code = _LANGUAGES.get(plain.replace(" ", "-"))
        if code and code not in (c for _, c in found):
            found.append((index, code))
        elif field and field not in fields:
            fields[field] = index
            if plain != field.replace("_", " "):
                notes.append(f"column '{name}' is {field}")
        elif name.strip():
            label = name.strip()
            while label in more.values() or label in COLUMNS:
                label += "_2"
            more[index] = label
            notes.append(f"column '{name}' is kept as '{label}'" if label != name else f"column '{name}' is kept")
    languages = ("", "")
    if [index for index, _ in found] == [2, 3] and set(more) == {0, 1}:
        return None  # a row of DeepL's: term, term, language, language
    if "source" not in fields and "target" not in fields and len(found) == 2:
        (fields["source"], first), (fields["target"], second) = found
        languages = first, second
        notes.insert(0, f"source is the column '{names[found[0][0]]}', target '{names[found[1][0]]}'")
    else:
        more |= {index: names[index] for index, _ in found}
    if "source" not in fields or "target" not in fields:
        return None
    return _Columns(fields, more, languages, tuple(notes))


def _by_script(table: Sequence[Cells], path: str) -> _Columns:
    """Columns of a table without a header row: source and target first, told by the script in them."""
    width = max(len(cells) for _, cells in table)
    if width < 2:
        raise TranslateError(f"{path}:{table[0][0]}: one column only; check the delimiter, or add a header row")
    first, second = _hangul_share(table, 0), _hangul_share(table, 1)
    if abs(first - second) < 0.5:
        raise TranslateError(
            f"{path}:{table[0][0]}: no header row, and the first two columns are not Korean and English; "
            "add a header row with source and target"
        )
    languages = ("ko", "en") if first > second else ("en", "ko")
    fields = {"source": 0, "target": 1}
    notes = [f"no header row: column 1 is source ({languages[0]}), column 2 target ({languages[1]})"]
    more: dict[int, str] = {}
    codes = width >= 4 and all(c[3][:2].casefold() == languages[1] for _, c in table if len(c) > 3 and c[3])
    if codes:
        notes.append("columns 3 and 4 are language codes (DeepL)")
        more = {index: f"column_{index + 1}" for index in range(4, width)}
    elif width >= 3:
        fields["note"] = 2
        notes.append("column 3 is note")
        more = {index: f"column_{index + 1}" for index in range(3, width)}
    return _Columns(fields, more, languages, tuple(notes))


def _checked_languages(columns: _Columns, body: Sequence[Cells], notes: list[str]) -> tuple[str, str]:
    """The columns' languages; for columns named source and target, what the script in them says."""
    if columns.languages[0]:
        return columns.languages
    source, target = (_hangul_share(body, columns.fields[name]) for name in ("source", "target"))
    if target > source:
        notes.append("the source column is English, the target column Korean")
        return "en", "ko"
    return "ko", "en"


def _hangul_share(table: Sequence[Cells], column: int) -> float:
    values = [cells[column] for _, cells in table if len(cells) > column and cells[column]]
    return sum(1 for v in values if _HANGUL.search(v)) / len(values) if values else 0.0


def _row(line: int, cells: list[str], columns: _Columns, above: tuple[str, ...], notes: list[str]) -> Row | None:
    def value(field: str) -> str:
        index = columns.fields.get(field, len(cells))
        return cells[index] if index < len(cells) else ""

    source, target = value("source"), value("target")
    if not source:
        notes.append(f"line {line}: no source term, left out")
        return None
    status = STATUSES.get(value("status").casefold())
    if status is None:
        notes.append(f"line {line}: unknown status '{value('status')}', taken as proposed")
        status = Status.PROPOSED
    if value("forbidden").casefold() in _YES:
        status = Status.FORBIDDEN
    if not target and status not in (Status.DO_NOT_TRANSLATE, Status.PROPOSED):
        notes.append(f"line {line}: no target, taken as proposed")
        status = Status.PROPOSED
    over = [c for c in cells[max([*columns.fields.values(), *columns.more, -1]) + 1 :] if c]
    if over:
        notes.append(f"line {line}: more values than columns, left out: {' | '.join(over)}")
    more = tuple((name, cells[i] if i < len(cells) else "") for i, name in columns.more.items())
    variants = split(value("variants"))
    return Row(
        source, target, variants, status, value("part_of_speech"), value("domain"), value("note"), more, above, line
    )


def _tidy(cell: str) -> str:
    return cell.strip(" \t\r\n\u00a0\u3000")


def _composed(row: Row) -> Row:
    def nfc(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    return Row(
        nfc(row.source),
        nfc(row.target),
        tuple(nfc(v) for v in row.variants),
        row.status,
        row.part_of_speech,
        nfc(row.domain),
        nfc(row.note),
        tuple((name, nfc(value)) for name, value in row.more),
        row.comment,
        row.line,
    )
