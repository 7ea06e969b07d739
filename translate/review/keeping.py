"""People's work on an earlier record, kept when its article is translated again."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from pathlib import Path

from translate.checks import run_checks
from translate.document import ACCEPTED, Alternative, Document, Occurrence, Origin, Segment, TranslateError
from translate.publishing import xliff
from translate.review.apply import COMMENT, SOURCE_BEFORE, rebuilt
from translate.review.placing import flat
from translate.terminology.enforcement import prove


def with_earlier_work(new: Document, folder: Path) -> Document:
    """A new run's document with what people made of its record in a folder, if there is one; see ``keep_work``.

    Raises TranslateError where the record cannot be read: it would be lost.
    """
    path = folder / f"{new.name}{xliff.SUFFIX}"
    if not path.is_file():
        return new
    try:
        old = xliff.parse(path.read_bytes())
    except (TranslateError, OSError) as error:
        raise TranslateError(
            f"{path}: cannot be read as the record of an earlier run, whose edits would be lost ({error}); move it away or choose "
            "another folder with -o"
        ) from error
    return keep_work(new, old)


def keep_work(new: Document, old: Document) -> Document:
    """A new run's document with what people made of its sentences in the old record: text, state, history and open comments.

    A segment is a person's work if it is reviewed or final, edited, or has a history (comments, conflicts).  The new run's text
    becomes its first alternative where it is another one; terms are proven and checks made anew.  Sentences are the same where
    their sources are, or were before an editor corrected them; of as many as there are each has its own.
    """
    waiting: dict[str, deque[Segment]] = defaultdict(deque)
    for segment in old.segments():
        waiting[flat(_first_source(segment))].append(segment)
    kept: dict[str, Segment] = {}
    for segment in new.segments():
        others = waiting[flat(segment.source)]
        if others and _worked_on(other := others.popleft()):
            kept[segment.id] = _kept(segment, other, new.target_language)
    if not kept:
        return new
    document = replace(new, blocks=tuple(rebuilt(block, kept) for block in new.blocks))
    findings = {s.id: s.findings for s in run_checks(document).segments()}

    def checked(segment: Segment) -> Segment:
        if segment.id not in kept:
            return segment
        questions = tuple(replace(f, segment=segment.id) for f in segment.findings if f.check == COMMENT)
        return replace(segment, findings=(*findings[segment.id], *questions))

    return document.map_segments(checked)


def _worked_on(segment: Segment) -> bool:
    return bool(segment.changes) or segment.origin is Origin.HUMAN or segment.state in ACCEPTED


def _first_source(segment: Segment) -> str:
    """The source as the article had it."""
    corrected = (c.comment for c in segment.changes if c.comment.startswith(SOURCE_BEFORE))
    return next(corrected, SOURCE_BEFORE + segment.source).removeprefix(SOURCE_BEFORE)


def _kept(new: Segment, old: Segment, language: str) -> Segment:
    known = {a.text for a in old.alternatives} | {old.target, ""}
    offered = () if new.target in known else (Alternative(new.target, new.engine, new.occurrences, new.findings),)
    if new.source != old.source or list(map(_asked, new.occurrences)) == list(map(_asked, old.occurrences)):
        occurrences = old.occurrences
    else:
        occurrences = prove(new.occurrences, old.target, language)
    return replace(
        old, id=new.id, start=new.start, end=new.end, occurrences=occurrences, alternatives=(*offered, *old.alternatives)
    )


def _asked(line: Occurrence) -> tuple[object, ...]:
    """What a glossary wants at a place, without what became of it."""
    return line.start, line.end, line.term, line.wanted, line.forbidden
