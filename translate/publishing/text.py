"""Plain text: the translation alone, headline first, a blank line between paragraphs."""

from __future__ import annotations

from itertools import pairwise

from translate.document import Document, Kind
from translate.publishing.summary import blocks, joined

SUFFIX = ".txt"


def render(document: Document) -> bytes:
    """The target language's text as UTF-8; the headline comes first, the other blocks in page order."""
    ordered = sorted(blocks(document), key=lambda block: block.kind is not Kind.HEADLINE)
    out = ""
    for block, following in pairwise([*ordered, None]):
        assert block is not None
        out += " ".join(joined(block).split())
        tight = following is not None and block.kind is following.kind is Kind.ITEM
        out += "\n" if tight or following is None else "\n\n"
    return out.encode("utf-8", errors="replace")
