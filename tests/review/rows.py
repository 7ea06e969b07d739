"""Edits of a bilingual DOCX in Word's own XML, for the scenarios."""

from __future__ import annotations

import copy
import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from translate.document import Document
from translate.publishing import docx, xliff
from translate.publishing.docx_styles import DOCUMENT_RELATIONS

sys.path.insert(0, str(Path(__file__).parents[1] / "publishing"))
from documents import build, many
from strategies import documents

__all__ = ["build", "comments", "documents", "edited", "many", "plain", "put", "record"]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
Element = etree._Element
Edit = Callable[[dict[str, Element]], None]


def record() -> Document:
    """The article as its record has it."""
    return xliff.parse(xliff.render(build()))


def w(name: str) -> str:
    """A qualified name."""
    return f"{{{W}}}{name}"


def edited(document: Document, edit: Edit, extra: dict[str, str] | None = None) -> bytes:
    """The document's DOCX after ``edit``, which gets the rows' elements by segment id; ``extra`` are further parts."""
    package = zipfile.ZipFile(io.BytesIO(docx.render(document)))
    parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    edit(table(root))
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name, content in (extra or {}).items():
        part = etree.fromstring(content)
        if name == "word/comments.xml":  # beside those of our findings
            for ours in reversed(etree.fromstring(parts[name])):
                part.insert(0, ours)
        parts[name] = etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return stream.getvalue()


def table(root: Element) -> dict[str, Element]:
    """The rows by segment id."""
    out = {}
    for row in root.iter(w("tr")):
        tag = row.find(f".//{w('tag')}")
        if tag is not None:
            out[tag.get(w("val")).split(":")[1]] = row
    return out


def cell(row: Element, column: int = 2) -> Element:
    """The paragraph of a row's cell."""
    return row.findall(w("tc"))[column].find(w("p"))


def xml(text: str) -> list[Element]:
    """Run-level XML, the w prefix bound; T[...] is short for a run with that text."""
    text = re.sub(r"T\[([^\]]*)\]", lambda m: f'<w:r><w:t xml:space="preserve">{m[1]}</w:t></w:r>', text)
    text = re.sub(r"D\[([^\]]*)\]", lambda m: f'<w:r><w:delText xml:space="preserve">{m[1]}</w:delText></w:r>', text)
    text = re.sub(
        r"<(ins|del|moveFrom|moveTo)>", r'<w:\1 w:id="900" w:author="Kim Ha-na" w:date="2026-11-21T03:00:00Z">', text
    )
    text = re.sub(r"</(ins|del|moveFrom|moveTo)>", r"</w:\1>", text)
    return list(etree.fromstring(f'<w:x xmlns:w="{W}" xmlns:w14="{W14}">{text}</w:x>'))


def put(row: Element, content: str, column: int = 2) -> None:
    """Replace a cell's runs by ``content`` (see ``xml``), the bookmark kept around them."""
    paragraph = cell(row, column)
    keep = {w("pPr"), w("bookmarkStart"), w("bookmarkEnd")}
    for child in list(paragraph):
        if child.tag not in keep:
            paragraph.remove(child)
    end = paragraph.find(w("bookmarkEnd"))
    at = len(paragraph) if end is None else paragraph.index(end)
    for offset, child in enumerate(xml(content)):
        paragraph.insert(at + offset, child)


def plain(text: str) -> str:
    """Text as a run for ``put``, whatever brackets are in it."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def nameless(row: Element) -> Element:
    """A copy of a row without what identifies it, as Word makes one when a row is inserted."""
    other = copy.deepcopy(row)
    for control in list(other.iter(w("sdt"))):
        control.getparent().remove(control)
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(other.iter(w(name))):
            mark.getparent().remove(mark)
    return other


def comments(*lines: tuple[str, str, str, str, str], extended: bool = True) -> dict[str, str]:
    """The comments part (and commentsExtended) of (id, author, text, done, parent's id) lines."""
    body = "".join(
        f'<w:comment w:id="{i}" w:author="{author}" w:date="2026-11-22T01:00:00Z"><w:p w14:paraId="0000000{i[-1]}">'
        f"<w:r><w:annotationRef/></w:r><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:comment>"
        for i, author, text, _, _ in lines
    )
    parts = {"word/comments.xml": f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">{body}</w:comments>'}
    if extended:
        entries = "".join(
            f'<w15:commentEx w15:paraId="0000000{i[-1]}" w15:done="{done}"'
            + (f' w15:paraIdParent="0000000{parent[-1]}"' if parent else "")
            + "/>"
            for i, _, _, done, parent in lines
        )
        parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{W15}">{entries}</w15:commentsEx>'
        relations = DOCUMENT_RELATIONS.replace(
            "</Relationships>",
            '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
            'Target="commentsExtended.xml"/></Relationships>',
        )
        parts["word/_rels/document.xml.rels"] = relations.partition("?>")[2].strip()
    return parts
