"""The DOCX: what its XML says, that LibreOffice opens it, and that rows keep their identity through LibreOffice."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest
from documents import ARTICLE, Sentence, build, many
from lxml import etree

from translate.document import Document, Finding, Kind, Level
from translate.publishing import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W}
SOFFICE = shutil.which("soffice")


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def rows(data: bytes) -> list[etree._Element]:
    """The rows of the text's table, without the header row."""
    return part(data, "word/document.xml").findall("w:body/w:tbl", NAMES)[0].findall("w:tr", NAMES)[1:]


def words(element: etree._Element) -> str:
    out = []
    for node in element.iter(w("t"), w("br"), w("tab")):
        out.append({w("br"): "\n", w("tab"): "\t"}.get(node.tag) or node.text or "")
    return "".join(out)


@pytest.fixture(scope="module")
def data() -> bytes:
    return docx.render(build())


@pytest.fixture(scope="module")
def body(data: bytes) -> etree._Element:
    return part(data, "word/document.xml")


def test_python_docx_opens_it(data: bytes) -> None:
    opened = python_docx.Document(io.BytesIO(data))
    assert opened.paragraphs[0].text.startswith("Seoul, Tokyo launch extended deterrence talks")
    assert opened.paragraphs[0].style.name == "Title"
    assert opened.paragraphs[1].text.startswith("한일, 확장억제 협의체 가동")
    assert opened.core_properties.title == opened.paragraphs[0].text
    assert opened.core_properties.language == "en-US"
    assert opened.core_properties.created.isoformat() == "2026-11-20T00:10:00+00:00"
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [c.text for c in opened.tables[0].rows[0].cells] == ["No.", "Korean", "English"]
    assert len(opened.tables) == 3 and len(list(opened.comments)) == 5


def test_every_segment_has_its_row(data: bytes) -> None:
    segments = list(build().segments())
    table = rows(data)
    assert len(table) == len(segments)
    for row, segment in zip(table, segments, strict=True):
        _, source, target = row.findall("w:tc", NAMES)
        assert words(source) == segment.source.replace("\x0b", "\n")
        assert words(target) == segment.target.replace("\x0b", "\n")


def test_rows_are_whole_and_the_header_row_is_repeated(body: etree._Element) -> None:
    for table in body.iterfind("w:body/w:tbl", NAMES):
        assert table.find("w:tblPr/w:tblLayout", NAMES).get(w("type")) == "fixed"
        columns = [int(c.get(w("w"))) for c in table.iterfind("w:tblGrid/w:gridCol", NAMES)]
        for row in table.iterfind("w:tr", NAMES):
            assert row.find("w:trPr/w:cantSplit", NAMES) is not None
            assert [int(c.get(w("w"))) for c in row.iterfind("w:tc/w:tcPr/w:tcW", NAMES)] == columns
    assert body.find("w:body/w:tbl/w:tr/w:trPr/w:tblHeader", NAMES) is not None


def test_every_row_has_its_identity_twice(data: bytes) -> None:
    for row, segment in zip(rows(data), build().segments(), strict=True):
        tag = row.find("w:tc/w:p/w:sdt/w:sdtPr/w:tag", NAMES).get(w("val"))
        digest = hashlib.sha256(segment.source.encode()).hexdigest()[:12]
        assert tag == f"seg:{segment.id}:{digest}" == docx.row_tag(segment)
        mark = row.find("w:tc/w:p/w:bookmarkStart", NAMES)
        assert mark.get(w("name")) == f"seg_{segment.id}"
        assert mark.getparent().find("w:bookmarkEnd", NAMES).get(w("id")) == mark.get(w("id"))


def test_blocks_are_told_apart(data: bytes) -> None:
    """A line above a block's first row; kinds of text in styles of their own."""
    ruled = [bool(r.findall("w:tc/w:tcPr/w:tcBorders/w:top", NAMES)) for r in rows(data)]
    assert ruled == [
        False,
        True,
        True,
        True,
        True,
        True,
        False,
        True,
        True,
        False,
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    styles = [r.findall("w:tc", NAMES)[2].find("w:p/w:pPr/w:pStyle", NAMES).get(w("val")) for r in rows(data)]
    assert styles[:6] == ["CellHeadline", "Heading2", "CellCredit", "CellCredit", "Caption", "Cell"]


def test_all_styles_used_are_there_and_terms_are_not_told_by_colour_alone(data: bytes, body: etree._Element) -> None:
    sheet = part(data, "word/styles.xml")
    known = {s.get(w("styleId")): s for s in sheet.iterfind("w:style", NAMES)}
    used = {e.get(w("val")) for e in body.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    assert used <= known.keys()
    assert known["Term"].find("w:rPr/w:u", NAMES).get(w("val")) == "dotted"
    assert known["TermMissing"].find("w:rPr/w:u", NAMES).get(w("val")) == "wave"
    row = rows(data)[8]
    marked = {e.getparent().getparent().findtext("w:t", None, NAMES): e.get(w("val")) for e in row.iter(w("rStyle"))}
    assert marked["방위상"] == "TermMissing" and marked["USFJ"] == "Term"


def test_languages_and_eastern_fonts(data: bytes) -> None:
    row = rows(data)[5]
    _, source, target = row.findall("w:tc", NAMES)
    assert {e.get(w("eastAsia")) for e in source.iter(w("lang"))} == {"ko-KR"}
    assert {e.get(w("eastAsia")) for e in source.iter(w("rFonts"))} == {"Malgun Gothic"}
    assert {e.get(w("val")) for e in target.iter(w("lang"))} == {"en-US"}
    fonts = part(data, "word/fontTable.xml")
    assert fonts.xpath("string(w:font[@w:name='Malgun Gothic']/w:altName/@w:val)", namespaces=NAMES) == "Noto Sans KR"
    caption = rows(data)[4].findall("w:tc", NAMES)[1]
    assert {e.get(w("val")) for e in caption.iter(w("lang"))} == {"en-US"}, (
        "an English caption is English in the source"
    )


def test_findings_are_comments_on_the_english(data: bytes, body: etree._Element) -> None:
    comments = part(data, "word/comments.xml").findall("w:comment", NAMES)
    assert [words(c) for c in comments][:2] == [
        "Error, numbers: 5만5000 is 55,000; the translation has 50,000",
        "Info, length: Shorter than usual for its source",
    ]
    assert {c.get(w("author")) for c in comments} == {"translate"}
    assert {c.get(w("date")) for c in comments} == {"2026-11-20T00:10:00Z"}
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(e.get(w("id")) for e in body.iter(w(name))) == [c.get(w("id")) for c in comments]
    paragraph = rows(data)[6].findall("w:tc", NAMES)[2].find("w:p", NAMES)
    inside, text = False, ""
    for node in paragraph:
        if node.get(w("id")) == "0" and node.tag in (w("commentRangeStart"), w("commentRangeEnd")):
            inside = not inside
        elif inside:
            text += words(node)
    assert text == "50,000"


def test_a_finding_with_a_span_outside_the_text_is_on_the_whole() -> None:
    finding = Finding("s0001", "odd", Level.ERROR, "m", target_span=(5, 900))
    document = build(ARTICLE[:1]).map_segments(lambda s: replace(s, findings=(finding,)))
    paragraph = rows(docx.render(document))[0].findall("w:tc", NAMES)[2].find("w:p", NAMES)
    tags = [etree.QName(node).localname for node in paragraph]
    assert tags.index("commentRangeStart") < tags.index("r") < tags.index("commentRangeEnd")


def test_remarks_beside_the_number(data: bytes) -> None:
    beside = [[words(p) for p in r.find("w:tc", NAMES).findall("w:p", NAMES)] for r in rows(data)]
    assert beside[4] == ["5", "caption", "as in source"]
    assert beside[6] == ["7", "low confidence"]
    assert beside[14] == ["15", "answer", "reviewed"]
    assert beside[15] == ["16", "answer", "not translated"]


def test_appendices(data: bytes) -> None:
    opened = python_docx.Document(io.BytesIO(data))
    assert [p.text for p in opened.paragraphs if p.style.name == "Heading 1"] == ["Terms used", "Provenance"]
    terms = [[c.text for c in row.cells] for row in opened.tables[1].rows]
    assert terms[1] == ["방위상", "defense minister", "missing", "no hypothesis has it", "9"]
    assert ["주일미군", "U.S. Forces Japan", "waived", "abbreviation after first mention", "9"] in terms
    made = {row.cells[0].text: row.cells[1].text for row in opened.tables[2].rows}
    assert made["Model"].endswith("ab" * 32) and made["Source SHA-256"] == "5f" * 32
    assert made["Glossary security"] == "240 entries, SHA-256 " + "0c" * 32


def test_page_numbers_and_document_name(data: bytes) -> None:
    footer = part(data, "word/footer1.xml")
    assert [e.text.strip() for e in footer.iter(w("instrText"))] == ["PAGE", "NUMPAGES"]
    assert words(part(data, "word/header1.xml")) == "deterrence\tKorean – English"


def test_same_document_same_bytes(data: bytes) -> None:
    assert docx.render(build()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in package.namelist():
            etree.fromstring(package.read(name))


def test_control_characters_are_shown_not_lost() -> None:
    nasty = Sentence("한글\x00\x07\ufffe\ud800", "a\x01\tb\nc]]>&<w:t>")
    table = rows(docx.render(build(((Kind.PARAGRAPH, "ko", (nasty,)),))))
    _, source, target = table[0].findall("w:tc", NAMES)
    assert words(source) == "한글␀␇��"
    assert words(target) == "a␁\tb\nc]]>&<w:t>"


def test_a_long_article() -> None:
    assert len(rows(docx.render(many(1000)))) == 1000


def convert(document: Document, to: str, folder: Path) -> Path:
    assert SOFFICE
    source = folder / "in" / "page.docx"
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(docx.render(document))
    profile = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return folder / f"page.{to}"


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    if not SOFFICE:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")
    return convert(build(), "pdf", folder), convert(build(), "docx", folder)


def test_libreoffice_makes_a_pdf_of_it(converted: tuple[Path, Path]) -> None:
    pdf = converted[0].read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) in (3, 4)
    text = shutil.which("pdftotext")
    if text:
        out = subprocess.run([text, "-layout", str(converted[0]), "-"], check=True, capture_output=True).stdout.decode()
        assert "확장억제" in out and "Why now" in out
        assert re.search(r"\b1 ?/ ?3\b", out), "page n of N"


def test_identities_survive_libreoffice(converted: tuple[Path, Path]) -> None:
    """Opened and saved by LibreOffice: each row still has its bookmark, its control and its texts."""
    saved = converted[1].read_bytes()
    segments = list(build().segments())
    table = rows(saved)
    assert len(table) == len(segments)
    for row, segment in zip(table, segments, strict=True):
        assert f"seg_{segment.id}" in {e.get(w("name")) for e in row.iter(w("bookmarkStart"))}
        names = {e.get(w("val")) for e in row.iter(w("alias"), w("tag"))}
        assert docx.row_tag(segment) in names
        assert words(row.findall("w:tc", NAMES)[2]) == segment.target.replace("\x0b", "\n")
    comments = part(saved, "word/comments.xml").findall("w:comment", NAMES)
    assert len(comments) == 5
