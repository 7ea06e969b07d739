"""Rows of an XLIFF file that came back from a CAT tool: 2.x as the record is, and 1.2 as ``--to xliff12`` writes it.

A row is a ``segment`` (2.x), a ``trans-unit`` or each ``mrk mtype="seg"`` of its ``seg-source`` (1.2).  It says which
segment it is by its id and the hash of the source that stands in the file.  Tools cut and join segments; what they
made of them is left to ``translate.review.placing``.  Inline codes are dropped, the text inside ``g``, ``pc`` and
``mrk`` is kept.  Elements are known by their local names: tools differ in namespaces more than in structure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from lxml import etree

from translate.document import State, TranslateError
from translate.publishing.docx import source_hash
from translate.publishing.marks import visible
from translate.publishing.xliff_names import unescape
from translate.review.rows import OURS, Remark, Row, published_remark

Element = etree._Element

# Elements whose text is text; all others inside source and target are codes of the file's format.
_TEXT: Final = frozenset({"g", "mrk", "pc"})
_STATES_12: Final = {
    "final": State.FINAL,
    "signed-off": State.REVIEWED,
    "translated": State.TRANSLATED,
    "new": State.INITIAL,
    "needs-translation": State.INITIAL,
    "needs-adaptation": State.INITIAL,
    "needs-l10n": State.INITIAL,
    "needs-review-translation": State.INITIAL,
    "needs-review-adaptation": State.INITIAL,
    "needs-review-l10n": State.INITIAL,
}


def read_rows(data: bytes, path: str = "the file") -> list[Row]:
    """The rows of an edited XLIFF file in the file's order; what is not to be translated is left out.

    Raises TranslateError for what is not well-formed, no XLIFF 1.x or 2.x, or has no segment.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = str(error).split(", line ")[0] or "empty file"
        raise TranslateError(f"{path}:{line}: not well-formed XML: {message}; save it anew in the CAT tool") from error
    version = root.get("version", "")
    if _name(root) != "xliff" or version[:2] not in ("1.", "2."):
        raise TranslateError(f"{path}: is no XLIFF 1.2 or 2.1 (its root is <{_name(root)}>); export it as XLIFF from the CAT tool")
    rows: list[Row] = []
    for unit in root.iter():
        if _translatable(unit):
            rows += _unit_12(unit, len(rows)) if version.startswith("1.") else _unit_2(unit, len(rows))
    if not rows:
        raise TranslateError(f"{path}: has no segment in it; is this the right file?")
    return rows


def _translatable(unit: Element) -> bool:
    if _name(unit) not in ("unit", "trans-unit"):
        return False
    said = next((e.get("translate") for e in (unit, *unit.iterancestors()) if e.get("translate")), "yes")
    return said != "no"


def _unit_2(unit: Element, before: int) -> list[Row]:
    segments = [s for s in unit if _name(s) == "segment" and _child(s, "source") is not None]
    remarks = _remarks_2(unit, segments)
    rows: list[Row] = []
    for index, segment in enumerate(segments):
        target = _child(segment, "target")
        if segment.get("id") is None and target is None:  # a block without segments has its text in one of these
            continue
        state = State._value2member_map_.get(segment.get("state", ""))
        rows.append(
            _row(
                before + len(rows) + 1,
                segment.get("id", ""),
                _text(_child(segment, "source")),
                _text(target),
                state if isinstance(state, State) else None,
                remarks.get(index, []),
            )
        )
    return rows


def _unit_12(unit: Element, before: int) -> list[Row]:
    target = _child(unit, "target")
    state = _STATES_12.get(target.get("state", "")) if target is not None else None
    if unit.get("approved") == "yes" and state not in (State.FINAL, State.INITIAL):
        state = State.REVIEWED
    remarks = [r for n in unit if _name(n) == "note" and (r := _remark_12(n)) is not None]
    pieces = [(_text(_child(unit, "source")), _text(target))]
    cut = _child(unit, "seg-source")
    if cut is not None and (parts := _parts(cut)):
        translated = _parts(target) if target is not None else {}
        # A target that was not cut like its source stands whole beside the first part.
        pieces = [(text, translated.get(mid, "")) for mid, text in parts.items()]
        if not translated:
            pieces[0] = (pieces[0][0], _text(target))
    return [
        _row(before + i + 1, unit.get("id", ""), source, text, state, remarks if i == 0 else [])
        for i, (source, text) in enumerate(pieces)
    ]


def _row(number: int, name: str, source: str, target: str, state: State | None, remarks: list[Remark]) -> Row:
    return Row(
        number=number,
        source=_plain(source),
        target=_plain(target),
        tags=((name, source_hash(source)),),
        original_source=_plain(source),
        original=_plain(target),
        remarks=tuple(remarks),
        state=state,
    )


def _plain(text: str) -> str:
    """Text as all readers give it: what a DOCX can hold, NFC, without white space at the ends."""
    return unicodedata.normalize("NFC", visible(text)).strip()


def _parts(element: Element) -> dict[str, str]:
    """The text of each ``mrk mtype="seg"`` by its ``mid``, in order."""
    marks = (m for m in element.iter() if _name(m) == "mrk" and m.get("mtype") == "seg")
    return {m.get("mid", str(i)): _text(m) for i, m in enumerate(marks)}


def _remark_12(note: Element) -> Remark | None:
    author, text = note.get("from", ""), _plain(_text(note))
    if author == OURS:
        author, text = published_remark(text)
    return Remark(text, author) if text else None


def _remarks_2(unit: Element, segments: list[Element]) -> dict[int, list[Remark]]:
    """Notes by the index of their segment: that which a comment marker is in, that whose id the note's begins with, else
    the first.  Of the record's own findings only a person's open comments come back."""
    ours = _findings(unit)
    notes = {n.get("id", f"?{i}"): n for i, n in enumerate(n for g in unit if _name(g) == "notes" for n in g)}
    out: dict[int, list[Remark]] = {}
    placed = set()
    for index, segment in enumerate(segments):
        for mark in (m for m in segment.iter() if _name(m) in ("mrk", "sm") and m.get("type") == "comment"):
            name = re.sub(r"^#(n=)?", "", mark.get("ref", ""))
            placed.add(name)
            text = _plain(_text(notes[name]) if name in notes else mark.get("value", ""))
            if name not in ours and text:
                out.setdefault(index, []).append(Remark(text))
    for name, note in notes.items():
        if name in placed or (name not in ours and re.search(r"\.q\d+$", name) and note.get("category") == "qa"):
            continue
        author, text = "", _plain(_text(note))
        if name in ours:
            author, text = published_remark(f"Info, {ours[name]}: {unescape(text)}")
        where = next((i for i, s in enumerate(segments) if s.get("id") and name.startswith(f"{s.get('id')}.")), 0)
        if text:
            out.setdefault(where, []).append(Remark(text, author))
    return out


def _findings(unit: Element) -> dict[str, str]:
    """The notes that are findings of ours, with their checks' names, as the record's metadata has them."""
    out = {}
    for group in (g for g in unit.iter() if _name(g) == "metaGroup" and g.get("category") == "finding"):
        pairs = {m.get("type", ""): m.text or "" for m in group if _name(m) == "meta"}
        if "note" in pairs:
            out[pairs["note"]] = pairs.get("check", "")
    return out


def _text(element: Element | None) -> str:
    """The text of a source or target, codes dropped and code points (2.x ``cp``) put back."""
    return "" if element is None else "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _name(child) in _TEXT:
            yield from _pieces(child)
        elif _name(child) == "cp" and re.fullmatch("[0-9A-Fa-f]{2,6}", code := child.get("hex", "")) and int(code, 16) < 0x110000:
            yield chr(int(code, 16))
        yield child.tail or ""


def _child(element: Element, name: str) -> Element | None:
    return next((c for c in element if _name(c) == name), None)


def _name(element: Element) -> str:
    # Entities have functions for tags.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
