"""Keeping glossaries: look up, change, merge, compare, count.  Pure functions; the command line prints and writes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from translate.document import TranslateError
from translate.terminology.concepts import build_termbase, clean, languages, match_key, sides
from translate.terminology.formats.tsv import COLUMNS, in_order
from translate.terminology.termbase import Entry, Glossary, Row, Status


@dataclass(frozen=True)
class Hit:
    """A row found: where, by which of its forms, and how alike the form is to what was asked (0..100)."""

    glossary: Glossary
    row: Row
    form: str
    score: float


@dataclass(frozen=True)
class Difference:
    """One row's change between two glossaries: ``before`` is None for an added row, ``after`` for a removed one."""

    before: Row | None
    after: Row | None

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that differ, for a row changed."""
        if self.before is None or self.after is None:
            return ()
        names = [f.name for f in fields(Row) if f.name not in ("line", "comment")]
        return tuple(n for n in names if getattr(self.before, n) != getattr(self.after, n))


@dataclass(frozen=True)
class Stats:
    """Figures of a glossary."""

    name: str
    rows: int
    concepts: int
    source_forms: int
    targets: int
    statuses: dict[str, int]
    domains: dict[str, int]
    parts_of_speech: dict[str, int]
    without_note: int
    sha256: str


@dataclass(frozen=True)
class Place:
    """A segment where a term stands, in its source or its target."""

    document: str
    segment: str
    source: str
    target: str
    side: str  # "source" or "target"
    form: str


def listed(
    glossaries: Iterable[Glossary], status: Status | None = None, domain: str = ""
) -> Iterator[tuple[Glossary, Row]]:
    """Rows in order, those of a status or a domain if asked for."""
    for glossary in glossaries:
        for row in in_order(glossary.rows):
            if (status is None or row.status is status) and (not domain or row.domain.casefold() == domain.casefold()):
                yield glossary, row


def find(glossaries: Iterable[Glossary], query: str, limit: int = 20, least: float = 70.0) -> list[Hit]:
    """Rows with a form like ``query`` in either language, best first: the same, beginning so, holding it, alike.

    Spaces and case do not count; an abbreviation finds its term; ``least`` is the least likeness (rapidfuzz ratio).
    """
    from rapidfuzz import fuzz

    wanted = match_key(clean(query)).casefold()
    if not wanted:
        return []
    letters = unicodedata.normalize("NFD", wanted)  # a slip in one letter is no slip of a whole syllable
    hits = []
    for glossary in glossaries:
        for row in glossary.rows:
            best = Hit(glossary, row, "", 0.0)
            for form in (clean(row.source), clean(row.target), *(f for side in sides(row) for f in side)):
                key = match_key(form).casefold()
                if key == wanted:
                    score = 100.0
                elif key and wanted in key:
                    score = 90.0 + 9.0 * len(wanted) / len(key) - (0 if key.startswith(wanted) else 5)
                else:
                    score = min(fuzz.ratio(letters, unicodedata.normalize("NFD", key)), 89.0)
                if score > best.score:
                    best = replace(best, form=form, score=score)
            if best.score >= least:
                hits.append(best)
    ranks = list(Status)
    return sorted(hits, key=lambda h: (-h.score, h.row.source, ranks.index(h.row.status), h.row.target))[:limit]


def concept(glossaries: Sequence[Glossary], term: str) -> list[tuple[Entry, list[tuple[Glossary, Row]]]]:
    """Concept entries that have ``term`` (in either language) as a form, each with the rows that made it."""
    key = match_key(clean(term)).casefold()
    termbase = build_termbase(glossaries)
    found = []
    for entry in termbase.entries:
        forms = {match_key(f).casefold() for f in (*entry.sources, *entry.targets, *entry.forbidden)}
        if key in forms:
            own = {match_key(f) for f in entry.sources}
            rows = [
                (g, r)
                for g in glossaries
                for r in g.rows
                if match_key(clean(r.source if languages(g)[0] == "ko" else r.target)) in own
            ]
            found.append((entry, rows))
    return found


def add(glossary: Glossary, row: Row) -> Glossary:
    """The glossary with one more row.  Raises TranslateError where that source and target are there already."""
    for other in glossary.rows:
        if _same(other, row.source) and clean(other.target) == clean(row.target):
            raise TranslateError(
                f"{glossary.path}:{other.line}: '{row.source}' → '{row.target}' is there already; "
                "change it with `translate glossary edit`"
            )
    if row.status is Status.PREFERRED:
        for other in glossary.rows:
            rivals = {other.part_of_speech, row.part_of_speech}
            if _same(other, row.source) and other.status is Status.PREFERRED and (len(rivals) < 2 or "" in rivals):
                raise TranslateError(
                    f"{glossary.path}:{other.line}: '{row.source}' has the preferred target '{other.target}'; "
                    "add this one with --status admitted, or make that one deprecated first"
                )
    return replace(glossary, rows=tuple(in_order([*glossary.rows, tidied_row(row)])))


def edit(glossary: Glossary, source: str, target: str = "", /, **changes: object) -> Glossary:
    """The glossary with the fields ``changes`` of one row changed.

    The row is that of ``source``, and of ``target`` where the source has several.  Raises TranslateError where there is
    none, or more than one.
    """
    row = the_row(glossary, source, target)
    known = set(COLUMNS) | {"more"}
    unknown = set(changes) - known
    if unknown:
        raise TranslateError(f"unknown column '{min(unknown)}'; known: {', '.join(COLUMNS)}")
    changed = tidied_row(replace(row, **changes))  # type: ignore[arg-type]
    if not changed.source:
        raise TranslateError(f"{glossary.path}:{row.line}: the source cannot be empty; remove the row instead")
    if not changed.target and changed.status not in (Status.DO_NOT_TRANSLATE, Status.PROPOSED):
        raise TranslateError(f"{glossary.path}:{row.line}: '{row.source}' needs a target before it is {changed.status}")
    return replace(glossary, rows=tuple(in_order(changed if r is row else r for r in glossary.rows)))


def remove(glossary: Glossary, source: str, target: str = "") -> Glossary:
    """The glossary without one row (chosen as by ``edit``); its comments stay, above the next row."""
    row = the_row(glossary, source, target)
    rows: list[Row] = []
    waiting: tuple[str, ...] = ()
    for other in glossary.rows:
        if other is row:
            waiting = row.comment
        else:
            rows.append(replace(other, comment=waiting + other.comment) if waiting else other)
            waiting = ()
    return replace(glossary, rows=tuple(rows), tail=waiting + glossary.tail)


def the_row(glossary: Glossary, source: str, target: str = "") -> Row:
    """The one row of ``source`` (and ``target``).  Raises TranslateError where it is none or several."""
    rows = [r for r in glossary.rows if _same(r, source) and (not target or clean(r.target) == clean(target))]
    if not rows:
        near = [h.form for h in find([glossary], source, limit=3)]
        hint = f"; did you mean {', '.join(near)}?" if near else "; `translate glossary find` looks for terms like it"
        what = f"'{source}' → '{target}'" if target else f"'{source}'"
        raise TranslateError(f"{glossary.path}: no row for {what}{hint}")
    if len(rows) > 1:
        targets = ", ".join(f"'{r.target}' (line {r.line})" for r in rows)
        raise TranslateError(f"{glossary.path}: '{source}' has {len(rows)} rows: {targets}; say which with --target")
    return rows[0]


def holding(glossaries: Sequence[Glossary], source: str, target: str = "") -> Glossary:
    """The one glossary with a row of ``source`` (and ``target``).  Raises TranslateError where none or several have."""
    wanted = clean(target)
    having = [g for g in glossaries if any(_same(r, source) and wanted in ("", clean(r.target)) for r in g.rows)]
    if len(having) == 1:
        return having[0]
    if having:
        raise TranslateError(f"'{source}' is in {', '.join(g.path for g in having)}; say which with -g")
    near = [h.form for h in find(glossaries, source, limit=3)]
    hint = f"; did you mean {', '.join(near)}?" if near else "; `translate glossary find` looks for terms like it"
    raise TranslateError(f"no glossary has a row for '{source}'{f' → {target!r}' if target else ''}{hint}")


def merge(base: Glossary, other: Glossary) -> tuple[Glossary, list[str]]:
    """``base`` with what ``other`` has beyond it, and what was done, line by line.

    A row that base has stays as it is, completed where its fields are empty, with other's variants.  A preferred target
    that differs from base's comes in as proposed, for review: nothing that base decided is overturned.
    """
    said: list[str] = []
    rows = list(base.rows)
    turned = languages(base) != languages(other)
    if turned:
        raise TranslateError(f"{other.path}: its languages are not those of {base.path}; turn its columns round first")
    places: dict[str, list[int]] = {}  # rows of a source
    for place, row in enumerate(rows):
        places.setdefault(match_key(clean(row.source)), []).append(place)
    for new in other.rows:
        same = places.setdefault(match_key(clean(new.source)), [])
        index = next((i for i in same if clean(rows[i].target) == clean(new.target)), None)
        if index is not None:
            kept = _completed(rows[index], new)
            if kept != rows[index]:
                said.append(f"completed {new.source} → {new.target}")
            if kept.status is not new.status:
                theirs = f"{other.name}: {new.status.value}"
                said.append(f"kept {new.source} → {new.target} as {kept.status.value} ({theirs})")
            rows[index] = kept
            continue
        rival = next((rows[i] for i in same if rows[i].status is Status.PREFERRED), None)
        if rival and new.status is Status.PREFERRED:
            said.append(f"proposed {new.source} → {new.target} (preferred is {rival.target})")
            new = replace(new, status=Status.PROPOSED)
        else:
            said.append(f"added {new.source} → {new.target}")
        same.append(len(rows))
        rows.append(tidied_row(replace(new, line=0)))
    return replace(base, rows=tuple(in_order(rows))), said


def diff(old: Glossary, new: Glossary) -> list[Difference]:
    """What changed from ``old`` to ``new``, by source; rows are the same by source and target, else by source alone."""
    after = {(match_key(clean(r.source)), clean(r.target)): r for r in new.rows}
    before = {(match_key(clean(r.source)), clean(r.target)): r for r in old.rows}
    pairs: list[Difference] = []
    gone = {key: row for key, row in before.items() if key not in after}
    come = {key: row for key, row in after.items() if key not in before}
    for key in before.keys() & after.keys():
        change = Difference(before[key], after[key])
        if change.changed:
            pairs.append(change)
    sources: dict[str, list[tuple[str, str]]] = {}
    for key in come:
        sources.setdefault(key[0], []).append(key)
    for key, row in gone.items():
        same = [k for k in sources.get(key[0], ()) if k in come]
        status = [k for k in same if come[k].status is row.status]
        match = next(iter(status or same), None)
        pairs.append(Difference(row, come.pop(match) if match else None))
    pairs += [Difference(None, row) for row in come.values()]
    return sorted(pairs, key=lambda d: (d.before or d.after or Row("", "")).source)


def stats(glossaries: Iterable[Glossary]) -> list[Stats]:
    """Figures of each glossary."""
    result = []
    for g in glossaries:
        entries = build_termbase([g], *languages(g)).entries if languages(g)[0] else ()
        result.append(
            Stats(
                name=g.name,
                rows=len(g.rows),
                concepts=len(entries),
                source_forms=sum(len(e.sources) for e in entries),
                targets=sum(len(e.targets) for e in entries),
                statuses=_counted(row.status.value for row in g.rows),
                domains=_counted(row.domain for row in g.rows),
                parts_of_speech=_counted(row.part_of_speech for row in g.rows),
                without_note=sum(1 for row in g.rows if not row.note),
                sha256=g.sha256,
            )
        )
    return result


def where(
    glossaries: Sequence[Glossary], term: str, segments: Iterable[tuple[str, str, str, str]]
) -> Iterator[Place]:
    """Segments (document, id, source, target) with ``term``, or any form of its concept, in source or target.

    A term that no glossary has is looked for as it stands.  Spaces and case do not count.
    """
    forms = {clean(term)}
    for entry, _ in concept(glossaries, term):
        forms |= {*entry.sources, *entry.targets, *entry.forbidden}
    longest = [(match_key(form).casefold(), form) for form in sorted(forms, key=lambda f: (-len(f), f))]
    for document, segment, source, target in segments:
        for side, text in (("source", source), ("target", target)):
            squeezed = match_key(clean(text)).casefold()
            found = next((form for key, form in longest if key in squeezed and _whole(form, text)), None)
            if found:
                yield Place(document, segment, source, target, side, found)


def turned(glossary: Glossary) -> Glossary:
    """The glossary for the other direction: targets as sources.

    Deprecated and forbidden rows stay behind (a wrong rendering is no evidence of what the original says), and so do
    proposed ones without a target.
    """
    first, second = languages(glossary)
    header = tuple((k, v) for k, v in glossary.header if k != "languages")
    rows = (
        replace(row, source=row.target or row.source, target=row.source)
        for row in glossary.rows
        if row.status not in (Status.DEPRECATED, Status.FORBIDDEN)
        and (row.target or row.status is Status.DO_NOT_TRANSLATE)
    )
    return replace(glossary, rows=tuple(in_order(rows)), header=(*header, ("languages", f"{second}-{first}")))


def together(glossaries: Sequence[Glossary]) -> Glossary:
    """One glossary of all, in the order in which they win over each other, without repeated rows."""
    if len(glossaries) == 1:
        return glossaries[0]
    ranked = sorted(glossaries, key=lambda g: -g.priority)
    pairs = {languages(g) for g in glossaries}
    if len(pairs) > 1:
        raise TranslateError("the glossaries have different languages; export them one by one with -g")
    rows = {(r.source, r.target, r.status): r for g in reversed(ranked) for r in reversed(g.rows)}
    first, second = next(iter(pairs))
    columns = tuple(dict.fromkeys([*COLUMNS, *(c for g in ranked for c in g.columns)]))
    header = (("languages", f"{first}-{second}"),)
    return Glossary("glossary", "glossary", tuple(reversed(rows.values())), header, columns)


def tidied(glossary: Glossary) -> Glossary:
    """The glossary with every value in NFC, without spare spaces and invisible characters, rows in order."""
    return replace(glossary, rows=tuple(in_order(tidied_row(row) for row in glossary.rows)))


def tidied_row(row: Row) -> Row:
    """The row with its values tidy (see tidied)."""
    return replace(
        row,
        source=_tidy(row.source),
        target=_tidy(row.target),
        variants=tuple(dict.fromkeys(v for v in map(_tidy, row.variants) if v)),
        part_of_speech=_tidy(row.part_of_speech),
        domain=_tidy(row.domain),
        note=_tidy(row.note),
        more=tuple((name, _tidy(value)) for name, value in row.more),
    )


def _tidy(value: str) -> str:
    visible = "".join(c for c in value if unicodedata.category(c) not in ("Cf", "Cc") or c in "\t\r\n")
    return clean(visible)


def _same(row: Row, source: str) -> bool:
    return match_key(clean(row.source)) == match_key(clean(source))


def _completed(row: Row, new: Row) -> Row:
    more = dict(new.more) | {name: value for name, value in row.more if value}
    return replace(
        row,
        variants=tuple(dict.fromkeys((*row.variants, *new.variants))),
        part_of_speech=row.part_of_speech or new.part_of_speech,
        domain=row.domain or new.domain,
        note=row.note or new.note,
        more=tuple(more.items()) if any(more.values()) else row.more,
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(value for value in values if value).most_common())


def _whole(form: str, text: str) -> bool:
    """For an English form: whether it stands in ``text`` as whole words, if perhaps in the plural."""
    if not form.isascii():
        return True
    pattern = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", form))
    return re.search(rf"(?<![A-Za-z0-9]){pattern}(?:e?s)?(?![A-Za-z0-9])", text, re.IGNORECASE) is not None
