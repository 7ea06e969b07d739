"""Checks: one a module, all of one shape (``NAME``, ``check(segment, source, target)``); see docs/adding-a-check.md."""

from __future__ import annotations

from dataclasses import replace

from translate.checks import dates, figures, latin, length, negation, quotes, repetition, terms, untranslated
from translate.document import Block, Document, Finding, Kind, Level, Origin, Segment, State

CHECKS = (untranslated, length, repetition, terms, figures, dates, negation, quotes, latin)


# What tells a bad hypothesis from a better one without the ledger: these errors are the engine's own.
_TELLING = (untranslated, length, repetition, figures, dates)


def errors(source_text: str, target_text: str, source: str, target: str) -> list[Finding]:
    """The errors that a bare hypothesis has; ``source`` and ``target`` are the languages' codes."""
    segment = Segment("", source_text, 0, len(source_text), target_text)
    return [f for c in _TELLING for f in c.check(segment, source, target) if f.level is Level.ERROR]


def run_checks(document: Document) -> Document:
    """The document with each segment's findings made anew.

    Text that was passed through and segments that nobody has translated yet are not checked; boilerplate neither.
    """

    def checked(segment: Segment) -> Segment:
        if segment.origin is Origin.COPY or segment.state is State.INITIAL:
            return replace(segment, findings=())
        found = tuple(f for c in CHECKS for f in c.check(segment, document.source_language, document.target_language))
        return replace(segment, findings=found)

    def of(block: Block) -> Block:
        if block.kind is Kind.BOILERPLATE:
            return block
        return replace(block, segments=tuple(checked(s) for s in block.segments))

    return replace(document, blocks=tuple(of(b) for b in document.blocks))
