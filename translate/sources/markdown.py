"""Markdown: headings, lists and paragraphs; marks of emphasis and links are dropped, their text is kept."""

from __future__ import annotations

import re

from translate.document import Kind
from translate.sources.anatomy import Piece, anatomy


def read(text: str, source: str) -> list[Piece]:
    """Blocks of a Markdown text."""
    lines: list[str] = []
    kinds: dict[int, Kind] = {}
    likely: dict[int, Kind] = {}  # headings and lists: those of other articles are the page's furniture
    current: list[str] = []
    fenced = False

    def close() -> None:
        if current:
            lines.append(" ".join(current))
            current.clear()

    text, head = _without_front_matter(text)
    for line in head:  # data about the file: kept, not translated
        kinds[len(lines)] = Kind.BOILERPLATE
        lines.append(line)
    for raw in text.split("\n"):
        line = (raw if fenced else _without_tags(raw)).strip()
        if line.startswith(("```", "~~~")):
            fenced = not fenced
            close()
            continue
        if fenced and line:  # code is no prose: kept, not translated
            kinds[len(lines)] = Kind.BOILERPLATE
            lines.append(line)
            continue
        if not line or re.fullmatch(r"(?:[-*_]\s?){3,}|=+", line):
            close()
            continue
        if line.startswith("|"):
            close()
            if not re.fullmatch(r"[|:\s-]+", line):
                for cell in filter(None, (_plain(c) for c in re.split(r"(?<!\\)\|", line))):
                    kinds[len(lines)] = Kind.PARAGRAPH
                    lines.append(cell)
            continue
        note = re.match(r"\[\^[^\]]+\]:\s+(.*)", line)
        if note:
            close()
            kinds[len(lines)] = Kind.PARAGRAPH
            lines.append(_plain(note[1]))
            continue
        picture = re.fullmatch(r"!\[([^\]]+)\]\([^)]*\)", line)
        if picture:
            close()
            likely[len(lines)] = Kind.CAPTION
            lines.append(_plain(picture[1]))
            continue
        heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
        item = re.match(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)", line)
        if heading or item:
            close()
            match = heading or item
            assert match is not None
            content = match[2] if heading else match[1]
            if heading and len(match[1]) == 1 and len(lines) == len(head):
                kinds[len(lines)] = Kind.HEADLINE
            else:
                likely[len(lines)] = Kind.ITEM if item else Kind.SUBHEAD
            lines.append(_plain(content))
            continue
        current.append(_plain(line.lstrip("> ")))
    close()
    return anatomy(lines, source, kinds, likely)


def _without_front_matter(text: str) -> tuple[str, list[str]]:
    """The text without the YAML block (title, date, tags) that editors put above it, and the block's lines."""
    match = re.match(r"\s*---[ \t]*\n((?:[ \t]*(?:[\w-]+:.*|-\s.*|#.*|)\n)+)(?:---|\.\.\.)[ \t]*(?:\n|$)", text)
    return (text[match.end() :], [line.strip() for line in match[1].split("\n") if line.strip()]) if match else (text, [])


def _without_tags(line: str) -> str:
    """HTML tags in Markdown are marks, not words; <질문> and <90, 80> are none."""
    line = re.sub(r"<(?:br|hr|p|div|img|li)\b[^<>]*>", " ", line, flags=re.IGNORECASE)
    return re.sub(r"<!--.*?-->|</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>", "", line)


def _plain(text: str) -> str:
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    # A particle may follow a star (*완판*된), not a low line (snake_case).
    text = re.sub(r"(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\da-zA-Z*])", r"\1", text)
    text = re.sub(r"(?<![\w*])_(?!\s)(.+?)(?<!\s)_(?![\w*])", r"\1", text)
    return re.sub(r"`([^`]*)`", r"\1", text).replace("\\", "").strip()
