"""The XLIFF record: nothing lost on the way out and back, valid, and honest about what it cannot read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import strategies
from documents import ARTICLE, build, many
from hypothesis import given, settings
from lxml import etree

from translate.document import Document, Kind, TranslateError
from translate.publishing import docx, html, markdown, text, xliff, xliff12

NAMES = {
    "x": "urn:oasis:names:tc:xliff:document:2.0",
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
    "gls": "urn:oasis:names:tc:xliff:glossary:2.0",
    "mtc": "urn:oasis:names:tc:xliff:matches:2.0",
}
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("xliff21.rng")))
# Debian's php-symfony-translation has OASIS's core schemas.
OASIS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")


def assert_valid(data: bytes) -> etree._Element:
    """Structure by the grammar, references and unique ids by the rules of the specification."""
    root = etree.fromstring(data)
    GRAMMAR.assertValid(root)
    for unit in root.iterfind(".//x:unit", NAMES):
        places = set(unit.xpath("x:segment/@id | x:segment//x:mrk/@id", namespaces=NAMES))
        entries = unit.xpath("gls:glossary/gls:glossEntry/@id", namespaces=NAMES)
        for side in ("source", "target"):
            marks = unit.xpath(f"x:segment/x:{side}/x:mrk/@id", namespaces=NAMES)
            assert len(marks) == len(set(marks)), "an inline id stands twice"
        assert len(entries) == len(set(entries)), "a glossary entry's id stands twice"
        for reference in unit.xpath(".//gls:glossEntry/@ref | .//mtc:match/@ref", namespaces=NAMES):
            assert reference.removeprefix("#") in places, f"{reference} points nowhere in its unit"
        for reference in unit.xpath(".//x:mrk/@ref", namespaces=NAMES):
            assert reference.removeprefix("#gls=") in entries, f"{reference} points to no glossary entry"
    ids = root.xpath("//x:unit/@id", namespaces=NAMES)
    assert len(ids) == len(set(ids))
    return root


def test_round_trip() -> None:
    document = build()
    data = xliff.render(document)
    assert_valid(data)
    assert xliff.parse(data) == document
    assert xliff.render(xliff.parse(data)) == data


@settings(max_examples=60, deadline=None)
@given(strategies.documents())
def test_round_trip_of_any_document(document: Document) -> None:
    data = xliff.render(document)
    assert_valid(data)
    assert xliff.parse(data) == document


@settings(max_examples=25, deadline=None)
@given(strategies.documents())
def test_every_format_renders_any_document_twice_alike(document: Document) -> None:
    again = xliff.parse(xliff.render(document))
    for module in (docx, html, text, markdown, xliff):
        assert module.render(document) == module.render(again)


@pytest.mark.skipif(not OASIS.exists(), reason="OASIS's schema (Debian php-symfony-translation) is not installed")
@pytest.mark.parametrize(("name", "render"), [("2.0", xliff.render), ("1.2-strict", xliff12.render)])
def test_valid_by_the_oasis_schemas(name: str, render: Callable[[Document], bytes]) -> None:
    schema = etree.parse(OASIS / f"xliff-core-{name}.xsd")
    for element in schema.iterfind(".//{*}import"):
        element.set("schemaLocation", str(OASIS / "xml.xsd"))
    etree.XMLSchema(schema).assertValid(etree.fromstring(render(build())))


def test_terms_are_marked_in_both_texts() -> None:
    root = assert_valid(xliff.render(build()))
    segment = root.find(".//x:segment[@id='s0009']", NAMES)
    assert [m.text for m in segment.iterfind("x:source/x:mrk", NAMES)] == ["방위상", "주일미군", "합동작전사령부"]
    assert [m.text for m in segment.iterfind("x:target/x:mrk", NAMES)] == ["USFJ", "Joint Operations Command"]
    unit = segment.getparent()
    entry = unit.find("gls:glossary/gls:glossEntry[@id='g3']", NAMES)
    assert entry.findtext("gls:term", None, NAMES) == "합동작전사령부"
    assert [t.text for t in entry.iterfind("gls:translation", NAMES)] == ["Joint Operations Command", "JOC"]


def test_overlapping_terms_keep_their_places() -> None:
    document = build()
    segment = next(s for s in document.segments() if s.id == "s0006")
    whole = replace(segment.occurrences[0], start=0, end=len(segment.source), target_start=0, target_end=5)
    changed = document.map_segments(
        lambda s: replace(s, occurrences=(*s.occurrences, whole, whole)) if s.id == "s0006" else s
    )
    data = xliff.render(changed)
    assert_valid(data)
    assert xliff.parse(data) == changed


def test_findings_are_notes_states_and_origins_are_kept() -> None:
    root = assert_valid(xliff.render(build()))
    notes = root.findall(".//x:note", NAMES)
    assert len(notes) == 5
    assert notes[0].get("appliesTo") == "target" and notes[0].get("priority") == "1"
    segments = {s.get("id"): s for s in root.iterfind(".//x:segment[@id]", NAMES)}
    assert segments["s0005"].get("subState") == "translate:copy"
    assert segments["s0015"].get("state") == "reviewed"
    assert segments["s0016"].find("x:target", NAMES) is None
    boilerplate = root.findall(".//x:unit[@translate='no']", NAMES)
    assert [u.get("type") for u in boilerplate] == ["translate:boilerplate"] * 2


def test_code_points_that_xml_cannot_hold() -> None:
    root = assert_valid(xliff.render(build()))
    assert [c.get("hex") for c in root.iterfind(".//x:segment[@id='s0010']//x:cp", NAMES)] == ["000B", "000B"]


RECORD = xliff.render(build(ARTICLE[:1]))
BROKEN = [
    (b"", "line 1: not well-formed"),
    (b"<xliff", "line 1: not well-formed"),
    (RECORD.replace(b"</file>", b"</fil>"), "not well-formed"),
    (b"<html>\n</html>", "line 1: not XLIFF 2.1"),
    (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', "XLIFF 1.2"),
    (RECORD.replace(b'version="2.1"', b'version="3.0"'), "line 2: XLIFF version 3.0"),
    (RECORD.replace(b"translate-record", b"other"), "line 3: XLIFF of another program"),
    (RECORD.replace(b'state="translated"', b'state="done"'), "unknown state 'done'"),
    (RECORD.replace(b"translate:headline", b"translate:title"), "unknown type 'translate:title'"),
    (RECORD.replace(b">4,8<", b">4-8<"), "'4-8' is no source-span"),
    (RECORD.replace(b">g1<", b">g9<"), "'g9' is no entry"),
    (RECORD.replace(b">applied<", b">perhaps<"), "'perhaps' is no outcome"),
    (RECORD.replace(b">0.82<", b">high<"), "'high' is no confidence"),
    (RECORD.replace(b'<mda:meta type="language">ko</mda:meta>', b""), "has no 'language'"),
    (RECORD.replace(b' srcLang="ko"', b""), "<xliff> has no srcLang"),
    (
        RECORD.replace(b"<xliff", b'<!DOCTYPE xliff [<!ENTITY a "b">]>\n<xliff', 1).replace(b"Seoul", b"&a;", 1),
        "document type declaration",
    ),
]


@pytest.mark.parametrize(("data", "message"), BROKEN, ids=[m for _, m in BROKEN])
def test_what_is_no_record_is_refused_with_the_line(data: bytes, message: str) -> None:
    with pytest.raises(TranslateError, match=r"XLIFF record, line \d+: ") as caught:
        xliff.parse(data)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_document_that_contradicts_itself_gives_no_record() -> None:
    document = build(ARTICLE[:1])
    wrong = document.map_segments(lambda s: replace(s, source=s.source + "!"))
    with pytest.raises(TranslateError, match="s0001 is not block b001's text"):
        xliff.render(wrong)
    twice = replace(document, blocks=document.blocks * 2)
    with pytest.raises(TranslateError, match="b001 stands twice"):
        xliff.render(twice)
    with pytest.raises(TranslateError, match="has no text"):
        xliff.render(replace(document, blocks=()))
    with pytest.raises(TranslateError, match="no source language"):
        xliff.render(replace(document, source_language=""))


def test_republishing_from_the_record_gives_the_same_bytes() -> None:
    document = build()
    again = xliff.parse(xliff.render(document))
    for module in (docx, html, text, markdown):
        assert module.render(again) == module.render(document)


def test_boilerplate_stands_in_the_record_alone() -> None:
    document = build()
    assert any(b.kind is Kind.BOILERPLATE for b in xliff.parse(xliff.render(document)).blocks)
    for module in (html, text, markdown):
        assert "많이 본 뉴스" not in module.render(document).decode()


def test_a_long_article_is_read_back() -> None:
    document = many(1000)
    assert xliff.parse(xliff.render(document)) == document
