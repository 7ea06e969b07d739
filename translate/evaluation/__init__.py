"""Quality, terminology and speed, measured on lines with references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate.document import Block, Document, Kind, Segment


@dataclass(frozen=True)
class System:
    """What one system made of the source lines; ``seconds`` and ``confidences`` (0..1, a line each) are None where the lines
    came from a file, ``confidences`` also where the engine gives no scores."""

    name: str
    hypotheses: tuple[str, ...]
    seconds: float | None = None
    confidences: tuple[float, ...] | None = None


def lines_document(lines: Sequence[str], source: str, split: Callable[[str], list[tuple[int, int]]]) -> Document:
    """Test-set lines as a document: a paragraph a line, its sentences the segments, as in an article."""
    blocks = []
    number = 0
    for i, line in enumerate(lines):
        segments = []
        for start, end in split(line):
            number += 1
            segments.append(Segment(f"s{number:05}", line[start:end], start, end))
        blocks.append(Block(f"b{i + 1:05}", Kind.PARAGRAPH, line, source, tuple(segments)))
    return Document("lines", "lines", source, "en" if source == "ko" else "ko", tuple(blocks))


def document_lines(document: Document) -> list[str]:
    """The targets of `lines_document`'s document, a line a block."""
    return [" ".join(s.target for s in block.segments) for block in document.blocks]


def document_confidences(document: Document) -> tuple[float, ...] | None:
    """A confidence for each line of `lines_document`'s document: its segments' mean, weighted by their length; None where a
    segment has none, or all are certain, which is what an engine without scores leaves."""
    lines = []
    for block in document.blocks:
        known = [(s.confidence, len(s.source)) for s in block.segments if s.confidence is not None]
        if not known or len(known) < len(block.segments):
            return None
        lines.append(sum(c * size for c, size in known) / sum(size for _, size in known))
    return None if all(c == 1.0 for c in lines) else tuple(lines)
