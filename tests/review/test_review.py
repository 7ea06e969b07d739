"""Several files, learning, the report, the command, and a real LibreOffice."""

from __future__ import annotations

import copy
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import build, comments, edited, many, plain, put, record
from typer.testing import CliRunner

from translate.cli.review import review as command
from translate.document import Occurrence, State, TranslateError
from translate.memory import open_memory
from translate.publishing import docx, xliff
from translate.review.apply import Changed, apply_files, apply_review
from translate.review.docx import read_rows
from translate.review.learning import proposals, replacement
from translate.review.report import as_json, as_text, edit_rates
from translate.terminology.formats import tsv
from translate.terminology.termbase import Status

DATE = "2026-11-27T00:00:00Z"
RECORD = record()


def with_targets(**texts: str) -> bytes:
    """The DOCX with other translations."""

    def edit(rows):  # type: ignore[no-untyped-def]
        for name, text in texts.items():
            put(rows[name], plain(text))

    return edited(RECORD, edit)


def test_two_editors() -> None:
    files = {
        "kim.docx": read_rows(with_targets(s0014="Q. Who foots the bill?", s0008="Why now?")),
        "lee.docx": read_rows(with_targets(s0014="Q. Whose money is it?", s0002="A working group of 240")),
    }
    review = apply_files(RECORD, files, date=DATE)
    assert {c.segment for c in review.changed} == {"s0002", "s0008"}
    assert [c.versions for c in review.conflicts] == [
        (("kim.docx", "Q. Who foots the bill?"), ("lee.docx", "Q. Whose money is it?"))
    ]
    assert {s.id: s.target for s in review.document.segments()}["s0014"] == "Q. Who pays?"
    text = as_text("x", review)
    assert "kim.docx: Q. Who foots the bill?" in text and "lee.docx: Q. Whose money is it?" in text


def test_two_editors_of_one_mind() -> None:
    files = {name: read_rows(with_targets(s0014="Q. Who foots the bill?")) for name in ("a", "b")}
    review = apply_files(RECORD, files, date=DATE)
    assert not review.conflicts and [c.after for c in review.changed] == ["Q. Who foots the bill?"]


@pytest.mark.parametrize(
    ("before", "found", "after", "wanted"),
    [
        ("The Joint Force Headquarters said so.", "Joint Force Headquarters", "The Joint Forces Command said so.", "Joint Forces Command"),
        ("It met Joint Force Headquarters.", "Joint Force Headquarters", "It met the Joint Forces Command.", "Joint Forces Command"),
        ("The Joint Staff said so.", "Joint Staff", "The Joint Staff has said so.", ""),
        ("The Joint Staff said so.", "Joint Staff", "The body said so.", "body"),
        ("The Joint Staff said so.", "Joint Staff", "The said so.", ""),
        ("The old line.", "old line", "Something else, quite another thing entirely.", ""),
        ("U.S. Forces met.", "U.S. Forces", "USFK met.", "USFK"),
    ],
)
def test_replacement(before: str, found: str, after: str, wanted: str) -> None:
    start = before.index(found)
    line = Occurrence(0, 1, "e", "용어", (found,), found=found, target_start=start, target_end=start + len(found))
    assert replacement(before, after, line) == wanted


def edits(new: str, count: int) -> list[tuple[str, Changed]]:
    line = Occurrence(0, 7, "e", "합동작전사령부", ("Joint Staff",), found="Joint Staff", target_start=4, target_end=15)
    return [
        ("one", Changed(f"s{i}", "", f"The Joint Staff met {i}.", f"The {new} met {i}.", "Kim", DATE, (line,)))
        for i in range(count)
    ]


def test_three_edits_propose_two_do_not() -> None:
    (row,) = proposals([*edits("Joint Command", 3), *edits("Staff of All", 2)])
    assert (row.source, row.target, row.status) == ("합동작전사령부", "Joint Command", Status.PROPOSED)
    assert "one s0, one s1, one s2" in row.note and "Joint Staff" in row.note and "Kim" in row.note


def test_edit_rate() -> None:
    review = apply_review(RECORD, read_rows(with_targets(s0014="Q. Who paid?")), date=DATE)
    whole, each = edit_rates(review)
    assert each == {"s0014": pytest.approx(33.3)} and 0 < whole < 1  # one word of three
    data = as_json("x", review)
    assert data["changed"][0]["edit_rate"] == each["s0014"] and json.dumps(data)
    untouched = apply_review(RECORD, read_rows(with_targets()), date=DATE)
    assert edit_rates(untouched) == (0.0, {})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain text"])
def test_no_docx(data: bytes) -> None:
    with pytest.raises(TranslateError, match=r"x\.docx: "):
        read_rows(data, "x.docx")


def test_a_docx_of_another_kind(tmp_path: Path) -> None:
    import docx as python_docx

    document = python_docx.Document()
    document.add_paragraph("A letter")
    document.save(str(tmp_path / "letter.docx"))
    with pytest.raises(TranslateError, match="no table of segments"):
        read_rows((tmp_path / "letter.docx").read_bytes(), "letter.docx")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Zs")), min_size=1, max_size=60))
def test_any_text_is_taken_as_written_or_refused(text: str) -> None:
    review = apply_review(RECORD, read_rows(with_targets(s0014=text)), date=DATE)
    segment = next(s for s in review.document.segments() if s.id == "s0014")
    taken = [c.after for c in review.changed] == [segment.target] and segment.state is State.REVIEWED
    refused = segment.target == "Q. Who pays?" and [u.segment for u in review.unplaced] == ["s0014"]
    assert taken != refused
    assert xliff.parse(xliff.render(review.document)) == review.document


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deterrence.xlf").write_bytes(xliff.render(build()))
    return tmp_path


def run(*arguments: str) -> tuple[int, str, object]:
    app = typer.Typer()
    app.command()(command)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output, result.exception


def test_command(folder: Path) -> None:
    edited_file = with_targets(s0014="Q. Who foots the bill?", s0007="절반도 번역하지 않았다")
    (folder / "deterrence.docx").write_bytes(edited_file)
    code, output, _ = run("deterrence.docx", "--author", "Kim", "--publish", "docx,html", "--final")
    assert code == 0 and "1 changed" in output and "not English" in output
    document = xliff.parse((folder / "deterrence.xlf").read_bytes())
    segments = {s.id: s for s in document.segments()}
    assert segments["s0014"].state is State.FINAL and segments["s0014"].changes[-1].author == "Kim"
    assert (folder / "deterrence.html").exists()
    assert (folder / "deterrence.edited-1.docx").read_bytes() == edited_file
    assert {r.target for r in read_rows((folder / "deterrence.docx").read_bytes())} >= {"Q. Who foots the bill?"}
    with open_memory(folder / "translate.memory.sqlite") as memory:
        match = memory.exact(
            segments["s0014"].source, "ko", "en", segments["s0013"].source, segments["s0015"].source
        )
        assert match is not None and match.percent == 101 and match.unit.target == "Q. Who foots the bill?"
        assert len(memory) == 1
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == []


def test_command_json_and_proposals(folder: Path) -> None:
    article = {s.id: s for s in RECORD.segments()}
    texts = {n: article[n].target.replace("Joint Operations Command", "Combined Command") for n in ("s0001", "s0009")}
    texts |= {n: article[n].target.replace("extended deterrence", "wide deterrence") for n in ("s0006",)}
    (folder / "kim.docx").write_bytes(with_targets(**texts))
    code, output, _ = run("kim.docx", "--record", "deterrence.xlf", "--no-memory", "--json")
    report = json.loads(output)
    assert code == 0 and len(report["records"][0]["broken_terms"]) == 3 and report["proposed_terms"] == []
    assert not (folder / "translate.memory.sqlite").exists() and not (folder / "glossary").exists()


def test_proposals_are_written_once(folder: Path) -> None:
    from translate.cli.review import _propose

    rows = proposals(edits("Joint Command", 3))
    path = folder / "glossary" / "proposed.tsv"
    assert _propose(rows, path) == rows and _propose(rows, path) == []
    (row,) = tsv.read(path.read_bytes(), "proposed.tsv").rows
    assert (row.source, row.target, row.status) == ("합동작전사령부", "Joint Command", Status.PROPOSED)


def test_command_without_record(folder: Path) -> None:
    (folder / "other.docx").write_bytes(with_targets())
    code, _, error = run("other.docx")
    assert code == 1 and isinstance(error, TranslateError) and "other.xlf: no such record" in str(error)


def rewritten(change: Callable[[str], str]) -> bytes:
    """The DOCX with its document part's text changed."""
    package = zipfile.ZipFile(io.BytesIO(docx.render(RECORD)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for name in package.namelist():
            data = package.read(name)
            out.writestr(name, change(data.decode()).encode() if name == "word/document.xml" else data)
    return stream.getvalue()


def test_a_change_across_a_content_control_as_libreoffice_7_4_writes_it() -> None:
    def cross(text: str) -> str:
        before, row = text.split('<w:alias w:val="seg:s0012:')
        begin, end = before.rindex("<w:sdt>"), row.index("<w:sdtContent>") + len("<w:sdtContent>")
        head = f'{before[:begin]}<w:del w:id="901" w:author="Kim">{before[begin:]}'
        return f'{head}<w:alias w:val="seg:s0012:{row[:end]}</w:del>{row[end:]}'

    data = rewritten(cross)
    rows = read_rows(data)
    assert [r.tags for r in rows] == [r.tags for r in read_rows(docx.render(RECORD))]
    assert not apply_review(RECORD, rows, date=DATE).unplaced


@pytest.mark.parametrize("change", [lambda t: t[: len(t) // 2], lambda t: t.replace("</w:tbl>", "", 1), lambda t: t.replace("<w:tc>", "<w:tc", 1)])
def test_a_part_damaged_otherwise_is_refused(change: Callable[[str], str]) -> None:
    with pytest.raises(TranslateError, match=r"x\.docx: word/document\.xml is damaged"):
        read_rows(rewritten(change), "x.docx")


def test_a_row_cut_out_and_pasted_elsewhere() -> None:
    """What is left of it has its number, and no text or only deleted text."""
    for left in ("", "<del>D[x]</del>"):

        def edit(rows, left=left):  # type: ignore[no-untyped-def]
            rows["s0012"].addprevious(copy.deepcopy(rows["s0014"]))
            for column in (1, 2):
                put(rows["s0014"], left, column)

        review = apply_review(RECORD, read_rows(edited(RECORD, edit)), date=DATE)
        assert review.notes == ("rows were moved; the record keeps the source's order",)
        assert not review.changed and not review.unplaced


def test_a_comment_without_a_date_has_that_of_the_review() -> None:
    part = comments(("70", "Park", "Is this right?", "0", ""))
    part["word/comments.xml"] = part["word/comments.xml"].replace("2026-11-22T01:00:00Z", "0-00-00T00:00:00Z")

    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0008"], 'T[Why now]<w:r><w:commentReference w:id="70"/></w:r>')

    review = apply_review(RECORD, read_rows(edited(RECORD, edit, part)), date=DATE)
    (segment,) = [s for s in review.document.segments() if s.id == "s0008"]
    assert segment.changes[-1].date == DATE


def test_a_file_that_does_not_have_an_open_comment_leaves_it_open() -> None:
    def ask(rows):  # type: ignore[no-untyped-def]
        put(rows["s0008"], 'T[Why now]<w:r><w:commentReference w:id="70"/></w:r>')

    asked = apply_review(RECORD, read_rows(edited(RECORD, ask, comments(("70", "Park", "Is this right?", "0", "")))), date=DATE).document
    older = read_rows(with_targets(s0014="Q. Who foots the bill?"))
    review = apply_review(asked, older, date=DATE)
    (segment,) = [s for s in review.document.segments() if s.id == "s0008"]
    assert [f.message for f in segment.findings if f.check == "comment"] == ["Park: Is this right?"]
    assert review.notes == ("s0008: stays open, for nobody has marked it as resolved, edited or accepted the row: Park: Is this right?",)
    # Who accepts the row has answered it.
    accepted = apply_review(asked, older, date=DATE, accept_untouched=True)
    (segment,) = [s for s in accepted.document.segments() if s.id == "s0008"]
    assert segment.state is State.REVIEWED and not [f for f in segment.findings if f.check == "comment"] and not accepted.notes


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_what_review_reads(tmp_path: Path) -> None:
    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0014"], "T[Q. Who ]<del>D[pays]</del><ins>T[foots the bill]</ins>T[?]")
        put(rows["s0008"], 'T[Why now]<w:r><w:commentReference w:id="70"/></w:r>')

    file = tmp_path / "edited.docx"
    file.write_bytes(edited(RECORD, edit, comments(("70", "Park", "Is this right?", "0", ""))))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(tmp_path / "out"), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    data = (tmp_path / "out" / "edited.docx").read_bytes()
    assert "LibreOffice" in zipfile.ZipFile(tmp_path / "out" / "edited.docx").read("docProps/app.xml").decode()
    review = apply_review(RECORD, read_rows(data), date=DATE)
    assert [(c.segment, c.after, c.author) for c in review.changed] == [("s0014", "Q. Who foots the bill?", "Kim Ha-na")]
    assert [(s, c.text, c.author) for s, c in review.comments] == [("s0008", "Is this right?", "Park")]
    assert not review.unplaced and len(review.untouched) == 15  # the comments of our findings among them


def test_an_open_comment_stays_open_when_published_again() -> None:
    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0008"], 'T[Why now]<w:r><w:commentReference w:id="70"/></w:r>')

    part = comments(("70", "Park", "Is this right: now?", "0", ""))
    first = apply_review(RECORD, read_rows(edited(RECORD, edit, part)), date=DATE).document
    again = apply_review(first, read_rows(docx.render(first)), date="2026-12-01T00:00:00Z", accept_untouched=True)
    (segment,) = [s for s in again.document.segments() if s.id == "s0008"]
    assert [(s, c.author, c.text) for s, c in again.comments] == [("s0008", "Park", "Is this right: now?")]
    assert segment.state is State.TRANSLATED and "s0008" not in again.accepted
    assert segment == next(s for s in first.segments() if s.id == "s0008")


def test_a_long_article() -> None:
    document = many(600)
    rows = read_rows(docx.render(document))
    assert len(rows) == 600 and not apply_review(document, rows, date=DATE).unplaced
