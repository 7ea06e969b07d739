"""XLIFF 1.2 (OASIS Standard, 1 February 2008; transitional) for CAT tools that do not read 2.1.

A rendering for people to work in, not a record: boilerplate is left out, terms and findings are notes, alternatives
``alt-trans``.  `translate.review.xliff` reads it back; a unit's id is its segment's.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from translate import __version__
from translate.document import ACCEPTED, Block, Document, Finding, Level, Origin, Segment, State
from translate.publishing.marks import visible
from translate.publishing.summary import blocks

SUFFIX = ".xliff"

Element = etree._Element

_SPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_TOOL: Final = "translate"  # also the author of notes, by which review knows them
_STATES: Final = {State.TRANSLATED: "translated", State.REVIEWED: "signed-off", State.FINAL: "final"}
_QUALIFIERS: Final = {Origin.MACHINE: "leveraged-mt", Origin.MEMORY: "leveraged-tm"}
# XLIFF notes: 1 is the highest priority.
_PRIORITY: Final = {Level.ERROR: "1", Level.WARNING: "3", Level.INFO: "5"}


def render(document: Document) -> bytes:
    """The document as XLIFF 1.2; control characters become their pictures, as in the other renderings."""
    root = etree.Element(_name("xliff"), nsmap={None: _SPACE}, version="1.2")  # type: ignore[dict-item]  # the stubs forbid None
    file = _add(root, "file")
    file.set("original", visible(document.source_path or document.name))
    file.set("source-language", document.source_language)
    file.set("target-language", document.target_language)
    file.set("datatype", "plaintext")
    file.set("tool-id", _TOOL)
    tool = _add(_add(file, "header"), "tool")
    for key, value in (("tool-id", _TOOL), ("tool-name", "translate"), ("tool-version", __version__)):
        tool.set(key, value)
    body = _add(file, "body")
    for block in blocks(document):
        group = _add(body, "group")
        group.set("id", block.id)
        group.set("restype", f"x-{block.kind.value}")
        for segment in block.segments:
            _unit(group, block, segment, document)
    _indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _unit(group: Element, block: Block, segment: Segment, document: Document) -> None:
    unit = _add(group, "trans-unit")
    unit.set("id", segment.id)
    unit.set("approved", "yes" if segment.state in ACCEPTED else "no")
    unit.set(f"{_XML}space", "preserve")
    source = _add(unit, "source", segment.source)
    if block.language and block.language != document.source_language:
        source.set(f"{_XML}lang", block.language)
    if segment.target:
        target = _add(unit, "target", segment.target)
        target.set("state", _STATES.get(segment.state, "new"))
        if qualifier := _QUALIFIERS.get(segment.origin):
            target.set("state-qualifier", qualifier)
    for offered in segment.alternatives:
        alternative = _add(unit, "alt-trans")
        if offered.engine:
            alternative.set("origin", visible(offered.engine))
        _add(alternative, "target", offered.text)
    for finding in segment.findings:
        _note(unit, f"{finding.level.value.capitalize()}, {finding.check}: {finding.message}", _side(finding), _PRIORITY[finding.level])
    for line in dict.fromkeys(
        f"Term: {o.term} = {' or '.join(o.wanted[:3])}" + (f" ({o.outcome.value})" if o.outcome else "") for o in segment.occurrences
    ):
        _note(unit, line, "source", "8")


def _note(unit: Element, text: str, side: str, priority: str) -> None:
    note = _add(unit, "note", text)
    note.set("from", _TOOL)
    note.set("priority", priority)
    note.set("annotates", side)


def _side(finding: Finding) -> str:
    if finding.target_span:
        return "target"
    return "source" if finding.source_span else "general"


def _add(parent: Element, name: str, text: str = "") -> Element:
    element = etree.SubElement(parent, _name(name))
    element.text = visible(text) or None
    return element


def _name(name: str) -> str:
    return f"{{{_SPACE}}}{name}"


def _indent(element: Element, level: int = 0) -> None:
    """White space between elements for human readers, none inside text."""
    for child in element:
        _indent(child, level + 1)
        child.tail = "\n" + "  " * (level + 1)
    if len(element):
        element.text = "\n" + "  " * (level + 1)
        element[-1].tail = "\n" + "  " * level
