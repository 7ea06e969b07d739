r"""The record: XLIFF 2.1 (OASIS Standard, 13 February 2018; ISO 21720) with everything a Document holds.

How a Document lies in the file:

=====================  ==================================================================================
document               ``file`` with metadata group ``translate-record``; provenance in further groups
block                  ``unit`` (``type="translate:caption"``; ``translate="no"`` for boilerplate)
segment                ``segment`` with ``state`` and ``subState="translate:mt"`` (where the target came from)
text between segments  ``ignorable``
block without segment  one ``segment`` without id
term                   ``mrk type="term"`` in source and target, ``gls:glossEntry``; ledger line in the unit's metadata
finding                ``note category="qa"``, its check, level and spans in the unit's metadata
alternatives           ``mtc:match``, ledger lines and findings in its metadata
history                metadata groups ``change``
=====================  ==================================================================================

Offsets of the segments follow from the text.  Code points that XML cannot hold are ``<cp/>`` in source and target and
``\u000B`` elsewhere (see `translate.publishing.xliff_names.escape`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, count

from lxml import etree

from translate.document import Block, Document, Finding, Kind, Level, Occurrence, Origin, Segment, TranslateError
from translate.publishing.marks import Span, apart
from translate.publishing.xliff_names import AUTHORITY, ILLEGAL, NAMESPACES, RECORD, core, escape, gls, mda, mtc
from translate.publishing.xliff_reading import parse

__all__ = ["SUFFIX", "parse", "render"]

SUFFIX = ".xlf"

Element = etree._Element
Pairs = Iterable[tuple[str, str]]

_NMTOKEN = re.compile(r"[A-Za-z0-9_.-]+")
# XLIFF notes: 1 is the highest priority.
_PRIORITY = {Level.ERROR: "1", Level.WARNING: "3", Level.INFO: "5"}
# Elements whose white space is content.
_LEAVES = frozenset(
    [core("source"), core("target"), core("note"), mda("meta"), gls("term"), gls("translation"), gls("definition")]
)


def render(document: Document) -> bytes:
    """The record of a document; `parse` gives the same document back.

    Raises TranslateError for a document that contradicts itself (ids that are no XML name tokens or not unique, a
    segment that is not the text at its offsets), for its record would not be true.
    """
    _check(document)
    root = etree.Element(core("xliff"), nsmap=NAMESPACES)  # type: ignore[arg-type]  # the stubs forbid None
    root.set("version", "2.1")
    root.set("srcLang", document.source_language)
    root.set("trgLang", document.target_language)
    root.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    file = etree.SubElement(root, core("file"), id="f1", original=escape(document.source_path))
    _document_metadata(file, document)
    for block in document.blocks:
        _unit(file, block)
    _indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _check(document: Document) -> None:
    where = document.source_path or document.name
    for name, language in (("source", document.source_language), ("target", document.target_language)):
        if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language):
            raise TranslateError(f"{where}: '{language}' is no {name} language code; give one such as ko or en")
    if not document.blocks:
        raise TranslateError(f"{where}: has no text; a record needs some")
    seen: set[str] = set()
    for block in document.blocks:
        end = 0
        for segment in block.segments:
            at = f"{where}: segment {segment.id}"
            if not end <= segment.start <= segment.end or block.text[segment.start : segment.end] != segment.source:
                raise TranslateError(f"{at} is not block {block.id}'s text at {segment.start}–{segment.end}")
            end = segment.end
        for item in (block.id, *(s.id for s in block.segments)):
            if not _NMTOKEN.fullmatch(item):
                raise TranslateError(f"{where}: '{item}' cannot be an id in XLIFF; use letters, digits, - and _")
            if item in seen:
                raise TranslateError(f"{where}: the id {item} stands twice in the document")
            seen.add(item)


def _document_metadata(file: Element, document: Document) -> None:
    made = document.provenance
    metadata = etree.SubElement(file, mda("metadata"))
    _group(
        metadata,
        RECORD,
        [("name", document.name), ("source-sha256", document.source_sha256), ("encoding", document.encoding)],
    )
    _group(
        metadata,
        "provenance",
        [("engine", made.engine), ("model", made.model), ("version", made.version), ("date", made.date)],
    )
    for glossary in made.glossaries:
        pairs = [("name", glossary.name), ("sha256", glossary.sha256), ("entries", str(glossary.entries))]
        _group(metadata, "glossary", pairs)
    if made.settings:
        _group(metadata, "settings", made.settings)


def _unit(file: Element, block: Block) -> None:
    unit = etree.SubElement(file, core("unit"), id=block.id, type=f"{AUTHORITY}:{block.kind.value}")
    if block.kind is Kind.BOILERPLATE:
        unit.set("translate", "no")
    metadata = etree.SubElement(unit, mda("metadata"))
    _group(metadata, "block", [("language", block.language)])
    concepts = _concepts(block.segments)
    for segment in block.segments:
        _segment_metadata(metadata, segment, concepts)
    _glossary(unit, block.segments, concepts)
    _matches(unit, block.segments, concepts)
    _notes(unit, block.segments)
    if not block.segments:
        _inline(etree.SubElement(etree.SubElement(unit, core("segment")), core("source")), block.text)
    end = 0
    for segment in block.segments:
        _gap(unit, block.text[end : segment.start])
        _segment(unit, segment, concepts)
        end = segment.end
    if block.segments:
        _gap(unit, block.text[end:])


def _gap(unit: Element, text: str) -> None:
    if text:
        _inline(etree.SubElement(etree.SubElement(unit, core("ignorable")), core("source")), text)


# What an occurrence has of its entry, apart from where it stands and what became of it.
Concept = tuple[str, str, tuple[str, ...], tuple[str, ...], str, str, str]


def _concept(line: Occurrence) -> Concept:
    return (line.entry, line.term, line.wanted, line.forbidden, line.glossary, line.status, line.note)


def _concepts(segments: Sequence[Segment]) -> dict[Concept, str]:
    """The unit's entries with the id of each one's glossEntry."""
    number = count(1)
    out: dict[Concept, str] = {}
    for segment in segments:
        for line in chain(segment.occurrences, *(a.occurrences for a in segment.alternatives)):
            if _concept(line) not in out:
                out[_concept(line)] = f"g{next(number)}"
    return out


def _segment_metadata(metadata: Element, segment: Segment, concepts: dict[Concept, str]) -> None:
    pairs = [("engine", segment.engine)] if segment.engine else []
    if segment.confidence is not None:
        pairs.append(("confidence", repr(segment.confidence)))
    if not (pairs or segment.occurrences or segment.findings or segment.changes):
        return
    group = _group(metadata, "segment", [("id", segment.id), *pairs])
    _ledger(group, segment.occurrences, concepts)
    for index, finding in enumerate(segment.findings):
        _finding(group, ("note", _note_id(segment, index)), finding)
    for change in segment.changes:
        values = [("author", change.author), ("date", change.date), ("before", change.before), ("after", change.after)]
        if change.comment:
            values.append(("comment", change.comment))
        _group(group, "change", values)


def _ledger(parent: Element, lines: Sequence[Occurrence], concepts: dict[Concept, str]) -> None:
    for line in lines:
        values = [("entry", concepts[_concept(line)]), ("source-span", _span((line.start, line.end)))]
        values.append(("target-span", _span((line.target_start, line.target_end))))
        if line.outcome is not None:
            values.append(("outcome", line.outcome.value))
        values += [(k, v) for k, v in (("how", line.how), ("found", line.found)) if v]
        _group(parent, "term", values)


def _finding(parent: Element, message: tuple[str, str], finding: Finding) -> None:
    """``message`` is ("note", the note that has it) or ("message", itself)."""
    values = [message, ("check", finding.check), ("level", finding.level.value), ("segment", finding.segment)]
    if finding.source_span:
        values.append(("source-span", _span(finding.source_span)))
    if finding.target_span:
        values.append(("target-span", _span(finding.target_span)))
    _group(parent, "finding", values)


def _span(span: Span) -> str:
    return f"{span[0]},{span[1]}"


def _mark_id(segment: Segment, index: int) -> str:
    return f"{segment.id}.t{index + 1}"


def _note_id(segment: Segment, index: int) -> str:
    return f"{segment.id}.q{index + 1}"


def _glossary(unit: Element, segments: Sequence[Segment], concepts: dict[Concept, str]) -> None:
    if not concepts:
        return
    marked: dict[str, str] = {}  # glossEntry -> the place of its first occurrence
    for segment in segments:
        in_source = {i for i, _ in apart(segment.source, [(o.start, o.end) for o in segment.occurrences])}
        for index, line in enumerate(segment.occurrences):
            place = _mark_id(segment, index) if index in in_source else segment.id
            marked.setdefault(concepts[_concept(line)], place)
        for line in chain.from_iterable(a.occurrences for a in segment.alternatives):
            marked.setdefault(concepts[_concept(line)], segment.id)
    glossary = etree.SubElement(unit, gls("glossary"))
    for concept, number in concepts.items():
        entry, term, wanted, forbidden, source, status, note = concept
        element = etree.SubElement(glossary, gls("glossEntry"), id=number, ref=f"#{marked[number]}")
        _text(etree.SubElement(element, gls("term"), source=escape(source)), term)
        for target in wanted:
            _text(etree.SubElement(element, gls("translation")), target)
        if note or not wanted:  # an entry must have a translation or a definition
            _text(etree.SubElement(element, gls("definition")), note)
        pairs = [("entry", entry), ("status", status), *(("forbidden", target) for target in forbidden)]
        _group(etree.SubElement(element, mda("metadata")), "term", pairs)


def _matches(unit: Element, segments: Sequence[Segment], concepts: dict[Concept, str]) -> None:
    if not any(segment.alternatives for segment in segments):
        return
    matches = etree.SubElement(unit, mtc("matches"))
    for segment in segments:
        for index, alternative in enumerate(segment.alternatives):
            match = etree.SubElement(matches, mtc("match"), id=f"{segment.id}.m{index + 1}", ref=f"#{segment.id}")
            match.set("type", "tm" if segment.origin is Origin.MEMORY else "mt")
            if alternative.engine:
                match.set("origin", escape(alternative.engine))
            if alternative.occurrences or alternative.findings:
                group = _group(etree.SubElement(match, mda("metadata")), "alternative", ())
                _ledger(group, alternative.occurrences, concepts)
                for finding in alternative.findings:
                    _finding(group, ("message", finding.message), finding)
            _inline(etree.SubElement(match, core("source")), segment.source)
            _inline(etree.SubElement(match, core("target")), alternative.text)


def _notes(unit: Element, segments: Sequence[Segment]) -> None:
    if not any(segment.findings for segment in segments):
        return
    notes = etree.SubElement(unit, core("notes"))
    for segment in segments:
        for index, finding in enumerate(segment.findings):
            note = etree.SubElement(notes, core("note"), id=_note_id(segment, index))
            if side := _side(finding):
                note.set("appliesTo", side)
            note.set("category", "qa")
            note.set("priority", _PRIORITY[finding.level])
            _text(note, finding.message)


def _side(finding: Finding) -> str:
    if finding.target_span:
        return "target"
    return "source" if finding.source_span else ""


def _segment(unit: Element, segment: Segment, concepts: dict[Concept, str]) -> None:
    element = etree.SubElement(unit, core("segment"), id=segment.id, state=segment.state.value)
    if segment.origin is not Origin.NONE:
        element.set("subState", f"{AUTHORITY}:{segment.origin.value}")
    lines = segment.occurrences
    entries = [concepts[_concept(line)] for line in lines]
    marks = [(_mark_id(segment, i), entry) for i, entry in enumerate(entries)]
    _inline(etree.SubElement(element, core("source")), segment.source, [(o.start, o.end) for o in lines], marks)
    if segment.target or segment.state.value != "initial":
        spans = [(o.target_start, o.target_end) for o in lines]
        _inline(etree.SubElement(element, core("target")), segment.target, spans, marks)


def _inline(parent: Element, text: str, spans: Sequence[Span] = (), marks: Sequence[tuple[str, str]] = ()) -> None:
    """Text with a ``mrk`` for each span that overlaps none before it; ``marks`` are their ids and glossary entries."""
    end = 0
    for index, span in apart(text, spans):
        _code_points(parent, text[end : span[0]])
        name, entry = marks[index]
        mark = etree.SubElement(parent, core("mrk"), id=name, type="term", ref=f"#gls={entry}")
        _code_points(mark, text[span[0] : span[1]])
        end = span[1]
    _code_points(parent, text[end:])


def _code_points(parent: Element, text: str) -> None:
    end = 0
    for match in ILLEGAL.finditer(text):
        _append(parent, text[end : match.start()])
        etree.SubElement(parent, core("cp"), hex=f"{ord(match[0]):04X}")
        end = match.end()
    _append(parent, text[end:])


def _append(parent: Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _text(element: Element, text: str) -> None:
    element.text = escape(text)


def _group(parent: Element, category: str, pairs: Pairs) -> Element:
    group = etree.SubElement(parent, mda("metaGroup"), category=category)
    for key, value in pairs:
        _text(etree.SubElement(group, mda("meta"), type=escape(key)), value)
    return group


def _indent(element: Element, level: int = 0) -> None:
    """White space between elements for human readers, none inside text."""
    if element.tag in _LEAVES or not len(element):
        return
    element.text = "\n" + "  " * (level + 1)
    for child in element:
        _indent(child, level + 1)
        child.tail = "\n" + "  " * (level + 1)
    element[-1].tail = "\n" + "  " * level
