"""What a run's checks find in any system's lines: how many errors and warnings each of them has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from translate.checks import CHECKS, run_checks, terms
from translate.document import Level, Occurrence, Origin, Segment, State
from translate.evaluation import lines_document
from translate.terminology.enforcement import prove


def finding_counts(
    sources: Sequence[str], hypotheses: Sequence[str], source: str, occurrences: Sequence[Sequence[Occurrence]] = ()
) -> dict[str, dict[str, int]]:
    """``{check: {"errors": …, "warnings": …}}`` in the order in which a run makes its checks, each line being one segment.

    ``occurrences`` are the glossaries' in each line; without any the check on terms has nothing to say and is left out.
    """
    document = lines_document(sources, source, lambda line: [(0, len(line))])
    target = document.target_language
    ids = [segment.id for segment in document.segments()]
    said = dict(zip(ids, hypotheses, strict=True))
    wanted = dict(zip(ids, occurrences or [()] * len(ids), strict=True))

    def translated(segment: Segment) -> Segment:
        text = said[segment.id]
        proven = prove(wanted[segment.id], text, target)
        return replace(segment, target=text, state=State.TRANSLATED, origin=Origin.MACHINE, occurrences=proven)

    document = run_checks(document.map_segments(translated))
    found = [f for s in document.segments() for f in s.findings]
    made = [check.NAME for check in CHECKS if check is not terms or occurrences]
    return {
        name: {f"{level.value}s": sum(f.check == name and f.level is level for f in found) for level in (Level.ERROR, Level.WARNING)}
        for name in made
    }
