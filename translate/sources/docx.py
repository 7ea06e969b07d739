"""DOCX: paragraphs, headings, table cells, footnotes; runs joined, tracked changes in their final view."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from translate.document import Kind, TranslateError
from translate.sources.anatomy import Piece, anatomy, language_of
from translate.sources.encoding import normalise

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}txbxContent"}


def read(data: bytes, path: str, source: str) -> tuple[list[Piece], str]:
    """(blocks, source language) of a Word document's bytes.  Raises TranslateError for what is no DOCX."""
    from lxml import etree

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
        roots = [etree.fromstring(archive.read("word/document.xml"), parser)]
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in archive.namelist():
                roots.append(etree.fromstring(archive.read(name), parser))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise TranslateError(f"{path}: not a readable Word document ({error}); save it again as .docx") from error
    lines: list[str] = []
    kinds: dict[int, Kind] = {}
    for root in roots:
        for paragraph in root.iter(f"{_W}p"):
            text = normalise(_text(paragraph)).strip()
            for line in filter(None, (part.strip() for part in text.split("\n"))):
                style = _style(paragraph)
                if style:
                    kinds[len(lines)] = style
                lines.append(line)
    if not lines:
        raise TranslateError(f"{path}: the document has no text")
    from translate.sources.plain import article_language

    language = article_language("\n".join(lines)) if source == "auto" else source
    pieces: list[Piece] = []
    for i, line in enumerate(lines):
        if i in kinds:
            pieces.append(Piece(kinds[i], line, language_of(line)))
    if not kinds:
        return anatomy(lines, language), language
    # Styles say what headings are; the rest is read as a page.
    shaped = anatomy([line for i, line in enumerate(lines) if i not in kinds], language)
    return _merged(lines, kinds, shaped), language


def _merged(lines: list[str], kinds: dict[int, Kind], shaped: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    rest = iter(shaped)
    for i, line in enumerate(lines):
        if i in kinds:
            out.append(Piece(kinds[i], line, language_of(line)))
            continue
        left = len(line)
        while left > 0:
            piece = next(rest, None)
            if piece is None:
                break
            out.append(piece if piece.kind is not Kind.HEADLINE else Piece(Kind.PARAGRAPH, piece.text, piece.language))
            left -= len(piece.text) + 2
    out.extend(rest)
    return out


def _text(node: Any) -> str:
    parts: list[str] = []
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}tab":
            parts.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag != f"{_W}p":  # a text box's paragraphs are visited on their own
            parts.append(_text(child))
    return "".join(parts)


def _style(paragraph: Any) -> Kind | None:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = found.get(f"{_W}val", "") if found is not None else ""
    if re.fullmatch(r"(?i)title|제목|heading ?1|a3", name) or name == "1":
        return Kind.HEADLINE
    if re.match(r"(?i)heading|subtitle|부제|제목", name):
        return Kind.SUBHEAD
    if re.match(r"(?i)caption|캡션", name):
        return Kind.CAPTION
    if re.match(r"(?i)list", name):
        return Kind.ITEM
    return None
