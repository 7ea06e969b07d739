"""TBX: valid against the schema of the part of TBX-Basic we write; read in all its dialects."""



from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from glossary_samples import bare, rows, sample
from hypothesis import given, settings
from lxml import etree

from translate.document import TranslateError
from translate.terminology.concepts import build_termbase
from translate.terminology.formats import tbx, tsv
from translate.terminology.termbase import Entry, Glossary, Row, Status

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "tbx-basic.rng"))
ALL = [tbx, *tbx.STYLES]


@pytest.mark.parametrize("style", ALL, ids=lambda s: s.NAME)
def test_written_files_are_valid(style) -> None:  # type: ignore[no-untyped-def]
    SCHEMA.assertValid(etree.fromstring(style.write(sample())))


def test_the_schema_refuses_what_is_wrong() -> None:
    for old, new in ((b"preferredTerm-admn-sts", b"preferred"), (b"<term>", b"<word>"), (b'style="dct"', b'style="x"')):
        broken = (
            tbx.write(sample()).replace(old, new).replace(b"</term>", b"</word>" if new == b"<word>" else b"</term>")
        )
        assert not SCHEMA.validate(etree.fromstring(broken))


@pytest.mark.parametrize("style", ALL, ids=lambda s: s.NAME)
def test_what_is_written_is_read(style) -> None:  # type: ignore[no-untyped-def]
    again = style.read(style.write(sample()), "fleet.tbx")
    wanted = {(r.source, r.target, r.status) for r in sample().rows} - {("돌고래호", "", Status.DO_NOT_TRANSLATE)}
    wanted |= {("돌고래호", "돌고래호", Status.DO_NOT_TRANSLATE)}
    assert {(r.source, r.target, r.status) for r in again.rows} == wanted
    robot = next(r for r in again.rows if r.target == "underwater robot")
    assert Counter(robot.variants) == Counter(["ko:UUV", "UUV"])
    assert dict(again.header) == {k: v for k, v in sample().header if k}
    minehunter = next(r for r in again.rows if r.target == "minehunter")
    assert (minehunter.note, minehunter.domain, minehunter.part_of_speech) == ('one word, "minehunter"', "navy", "noun")


def test_losses_are_told() -> None:
    said = tbx.losses(sample())
    assert "column 'reviewer' left out" in said
    assert "3 comment lines left out" in said
    assert any("'mine searching ship' is deprecated for other tools" in line for line in said)


V2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>From a termbase</p></sourceDesc></fileDesc>
</martifHeader><text><body><termEntry id="t1"><descripGrp><descrip type="subjectField">sea</descrip></descripGrp>
<langSet xml:lang="EN-US"><ntig><termGrp><term>lighthouse</term><termNote type="partOfSpeech">noun</termNote>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
<ntig><termGrp><term>light tower</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termGrp>
</ntig></langSet><langSet xml:lang="ja"><ntig><termGrp><term>灯台</term></termGrp></ntig></langSet>
<langSet xml:lang="KO"><ntig><termGrp><term>등대</term></termGrp></ntig></langSet></termEntry></body></text></martif>"""

MULTITERM = """<?xml version="1.0" encoding="UTF-16"?>
<mtf><conceptGrp><concept>1</concept><descripGrp><descrip type="Subject">sea</descrip></descripGrp>
<languageGrp><language type="Korean" lang="KO"/><termGrp><term>등대</term></termGrp>
<termGrp><term>항로표지등</term><descripGrp><descrip type="Type">variant</descrip></descripGrp></termGrp></languageGrp>
<languageGrp><language type="English" lang="EN-US"/><termGrp><term>lighthouse</term>
<descripGrp><descrip type="Status">Preferred</descrip></descripGrp>
<descripGrp><descrip type="Note">not a beacon</descrip></descripGrp></termGrp>
<termGrp><term>light house</term><descripGrp><descrip type="Status">forbidden</descrip></descripGrp></termGrp>
</languageGrp></conceptGrp></mtf>"""

DCA = """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>sea</p></sourceDesc></fileDesc></tbxHeader><text><body><conceptEntry id="c1"><langSec xml:lang="ko-KR"><termSec>
<term>등대</term></termSec></langSec><langSec xml:lang="en"><descrip type="definition">a tower</descrip><termSec>
<term>lighthouse</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_v2_with_ntig_capital_languages_and_a_third_language() -> None:
    glossary = tbx.read(V2.encode(), "a.tbx")
    assert [(r.source, r.target, r.status, r.domain) for r in glossary.rows] == [
        ("등대", "lighthouse", Status.PREFERRED, "sea"),
        ("등대", "light tower", Status.DEPRECATED, "sea"),
    ]
    assert "language ja left out (1 times)" in glossary.notes


def test_multiterm_xml() -> None:
    glossary = tbx.read(MULTITERM.encode("utf-16"), "a.xml")
    assert [(r.source, r.target, r.status, r.variants, r.note) for r in glossary.rows] == [
        ("등대", "lighthouse", Status.PREFERRED, ("항로표지등",), "not a beacon"),
        ("등대", "light house", Status.FORBIDDEN, (), ""),
    ]
    assert glossary.notes[0] == "MultiTerm XML, 1 entries, ko is the source"


def test_v3_dca_of_another_tool_tells_what_it_leaves_out() -> None:
    glossary = tbx.read(DCA.encode(), "a.tbx")
    assert glossary.rows[0].status is Status.ADMITTED
    assert "definition left out (1 times)" in glossary.notes


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read me", encoding="utf-8")
    entity = f'<!DOCTYPE tbx [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    data = (entity + DCA.replace("lighthouse", "light&x;house")).encode()
    assert "do not read me" not in str(tbx.read(data, "a.tbx"))
    bomb = '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert "aaaa" not in str(tbx.read((bomb + DCA.replace("lighthouse", "light&b;house")).encode(), "a.tbx"))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<tbx><text>", "a.tbx:1: not well-formed XML"),
        (b"", "not well-formed XML"),
        (b"<html><body/></html>", "no entry with a ko and an en term"),
        (V2.replace("KO", "fr").encode(), "no entry"),
    ],
)
def test_what_is_no_tbx_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(TranslateError, match=what):
        tbx.read(data, "a.tbx")


def _meaning(glossary: Glossary) -> set[tuple[object, ...]]:
    def facts(entry: Entry) -> tuple[object, ...]:
        admitted, forbidden = frozenset(entry.targets[1:]), frozenset(entry.forbidden)
        return entry.source, frozenset(entry.sources), entry.targets[0], admitted, forbidden, entry.domain, entry.note

    return {facts(entry) for entry in build_termbase([glossary]).entries}


@settings(max_examples=60, deadline=None)
@given(rows())
def test_round_trip(made: list[Row]) -> None:
    glossary = Glossary("a", "a.tsv", tuple(made))
    for style in ALL:
        data = style.write(glossary)
        SCHEMA.assertValid(etree.fromstring(data))
        again = style.read(data, "a.tbx")
        assert sorted(map(str, map(bare, again.rows))) == sorted(map(str, map(bare, tsv.in_order(made))))
        assert _meaning(again) == _meaning(glossary)
