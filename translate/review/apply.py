"""An editor's rows into the record: what was changed, what stays open, what was not taken and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from unicodedata import normalize

from translate.checks import run_checks
from translate.document import (
    ACCEPTED,
    Alternative,
    Block,
    Change,
    Document,
    Finding,
    Kind,
    Level,
    Occurrence,
    Origin,
    Outcome,
    Segment,
    State,
)
from translate.publishing.marks import visible
from translate.publishing.summary import language_name
from translate.review.placing import Unplaced, flat, place
from translate.review.rows import Remark, Row
from translate.terminology.enforcement import prove

COMMENT: Final = "comment"  # the check's name of a finding that is an editor's open comment
SOURCE_BEFORE: Final = "source before: "  # begins the comment of a change in which the source was corrected
_ORDER: Final = tuple(State)


@dataclass(frozen=True)
class Changed:
    """A segment with another text: ``terms`` are its occurrences as they stood before; ``original_source`` differs
    from ``source`` where the source was corrected too."""

    segment: str
    source: str
    before: str
    after: str
    author: str
    date: str
    terms: tuple[Occurrence, ...] = ()
    original_source: str = ""


@dataclass(frozen=True)
class Broken:
    """A glossary term that an edit took out of a translation."""

    segment: str
    term: str
    wanted: tuple[str, ...]
    found: str


@dataclass(frozen=True)
class Conflict:
    """Files that changed one segment differently: each file's text beside the record's."""

    segment: str
    source: str
    record: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Review:
    """The record after the review, and the report.  ``untouched`` are rows as they were, ``accepted`` those of them that
    were taken as reviewed; ``rows`` is before and after of every row that a file had, for the edit rate."""

    document: Document
    changed: tuple[Changed, ...] = ()
    accepted: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    comments: tuple[tuple[str, Remark], ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    broken: tuple[Broken, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    rows: tuple[tuple[str, str, str], ...] = ()


def apply_review(
    document: Document,
    rows: Sequence[Row],
    *,
    author: str = "",
    date: str,
    final: bool = False,
    accept_untouched: bool = False,
) -> Review:
    """One file's rows into the record; see ``apply_files``."""
    return apply_files(
        document, {"": rows}, author=author, date=date, final=final, accept_untouched=accept_untouched
    )


def apply_files(
    document: Document,
    files: Mapping[str, Sequence[Row]],
    *,
    author: str = "",
    date: str,
    final: bool = False,
    accept_untouched: bool = False,
) -> Review:
    """The record with all that its editors' files say; files by name.

    Changed rows become reviewed (or final) unless an editor's comment on them is open or the file says that they are not
    finished: then the text is taken, the comment kept, and the segment stays translated.  Untouched rows change only
    with ``accept_untouched``, or where the file itself says that they are reviewed or final.  Where files disagree the
    record's text stays and theirs become alternatives of the segment.  ``author`` stands in for the names in the files,
    ``date`` (ISO 8601) where they have none.  Nothing raises: what cannot be taken is in the report.
    """
    work = _Work(document, author, date, final, accept_untouched)
    placements = {name: place(document, rows) for name, rows in files.items()}
    unplaced = [replace(u, file=name) for name, p in placements.items() for u in p.unplaced]
    work.notes = [f"{name}: {note}" if name else note for name, p in placements.items() for note in p.notes]
    out: dict[str, Segment] = {}
    for block in document.blocks:
        if block.kind is Kind.BOILERPLATE:
            continue
        for segment in block.segments:
            found = {name: p.rows[segment.id] for name, p in placements.items() if segment.id in p.rows}
            if found:
                out[segment.id] = work.segment(block, segment, found)
    blocks = tuple(rebuilt(b, out) for b in document.blocks)
    changed = _checked(replace(document, blocks=blocks), work)
    return Review(
        changed,
        tuple(work.changed),
        tuple(work.accepted),
        tuple(work.untouched),
        tuple(work.comments),
        (*unplaced, *work.unplaced),
        tuple(work.broken),
        tuple(work.conflicts),
        tuple(work.notes),
        tuple(work.rows),
    )


class _Work:
    """The report while it is being made."""

    def __init__(self, document: Document, author: str, date: str, final: bool, accept: bool) -> None:
        self.document, self.author, self.date, self.accept = document, author, date, accept
        self.state = State.FINAL if final else State.REVIEWED
        self.changed: list[Changed] = []
        self.accepted: list[str] = []
        self.untouched: list[str] = []
        self.comments: list[tuple[str, Remark]] = []
        self.unplaced: list[Unplaced] = []
        self.broken: list[Broken] = []
        self.conflicts: list[Conflict] = []
        self.notes: list[str] = []
        self.rows: list[tuple[str, str, str]] = []
        self.open: dict[str, list[Remark]] = {}
        self.kept: dict[str, tuple[Finding, ...]] = {}

    def segment(self, block: Block, segment: Segment, found: Mapping[str, Row]) -> Segment:
        """The segment after its rows, one a file."""
        remarks = list(dict.fromkeys(c for row in found.values() for c in row.remarks))
        self.comments += [(segment.id, c) for c in remarks]
        waiting = [c for c in remarks if not c.done]
        if waiting:
            self.open[segment.id] = waiting
        changes = {n: (self._source(block, segment, r, n), self._target(block, segment, r, n), r) for n, r in found.items()}
        edited = {n: c for n, c in changes.items() if c[:2] != (segment.source, segment.target)}
        texts = {(flat(s), flat(t)) for s, t, _ in edited.values()}
        if len(texts) > 1:
            versions = tuple((n, t if s == segment.source else f"{t} [{s}]") for n, (s, t, _) in edited.items())
            self._keep_questions(segment, remarks)
            self.conflicts.append(Conflict(segment.id, segment.source, segment.target, versions))
            known = {a.text for a in segment.alternatives} | {segment.target}
            offered = tuple(Alternative(text, Path(name).name) for name, text in versions if text not in known)
            about = "in conflict: " + ", ".join(Path(name).name for name, _ in versions)
            if about not in {c.comment for c in segment.changes}:
                step = Change("", self.date, segment.target, segment.target, about)
                segment = replace(segment, changes=(*segment.changes, step))
            return self._commented(replace(segment, alternatives=(*segment.alternatives, *offered)), waiting)
        # A state that the record has, too, says nothing: an editor who fills in a translation may leave it as it is.
        said = [row.state for row in found.values() if row.state not in (None, segment.state)]
        state = State.FINAL if State.FINAL in said else self.state
        if edited:
            source, target, row = next(iter(edited.values()))
            self.rows.append((segment.id, segment.target, target))
            state = State.TRANSLATED if waiting or State.INITIAL in said else state
            return self._commented(self._edited(segment, source, target, row, state), waiting)
        self.rows.append((segment.id, segment.target, segment.target))
        refused = not segment.target or bool(waiting) or segment.id in {u.segment for u in self.unplaced}
        row = next(iter(found.values()))
        if State.INITIAL in said and segment.state in ACCEPTED and not refused:
            self.notes.append(f"{segment.id}: sent back, the file says that it is not finished")
            return self._step(segment, State.TRANSLATED, row, "sent back")
        approved = any(_ORDER.index(s) > max(_ORDER.index(segment.state), _ORDER.index(State.TRANSLATED)) for s in said)
        if refused or not (self.accept or approved) or State.INITIAL in said:
            self.untouched.append(segment.id)
            self._keep_questions(segment, remarks)
            return self._commented(segment, waiting)
        self.accepted.append(segment.id)
        if segment.state in (State.FINAL, state):
            return segment
        return self._step(segment, state, row, "accepted as it was")

    def _keep_questions(self, segment: Segment, remarks: Sequence[Remark]) -> None:
        """Keep the record's open comments that a file does not have: it may be older than they are."""
        seen = {_said(c) for c in remarks}
        kept = tuple(f for f in segment.findings if f.check == COMMENT and f.message not in seen)
        if kept:
            self.kept[segment.id] = kept
            words = "; ".join(f.message for f in kept)
            self.notes.append(f"{segment.id}: stays open, for nobody has marked it as resolved, edited or accepted the row: {words}")

    def _step(self, segment: Segment, state: State, row: Row, comment: str) -> Segment:
        """The segment in another state with the same text."""
        step = Change(self.author or row.author, row.date or self.date, segment.target, segment.target, comment)
        return replace(segment, state=state, changes=(*segment.changes, step))

    def _target(self, block: Block, segment: Segment, row: Row, file: str) -> str:
        """The row's translation if it may be taken, else the segment's."""
        if row.target == normalize("NFC", visible(segment.target)).strip():
            return segment.target
        language = self.document.target_language
        why = ""
        older = next((c for c in segment.changes if c.before != c.after and flat(c.before) == flat(row.target)), None)
        if older and not row.edits:
            # Somebody else's file, made before that edit: what its editor did not touch is no wish to undo it.
            why = f"the file has the text from before {older.author or 'an'}{'’s' if older.author else ''} edit of {older.date[:10]}"
        elif not row.target:
            why = "the translation was emptied"
        elif segment.source != segment.target and flat(row.target) == flat(segment.source) and block.language != language:
            why = "the source stands in the translation's column"
        elif _foreign(row.target, language):
            why = f"the text in the {language_name(language)} column is not {language_name(language)}"
        if why:
            self.unplaced.append(Unplaced(segment.id, f"{why}; left as it was", row.target, file))
            return segment.target
        return row.target

    def _source(self, block: Block, segment: Segment, row: Row, file: str) -> str:
        """The row's source if it is a correction of the segment's, else the segment's."""
        from rapidfuzz import fuzz

        if flat(row.source) == flat(segment.source):
            return segment.source
        language = block.language or self.document.source_language
        why = ""
        if not row.source:
            why = "the source was emptied"
        elif _foreign(row.source, language) or (language == "ko" and _latin(row.source) >= _latin(segment.source) + 12):
            why = f"the text in the {language_name(language)} column is not {language_name(language)}"
        elif fuzz.ratio(row.source, segment.source) < 60:
            why = "the source was replaced by another text"
        if why:
            self.unplaced.append(Unplaced(segment.id, f"{why}; the source was left as it was", row.source, file))
            return segment.source
        return row.source

    def _edited(self, segment: Segment, source: str, target: str, row: Row, state: State) -> Segment:
        who, when = self.author or row.author, row.date or self.date
        before = _moved(segment, source)
        if lost := len(segment.occurrences) - len(before):
            self.notes.append(f"{segment.id}: {lost} of its terms are no longer in the corrected source")
        proven = _proven(before, target, self.document.target_language)
        for old, new in zip(before, proven, strict=True):
            if old.outcome in (Outcome.APPLIED, Outcome.REPAIRED) and new.outcome is Outcome.MISSING:
                self.broken.append(Broken(segment.id, old.term, old.wanted, old.found))
        if source != segment.source:
            self.notes.append(f"{segment.id}: source corrected: {segment.source} → {source}")
        self.changed.append(
            Changed(segment.id, source, segment.target, target, who, when, segment.occurrences, segment.source)
        )
        if segment.state in ACCEPTED and segment.target != target:
            self.notes.append(f"{segment.id}: was {segment.state.value} before; that text is in its history")
        step = Change(who, when, segment.target, target, f"{SOURCE_BEFORE}{segment.source}" if source != segment.source else "")
        return replace(
            segment,
            source=source,
            target=target,
            state=state,
            origin=Origin.HUMAN,
            confidence=None,
            occurrences=proven,
            changes=(*segment.changes, step),
        )

    def _commented(self, segment: Segment, waiting: Sequence[Remark]) -> Segment:
        """The segment with its open comments in its history; a segment with any is not reviewed."""
        if not waiting:
            return segment
        known = {(c.author, c.comment) for c in segment.changes}
        steps = tuple(
            Change(c.author, c.date or self.date, segment.target, segment.target, c.text)
            for c in waiting
            if (c.author, c.text) not in known
        )
        state = State.TRANSLATED if segment.target else segment.state
        return replace(segment, state=state, changes=(*segment.changes, *steps))


def _said(remark: Remark) -> str:
    """An open comment as the record's finding has it."""
    return f"{remark.author}: {remark.text}" if remark.author else remark.text


def _latin(text: str) -> int:
    return len(re.findall(r"[A-Za-z]", text))


def _foreign(text: str, language: str) -> bool:
    """Whether a text is in the other language: a name or term in brackets does not make it so."""
    hangul = len(re.findall(r"[가-힣ㄱ-ㆎ]", text))
    latin = _latin(text)
    if language == "ko":
        return hangul == 0 and latin >= 8
    return hangul > 0 and hangul * 2 > latin * 0.8


def _moved(segment: Segment, source: str) -> tuple[Occurrence, ...]:
    """The occurrences at their places in a corrected source; those whose term is no longer there are left out."""
    if source == segment.source:
        return segment.occurrences
    out = []
    taken: list[tuple[int, int]] = []
    for line in segment.occurrences:
        surface = segment.source[line.start : line.end]
        places = [m.start() for m in re.finditer(re.escape(surface), source)] if surface else []
        free = [p for p in places if (p, p + len(surface)) not in taken]
        if free:
            # A correction moves a term by a few characters at most; the nearest place is its own.
            start = min(free, key=lambda p: abs(p - line.start))
            taken.append((start, start + len(surface)))
            out.append(replace(line, start=start, end=start + len(surface)))
    return tuple(out)


def _proven(occurrences: tuple[Occurrence, ...], target: str, language: str) -> tuple[Occurrence, ...]:
    """The ledger for an edited target; waivers stand, how an earlier step repaired a term too."""
    out = []
    for old, new in zip(occurrences, prove(occurrences, target, language), strict=True):
        if new.outcome is Outcome.WAIVED and not new.found:
            at = target.find(old.found) if old.found else -1
            out.append(replace(old, target_start=at, target_end=at + len(old.found) if at >= 0 else -1))
        elif new.outcome is Outcome.MISSING:
            out.append(new)
        elif old.outcome is Outcome.REPAIRED:
            out.append(replace(new, outcome=Outcome.REPAIRED, how=old.how))
        elif old.outcome is Outcome.MISSING:
            out.append(replace(new, outcome=Outcome.REPAIRED, how="review"))
        else:
            out.append(new)
    return tuple(out)


def rebuilt(block: Block, changed: Mapping[str, Segment]) -> Block:
    """The block with its segments changed, text and offsets after their sources."""
    text, end = "", 0
    segments = []
    for segment in block.segments:
        text += block.text[end : segment.start]
        end = segment.end
        new = changed.get(segment.id, segment)
        segments.append(replace(new, start=len(text), end=len(text) + len(new.source)))
        text += new.source
    return replace(block, text=text + block.text[end:], segments=tuple(segments))


def _checked(document: Document, work: _Work) -> Document:
    """Findings made anew where the text changed, and those of open comments."""
    anew = {s.id: s.findings for s in run_checks(document).segments()}
    edited = {c.segment for c in work.changed}
    read = {name for name, _, _ in work.rows} | {c.segment for c in work.conflicts}

    def with_findings(segment: Segment) -> Segment:
        if segment.id not in read:
            return segment
        found = anew[segment.id] if segment.id in edited else segment.findings
        kept = tuple(f for f in found if f.check != COMMENT)
        said = tuple(Finding(segment.id, COMMENT, Level.INFO, _said(c)) for c in work.open.get(segment.id, ()))
        return replace(segment, findings=kept + work.kept.get(segment.id, ()) + said)

    return document.map_segments(with_findings)
