"""Plain text: a page saved or pasted as .txt."""

from __future__ import annotations

from translate.sources.anatomy import Piece, anatomy, language_of, paragraphs


def read(text: str, source: str) -> list[Piece]:
    """Blocks of plain text; ``source`` "auto" is decided by the text."""
    return anatomy(paragraphs(text), article_language(text) if source == "auto" else source)


def article_language(text: str) -> str:
    """"ko" or "en": what most of the text's longer lines are in."""
    lines = [line for line in text.split("\n") if len(line.strip()) > 20] or text.split("\n")
    korean = sum(len(line) for line in lines if language_of(line) == "ko")
    english = sum(len(line) for line in lines if language_of(line) == "en")
    return "ko" if korean * 2 >= english else "en"
