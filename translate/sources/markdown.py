"""Markdown: headings, lists and paragraphs; marks of emphasis and links are dropped, their text is kept."""

from __future__ import annotations

import re

from translate.document import Kind
from translate.sources.anatomy import Piece, anatomy, language_of


def read(text: str, source: str) -> list[Piece]:
    """Blocks of a Markdown text."""
    lines: list[str] = []
    kinds: dict[int, Kind] = {}
    current: list[str] = []
    fenced = False

    def close() -> None:
        if current:
            lines.append(" ".join(current))
            current.clear()

    for raw in text.split("\n"):
        line = raw.strip()
        if line.startswith(("```", "~~~")):
            fenced = not fenced
            close()
            continue
        if fenced or not line or re.fullmatch(r"(?:[-*_]\s?){3,}|=+", line):
            close()
            continue
        heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
        item = re.match(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)", line)
        if heading or item:
            close()
            match = heading or item
            assert match is not None
            content = match[2] if heading else match[1]
            kinds[len(lines)] = Kind.ITEM if item else (Kind.HEADLINE if len(match[1]) == 1 and not lines else Kind.SUBHEAD)
            lines.append(_plain(content))
            continue
        current.append(_plain(line.lstrip("> ")))
    close()
    pieces = anatomy(lines, source)
    if len(pieces) != len(lines):  # a byline was cut off a lead: kinds given by marks no longer fit by number
        return pieces
    return [
        Piece(kinds[i], lines[i], language_of(lines[i])) if i in kinds else p for i, p in enumerate(pieces)
    ]


def _plain(text: str) -> str:
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])[*_](?!\s)(.+?)(?<!\s)[*_](?![\w*])", r"\1", text)
    return re.sub(r"`([^`]*)`", r"\1", text).replace("\\", "").strip()
