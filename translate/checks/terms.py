"""Terms: an occurrence without its form is an error, a forbidden rendering too; both are read off the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from translate.document import Finding, Level, Outcome, Segment
from translate.terminology.verification import forbidden_spans

NAME = "terms"


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``.  Names that the house spelled by rule (status ``document``) are warnings at most."""
    for o in segment.occurrences:
        span = (o.start, o.end)
        if o.outcome is Outcome.MISSING:
            surface = segment.source[o.start : o.end]
            named = f"{surface} ({o.term})" if surface != o.term else surface
            level = Level.WARNING if o.status == "document" else Level.ERROR
            yield Finding(segment.id, NAME, level, f"{named}: wanted “{o.wanted[0]}”, not in the translation", span)
        elif o.outcome is Outcome.REPAIRED:
            yield Finding(
                segment.id, NAME, Level.INFO, f"{o.term}: “{o.found}” by repair ({o.how}); read the sentence once more",
                span, (o.target_start, o.target_end),
            )  # fmt: skip
    for start, end, o in forbidden_spans(segment.occurrences, segment.target, target):
        yield Finding(
            segment.id, NAME, Level.ERROR, f"{o.term}: “{segment.target[start:end]}” is not to be used; write “{o.wanted[0]}”",
            (o.start, o.end), (start, end),
        )  # fmt: skip
