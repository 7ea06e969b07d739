"""Quality, terminology and speed, measured on lines with references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate.document import Block, Document, Kind, Segment


@dataclass(frozen=True)
class System:
    """What one system made of the source lines; ``seconds`` is None where the lines came from a file."""

    name: str
    hypotheses: tuple[str, ...]
    seconds: float | None = None


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
