"""Rows of a bilingual DOCX that came back from an editor, in both views: as it was and as it is with all changes accepted.

The XML is read directly (ECMA-376, Part 1, 17.13.5 on revisions): python-docx does not see revised runs.  Comments'
"done" and replies are in commentsExtended (MS-DOCX 2.5.3).  A row says which segment it is by its content control's
tag or title and by its bookmark; see ``translate.publishing.docx``.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

from translate.document import TranslateError
from translate.review.rows import OURS, Edit, Remark, Row, published_remark

Element = etree._Element

_TAG: Final = re.compile(r"seg:(.+):([0-9a-f]{12})")
_BEGUN: Final = re.compile(rb"<[A-Za-z](?:[^<>]*[^<>/])?>")
_LIMIT: Final = 200_000_000  # bytes of one unpacked part
_INSERTED: Final = frozenset({"ins", "moveTo"})
_DELETED: Final = frozenset({"del", "moveFrom"})
_UNREAD: Final = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "tcPr", "trPr", "tblPr", "tblPrEx", "instrText", "delInstrText",
                            "Fallback", "txbxContent", "footnoteReference", "endnoteReference", "tblGrid"})  # fmt: skip
_CHARACTERS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_rows(data: bytes, path: str = "the file") -> list[Row]:
    """The rows of an edited bilingual DOCX in the file's order, those without identity among them.

    Raises TranslateError for what is no DOCX, and for one without any table that could be ours.
    """
    package = _Package(data, path)
    body = package.main
    remarks = _remarks(package)
    tables = [t for t in body.iter() if _name(t) == "tbl"]
    ours = [t for t in tables if any(_tags(r) or _bookmarks(r) for r in _rows(t))]
    if not ours:  # some programs throw identities away: the source texts must do
        ours = [t for t in tables if any(len(_cells(r)) == 3 for r in _rows(t)) and _nearest(t, "tbl") is None][:1]
    if not ours:
        raise TranslateError(f"{path}: has no table of segments; review takes the DOCX that translate wrote, edited")
    editor = package.last_editor()
    rows: list[Row] = []
    for table in ours:
        for element in _rows(table):
            if _child(_child(element, "trPr"), "tblHeader") is None or _tags(element):
                rows.append(_row(element, len(rows) + 1, remarks, editor))
    return rows


class _Package:
    """The parts of the package that are read, found by their relationships."""

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise TranslateError(f"{path}: is no DOCX file; save it as Word document (.docx) and try again") from error
        self._name = self._target("_rels/.rels", "", "officeDocument") or "word/document.xml"
        main = self._part(self._name)
        if main is None:
            raise TranslateError(f"{path}: has no text of a Word document in it; save it as .docx and try again")
        self.main: Element = main

    def related(self, kind: str) -> Element | None:
        """The main part's relation of a kind ("comments"), None where there is none."""
        folder, _, file = self._name.rpartition("/")
        target = self._target(f"{folder}/_rels/{file}.rels".lstrip("/"), folder, kind)
        return self._part(target) if target else None

    def last_editor(self) -> str:
        """``lastModifiedBy`` of the core properties."""
        core = self._part("docProps/core.xml")
        if core is None:
            return ""
        return next((e.text or "" for e in core.iter() if _name(e) == "lastModifiedBy"), "").strip()

    def _target(self, rels: str, folder: str, kind: str) -> str:
        root = self._part(rels)
        for relation in root if root is not None else ():
            if str(relation.get("Type", "")).rpartition("/")[2] == kind:
                target = str(relation.get("Target", ""))
                return target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
        return ""

    def _part(self, name: str) -> Element | None:
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        if info.file_size > _LIMIT:
            raise TranslateError(f"{self._path}: {name} is too large ({info.file_size} bytes); is this the right file?")
        try:
            return _parsed(self._zip.read(info))
        except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError) as error:
            raise TranslateError(f"{self._path}: {name} is damaged ({error}); save the document again") from error


def _parsed(data: bytes) -> Element:
    """The part as a tree.

    LibreOffice before 7.5 writes a tracked change over a content control as ``<ins><sdt><sdtContent></ins>``: a row that was
    deleted, pasted or moved.  As many elements are ended as were begun, so that a mismatched end tag may end the element that
    is open; nothing else is forgiven.
    """
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
        root = etree.fromstring(data, parser)
        crossed = all(e.type == etree.ErrorTypes.ERR_TAG_NAME_MISMATCH for e in parser.error_log)
        if root is None or not crossed or len(_BEGUN.findall(data)) != data.count(b"</"):
            raise
        return root


def _name(element: Element) -> str:
    # Comments and processing instructions have functions for tags.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Element | None, name: str) -> str:
    """An attribute by its local name: Word's strict files have another namespace."""
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def _date(element: Element) -> str:
    """When a change or comment was made; "" for the zeros that LibreOffice writes where it does not know."""
    date = _value(element, "date")
    return date if re.match(r"[1-9]\d{3}-\d\d-\d\d", date) else ""


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next((c for c in element if _name(c) == name), None)


def _nearest(element: Element, name: str) -> Element | None:
    return next((a for a in element.iterancestors() if _name(a) == name), None)


def _rows(table: Element) -> list[Element]:
    return [r for r in table.iter() if _name(r) == "tr" and _nearest(r, "tbl") is table]


def _cells(row: Element) -> list[Element]:
    return [c for c in row.iter() if _name(c) == "tc" and _nearest(c, "tr") is row]


def _tags(row: Element) -> tuple[tuple[str, str], ...]:
    found = []
    for properties in (e for e in row.iter() if _name(e) == "sdtPr"):
        for name in ("tag", "alias"):
            if match := _TAG.fullmatch(_value(_child(properties, name), "val")):
                found.append((match[1], match[2]))
                break
    return tuple(dict.fromkeys(found))


def _bookmarks(row: Element) -> tuple[str, ...]:
    names = [_value(e, "name") for e in row.iter() if _name(e) == "bookmarkStart"]
    return tuple(dict.fromkeys(n for n in names if n.startswith("seg_")))


def _row(element: Element, number: int, remarks: dict[str, Remark], editor: str) -> Row:
    cells = _cells(element)
    spans = any(_value(_child(_child(c, "tcPr"), "gridSpan"), "val") not in ("", "1") for c in cells)
    # A column may have been added at the right, or that of the numbers taken away.
    cells = cells[:3] if not spans or len(cells) >= 3 else cells[-1:]
    source = _Cell(cells[-2]) if len(cells) > 1 else None
    target = _Cell(cells[-1]) if cells else None
    properties = _child(element, "trPr")
    edits = tuple(target.edits) if target else ()
    last = max((e for e in edits if e.date), key=lambda e: e.date, default=edits[-1] if edits else Edit("", ""))
    merge = _child(_child(cells[-1], "tcPr"), "vMerge") if cells else None
    # A row that was cut out while changes were tracked stands there without text; only its contents are marked as deleted.
    emptied = bool(source and target and source.original and target.original and not source.final and not target.final)
    noted = [_value(e, "id") for e in element.iter() if _name(e) in ("commentReference", "commentRangeStart")]
    return Row(
        number=number,
        source=source.final if source else "",
        target=target.final if target else "",
        tags=_tags(element),
        bookmarks=_bookmarks(element),
        original_source=source.original if source else "",
        original=target.original if target else "",
        edits=edits,
        remarks=tuple(remarks[i] for i in dict.fromkeys(noted) if i in remarks),
        deleted=emptied or _child(properties, "del") is not None,
        continued=merge is not None and _value(merge, "val") != "restart",
        cells=len(cells),
        author=last.author or editor,
        date=last.date,
    )


class _Cell:
    """A cell's text in both views and its tracked changes.

    Paragraphs of a cell are one segment's text: a paragraph's end is a space, and nothing where it was deleted.
    """

    def __init__(self, cell: Element) -> None:
        self.edits: list[Edit] = []
        final: list[str] = []
        original: list[str] = []
        for paragraph in (p for p in cell.iter() if _name(p) == "p" and not _inside(p, cell, _UNREAD)):
            outer = {_name(a) for a in paragraph.iterancestors()}
            for text, inserted, deleted in self._pieces(paragraph, bool(outer & _INSERTED), bool(outer & _DELETED)):
                if not deleted:
                    final.append(text)
                if not inserted:
                    original.append(text)
            mark = _child(_child(paragraph, "pPr"), "rPr")
            marks = {_name(c) for c in mark} if mark is not None else set()
            if not marks & _DELETED:
                final.append("\x00")
            if not marks & _INSERTED:
                original.append("\x00")
        self.final, self.original = _joined(final), _joined(original)

    def _pieces(self, element: Element, inserted: bool, deleted: bool) -> Iterator[tuple[str, bool, bool]]:
        for child in element:
            name = _name(child)
            if name in _UNREAD or name in ("p", "tbl", "comment"):
                continue
            if name in ("t", "delText"):
                yield child.text or "", inserted, deleted or name == "delText"
            elif name in _CHARACTERS:
                yield _CHARACTERS[name], inserted, deleted
            elif name == "sym":
                code = _value(child, "char")
                yield chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else "", inserted, deleted
            elif name in _INSERTED | _DELETED:
                pieces = list(self._pieces(child, inserted or name in _INSERTED, deleted or name in _DELETED))
                text = "".join(p[0] for p in pieces)
                if text:
                    self.edits.append(Edit(name, text, _value(child, "author"), _date(child)))
                yield from pieces
            else:
                yield from self._pieces(child, inserted, deleted)


def _inside(element: Element, top: Element, names: frozenset[str]) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is top:
            return False
        if _name(ancestor) in names:
            return True
    return False


def _joined(pieces: list[str]) -> str:
    text = unicodedata.normalize("NFC", "".join(pieces))
    return re.sub(r"[ \t]*\x00[\x00 \t]*", " ", text.strip("\x00 \t\n")).strip()


def _remarks(package: _Package) -> dict[str, Remark]:
    """Comments by id, without ours; a reply is done when its thread is."""
    part = package.related("comments")
    if part is None:
        return {}
    done: dict[str, bool] = {}
    parents: dict[str, str] = {}
    extended = package.related("commentsExtended")
    for line in extended if extended is not None else ():
        key = _value(line, "paraId")
        done[key] = _value(line, "done") in ("1", "true", "on")
        parents[key] = _value(line, "paraIdParent")
    out = {}
    for comment in (c for c in part if _name(c) == "comment"):
        author = _value(comment, "author")
        text = _Cell(comment).final
        if author == OURS:
            author, text = published_remark(text)
        if not text:
            continue
        keys = [_value(p, "paraId") for p in comment.iter() if _name(p) == "p"]
        key = next((k for k in reversed(keys) if k in done), "")
        seen = {key}
        while parents.get(key) and parents[key] not in seen:
            key = parents[key]
            seen.add(key)
        date = "" if _value(comment, "author") == OURS else _date(comment)
        out[_value(comment, "id")] = Remark(text, author, date, done.get(key, False))
    return out
