"""A text cut into pieces at the borders of its terms and findings, for formats that mark them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from translate.document import Segment

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text under one term at most; ``term`` is the index of the segment's occurrence."""

    start: int
    end: int
    text: str
    term: int | None = None


def source_pieces(segment: Segment, cuts: Sequence[int] = ()) -> list[Piece]:
    """The segment's source cut at its terms, and at ``cuts`` (offsets of anything else to be marked)."""
    return _pieces(segment.source, [(o.start, o.end) for o in segment.occurrences], cuts)


def target_pieces(segment: Segment, cuts: Sequence[int] = ()) -> list[Piece]:
    """The segment's target cut at the terms found in it, and at ``cuts``."""
    return _pieces(segment.target, [(o.target_start, o.target_end) for o in segment.occurrences], cuts)


def apart(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, Span]]:
    """The spans that lie in the text, are not empty and do not overlap one before them, in text order, with index.

    Of two that overlap the one that begins first is taken, of two that begin together the longer.
    """
    end = 0
    for index, span in sorted(enumerate(spans), key=lambda item: (item[1][0], -item[1][1], item[0])):
        if end <= span[0] < span[1] <= len(text):
            yield index, span
            end = span[1]


def _pieces(text: str, spans: Sequence[Span], cuts: Sequence[int] = ()) -> list[Piece]:
    terms = {span: index for index, span in apart(text, spans)}
    borders = {0, len(text)} | {b for span in terms for b in span} | {c for c in cuts if 0 < c < len(text)}
    edges = sorted(borders)
    out: list[Piece] = []
    for start, end in pairwise(edges):
        term = next((i for (s, e), i in terms.items() if s <= start and end <= e), None)
        out.append(Piece(start, end, text[start:end], term))
    return out


def visible(text: str) -> str:
    """Text that HTML and WordprocessingML can hold: every line end as ``\\n``, control characters as their pictures.

    One character for each one (offsets stay true), except that there is no difference between kinds of line ends.
    """
    return _UNPRINTABLE.sub(_picture, text)


_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe\U0001ffff\U0002fffe"
    "\U0002ffff\U0003fffe-\U000dffff\U000efffe\U000effff\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\x0b\x0c\r\x85\u2028\u2029":
        return "\n"
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"
