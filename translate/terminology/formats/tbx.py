"""TBX, the standard for exchanging terminology: TBX-Basic in v3 (ISO 30042:2019), styles DCT and DCA, and v2 (2008).

Writes TBX-Basic v3 DCT; `STYLES` holds v3 DCA and v2.  Reads all of these and, tolerantly, what MultiTerm exports
(its own XML, and TBX with ``ntig``): data categories are taken by name wherever they stand in an entry.

TBX-Basic has no status for forbidden, do-not-translate or proposed terms: they are written as a note "status: …" on
the term (forbidden also as deprecated), which ``read`` takes back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import cast

from lxml import etree

from translate.document import TranslateError
from translate.terminology.concepts import abbreviation, clean, languages, match_key, sides
from translate.terminology.formats import tsv
from translate.terminology.termbase import Glossary, Row, Status

NAME = "tbx"
SUFFIXES = (".tbx", ".xml")

TBX = "urn:iso:std:iso:30042:ed-2"
MIN = "http://www.tbxinfo.net/ns/min"
BASIC = "http://www.tbxinfo.net/ns/basic"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_WRITTEN = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
    Status.DO_NOT_TRANSLATE: "preferredTerm-admn-sts",
}
_READ = {
    "preferred": Status.PREFERRED,
    "admitted": Status.ADMITTED,
    "deprecated": Status.DEPRECATED,
    "superseded": Status.DEPRECATED,
    "notrecommended": Status.DEPRECATED,
    "obsolete": Status.DEPRECATED,
    "forbidden": Status.FORBIDDEN,
    "prohibited": Status.FORBIDDEN,
    "approved": Status.PREFERRED,
    "proposed": Status.PROPOSED,
}
_PARTS = ("noun", "verb", "adjective", "adverb", "properNoun", "other")
# Categories by their names in TBX and in MultiTerm's usual templates, without spaces and case.
_CATEGORIES = {
    "administrativestatus": "status",
    "status": "status",
    "usagestatus": "status",
    "partofspeech": "part_of_speech",
    "subjectfield": "domain",
    "subject": "domain",
    "domain": "domain",
    "note": "note",
    "termtype": "type",
    "type": "type",
}


@dataclass(frozen=True)
class Style:
    """A dialect of the same content, of the shape of a format."""

    NAME: str
    version: int
    dct: bool
    SUFFIXES: tuple[str, ...] = SUFFIXES

    def read(self, data: bytes, path: str) -> Glossary:
        """See the module's read."""
        return read(data, path)

    def write(self, glossary: Glossary) -> bytes:
        """The glossary in this style."""
        return _write(glossary, self)

    def losses(self, glossary: Glossary) -> list[str]:
        """See the module's losses."""
        return losses(glossary)


@dataclass
class _Term:
    text: str
    language: str
    data: dict[str, str] = field(default_factory=dict)


def read(data: bytes, path: str) -> Glossary:
    """The glossary in a TBX or MultiTerm file; ``notes`` tell what was taken for what and what was left out.

    Raises TranslateError for broken XML, or a file without Korean and English terms.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TranslateError(f"{path}:{error.lineno or 1}: not well-formed XML: {error.msg}") from error
    entries = [e for e in _elements(root) if _name(e) in ("conceptEntry", "termEntry", "conceptGrp")]
    header = _read_header(root)
    source, target = _pair(dict(header).get("languages", ""))
    left_out: dict[str, int] = {}
    rows: list[Row] = []
    for entry in entries:
        rows += _rows(entry, source, target, left_out)
    if not rows:
        raise TranslateError(f"{path}: no entry with a {source} and an {target} term; is it a TBX or MultiTerm file?")
    notes = [f"{_kind(root)}, {len(entries)} entries, {source} is the source"]
    notes += [f"{what} left out ({count} times)" for what, count in left_out.items()]
    digest = hashlib.sha256(data).hexdigest()
    return Glossary(
        PurePath(path).stem, path, tuple(rows), tuple(header), sha256=digest, notes=tuple(notes), columns=tsv.COLUMNS
    )


def write(glossary: Glossary) -> bytes:
    """The glossary as TBX-Basic v3 in DCT style, one concept entry for all rows of a source term."""
    return _write(glossary, Style(NAME, 3, True))


def losses(glossary: Glossary) -> list[str]:
    """Unknown columns, comments, parts of speech outside TBX's list, several domains in one concept."""
    names = dict.fromkeys(name for row in glossary.rows for name, value in row.more if value)
    lost = [f"column '{name}' left out" for name in names]
    comments = sum(len(row.comment) for row in glossary.rows) + len(glossary.tail)
    comments += sum(1 for key, _ in glossary.header if not key)
    if comments:
        lost.append(f"{comments} comment lines left out")
    for row in glossary.rows:
        if row.part_of_speech and _part(row.part_of_speech) == "other" and row.part_of_speech != "other":
            lost.append(f"{row.source}: part of speech '{row.part_of_speech}' becomes other")
        if row.status is Status.FORBIDDEN:
            lost.append(f"{row.source}: '{row.target}' is deprecated for other tools (TBX-Basic has no forbidden)")
    for rows in _concepts(glossary):
        domains = dict.fromkeys(row.domain for row in rows)
        if len(rows) > 1 and any(not _target(row) for row in rows):
            lost.append(f"{rows[0].source}: a row without target beside others is left out")
        if any(sides(row, languages(glossary)[0])[1] and not _target(row) for row in rows):
            lost.append(f"{rows[0].source}: variants of a row without target are left out")
        if len(domains) > 1:
            lost.append(f"{rows[0].source}: one domain a concept; '{rows[0].domain}' of {', '.join(domains)} is kept")
    return lost


STYLES = (Style("tbx-dca", 3, False), Style("tbx-v2", 2, False))


def _write(glossary: Glossary, style: Style) -> bytes:
    source, target = languages(glossary)
    new = style.version == 3
    prefixes: dict[str | None, str] = {None: TBX, "min": MIN, "basic": BASIC}
    if not style.dct:
        prefixes = {None: TBX} if new else {}
    root = etree.Element(f"{{{TBX}}}tbx" if new else "martif", nsmap=cast("dict[str, str]", prefixes))
    root.set("type", "TBX-Basic")
    if new:
        root.set("style", "dct" if style.dct else "dca")
    root.set(_LANG, source)
    head = _add(root, "tbxHeader" if new else "martifHeader")
    file = _add(head, "fileDesc")
    header = dict(glossary.header)
    _add(_add(file, "titleStmt"), "title", header.get("title") or glossary.name)
    description = _add(file, "sourceDesc")
    facts = [(k, v) for k, v in glossary.header if k and k != "title"]
    for key, value in facts or [("languages", f"{source}-{target}")]:
        _add(description, "p", f"{key}: {value}")
    if not new:
        _add(_add(head, "encodingDesc"), "p", "TBXBasicXCSV02.xcs").set("type", "XCSURI")
    body = _add(_add(root, "text"), "body")
    for number, rows in enumerate(_concepts(glossary), 1):
        entry = _add(body, "conceptEntry" if new else "termEntry")
        entry.set("id", f"c{number}")
        _entry(entry, rows, source, target, style)
    etree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8") + b"\n"


def _entry(entry: etree._Element, rows: list[Row], source: str, target: str, style: Style) -> None:
    section = "langSec" if style.version == 3 else "langSet"
    if rows[0].domain:
        _category(entry, "subjectField", rows[0].domain, style)
    spoken = _add(entry, section)
    spoken.set(_LANG, source)
    forms = dict.fromkeys([*(row.source for row in rows), *(f for row in rows for f in sides(row, source)[0])])
    for index, form in enumerate(forms):
        _term(spoken, form, style, part=rows[0].part_of_speech, kind="variant" if index else "")
    written = [row for row in rows if _target(row)]
    if not written:
        for note in (f"status: {rows[0].status.value}", rows[0].note):
            if note:
                _add(spoken[0], "note", note)
        return
    rendered = _add(entry, section)
    rendered.set(_LANG, target)
    for row in written:
        _term(rendered, _target(row), style, row.status, row.part_of_speech, note=row.note)
        for form in sides(row, source)[1]:
            kind = "acronym" if abbreviation(row.target, [form]) else "variant"
            status = Status.ADMITTED if row.status is Status.PREFERRED else row.status
            _term(rendered, form, style, status, kind=kind)


def _target(row: Row) -> str:
    return row.target or (row.source if row.status is Status.DO_NOT_TRANSLATE else "")


def _term(
    section: etree._Element,
    text: str,
    style: Style,
    status: Status | None = None,
    part: str = "",
    kind: str = "",
    note: str = "",
) -> None:
    term = _add(section, "termSec" if style.version == 3 else "tig")
    _add(term, "term", text)
    if part:
        _category(term, "partOfSpeech", _part(part), style)
    if kind:
        _category(term, "termType", kind, style)
    if status in _WRITTEN:
        _category(term, "administrativeStatus", _WRITTEN[status], style)
    if status in (Status.FORBIDDEN, Status.DO_NOT_TRANSLATE, Status.PROPOSED):
        _add(term, "note", f"status: {status.value}")
    if note:
        _add(term, "note", note)


def _category(parent: etree._Element, name: str, value: str, style: Style) -> None:
    if style.dct:
        # termType is of the module Basic, the others of the module Min
        etree.SubElement(parent, f"{{{BASIC if name == 'termType' else MIN}}}{name}").text = _legal(value)
    else:
        _add(parent, "descrip" if name == "subjectField" else "termNote", value).set("type", name)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """A new element of TBX's own names (in the namespace of v3, or in none) with its text."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name)
    element.text = None if text is None else _legal(text)
    return element


def _concepts(glossary: Glossary) -> list[list[Row]]:
    """Rows of one source term and part of speech together, in the file's order."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in tsv.in_order(glossary.rows):
        groups.setdefault((match_key(clean(row.source)), row.part_of_speech), []).append(row)
    return list(groups.values())


def _part(part: str) -> str:
    camel = {"proper noun": "properNoun", "propernoun": "properNoun", "n": "noun", "name": "properNoun"}
    part = camel.get(part.strip().casefold(), part.strip())
    return part if part in _PARTS else "other"


def _legal(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return (e for e in root.iter() if isinstance(e.tag, str))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _kind(root: etree._Element) -> str:
    if _name(root) == "tbx":
        return f"TBX v3 {root.get('style', 'dca').upper()}"
    return {"martif": "TBX v2", "mtf": "MultiTerm XML"}.get(_name(root), f"<{_name(root)}>")


def _read_header(root: etree._Element) -> list[tuple[str, str]]:
    header: list[tuple[str, str]] = []
    for element in _elements(root):
        name, parent = _name(element), element.getparent()
        if name == "title" and _text(element):
            header.append(("title", _text(element)))
        elif name == "p" and parent is not None and _name(parent) == "sourceDesc":
            match = re.match(r"([A-Za-z][A-Za-z0-9_-]*):\s+(.*)$", _text(element))
            header.append((match[1], match[2]) if match else ("description", _text(element)))
        elif name in ("text", "body", "conceptGrp"):
            break
    return header


def _pair(value: str) -> tuple[str, str]:
    return ("en", "ko") if re.match(r"en\W+ko", value) else ("ko", "en")


def _language(element: etree._Element) -> str:
    code = element.get(_LANG) or element.get("lang") or ""
    for child in element:
        if isinstance(child.tag, str) and _name(child) == "language":
            code = child.get("lang") or child.get("type") or code
    return {"korean": "ko", "english": "en"}.get(code.lower(), code[:2].lower())


def _rows(entry: etree._Element, source: str, target: str, left_out: dict[str, int]) -> list[Row]:
    terms: list[_Term] = []
    shared: dict[str, str] = {}
    for element in _children(entry):
        if _name(element) in ("langSec", "langSet", "languageGrp"):
            terms += _terms(element, _language(element), left_out)
        else:
            _collect(element, shared, left_out)
    for other in sorted({t.language for t in terms} - {source, target}):
        left_out[f"language {other}"] = left_out.get(f"language {other}", 0) + 1
    originals = [t for t in terms if t.language == source]
    renderings = [t for t in terms if t.language == target]
    if not originals:
        return []
    first = next((t for t in originals if t.data.get("type") != "variant"), originals[0])
    forms = tuple(_marked(t.text, source, source) for t in originals if t is not first)
    part = first.data.get("part_of_speech", "")
    domain = shared.get("domain") or first.data.get("domain", "")
    note = shared.get("note", "")
    rows: list[Row] = []
    for term in renderings:
        status = _status(term)
        kind = term.data.get("type", "")
        if rows and kind in ("variant", "acronym", "abbreviation", "shortForm") and _joins(rows[-1].status, status):
            last = rows[-1]
            rows[-1] = _with(last, (*last.variants, _marked(term.text, target, source)))
            continue
        own = "; ".join(n for n in (note, term.data.get("note", "")) if n)
        pos = term.data.get("part_of_speech", part)
        rows.append(Row(first.text, term.text, (), status, pos, domain, own, line=_line(entry)))
    if not rows:
        own = "; ".join(n for n in (note, first.data.get("note", "")) if n)
        status = _status(first) if "mark" in first.data else Status.PROPOSED
        rows.append(Row(first.text, "", (), status, part, domain, own, line=_line(entry)))
    if forms:
        rows[0] = _with(rows[0], (*forms, *rows[0].variants))
    return rows


def _joins(row: Status, variant: Status) -> bool:
    return variant is row or (row is Status.PREFERRED and variant is Status.ADMITTED)


def _with(row: Row, variants: tuple[str, ...]) -> Row:
    return Row(
        row.source, row.target, variants, row.status, row.part_of_speech, row.domain, row.note, row.more, row.comment,
        row.line,
    )  # fmt: skip


def _marked(form: str, language: str, source: str) -> str:
    """A variant as our files write it: with its language where the script misleads."""
    row = Row("", "", (form,))
    korean, english = sides(row, "ko")
    return form if (korean if language == "ko" else english) == (clean(form),) else f"{language}:{form}"


def _line(entry: etree._Element) -> int:
    return cast(int, entry.sourceline or 0)


def _children(element: etree._Element) -> Iterable[etree._Element]:
    return [e for e in element if isinstance(e.tag, str)]


def _terms(section: etree._Element, language: str, left_out: dict[str, int]) -> list[_Term]:
    terms = []
    shared: dict[str, str] = {}
    for group in _children(section):
        if _name(group) not in ("termSec", "tig", "ntig", "termGrp"):
            _collect(group, shared, left_out)
            continue
        texts = [e for e in _elements(group) if _name(e) == "term"]
        if not texts or not _text(texts[0]):
            continue
        term = _Term(_text(texts[0]), language)
        for element in _children(group):
            _collect(element, term.data, left_out)
        terms.append(term)
    for term in terms:
        for key, value in shared.items():
            term.data.setdefault(key, value)
    return terms


def _collect(element: etree._Element, data: dict[str, str], left_out: dict[str, int]) -> None:
    """Put the data categories in ``element`` and below it into ``data``."""
    name = _name(element)
    if name in ("term", "language", "concept"):
        return
    if _children(element) and name != "note":
        for child in _children(element):
            _collect(child, data, left_out)
        return
    called = element.get("type") or name
    value = _text(element)
    category = _CATEGORIES.get(re.sub(r"[\s_-]", "", called).casefold())
    if category == "note" and value.startswith("status: "):
        data["mark"] = value[8:]
    elif category == "note" and value and data.get("note"):
        data["note"] += f"; {value}"
    elif category and value:
        data.setdefault(category, value)
    elif value:
        left_out[called] = left_out.get(called, 0) + 1


def _status(term: _Term) -> Status:
    mark = term.data.get("mark", "")
    if mark in list(Status):
        return Status(mark)
    words = re.sub(r"term-admn-sts$|[\s_-]", "", term.data.get("status", "preferred").replace("Term-", "term-"))
    return _READ.get(words.casefold(), Status.PROPOSED)
