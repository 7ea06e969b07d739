"""XLIFF 1.2 and TMX: what other programs get, valid by their formats' rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import strategies
from documents import build
from hypothesis import given, settings
from lxml import etree

from translate.document import Document, Kind, State
from translate.memory import open_memory
from translate.memory.tmx import read_tmx, write_tmx
from translate.publishing import tmx, xliff12
from translate.publishing.marks import visible
from translate.review import xliff as reading

N = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("xliff12.rng")))


def published(document: Document) -> etree._Element:
    root = etree.fromstring(xliff12.render(document))
    GRAMMAR.assertValid(root)
    ids = root.xpath("//x:trans-unit/@id", namespaces=N)
    assert len(ids) == len(set(ids))
    return root


def test_what_a_tool_gets() -> None:
    root = published(build())
    units = {u.get("id"): u for u in root.iterfind(".//x:trans-unit", N)}
    assert "많이 본 뉴스" not in "".join(root.itertext()) and "무단 전재" not in "".join(root.itertext())
    assert list(units) == [s.id for s in build().segments()]
    states = {name: (u.get("approved"), *(t.get("state") for t in u.iterfind("x:target", N))) for name, u in units.items()}
    assert (states["s0001"], states["s0015"], states["s0016"]) == (("no", "translated"), ("yes", "signed-off"), ("no",))
    final = build().map_segments(lambda s: replace(s, state=State.FINAL))
    assert published(final).find(".//x:target", N).get("state") == "final"
    first = [(n.get("annotates"), n.text) for n in units["s0001"].iterfind("x:note", N)]
    assert first == [
        ("source", "Term: 확장억제 = extended deterrence (applied)"),
        ("source", "Term: 합동작전사령부 = Joint Operations Command or JOC (repaired)"),
    ]
    counted = [(n.get("annotates"), n.get("priority"), n.text) for n in units["s0007"].iterfind("x:note", N)]
    assert counted[0] == ("target", "1", "Error, numbers: 5만5000 is 55,000; the translation has 50,000")
    alternatives = [t.text for t in units["s0006"].iterfind("x:alt-trans/x:target", N)]
    assert alternatives == ["The government said it launched the body on Friday.", "정부 said & it launched <it>."]
    groups = [g.get("restype") for g in root.iterfind(".//x:group", N)]
    assert groups[0] == "x-headline" and "x-boilerplate" not in groups
    assert units["s0005"].find("x:source", N).get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


@settings(max_examples=60, deadline=None)
@given(strategies.documents())
def test_any_document(document: Document) -> None:
    published(document)
    data = xliff12.render(document)
    segments = [s for b in document.blocks if b.kind is not Kind.BOILERPLATE for s in b.segments]
    if segments:
        rows = reading.read_rows(data)
        assert [r.tags[0][0] for r in rows] == [s.id for s in segments]
        assert ["".join(r.target.split()) for r in rows] == ["".join(_nfc(s.target).split()) for s in segments]
    root = etree.fromstring(tmx.render(document))
    assert root.get("version") == "1.4" and all(len(u.findall("tuv")) == 2 for u in root.iter("tu"))


def _nfc(text: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", visible(text))


def test_tmx_goes_into_a_memory(tmp_path: Path) -> None:
    path = tmp_path / "deterrence.tmx"
    path.write_bytes(tmx.render(build()))
    segments = {s.id: s for s in build().segments()}
    with open_memory(tmp_path / "m.sqlite") as memory:
        memory.store(read_tmx(path))
        assert len(memory) == 14  # without the caption that was English already and what has no translation
        source = segments["s0015"].source
        match = memory.exact(source, "ko", "en", segments["s0014"].source, segments["s0016"].source)
        assert match is not None and (match.percent, match.unit.author, match.unit.date) == (101, "김하나", "2026-11-21T02:00:00Z")
        assert memory.exact(segments["s0001"].source, "ko", "en") is None  # a machine's word is nobody's
        with (tmp_path / "again.tmx").open("wb") as stream:
            write_tmx(memory.units(), stream)
        assert [u.date for u in read_tmx(tmp_path / "again.tmx")] == [u.date for u in memory.units()]
    assert b'creationdate="20261121T020000Z"' in path.read_bytes()


def test_the_same_bytes_again() -> None:
    assert xliff12.render(build()) == xliff12.render(build()) and tmx.render(build()) == tmx.render(build())
