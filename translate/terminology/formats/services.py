"""The layouts that translation services and CAT tools take, with each one's limits.

Each `Layout` has the shape of a format.  What a service has no place for is told by ``losses``; what breaks one of its
limits by ``limits``.  Sources: the services' documentation as of November 2026 (docs/glossary-guide.md lists them).
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from translate.terminology.concepts import build_termbase, clean, languages, sides
from translate.terminology.formats import delimited, tsv
from translate.terminology.termbase import Glossary, Row, Status

_REGION = {"ko": "ko-KR", "en": "en-US"}
_UTX_STATUS = {
    Status.PREFERRED: "approved",
    Status.ADMITTED: "approved",
    Status.DEPRECATED: "non-standard",
    Status.FORBIDDEN: "forbidden",
    Status.DO_NOT_TRANSLATE: "approved",
    Status.PROPOSED: "provisional",
}
Line = list[str]


@dataclass(frozen=True)
class Layout:
    """One service's glossary file; ``lines`` makes its rows from a glossary, header line included."""

    NAME: str
    SUFFIXES: tuple[str, ...]
    delimiter: str
    lines: Callable[[Glossary], list[Line]]
    lost: Callable[[Glossary], list[str]]
    file_bytes: int = 0  # limits, 0 for none known
    term_bytes: int = 0

    def read(self, data: bytes, path: str) -> Glossary:
        """The glossary in a file of this layout (see delimited.read)."""
        return delimited.read(data, path)

    def write(self, glossary: Glossary) -> bytes:
        """The glossary as the service takes it: UTF-8 without BOM."""
        lines = self.lines(glossary)
        if self.delimiter == "\t":
            return "".join("\t".join(tsv.one_line(c) for c in line) + "\n" for line in lines).encode()
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(lines)
        return out.getvalue().encode()

    def losses(self, glossary: Glossary) -> list[str]:
        """What the layout has no place for."""
        return self.lost(glossary)

    def limits(self, glossary: Glossary) -> list[str]:
        """What the service would refuse: file or term too long."""
        broken = []
        size = len(self.write(glossary))
        if self.file_bytes and size > self.file_bytes:
            broken.append(f"{self.NAME} takes {self.file_bytes:,} bytes a file, this one has {size:,}; split it")
        if self.term_bytes:
            most = f"{self.NAME} takes {self.term_bytes:,} bytes a term"
            broken += [
                f"{most}, '{cell[:30]}…' has {len(cell.encode()):,}; shorten it"
                for line in self.lines(glossary)
                for cell in line[:2]
                if len(cell.encode()) > self.term_bytes
            ]
        return broken


def pairs(glossary: Glossary) -> Iterator[tuple[str, str]]:
    """Every source form with its preferred target, each source once: what a service without statuses can hold."""
    seen: set[str] = set()
    for entry in build_termbase([glossary], *languages(glossary)).entries:
        for source in entry.sources:
            if source not in seen:
                seen.add(source)
                yield source, entry.targets[0]


def _plain(glossary: Glossary) -> list[Line]:
    return [list(pair) for pair in pairs(glossary)]


def _with_codes(glossary: Glossary) -> list[Line]:
    return [list(languages(glossary)), *_plain(glossary)]


def _equivalent(glossary: Glossary) -> list[Line]:
    notes = {clean(row.source): (row.part_of_speech, row.note) for row in reversed(glossary.rows)}
    body = [[source, target, *notes.get(source, ("", ""))] for source, target in pairs(glossary)]
    return [[*languages(glossary), "pos", "description"], *body]


def _omegat(glossary: Glossary) -> list[Line]:
    lines = [[f"# {glossary.name}: source, target, comment"]]
    for row, source, target in _forms(glossary):
        if not source.startswith("#"):
            lines.append([source, target, row.note])
    return lines


def _forms(glossary: Glossary) -> Iterator[tuple[Row, str, str]]:
    """Every accepted pair of forms, alternatives included."""
    first = languages(glossary)[0]
    seen: set[tuple[str, str]] = set()
    for row in tsv.in_order(glossary.rows):
        if row.status not in (Status.PREFERRED, Status.ADMITTED, Status.DO_NOT_TRANSLATE):
            continue
        more_sources, more_targets = sides(row, first)
        kept = row.status is Status.DO_NOT_TRANSLATE
        for source in (clean(row.source), *more_sources):
            for target in (source,) if kept else (clean(row.target), *more_targets):
                if (source, target) not in seen:
                    seen.add((source, target))
                    yield row, source, target


def _matecat(glossary: Glossary) -> list[Line]:
    source, target = (_REGION[code] for code in languages(glossary))
    head = ["forbidden", "domain", "subdomain", "definition"]
    for code in (source, target):
        head += [code, "notes", "example of use"]
    lines = [head]
    for row in tsv.in_order(glossary.rows):
        if row.status is Status.PROPOSED:
            continue
        more = dict(row.more)
        forbidden = "True" if row.status in (Status.FORBIDDEN, Status.DEPRECATED) else ""
        kept = row.source if row.status is Status.DO_NOT_TRANSLATE else row.target
        line = [forbidden, row.domain, more.get("subdomain", ""), more.get("definition", "")]
        line += [row.source, row.note, more.get("example of use", "")]
        lines.append([*line, kept, more.get("notes", ""), more.get("example of use_2", "")])
    return lines


def _utx(glossary: Glossary) -> list[Line]:
    source, target = languages(glossary)
    header = dict(glossary.header)
    first = ["#UTX 1.20", f"{source}/{target}", header.get("date") or _today()]
    first += [f"{key}: {header[key]}" for key in ("title", "owner", "license", "domain") if header.get(key)]
    lines = [["; ".join(first)], ["#src", "tgt", "src:pos", "term status", "comment", "domain"]]
    for row in tsv.in_order(glossary.rows):
        kept = row.source if row.status is Status.DO_NOT_TRANSLATE else row.target
        if not row.source.startswith("#"):
            lines.append([row.source, kept, row.part_of_speech, _UTX_STATUS[row.status], row.note, row.domain])
    return lines


def _today() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.date().isoformat()


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _hashes(rows: Iterable[str]) -> list[str]:
    """A source that begins with # would be read as a comment."""
    return [f"{source}: left out, a line that begins with # is a comment there" for source in rows if source[:1] == "#"]


def _count(glossary: Glossary, *statuses: Status) -> list[str]:
    lost = []
    for status in statuses:
        rows = [row for row in glossary.rows if row.status is status]
        if rows:
            few = ", ".join(f"{r.source} → {r.target or '(none)'}" for r in rows[:3])
            lost.append(f"{_number(len(rows), status.value + ' row')} left out ({few}{', …' if len(rows) > 3 else ''})")
    return lost


def _filled(glossary: Glossary, *fields: str) -> list[str]:
    lost = []
    for field in fields:
        count = sum(1 for row in glossary.rows if tsv.cell(row, field))
        if count:
            lost.append(f"{field} of {_number(count, 'row')} left out")
    return lost


def _more(glossary: Glossary, *kept: str) -> list[str]:
    names = dict.fromkeys(name for row in glossary.rows for name, value in row.more if value and name not in kept)
    return [f"column '{name}' left out" for name in names] + delimited.losses(glossary)


def _lost_pairs(glossary: Glossary) -> list[str]:
    lost = _count(glossary, Status.DEPRECATED, Status.FORBIDDEN, Status.PROPOSED)
    admitted = sum(len(e.targets) - 1 for e in build_termbase([glossary], *languages(glossary)).entries)
    if admitted:
        lost.append(f"{_number(admitted, 'admitted target')} left out: one target a source")
    return lost + _filled(glossary, "part_of_speech", "domain", "note") + _more(glossary)


def _lost_equivalent(glossary: Glossary) -> list[str]:
    return [line for line in _lost_pairs(glossary) if not line.startswith(("part_of_speech of", "note of"))]


def _lost_omegat(glossary: Glossary) -> list[str]:
    lost = _count(glossary, Status.DEPRECATED, Status.FORBIDDEN, Status.PROPOSED)
    lost += _hashes(dict.fromkeys(source for _, source, _ in _forms(glossary)))
    return lost + _filled(glossary, "part_of_speech", "domain") + _more(glossary)


def _lost_matecat(glossary: Glossary) -> list[str]:
    lost = _count(glossary, Status.PROPOSED) + _filled(glossary, "variants", "part_of_speech")
    deprecated = sum(1 for row in glossary.rows if row.status is Status.DEPRECATED)
    if deprecated:
        lost.append(f"{_number(deprecated, 'deprecated row')} marked as forbidden")
    return lost + _more(glossary, "subdomain", "definition", "example of use", "notes", "example of use_2")


def _lost_utx(glossary: Glossary) -> list[str]:
    lost = _filled(glossary, "variants") + _hashes(row.source for row in glossary.rows)
    for status in (Status.ADMITTED, Status.DO_NOT_TRANSLATE):
        count = sum(1 for row in glossary.rows if row.status is status)
        if count:
            lost.append(f"{_number(count, status.value + ' row')} marked as approved")
    known = ("title", "owner", "license", "domain", "date", "languages")
    rest = [key for key, _ in glossary.header if key not in known]
    if rest:
        lost.append(f"header block ({', '.join(key or 'comment' for key in rest)})")
    return lost + [line for line in _more(glossary) if not line.startswith("header block")]


MIB = 1024 * 1024
LAYOUTS = {
    layout.NAME: layout
    for layout in (
        Layout("deepl", (".csv",), ",", _plain, _lost_pairs, 10 * MIB, 1024),
        Layout("google", (".csv",), ",", _plain, _lost_pairs, 10_485_760, 1023),
        Layout("google-equivalent", (".csv",), ",", _equivalent, _lost_equivalent, 10_485_760, 1023),
        Layout("amazon", (".csv",), ",", _with_codes, _lost_pairs, 10 * MIB),
        Layout("microsoft", (".tsv",), "\t", _plain, _lost_pairs),
        Layout("omegat", (".txt",), "\t", _omegat, _lost_omegat),
        Layout("matecat", (".csv",), ",", _matecat, _lost_matecat),
        Layout("utx", (".utx",), "\t", _utx, _lost_utx),
    )
}
