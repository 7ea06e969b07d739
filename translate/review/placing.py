"""Which segment a row of an edited file is: by identity, by its source's hash, by its source's text; split rows joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from translate.document import Document, Segment, State
from translate.publishing.docx import row_bookmark, row_tag
from translate.publishing.marks import visible
from translate.review.rows import Row


@dataclass(frozen=True)
class Unplaced:
    """Something that was not taken: the segment it concerns ("" where none is known), why, and the text if there is any."""

    segment: str
    why: str
    text: str = ""
    file: str = ""


@dataclass(frozen=True)
class Placement:
    """A file's rows by segment id, those that could not be placed, and what else a reader of the report should know."""

    rows: dict[str, Row]
    unplaced: tuple[Unplaced, ...]
    notes: tuple[str, ...] = ()


def flat(text: str) -> str:
    """Text for comparing: white space as single spaces, as a document can hold it."""
    return " ".join(visible(text).split())


def place(document: Document, rows: Sequence[Row]) -> Placement:
    """Every row with the segment it belongs to, each segment once."""
    segments = {s.id: s for s in document.segments()}
    known = _Known(segments)
    unplaced: list[Unplaced] = []
    groups: dict[str, list[Row]] = defaultdict(list)
    spoilt: set[str] = set()
    last = ""
    for some, names in _runs(rows, known):
        row = some[0]
        if len(names) > 1:
            where = ", ".join(names)
            spoilt |= set(names)
            why = f"row {row.number} is several rows merged into one"
            if len(some) > 1:
                why = f"rows {row.number} to {some[-1].number} are {where} cut at other places"
            text = " / ".join(r.target for r in some)
            unplaced.append(Unplaced(where, f"{why}; nothing of it was taken", text))
            last = ""
        elif names:
            groups[names[0]] += some
            last = names[0]
        elif row.deleted:
            continue
        elif last and row.cells >= 2 and _continues(segments[last], groups[last], row):
            groups[last].append(row)
        elif row.target or row.source:
            if name := known.by_text(row.source, groups):
                groups[name].append(row)
                last = name
            else:
                unplaced.append(Unplaced("", f"row {row.number} belongs to no segment of the record: {known.reason(row)}", row.target))
    notes: list[str] = []
    placed: dict[str, Row] = {}
    for name, group in groups.items():
        if name in spoilt:
            continue
        one, why = _one(segments[name], group)
        if one is not None and one.cells < 2:
            one, why = None, "its columns were merged; nothing of it was taken"
        if one is None:
            if why:
                unplaced.append(Unplaced(name, why, " / ".join(r.target for r in group if not r.deleted)))
        else:
            placed[name] = one
            if why:
                notes.append(f"{name}: {why}")
    for merged in _merged_cells([name for name in segments if name in placed], placed):
        where = ", ".join(merged)
        why = f"the translations of {where} were merged into one cell; nothing of them was taken"
        unplaced.append(Unplaced(where, why, placed[merged[0]].target))
        for name in merged:
            placed.pop(name)
    _swallowed(segments, placed, groups, unplaced)
    for name, segment in segments.items():
        if name not in groups and name not in spoilt:
            unplaced.append(Unplaced(name, "its row is not in the file; left as it was", segment.target))
        elif name in groups and all(r.deleted for r in groups[name]):
            unplaced.append(Unplaced(name, "its row was deleted; left as it was", segment.target))
    numbers = [placed[name].number for name in segments if name in placed]
    if numbers != sorted(numbers):
        notes.append("rows were moved; the record keeps the source's order")
    return Placement(placed, tuple(unplaced), tuple(notes))


class _Known:
    """The record's segments by all that a row may call them."""

    def __init__(self, segments: dict[str, Segment]) -> None:
        self.order = list(segments.values())
        self.places = {name: index for index, name in enumerate(segments)}
        self.tags = {row_tag(s): name for name, s in segments.items()}
        self.bookmarks = {row_bookmark(s): name for name, s in segments.items()}
        self.hashes = _unique({name: row_tag(s).rpartition(":")[2] for name, s in segments.items()})
        self.texts = _unique({name: flat(s.source) for name, s in segments.items()})

    def named(self, row: Row) -> list[str]:
        """The segments a row is by its tags, else by its bookmark; a tag from another state of the text goes by hash."""
        found = [self.tags.get(f"seg:{i}:{h}") or self.hashes.get(h) for i, h in row.tags]
        names = list(dict.fromkeys(n for n in found if n))
        if not names and not row.tags:
            names = list(dict.fromkeys(self.bookmarks[b] for b in row.bookmarks if b in self.bookmarks))[:1]
        return names

    def by_text(self, source: str, taken: dict[str, list[Row]]) -> str:
        """The one segment with this source that no row has claimed."""
        name = self.texts.get(flat(source), "")
        return "" if not name or any(not r.deleted for r in taken.get(name, ())) else name

    def reason(self, row: Row) -> str:
        """Why a row has no segment, for a person."""
        if row.tags:
            return "the source has changed since the file was made"
        return "it has lost its number, and its source is not the record's" if row.source else "it has no number and no source"


def _runs(rows: Sequence[Row], known: _Known) -> Iterator[tuple[list[Row], list[str]]]:
    """The rows in order, one at a time with what it says it is, but those together that a tool cut anew.

    Such rows have an identity that fits no source; theirs is the run of segments with the same text in all.
    """
    named = [known.named(row) for row in rows]
    index, after = 0, 0  # ``after`` is the place of the segment that should come next
    while index < len(rows):
        row, names, count = rows[index], named[index], 1
        if row.tags and not names:
            starts = [known.places[i] for i, _ in row.tags if i in known.places]
            for start in dict.fromkeys([*starts, after]):
                if found := _same_text(rows, named, index, known.order[start:]):
                    count, names = found
                    break
        yield list(rows[index : index + count]), names
        index += count
        if names:
            after = known.places[names[-1]] + 1


def _same_text(
    rows: Sequence[Row], named: Sequence[Sequence[str]], index: int, segments: Sequence[Segment]
) -> tuple[int, list[str]] | None:
    """How many rows from ``index`` on have together the source of how many of the segments, white space apart."""
    left = right = ""
    count, run = 0, list[str]()
    while not left or left != right:
        below = index + count
        if right.startswith(left) and below < len(rows) and rows[below].tags and not named[below]:
            left += _squeezed(rows[below].source)
            count += 1
            more = left
        elif left.startswith(right) and len(run) < len(segments):
            right += _squeezed(segments[len(run)].source)
            run.append(segments[len(run)].id)
            more = right
        else:
            return None
        if not more:  # an empty row or source is no beginning of anything
            return None
    return count, run


def _squeezed(text: str) -> str:
    return flat(text).replace(" ", "")


def _unique(values: dict[str, str]) -> dict[str, str]:
    counts = Counter(values.values())
    return {value: name for name, value in values.items() if counts[value] == 1 and value}


def _continues(segment: Segment, group: list[Row], row: Row) -> bool:
    """Whether a row without identity is the next part of a segment whose row was split."""
    before = flat(" ".join(r.source for r in group if not r.deleted))
    whole = flat(segment.source)
    if not row.source and row.target:  # only the translation was divided
        return bool(group) and flat(group[-1].target) != flat(segment.target)
    return before != whole and bool(row.source) and whole.replace(" ", "").startswith((before + row.source).replace(" ", ""))


def _one(segment: Segment, group: list[Row]) -> tuple[Row | None, str]:
    """The row of several with one identity; None with the reason where they contradict each other."""
    alive = [r for r in group if not r.deleted]
    # A row that was cut out and pasted elsewhere may have left its number.
    alive = [r for r in alive if r.source or r.target] or alive
    if len(alive) <= 1:
        return (alive[0] if alive else None), ""
    edits = tuple(e for r in alive for e in r.edits)
    remarks = tuple(dict.fromkeys(c for r in alive for c in r.remarks))
    whole = flat(segment.source)
    if flat("".join(r.source for r in alive)).replace(" ", "") == whole.replace(" ", ""):
        parts = [r.target for r in alive if r.target]
        states = [r.state for r in alive if r.state is not None]
        state = min(states, key=list(State).index) if len(states) == len(alive) else None
        joined = replace(
            alive[0], source=segment.source, target=" ".join(parts), edits=edits, remarks=remarks, state=state
        )
        return joined, f"its row had been split into {len(alive)}; joined again"
    if len({flat(r.target) for r in alive}) == 1:
        return replace(alive[0], edits=edits, remarks=remarks), "its row stood there twice with the same text"
    return None, f"rows {', '.join(str(r.number) for r in alive)} have the same number and different texts; nothing of them was taken"


def _merged_cells(order: Sequence[str], placed: dict[str, Row]) -> list[list[str]]:
    """Runs of segments whose translation cells were merged downwards."""
    groups: list[list[str]] = []
    for above, below in pairwise(order):
        if placed[below].continued:
            if groups and groups[-1][-1] == above:
                groups[-1].append(below)
            else:
                groups.append([above, below])
    return groups


def _swallowed(
    segments: dict[str, Segment], placed: dict[str, Row], groups: dict[str, list[Row]], unplaced: list[Unplaced]
) -> None:
    """Take back a row that has the text of a neighbour whose row is gone or empty: two rows were merged by hand."""
    order = list(segments)
    for index, name in enumerate(order):
        own = flat(segments[name].target)
        gone = name not in placed or not placed[name].target
        if not gone or len(own) < 8:
            continue
        for other in (order[index - 1] if index else "", order[index + 1] if index + 1 < len(order) else ""):
            if other in placed and own in flat(placed[other].target) and own not in flat(segments[other].target):
                why = f"the text of {name} was joined to {other}'s; nothing of them was taken, please divide it"
                unplaced.append(Unplaced(f"{other}, {name}", why, placed[other].target))
                placed.pop(other)
                placed.pop(name, None)
                break
