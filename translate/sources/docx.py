"""DOCX: paragraphs, headings, table cells, footnotes; runs joined, tracked changes in their final view."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from translate.document import Kind, TranslateError
from translate.sources.anatomy import Piece, anatomy
from translate.sources.encoding import normalise

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}txbxContent"}


def read(data: bytes, path: str, source: str) -> tuple[list[Piece], str]:
    """(blocks, source language) of a Word document's bytes.  Raises TranslateError for what is no DOCX."""
    from lxml import etree

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if "word/document.xml" not in archive.namelist():
            raise TranslateError(f"{path}: not a readable Word document but another archive (Hangul's .hwpx?); save it as .docx or .txt")
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
        held = ""  # text of a paragraph whose end was deleted: it runs on into the next
        for paragraph in root.iter(f"{_W}p"):
            if _gone(paragraph):
                continue
            text = held + normalise(_text(paragraph))
            if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
                held = text
                continue
            held = ""
            for line in filter(None, (part.strip() for part in text.split("\n"))):
                kind = _style(paragraph) or (Kind.PARAGRAPH if _in_table(paragraph) else None)
                if kind:
                    kinds[len(lines)] = kind
                lines.append(line)
        if held.strip():
            lines.append(held.strip())
    if not lines:
        raise TranslateError(f"{path}: the document has no text")
    from translate.sources.plain import article_language

    language = article_language("\n".join(lines)) if source == "auto" else source
    return anatomy(lines, language, kinds), language


def _gone(paragraph: Any) -> bool:
    """True in a deleted table row, and in the second copy of a text box that Word keeps for older readers."""
    for above in paragraph.iterancestors():
        if above.tag == f"{_W}tr" and above.find(f"{_W}trPr/{_W}del") is not None:
            return True
        if above.tag.endswith("}Fallback"):
            return True
    return False


def _in_table(paragraph: Any) -> bool:
    return next(paragraph.iterancestors(f"{_W}tc"), None) is not None


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
