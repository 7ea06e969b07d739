"""XLIFF files as CAT tools give them back, each with what review must make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from rows import build, comments, documents, edited, many, put, record
from typer.testing import CliRunner

from translate.cli.review import review as command
from translate.document import Change, Document, State, TranslateError
from translate.publishing import xliff, xliff12
from translate.publishing.marks import visible
from translate.review import read_rows
from translate.review.apply import Review, apply_files, apply_review
from translate.review.placing import place

DATE = "2026-11-27T00:00:00Z"
RECORD = record()
SOURCES = {s.id: s.source for s in RECORD.segments()}
TARGETS = {s.id: s.target for s in RECORD.segments()}
BILL = "Q. Who foots the bill?"
Element = etree._Element
Edit = Callable[["File"], None]


class File:
    """A published XLIFF file in a tool's hands: 2.1's segments or 1.2's trans-units by id."""

    def __init__(self, data: bytes) -> None:
        self.root = etree.fromstring(data)
        self.space = f"{{{self.root.nsmap[None]}}}"
        self.old = self.root.get("version") == "1.2"
        self.units = {e.get("id"): e for e in self.root.iter(self.space + ("trans-unit" if self.old else "segment"))}

    def make(self, text: str) -> Element:
        """XML in the file's namespace."""
        (element,) = etree.fromstring(f'<x xmlns="{self.space[1:-1]}">{text}</x>')
        return element

    def put(self, name: str, content: str, child: str = "target") -> None:
        """Another source or target for a segment, as XML."""
        unit = self.units[name]
        old = unit.find(self.space + child)
        new = self.make(f"<{child}>{content}</{child}>")
        if old is None:
            unit.insert(1, new)
        else:
            new.attrib.update(old.attrib)
            unit.replace(old, new)

    def state(self, name: str, state: str) -> None:
        """The tool's word for how far a segment is."""
        (self.units[name].find(self.space + "target") if self.old else self.units[name]).set("state", state)

    def note(self, name: str, text: str, **attributes: str) -> None:
        """A note on the segment's unit."""
        note = self.make(f"<note>{text}</note>")
        note.attrib.update({k.rstrip("_"): v for k, v in attributes.items()})
        if self.old:
            self.units[name].append(note)
            return
        unit = self.units[name].getparent()
        notes = unit.find(self.space + "notes")
        if notes is None:
            notes = self.make("<notes/>")
            self.units[name].addprevious(notes)
        notes.append(note)

    def data(self) -> bytes:
        """The file as the tool saves it."""
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")


def given_back(edit: Edit, version: str, document: Document = RECORD) -> bytes:
    """The document's XLIFF of a version after an edit."""
    file = File((xliff12 if version == "1.2" else xliff).render(document))
    edit(file)
    return file.data()


def review_of(edit: Edit, version: str) -> Review:
    return apply_review(RECORD, read_rows(given_back(edit, version)), date=DATE)


@dataclass(frozen=True)
class Scenario:
    """An edit, for one version or both, and its result."""

    name: str
    edit: Edit
    changed: dict[str, str] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    accepted: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str, str], ...] = ()
    versions: tuple[str, ...] = ("2.1", "1.2")


def retarget(name: str, content: str, state: str = "") -> Edit:
    def edit(file: File) -> None:
        file.put(name, content)
        if state:
            file.state(name, state)

    return edit


def noted(name: str, text: str, **attributes: str) -> Edit:
    return lambda file: file.note(name, text, **attributes)


def emptied(file: File) -> None:
    file.put("s0014", "")


def approved(file: File) -> None:
    file.units["s0014"].set("approved", "yes")


def split_21(file: File) -> None:
    """One segment made two in their unit, as XLIFF 2 allows: the first keeps the id."""
    file.put("s0006", "정부는 20일 서울에서 첫 회의를 열고", "source")
    file.put("s0006", "The government met in Seoul on Friday")
    second = file.make(
        '<segment id="s0006-2" state="final"><source> 확장억제 협의체를 가동했다고 밝혔다.</source>'
        "<target>and launched the extended deterrence body, it said.</target></segment>"
    )
    file.units["s0006"].set("state", "reviewed")
    file.units["s0006"].addnext(second)


def split_12(file: File) -> None:
    """Cut in seg-source, as tools for 1.2 do."""
    unit = file.units["s0006"]
    cut = file.make(
        '<seg-source><mrk mtype="seg" mid="0">정부는 20일 서울에서 첫 회의를 열고</mrk> '
        '<mrk mtype="seg" mid="1">확장억제 협의체를 <g id="1">가동했다고</g> 밝혔다.</mrk></seg-source>'
    )
    unit.find(file.space + "source").addnext(cut)
    file.put(
        "s0006",
        '<mrk mtype="seg" mid="0">The government met in Seoul on Friday</mrk> '
        '<mrk mtype="seg" mid="1">and launched the extended deterrence body, it said.</mrk>',
    )


def half_split(file: File) -> None:
    file.put("s0006", "정부는 20일 서울에서 첫 회의를 열고", "source")
    file.put("s0006", "The government met in Seoul on Friday")


def joined(file: File) -> None:
    file.put("s0012", f"{SOURCES['s0012']} {SOURCES['s0013']}", "source")
    file.put("s0012", "▲ Pact renewal △ Regular drills")
    file.units["s0013"].getparent().remove(file.units["s0013"])


def cut_elsewhere(file: File) -> None:
    whole = f"{SOURCES['s0012']} {SOURCES['s0013']}"
    for name, source, target in (("s0012", whole[:5], "▲ Pact"), ("s0013", whole[5:], "renewal △ Regular drills")):
        file.put(name, source, "source")
        file.put(name, target)


def other_ids(file: File) -> None:
    for number, unit in enumerate(file.units.values()):
        unit.set("id", f"tu{number}")
    file.put("s0014", BILL)


def comment_mark(file: File) -> None:
    file.note("s0007", "Is this right?", id="n1")
    file.put("s0007", f'<mrk id="m1" type="comment" ref="#n=n1">{TARGETS["s0007"]}</mrk>')


def alternatives(file: File) -> None:
    file.units["s0014"].append(file.make("<alt-trans><source>다른 글</source><target>Another one</target></alt-trans>"))


def inline(file: File) -> None:
    codes = '<ph id="1"/>' if not file.old else '<x id="1"/><bpt id="2">&lt;b&gt;</bpt>'
    pair = "g" if file.old else "pc"
    file.put("s0014", f'Q. {codes}<{pair} id="3">Who foots</{pair}> the bill?')


HALVES = {"s0006": "The government met in Seoul on Friday and launched the extended deterrence body, it said."}
REVIEWED = {"s0014": State.REVIEWED}
CHANGED = {"s0014": BILL}
SCENARIOS = (
    Scenario("nothing was touched", lambda file: None, states={"s0014": State.TRANSLATED}),
    Scenario("a target corrected", retarget("s0014", BILL), CHANGED, REVIEWED),
    Scenario("a target corrected, inline codes in it", inline, CHANGED, REVIEWED),
    Scenario("corrected and final", retarget("s0014", BILL, "final"), CHANGED, {"s0014": State.FINAL}),
    Scenario("corrected, not finished", retarget("s0014", BILL, "initial"), CHANGED, {"s0014": State.TRANSLATED}, versions=("2.1",)),
    Scenario("corrected, to be looked at", retarget("s0014", BILL, "needs-review-translation"), CHANGED, {"s0014": State.TRANSLATED}, versions=("1.2",)),
    Scenario("reviewed as it is", lambda f: f.state("s0014", "reviewed"), {}, REVIEWED, ("s0014",), versions=("2.1",)),
    Scenario("final as it is", lambda f: f.state("s0014", "final"), {}, {"s0014": State.FINAL}, ("s0014",)),
    Scenario("signed off as it is", lambda f: f.state("s0014", "signed-off"), {}, REVIEWED, ("s0014",), versions=("1.2",)),
    Scenario("approved as it is", approved, {}, REVIEWED, ("s0014",), versions=("1.2",)),
    Scenario("a state of the tool's own", lambda f: f.state("s0014", "x-checked"), states={"s0014": State.TRANSLATED}),
    Scenario("a reviewed one sent back", lambda f: f.state("s0015", "initial"), {}, {"s0015": State.TRANSLATED}, notes=("sent back",), versions=("2.1",)),
    Scenario("a reviewed one sent back", lambda f: f.state("s0015", "needs-translation"), {}, {"s0015": State.TRANSLATED}, notes=("sent back",), versions=("1.2",)),
    Scenario("a missing translation written", retarget("s0016", "Details are open."), {"s0016": "Details are open."}, {"s0016": State.REVIEWED}),
    Scenario("approved without a translation", lambda f: f.units["s0016"].set("approved", "yes"), {}, {"s0016": State.INITIAL}, versions=("1.2",)),
    Scenario("a target emptied", emptied, refused=(("s0014", "emptied"),)),
    Scenario("Korean for English", retarget("s0014", "비용은 누가 내는지"), refused=(("s0014", "not English"),)),
    Scenario("a segment split", split_21, HALVES, {"s0006": State.REVIEWED}, notes=("split into 2",), versions=("2.1",)),
    Scenario("a segment split", split_12, HALVES, {"s0006": State.REVIEWED}, notes=("split into 2",), versions=("1.2",)),
    Scenario("the second half of a split lost", half_split, refused=(("", "belongs to no segment"), ("s0006", "not in the file"))),
    Scenario("two segments joined", joined, refused=(("s0012, s0013", "several rows merged"),)),
    Scenario("a border moved", cut_elsewhere, refused=(("s0012, s0013", "cut at other places"),)),
    Scenario("ids of the tool's own", other_ids, CHANGED, REVIEWED),
    Scenario("a unit deleted", lambda f: f.units["s0014"].getparent().remove(f.units["s0014"]), refused=(("s0014", "not in the file"),)),
    Scenario("a note", noted("s0014", "Is this right?"), {}, {"s0014": State.TRANSLATED}, remarks=(("s0014", "", "Is this right?"),)),
    Scenario("a note with its author", noted("s0007", "Count again", from_="Park"), remarks=(("s0007", "Park", "Count again"),), versions=("1.2",)),
    Scenario("a note named after its segment", noted("s0007", "Count again", id="s0007.n1"), remarks=(("s0007", "", "Count again"),), versions=("2.1",)),
    Scenario("a comment marker", comment_mark, remarks=(("s0007", "", "Is this right?"),), versions=("2.1",)),
    Scenario("suggestions of another tool", alternatives, versions=("1.2",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("version", "scenario"), [pytest.param(v, s, id=f"{s.name}, {v}") for s in SCENARIOS for v in s.versions]
)
def test_scenario(version: str, scenario: Scenario) -> None:
    review = review_of(scenario.edit, version)
    assert {c.segment: c.after for c in review.changed} == scenario.changed
    assert review.accepted == scenario.accepted
    refused = [(u.segment, u.why) for u in review.unplaced]
    assert len(refused) == len(scenario.refused), refused
    for wanted, words in scenario.refused:
        assert any(segment == wanted and words in why for segment, why in refused), refused
    assert len(review.notes) == len(scenario.notes), review.notes
    assert all(any(words in note for note in review.notes) for words in scenario.notes), review.notes
    assert tuple((s, c.author, c.text) for s, c in review.comments) == scenario.remarks
    after = {s.id: s for s in review.document.segments()}
    assert {name: s.target for name, s in after.items()} == TARGETS | scenario.changed
    assert {name: s.source for name, s in after.items()} == SOURCES
    assert {name: after[name].state for name in scenario.states} == scenario.states
    assert xliff.parse(xliff.render(review.document)) == review.document


@pytest.mark.parametrize("version", ["2.1", "1.2"])
def test_an_open_comment_comes_back_as_a_comment(version: str) -> None:
    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0008"], 'T[Why now]<w:r><w:commentReference w:id="70"/></w:r>')

    part = comments(("70", "Park", "Right: now\\or later?", "0", ""))
    first = apply_review(RECORD, read_rows(edited(RECORD, edit, part)), date=DATE).document
    again = apply_review(first, read_rows(given_back(lambda f: f.state("s0008", "final"), version, first)), date="2026-12-01")
    assert [(s, c.author, c.text) for s, c in again.comments] == [("s0008", "Park", "Right: now\\or later?")]
    assert again.document == first  # final or not: the comment is open


@pytest.mark.parametrize("version", ["2.1", "1.2"])
def test_equal_sources_are_told_apart_by_their_place(version: str) -> None:
    def edit(file: File) -> None:
        other_ids_only(file)
        file.put("s0005", "Another text.")

    def other_ids_only(file: File) -> None:
        for number, unit in enumerate(file.units.values()):
            unit.set("id", f"tu{number}")

    review = apply_review(many(9), read_rows(given_back(edit, version, many(9))), date=DATE)
    assert [(c.segment, c.after) for c in review.changed] == [("s0005", "Another text.")]
    assert not review.unplaced


def test_a_file_from_before_another_review_undoes_nothing() -> None:
    def kim(file: File) -> None:
        file.put("s0014", BILL)

    def lee(file: File) -> None:
        file.put("s0008", "Why at this time")

    first = apply_review(RECORD, read_rows(given_back(kim, "1.2")), author="Kim", date=DATE).document
    review = apply_review(first, read_rows(given_back(lee, "1.2")), author="Lee", date="2026-12-01", accept_untouched=True)
    assert [(c.segment, c.after) for c in review.changed] == [("s0008", "Why at this time")]
    assert [(u.segment, u.why) for u in review.unplaced] == [("s0014", "the file has the text from before Kim’s edit of 2026-11-27; left as it was")]
    assert {s.id: s for s in review.document.segments()}["s0014"] == {s.id: s for s in first.segments()}["s0014"]


def test_a_tracked_change_may_undo_an_edit() -> None:
    def undo(rows):  # type: ignore[no-untyped-def]
        put(rows["s0014"], "T[Q. Who ]<del>D[foots the bill]</del><ins>T[pays]</ins>T[?]")

    first = apply_review(RECORD, read_rows(given_back(retarget("s0014", BILL), "1.2")), author="Kim", date=DATE).document
    review = apply_review(first, read_rows(edited(first, undo)), date="2026-12-01")
    assert [(c.before, c.after) for c in review.changed] == [(BILL, "Q. Who pays?")]
    assert review.notes == ("s0014: was reviewed before; that text is in its history",)


def test_a_conflict_is_kept_in_the_record() -> None:
    files = {
        "kim.xliff": read_rows(given_back(retarget("s0014", BILL), "1.2")),
        "lee.xlf": read_rows(given_back(retarget("s0014", "Q. Whose money is it?", "final"), "2.1")),
        "park.xlf": read_rows(given_back(lambda f: None, "2.1")),
    }
    review = apply_files(RECORD, files, date=DATE)
    (segment,) = [s for s in review.document.segments() if s.id == "s0014"]
    assert (segment.target, segment.state) == ("Q. Who pays?", State.TRANSLATED)
    assert [a.text for a in segment.alternatives] == [BILL, "Q. Whose money is it?"]
    again = apply_files(review.document, files, date=DATE)
    assert again.document == review.document  # once, however often it is read


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<xliff", "x.xlf:1: not well-formed"),
        (b"<html/>", "x.xlf: is no XLIFF"),
        (b'<xliff version="3.0"/>', "x.xlf: is no XLIFF"),
        (b'<xliff version="1.2"><file><body/></file></xliff>', "x.xlf: has no segment"),
        (b"\xef\xbb\xbf<xliff version='2.1'/>", "x.xlf: has no segment"),
        (b"{}", "x.xlf: is neither"),
        (b"", "x.xlf: is neither"),
    ],
)
def test_no_xliff(data: bytes, words: str) -> None:
    with pytest.raises(TranslateError) as error:
        read_rows(data, "x.xlf")
    assert str(error.value).startswith(words) and "\n" not in str(error.value)


def test_utf_16_and_no_entities() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE xliff [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<xliff version="1.2"><file><body><trans-unit id="a"><source>비</source><target>Rain&e;.</target></trans-unit>'
        '<trans-unit id="b" translate="no"><source>눈</source></trans-unit></body></file></xliff>'
    )
    assert [(r.source, r.target) for r in read_rows(text.encode("utf-16"))] == [("비", "Rain.")]


def run(*arguments: str) -> tuple[int, str, object]:
    app = typer.Typer()
    app.command()(command)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output, result.exception


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deterrence.xlf").write_bytes(xliff.render(build()))
    return tmp_path


def test_command_takes_xliff_and_keeps_the_edited_file(folder: Path) -> None:
    data = given_back(retarget("s0014", BILL), "1.2")
    (folder / "deterrence.xliff").write_bytes(data)
    code, output, _ = run("deterrence.xliff", "--no-memory", "--author", "Kim", "--publish", "xliff12,tmx")
    assert code == 0 and "1 changed" in output
    segments = {s.id: s for s in xliff.parse((folder / "deterrence.xlf").read_bytes()).segments()}
    assert segments["s0014"].changes[-1] == Change("Kim", segments["s0014"].changes[-1].date, "Q. Who pays?", BILL)
    assert (folder / "deterrence.edited-1.xliff").read_bytes() == data
    assert BILL.encode() in (folder / "deterrence.xliff").read_bytes()
    assert BILL.encode() in (folder / "deterrence.tmx").read_bytes()


@pytest.mark.parametrize("arguments", [("deterrence.xlf",), ("../desk/deterrence.xlf", "--record", "deterrence.xlf")])
def test_command_refuses_the_record_itself(folder: Path, arguments: tuple[str, ...]) -> None:
    before = (folder / "deterrence.xlf").read_bytes()
    code, _, error = run(*(a.replace("../desk", f"../{folder.name}") for a in arguments))
    assert code == 1 and isinstance(error, TranslateError) and "record itself" in str(error) and "--record" in str(error)
    assert (folder / "deterrence.xlf").read_bytes() == before


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from(["2.1", "1.2"]))
def test_every_row_of_any_document_finds_its_segment(document: Document, version: str) -> None:
    segments = {s.id: s for s in document.segments()}
    if not segments:
        return
    placed = place(document, read_rows((xliff12 if version == "1.2" else xliff).render(document)))
    # An empty source tells nothing of itself; all others are found, with the text that they have.
    assert set(placed.rows) | {name for name, s in segments.items() if not s.source.strip()} >= set(segments)
    for name, row in placed.rows.items():
        assert row.target == normalize("NFC", visible(segments[name].target)).strip()
