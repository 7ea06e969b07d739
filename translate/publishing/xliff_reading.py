"""Reading the XLIFF record back; see `translate.publishing.xliff` for how a Document lies in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lxml import etree

from translate.document import (
    Alternative,
    Block,
    Change,
    Document,
    Finding,
    GlossaryUse,
    Kind,
    Level,
    Occurrence,
    Origin,
    Outcome,
    Provenance,
    Segment,
    State,
    TranslateError,
)
from translate.publishing.xliff_names import AUTHORITY, CORE, RECORD, core, gls, mda, mtc, unescape

Element = etree._Element
T = TypeVar("T")


def parse(data: bytes) -> Document:
    """The document of a record that `translate.publishing.xliff.render` wrote.

    Raises TranslateError with the line for XML that is broken, XLIFF of another version and XLIFF that is no record of
    this program's.  Document type declarations and entities are refused.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = str(error).split(", line ")[0] or "empty file"
        raise TranslateError(f"XLIFF record, line {line}: not well-formed XML: {message}") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise TranslateError("XLIFF record, line 1: has a document type declaration, which a record never has")
    if root.tag != core("xliff"):
        version = "; XLIFF 1.2 is not a record" if "xliff:document:1" in str(root.tag) else ""
        raise _error(root, f"not XLIFF 2.1 (the root element is {root.tag}){version}")
    if root.get("version") not in ("2.0", "2.1"):
        raise _error(root, f"XLIFF version {root.get('version')}; a record has 2.1")
    file = _child(root, core("file"))
    groups = list(_groups(file))
    head = next((g for g in groups if g.category == RECORD), None)
    if head is None:
        raise _error(file, "XLIFF of another program: it has no translate-record metadata; translate its source again")
    return Document(
        name=head.one("name"),
        source_path=unescape(_attribute(file, "original")),
        source_language=_attribute(root, "srcLang"),
        target_language=_attribute(root, "trgLang"),
        blocks=tuple(_block(unit) for unit in file.iterfind(core("unit"))),
        source_sha256=head.one("source-sha256"),
        encoding=head.one("encoding"),
        provenance=_provenance(file, groups),
    )


def _error(element: Element, message: str) -> TranslateError:
    return TranslateError(f"XLIFF record, line {element.sourceline}: {message}")


def _attribute(element: Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise _error(element, f"<{etree.QName(element).localname}> has no {name}")
    return value


def _child(element: Element, tag: str) -> Element:
    child = element.find(tag)
    if child is None:
        raise _error(element, f"<{etree.QName(element).localname}> has no <{etree.QName(tag).localname}>")
    return child


@dataclass
class _Group:
    """A metadata group as read: its ``meta`` pairs in order and the groups inside it."""

    element: Element
    category: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)

    def get(self, key: str) -> str | None:
        return next((v for k, v in self.pairs if k == key), None)

    def one(self, key: str) -> str:
        value = self.get(key)
        if value is None:
            raise _error(self.element, f"metadata group '{self.category}' has no '{key}'")
        return value

    def read(self, key: str, convert: Callable[[str], T]) -> T:
        value = self.one(key)
        try:
            return convert(value)
        except (ValueError, KeyError) as error:
            raise _error(self.element, f"'{value}' is no {key}") from error

    def optional(self, key: str, convert: Callable[[str], T]) -> T | None:
        return None if self.get(key) is None else self.read(key, convert)


def _groups(parent: Element) -> Iterator[_Group]:
    metadata = parent.find(mda("metadata"))
    if metadata is not None:
        for element in metadata.iterfind(mda("metaGroup")):
            yield _group(element)


def _group(element: Element) -> _Group:
    group = _Group(element, element.get("category", ""))
    for child in element:
        if child.tag == mda("meta"):
            group.pairs.append((unescape(_attribute(child, "type")), unescape(child.text or "")))
        else:
            group.groups.append(_group(child))
    return group


def _provenance(file: Element, groups: list[_Group]) -> Provenance:
    made = next((g for g in groups if g.category == "provenance"), None)
    if made is None:
        raise _error(file, "the record has no provenance metadata")
    return Provenance(
        engine=made.one("engine"),
        model=made.one("model"),
        glossaries=tuple(
            GlossaryUse(g.one("name"), g.one("sha256"), g.read("entries", int))
            for g in groups
            if g.category == "glossary"
        ),
        version=made.one("version"),
        date=made.one("date"),
        settings=tuple(pair for g in groups if g.category == "settings" for pair in g.pairs),
    )


def _block(unit: Element) -> Block:
    name = _attribute(unit, "id")
    kind = _value(unit, "type", Kind)
    metadata = list(_groups(unit))
    head = next((g for g in metadata if g.category == "block"), None)
    if head is None:
        raise _error(unit, f"unit {name} has no block metadata")
    details = {g.one("id"): g for g in metadata if g.category == "segment"}
    concepts = _concepts(unit)
    notes = {_attribute(n, "id"): unescape(n.text or "") for n in unit.iterfind(f"{core('notes')}/{core('note')}")}
    alternatives: dict[str, list[Alternative]] = {}
    for match in unit.iterfind(f"{mtc('matches')}/{mtc('match')}"):
        reference = _attribute(match, "ref").removeprefix("#")
        alternatives.setdefault(reference, []).append(_alternative(match, concepts))
    text = ""
    segments: list[Segment] = []
    for part in unit.iterfind(f"{{{CORE}}}*"):
        if part.tag not in (core("segment"), core("ignorable")):
            continue
        source = _inline(_child(part, core("source")))
        identity = part.get("id")
        if part.tag == core("segment") and identity is not None:
            segment = _segment(part, source, len(text), details.get(identity), concepts, notes)
            segments.append(_with_alternatives(segment, alternatives))
        text += source
    return Block(name, kind, text, head.one("language"), tuple(segments))


def _value(element: Element, attribute: str, convert: Callable[[str], T]) -> T:
    value = _attribute(element, attribute)
    try:
        return convert(value.removeprefix(f"{AUTHORITY}:"))
    except ValueError as error:
        raise _error(element, f"unknown {attribute} '{value}'") from error


def _inline(element: Element) -> str:
    """The text of source or target, markers taken off and code points put back."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == core("cp"):
            code = _attribute(child, "hex")
            if not re.fullmatch("[0-9A-Fa-f]{2,6}", code) or int(code, 16) > 0x10FFFF:
                raise _error(child, f"'{code}' is no code point")
            parts.append(chr(int(code, 16)))
        elif child.tag in (core("mrk"), core("pc")):
            parts.append(_inline(child))
        elif not isinstance(child.tag, str):
            raise _error(element, "has an entity, which a record never has")
        parts.append(child.tail or "")
    return "".join(parts)


# entry, term, wanted, forbidden, glossary, status, note: what an occurrence has of its entry
_Concept = tuple[str, str, tuple[str, ...], tuple[str, ...], str, str, str]


def _concepts(unit: Element) -> dict[str, _Concept]:
    out: dict[str, _Concept] = {}
    for element in unit.iterfind(f"{gls('glossary')}/{gls('glossEntry')}"):
        term = _child(element, gls("term"))
        definition = element.find(gls("definition"))
        group = next(_groups(element), None)
        if group is None:
            raise _error(element, "glossary entry without metadata")
        out[_attribute(element, "id")] = (
            group.one("entry"),
            unescape(term.text or ""),
            tuple(unescape(t.text or "") for t in element.iterfind(gls("translation"))),
            tuple(value for key, value in group.pairs if key == "forbidden"),
            unescape(term.get("source", "")),
            group.one("status"),
            "" if definition is None else unescape(definition.text or ""),
        )
    return out


def _segment(
    element: Element,
    source: str,
    start: int,
    details: _Group | None,
    concepts: dict[str, _Concept],
    notes: dict[str, str],
) -> Segment:
    target = element.find(core("target"))
    origin = Origin.NONE if element.get("subState") is None else _value(element, "subState", Origin)
    segment = Segment(
        id=_attribute(element, "id"),
        source=source,
        start=start,
        end=start + len(source),
        target="" if target is None else _inline(target),
        state=State.INITIAL if element.get("state") is None else _value(element, "state", State),
        origin=origin,
    )
    if details is None:
        return segment
    return _with_details(segment, details, concepts, notes)


def _with_details(segment: Segment, details: _Group, concepts: dict[str, _Concept], notes: dict[str, str]) -> Segment:
    return replace(
        segment,
        engine=details.get("engine") or "",
        confidence=details.optional("confidence", float),
        occurrences=tuple(_occurrence(g, concepts) for g in details.groups if g.category == "term"),
        findings=tuple(_finding(g, notes) for g in details.groups if g.category == "finding"),
        changes=tuple(_change(g) for g in details.groups if g.category == "change"),
    )


def _with_alternatives(segment: Segment, alternatives: dict[str, list[Alternative]]) -> Segment:
    return replace(segment, alternatives=tuple(alternatives.get(segment.id, ())))


def _alternative(match: Element, concepts: dict[str, _Concept]) -> Alternative:
    groups = [group for details in _groups(match) for group in details.groups]
    return Alternative(
        text=_inline(_child(match, core("target"))),
        engine=unescape(match.get("origin", "")),
        occurrences=tuple(_occurrence(g, concepts) for g in groups if g.category == "term"),
        findings=tuple(_finding(g, {}) for g in groups if g.category == "finding"),
    )


def _span(value: str) -> tuple[int, int]:
    start, end = value.split(",")
    return int(start), int(end)


def _occurrence(group: _Group, concepts: dict[str, _Concept]) -> Occurrence:
    entry, term, wanted, forbidden, glossary, status, note = group.read("entry", lambda key: concepts[key])
    start, end = group.read("source-span", _span)
    target_start, target_end = group.read("target-span", _span)
    return Occurrence(
        start=start,
        end=end,
        entry=entry,
        term=term,
        wanted=wanted,
        forbidden=forbidden,
        glossary=glossary,
        status=status,
        note=note,
        outcome=group.optional("outcome", Outcome),
        how=group.get("how") or "",
        found=group.get("found") or "",
        target_start=target_start,
        target_end=target_end,
    )


def _finding(group: _Group, notes: dict[str, str]) -> Finding:
    return Finding(
        segment=group.one("segment"),
        check=group.one("check"),
        level=group.read("level", Level),
        message=group.read("note", lambda key: notes[key]) if group.get("note") else group.one("message"),
        source_span=group.optional("source-span", _span),
        target_span=group.optional("target-span", _span),
    )


def _change(group: _Group) -> Change:
    return Change(
        group.one("author"), group.one("date"), group.one("before"), group.one("after"), group.get("comment") or ""
    )
