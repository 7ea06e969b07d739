"""Checks: one a module, all of one shape (``NAME``, ``check(segment, source, target)``); see docs/adding-a-check.md."""

from __future__ import annotations

from dataclasses import replace

from translate.checks import dates, figures, latin, length, quotes, repetition, terms, untranslated
from translate.document import Block, Document, Kind, Origin, Segment, State

CHECKS = (untranslated, length, repetition, terms, figures, dates, quotes, latin)


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
