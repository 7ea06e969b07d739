"""CSV, TSV and XLSX of other tools: found out, mapped, told; written as each service takes them."""



from __future__ import annotations

import csv
import io

import pytest
from glossary_samples import bare, rows, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from translate.document import TranslateError
from translate.terminology.concepts import build_termbase
from translate.terminology.formats import delimited, format_named, format_of, read_foreign, read_glossary, tbx, tsv, xlsx
from translate.terminology.formats.services import LAYOUTS, pairs
from translate.terminology.termbase import Glossary, Row, Status

# A file as a tool writes it; the languages, rows (source, target, status) and a word of the notes expected.
FOREIGN = [
    ("등대,lighthouse\n항구,port\n", "ko-en", [("등대", "lighthouse", "preferred"), ("항구", "port", "preferred")], "no header row"),
    ("lighthouse,등대,en,ko\nport,항구,en,ko\n", "en-ko", [("lighthouse", "등대", "preferred"), ("port", "항구", "preferred")], "DeepL"),
    ("등대\tlighthouse\tnot a beacon\n", "ko-en", [("등대", "lighthouse", "preferred")], "column 3 is note"),
    ("# sea terms\n등대\tlighthouse\n", "ko-en", [("등대", "lighthouse", "preferred")], "separated by tab"),
    ("en,ko,pos,description\nlighthouse,등대,noun,\n", "en-ko", [("lighthouse", "등대", "preferred")], "source is the column 'en'"),
    ("ko-KR;en-US\n등대;lighthouse\n", "ko-en", [("등대", "lighthouse", "preferred")], "semicolon"),
    ("한국어,영어,비고\n등대,lighthouse,표준\n", "ko-en", [("등대", "lighthouse", "preferred")], "비고"),
    ("src,dst,info,case\n등대,lighthouse,,TRUE\n", "ko-en", [("등대", "lighthouse", "preferred")], "'case' is kept"),
    ("source,target\nlighthouse,등대\n", "en-ko", [("lighthouse", "등대", "preferred")], "source column is English"),
    (
        "forbidden,domain,subdomain,definition,ko-KR,notes,example of use,en-US,notes,example of use\n"
        "True,sea,,,등대,,,light house,,\n,sea,,,등대,,,lighthouse,,\n",
        "ko-en", [("등대", "light house", "forbidden"), ("등대", "lighthouse", "preferred")], "'notes' is note",
    ),
    (
        "#UTX 1.20; ko/en; 2026-03-01; title: sea\n#src\ttgt\tsrc:pos\tterm status\n등대\tlighthouse\tnoun\tapproved\n"
        "등대\tlight tower\tnoun\tnon-standard\n", "ko-en",
        [("등대", "lighthouse", "preferred"), ("등대", "light tower", "deprecated")], "UTX",
    ),
    ("source,target,status\n등대,lighthouse,ok?\n", "ko-en", [("등대", "lighthouse", "proposed")], "unknown status 'ok?'"),
    ("source,target\n등대,\n,port\n", "ko-en", [("등대", "", "proposed")], "line 3: no source term, left out"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "languages", "expected", "note"), FOREIGN)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_foreign_layouts(text: str, languages: str, expected: list[tuple[str, str, str]], note: str, encoding: str) -> None:
    glossary = delimited.read(text.encode(encoding), "sea.csv")
    assert [(r.source, r.target, r.status.value) for r in glossary.rows] == expected
    assert dict(glossary.header).get("languages", "ko-en") == languages
    assert any(note in said for said in glossary.notes), glossary.notes
    if encoding in ("cp949", "utf-16") and not text.isascii():
        assert f"read as {encoding.upper()}" in glossary.notes


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no rows"),
        (b"lighthouse,light house\n", "not Korean and English"),
        ("등대\n항구\n".encode(), "one column only"),
        (b"\xff\xff\xff", "neither text in UTF-8"),
        (b"\x00\x01\x02,\x00", "neither text in UTF-8"),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(TranslateError, match=what):
        delimited.read(data, "sea.csv")


def test_quotes_commas_and_line_breaks_in_csv() -> None:
    glossary = delimited.read('source,target,note\n등대,"light, ""tall""","two\nlines"\n항구,port,\n'.encode(), "a.csv")
    assert glossary.rows[0].target == 'light, "tall"'
    assert glossary.rows[0].note == "two\nlines"
    assert glossary.rows[1].line == 4


def test_tab_separated_quotation_marks_are_no_quoting() -> None:
    glossary = delimited.read('등대\t"tall" light\n항구\tport "of call"\n'.encode(), "a.txt")
    assert [r.target for r in glossary.rows] == ['"tall" light', 'port "of call"']


def test_decomposed_hangul_is_composed_and_told() -> None:
    glossary = delimited.read("source,target\n\u1103\u1173\u11bc\u1103\u1162,lighthouse\n".encode(), "a.csv")
    assert glossary.rows[0].source == "등대"
    assert "put into Unicode NFC: 1 of 1 rows" in glossary.notes


def test_a_first_line_of_excels_names_the_delimiter() -> None:
    glossary = delimited.read("\ufeffsep=;\r\n원문;번역\r\n등대;lighthouse, keeper's\r\n".encode(), "desk.csv")
    assert [(r.source, r.target) for r in glossary.rows] == [("등대", "lighthouse, keeper's")]
    assert "fields are separated by semicolon, as the first line says" in glossary.notes


def test_our_own_layout_in_korean_windows_encoding_is_brought_in(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "desk.tsv"
    path.write_bytes("source\ttarget\tnote\n등대\tlighthouse\t펲\n".encode("cp949"))
    glossary = read_foreign(path)
    assert [(r.source, r.target, r.note) for r in glossary.rows] == [("등대", "lighthouse", "펲")]
    assert "read as CP949" in glossary.notes
    with pytest.raises(TranslateError, match="not UTF-8"):
        read_glossary(path)


def test_a_tsv_file_of_another_tool_is_read_by_its_suffix(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.tsv").write_text("등대\tlighthouse\n", encoding="utf-8")
    assert read_glossary(tmp_path / "a.tsv").rows[0].target == "lighthouse"
    with pytest.raises(TranslateError, match="unknown glossary format"):
        format_of(tmp_path / "a.doc")


# What each service gets of the sample: lines, and a word of every loss that must be told.
EXPORTS = [
    ("deepl", "수중로봇,underwater robot", ["forbidden row", "deprecated row", "proposed row", "note of"]),
    ("google", "돌고래호,돌고래호", ["admitted target", "part_of_speech of"]),
    ("google-equivalent", '기뢰탐색함,minehunter,noun,"one word, ""minehunter"""', ["domain of"]),
    ("amazon", "ko,en\n", ["forbidden row"]),
    ("microsoft", "남함사\tSouth Sea Fleet Command\n", ["forbidden row"]),
    ("omegat", "기뢰탐색함\tmine hunter\tone word", ["#바다지킴이: left out", "proposed row"]),
    ("matecat", "True,navy,,,기뢰탐색함", ["variants of", "proposed row"]),
    ("utx", "기뢰탐색함\tmine searching ship\tnoun\tforbidden", ["variants of", "#바다지킴이", "admitted row marked"]),
]


@pytest.mark.parametrize(("name", "piece", "lost"), EXPORTS)
def test_exports(name: str, piece: str, lost: list[str]) -> None:
    chosen = LAYOUTS[name]
    assert piece in chosen.write(sample()).decode()
    said = chosen.losses(sample())
    for words in [*lost, "column 'reviewer'"]:
        assert any(words in line for line in said), said


@pytest.mark.parametrize("name", ["deepl", "google", "amazon", "microsoft"])
def test_what_a_pair_service_gets_comes_back_the_same(name: str) -> None:
    chosen = LAYOUTS[name]
    again = chosen.read(chosen.write(sample()), f"a{chosen.SUFFIXES[0]}")
    assert {(r.source, r.target) for r in again.rows} == set(pairs(sample()))
    assert all(r.status is not Status.PROPOSED for r in again.rows)


def test_a_service_gets_each_source_once_with_its_preferred_target() -> None:
    found = list(pairs(sample()))
    assert len({source for source, _ in found}) == len(found)
    assert dict(found)["기뢰탐색함"] == "minehunter"
    assert "해무" not in dict(found)


def test_limits_are_told() -> None:
    long = Glossary("a", "a.tsv", (Row("등대", "l" * 1025),))
    assert "1,024 bytes a term" in LAYOUTS["deepl"].limits(long)[0]
    assert not LAYOUTS["deepl"].limits(Glossary("a", "a.tsv", (Row("등대", "l" * 1024),)))
    many = Glossary("a", "a.tsv", tuple(Row(f"등대{i}", "l" * 1000) for i in range(10_600)))
    assert "bytes a file" in LAYOUTS["amazon"].limits(many)[0]


def test_every_format_is_found_by_name() -> None:
    for name in ("tsv", "csv", "xlsx", "tbx", "tbx-dca", "tbx-v2", *LAYOUTS):
        assert name == format_named(name).NAME
    with pytest.raises(TranslateError, match="unknown format 'dbase'; known: tsv"):
        format_named("dbase")


@pytest.mark.parametrize("chosen", [delimited, xlsx])
def test_tables_keep_rows_and_unknown_columns(chosen) -> None:  # type: ignore[no-untyped-def]
    again = chosen.read(chosen.write(sample()), "fleet" + chosen.SUFFIXES[0])
    assert [bare(r) for r in again.rows] == [bare(r) for r in tsv.in_order(sample().rows)]
    assert again.columns == sample().columns


def test_csv_tells_that_header_and_comments_are_lost() -> None:
    said = delimited.losses(sample())
    assert said == ["header block (title, owner, languages, priority, comment)", "2 comment lines"]


def test_xlsx_keeps_header_and_comments_too() -> None:
    again = xlsx.read(xlsx.write(sample()), "fleet.xlsx")
    assert again.header == sample().header
    assert tsv.write(again) == tsv.write(sample())
    assert xlsx.losses(sample()) == []


def test_xlsx_is_a_sheet_to_edit() -> None:
    book = load_workbook(io.BytesIO(xlsx.write(sample())))
    sheet = book["Terms"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:H{len(sample().rows) + 1}"
    lists = [v.formula1 for v in sheet.data_validations.dataValidation]
    assert f'"{",".join(Status)}"' in lists
    assert sheet.column_dimensions["B"].width == 40
    assert book.sheetnames == ["Terms", "Glossary", "Comments"]


def test_a_cell_that_looks_like_a_formula_or_a_date_stays_text() -> None:
    made = Glossary("a", "a.xlsx", (Row("등대", "=SUM(A1)"), Row("항구", "1-2"), Row("부두", "007")))
    data = xlsx.write(made)
    assert all(c.data_type == "s" for row in load_workbook(io.BytesIO(data))["Terms"]["A2:B4"] for c in row)
    assert {r.target for r in xlsx.read(data, "a.xlsx").rows} == {"=SUM(A1)", "1-2", "007"}


def test_an_editors_own_workbook_is_read() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["용어", "번역", "비고", "담당"])
    sheet.append(["등대", " lighthouse ", None, "윤"])
    sheet.append([None, None, None, None])
    sheet.append(["3함대", 3, "number", None])
    book.create_sheet("메모").append(["do not read me"])
    out = io.BytesIO()
    book.save(out)
    glossary = xlsx.read(out.getvalue(), "own.xlsx")
    assert [(r.source, r.target, r.note) for r in glossary.rows] == [("등대", "lighthouse", ""), ("3함대", "3", "number")]
    assert dict(glossary.rows[0].more) == {"담당": "윤"}
    assert "sheet '메모' is not read: only the first one is" in glossary.notes


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"source,target\n"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(TranslateError, match="not an XLSX workbook"):
        xlsx.read(data, "a.xlsx")


@given(st.text(max_size=120) | st.text("가나,;\t\"\n#koen등대ab|", max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    for chosen in (delimited, tbx):
        try:
            chosen.read(text.encode("utf-8", "replace"), "a.csv")
        except TranslateError as error:
            assert str(error).startswith("a.csv")


def test_a_priority_in_words_is_refused_in_any_format(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.xlsx").write_bytes(xlsx.write(Glossary("a", "a", (Row("등대", "lighthouse"),), (("priority", "high"),))))
    with pytest.raises(TranslateError, match="priority is 'high'"):
        read_glossary(tmp_path / "a.xlsx")


@given(rows())
def test_csv_round_trip(made: list[Row]) -> None:
    again = delimited.read(delimited.write(Glossary("a", "a.csv", tuple(made))), "a.csv")
    assert [bare(r) for r in again.rows] == [bare(r) for r in tsv.in_order(made)]


@settings(max_examples=25, deadline=None)
@given(rows())
def test_xlsx_round_trip(made: list[Row]) -> None:
    again = xlsx.read(xlsx.write(Glossary("a", "a.xlsx", tuple(made))), "a.xlsx")
    assert [bare(r) for r in again.rows] == [bare(r) for r in tsv.in_order(made)]


@given(rows())
def test_services_get_valid_csv_of_one_width(made: list[Row]) -> None:
    glossary = Glossary("a", "a.tsv", tuple(made))
    for name in ("deepl", "google", "amazon", "matecat"):
        lines = list(csv.reader(io.StringIO(LAYOUTS[name].write(glossary).decode(), newline="")))
        assert len({len(line) for line in lines}) == 1
    entries = build_termbase([glossary]).entries
    assert len(list(pairs(glossary))) == sum(len(e.sources) for e in entries)
