"""What editors do to the table, in Word's XML, each with what review must make of it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import pytest
from rows import Edit, cell, comments, edited, nameless, plain, put, record, w, xml

from translate.document import Origin, Outcome, State
from translate.publishing import xliff
from translate.review.apply import apply_review
from translate.review.docx import read_rows

DATE = "2026-11-27T00:00:00Z"
RECORD = record()
TARGETS = {s.id: s.target for s in RECORD.segments()}
SOURCES = {s.id: s.source for s in RECORD.segments()}


@dataclass(frozen=True)
class Scenario:
    """An edit and its result: new targets by segment, words of each reason for what was not taken, and states."""

    name: str
    edit: Edit
    changed: dict[str, str] = field(default_factory=dict)
    refused: tuple[tuple[str, str], ...] = ()
    states: dict[str, State] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def retarget(name: str, text: str, column: int = 2) -> Edit:
    return lambda rows: put(rows[name], plain(text), column)


def tracked(name: str, content: str) -> Edit:
    return lambda rows: put(rows[name], content)


def drop(rows, name):  # type: ignore[no-untyped-def]
    rows[name].getparent().remove(rows[name])


def row_revision(name: str, kind: str) -> Edit:
    def edit(rows):  # type: ignore[no-untyped-def]
        rows[name].find(w("trPr")).append(xml(f"<{kind}></{kind}>")[0])

    return edit


def move(rows):  # type: ignore[no-untyped-def]
    rows["s0012"].addprevious(rows["s0014"])
    put(rows["s0014"], plain("Q. Who foots the bill?"))


def tracked_move(rows):  # type: ignore[no-untyped-def]
    moved = copy.deepcopy(rows["s0014"])
    rows["s0014"].find(w("trPr")).append(xml("<del></del>")[0])
    moved.find(w("trPr")).append(xml("<ins></ins>")[0])
    put(moved, plain("Q. Who foots the bill?"))
    rows["s0012"].addprevious(moved)


def split(rows):  # type: ignore[no-untyped-def]
    second = nameless(rows["s0006"])
    rows["s0006"].addnext(second)
    put(rows["s0006"], plain("정부는 20일 서울에서 첫 회의를 열고"), 1)
    put(rows["s0006"], plain("The government held the first meeting in Seoul on Friday"))
    put(second, plain("확장억제 협의체를 가동했다고 밝혔다."), 1)
    put(second, plain("and launched the extended deterrence consultative body, it said."))


def split_translation(rows):  # type: ignore[no-untyped-def]
    second = nameless(rows["s0014"])
    rows["s0014"].addnext(second)
    put(rows["s0014"], plain("Q. The bill:"))
    put(second, "", 1)
    put(second, plain("who pays?"))


def merge_cells(rows):  # type: ignore[no-untyped-def]
    for name, value in (("s0012", ' w:val="restart"'), ("s0013", "")):
        rows[name].findall(w("tc"))[2].find(w("tcPr")).append(xml(f"<w:vMerge{value}/>")[0])
    put(rows["s0012"], plain("▲ Pact renewal △ Regular drills"))
    put(rows["s0013"], "")


def merge_columns(rows):  # type: ignore[no-untyped-def]
    cells = rows["s0012"].findall(w("tc"))
    cells[1].find(w("tcPr")).append(xml('<w:gridSpan w:val="2"/>')[0])
    cells[2].getparent().remove(cells[2])


def merge_by_hand(rows):  # type: ignore[no-untyped-def]
    put(rows["s0012"], plain(f"{TARGETS['s0012']} and {TARGETS['s0013']}"))
    drop(rows, "s0013")


def merge_numbers(rows):  # type: ignore[no-untyped-def]
    cell(rows["s0012"], 0).extend(cell(rows["s0013"], 0).findall(w("sdt")))
    put(rows["s0012"], plain("▲ Pact renewal; △ regular drills"))
    drop(rows, "s0013")


def twice(rows):  # type: ignore[no-untyped-def]
    other = copy.deepcopy(rows["s0014"])
    rows["s0014"].addnext(other)
    put(other, plain("Q. Who foots the bill?"))


def twice_alike(rows):  # type: ignore[no-untyped-def]
    put(rows["s0014"], plain("Q. Who foots the bill?"))
    rows["s0014"].addnext(copy.deepcopy(rows["s0014"]))


def no_control(rows):  # type: ignore[no-untyped-def]
    put(rows["s0014"], plain("Q. Who foots the bill?"))
    put(rows["s0014"], "", 0)


def no_identity(rows):  # type: ignore[no-untyped-def]
    other = nameless(rows["s0014"])
    rows["s0014"].getparent().replace(rows["s0014"], other)
    put(other, plain("Q. Who foots the bill?"))


def new_row(rows):  # type: ignore[no-untyped-def]
    other = nameless(rows["s0014"])
    rows["s0014"].addnext(other)
    put(other, plain("편집자가 덧붙인 문장이다."), 1)
    put(other, plain("A sentence by the editor."))


def title_only(rows):  # type: ignore[no-untyped-def]
    put(rows["s0014"], plain("Q. Who foots the bill?"))
    for name in ("tag", "bookmarkStart", "bookmarkEnd"):
        for element in list(rows["s0014"].iter(w(name))):
            element.getparent().remove(element)


def two_paragraphs(rows):  # type: ignore[no-untyped-def]
    put(rows["s0014"], plain("Q. Who foots"))
    second = copy.deepcopy(cell(rows["s0014"]))
    for name in ("bookmarkStart", "bookmarkEnd", "r"):
        for element in list(second.findall(w(name))):
            second.remove(element)
    second.append(xml("T[the bill?]")[0])
    cell(rows["s0014"]).addnext(second)


def deleted_mark(rows):  # type: ignore[no-untyped-def]
    two_paragraphs(rows)
    put(rows["s0014"], plain("Q. Who foots "))
    mark = xml("<w:rPr><del></del></w:rPr>")[0]
    cell(rows["s0014"]).find(w("pPr")).append(mark)


def swapped(rows):  # type: ignore[no-untyped-def]
    put(rows["s0014"], plain(TARGETS["s0014"] + " Nobody has said so far."), 1)
    put(rows["s0014"], plain(SOURCES["s0014"]), 2)


def remark(identity: str, name: str = "s0014") -> Edit:
    mark = (
        f'<w:commentRangeStart w:id="{identity}"/>T[Q. Who pays?]<w:commentRangeEnd w:id="{identity}"/>'
        f'<w:r><w:commentReference w:id="{identity}"/></w:r>'
    )
    return tracked(name, mark)


def remark_on_edit(rows):  # type: ignore[no-untyped-def]
    put(rows["s0014"], 'T[Q. Who foots the bill?]<w:r><w:commentReference w:id="70"/></w:r>')


def thread(rows):  # type: ignore[no-untyped-def]
    put(rows["s0014"], 'T[Q. Who pays?]<w:r><w:commentReference w:id="71"/></w:r><w:r><w:commentReference w:id="72"/></w:r>')


BILL = "Q. Who foots the bill?"
HALF = {"s0014": BILL}
REVIEWED = {"s0014": State.REVIEWED}
OPEN = comments(("70", "Park", "Is this right?", "0", ""))
DONE = comments(("70", "Park", "Is this right?", "1", ""))

SCENARIOS = (
    Scenario("nothing was touched", lambda rows: None, states={"s0014": State.TRANSLATED}),
    Scenario("a correction without tracking", retarget("s0014", BILL), HALF, states=REVIEWED),
    Scenario(
        "insertion and deletion", tracked("s0014", "T[Q. Who ]<del>D[pays]</del><ins>T[foots the bill]</ins>T[?]"), HALF, states=REVIEWED
    ),
    Scenario("an insertion deleted again", tracked("s0014", "T[Q. Who pays]<ins><del>D[ up]</del></ins>T[?]")),
    Scenario("a move inside the cell", tracked("s0014", "<moveTo>T[Who pays? ]</moveTo>T[Q.]<moveFrom>T[ Who pays?]</moveFrom>"), {"s0014": "Who pays? Q."}),
    Scenario("a hyperlink", tracked("s0014", 'T[Q. Who ]<w:hyperlink w:anchor="x">T[foots the bill]</w:hyperlink>T[?]'), HALF),
    Scenario(
        "a content control in the text",
        tracked("s0014", "T[Q. Who ]<w:sdt><w:sdtPr/><w:sdtContent><ins>T[foots ]</ins>T[the bill]</w:sdtContent></w:sdt>T[?]"),
        HALF,
    ),
    Scenario("a smart tag", tracked("s0014", 'T[Q. Who ]<w:smartTag w:uri="u" w:element="e">T[foots the bill]</w:smartTag>T[?]'), HALF),
    Scenario("a field's code is no text", tracked("s0014", "T[Q. Who ]<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>T[foots the bill?]"), HALF),
    Scenario("a tab and a line break", tracked("s0014", "T[Q.]<w:r><w:tab/><w:t>Who</w:t><w:br/><w:t>pays?</w:t></w:r>"), {"s0014": "Q.\tWho\npays?"}),
    Scenario("Enter pressed in the cell", two_paragraphs, HALF),
    Scenario("a paragraph's end deleted with tracking", deleted_mark, HALF),
    Scenario("a format change only", tracked("s0014", "<w:r><w:rPr><w:b/><w:rPrChange w:id='9' w:author='a'><w:rPr/></w:rPrChange></w:rPr><w:t>Q. Who pays?</w:t></w:r>")),
    Scenario("a row deleted", lambda rows: drop(rows, "s0014"), refused=(("s0014", "not in the file"),)),
    Scenario("a row deleted with tracking", row_revision("s0014", "del"), refused=(("s0014", "row was deleted"),)),
    Scenario("a row moved", move, HALF, notes=("rows were moved",)),
    Scenario("a row moved with tracking", tracked_move, HALF, notes=("rows were moved",)),
    Scenario(
        "a row split in two", split,
        {"s0006": "The government held the first meeting in Seoul on Friday and launched the extended deterrence consultative body, it said."},
        notes=("split into 2",),
    ),
    Scenario("only the translation split", split_translation, {"s0014": "Q. The bill: who pays?"}, notes=("split into 2",)),
    Scenario("translation cells merged", merge_cells, refused=(("s0012, s0013", "merged into one cell"),)),
    Scenario("columns merged", merge_columns, refused=(("s0012", "columns were merged"),)),
    Scenario("a row's text taken up by the one before", merge_by_hand, refused=(("s0013", "not in the file"), ("s0012, s0013", "joined"))),
    Scenario("two numbers in one row", merge_numbers, refused=(("s0012, s0013", "merged into one"),)),
    Scenario("a row copied and changed", twice, refused=(("s0014", "different texts"),)),
    Scenario("a changed row copied", twice_alike, HALF, notes=("twice",)),
    Scenario("the number deleted: its bookmark", no_control, HALF),
    Scenario("tag and bookmark lost: the control's title", title_only, HALF),
    Scenario("no identity at all: the source's text", no_identity, HALF),
    Scenario("a row of the editor's own", new_row, refused=(("", "belongs to no segment"),)),
    Scenario("Korean pasted into the English column", retarget("s0014", "비용은 누가 내는지 묻고 싶다"), refused=(("s0014", "not English"),)),
    Scenario("the source copied over", retarget("s0014", SOURCES["s0014"]), refused=(("s0014", "source stands in"),)),
    Scenario("both columns swapped", swapped, refused=(("s0014", "not Korean"), ("s0014", "source stands in"))),
    Scenario("a Korean word in brackets is English", retarget("s0014", "Q. Who pays the cost (비용)?"), {"s0014": "Q. Who pays the cost (비용)?"}),
    Scenario("the translation emptied", retarget("s0014", ""), refused=(("s0014", "emptied"),)),
    Scenario("a missing translation written", retarget("s0016", "Details are open."), {"s0016": "Details are open."}, states={"s0016": State.REVIEWED}),
    Scenario("a typo in the Korean", retarget("s0006", SOURCES["s0006"].replace("첫 회의", "첫번째 회의"), 1),
             {"s0006": TARGETS["s0006"]}, sources={"s0006": SOURCES["s0006"].replace("첫 회의", "첫번째 회의")}, notes=("source corrected",)),
    Scenario("another text in the Korean column", retarget("s0006", "전혀 다른 기사에서 온 문단이 여기 붙었다.", 1), refused=(("s0006", "replaced by another"),)),
    Scenario("an edit that takes a term out", retarget("s0001", TARGETS["s0001"].replace("Joint Operations Command", "joint staff")),
             {"s0001": TARGETS["s0001"].replace("Joint Operations Command", "joint staff")}, broken=("합동작전사령부",)),
    Scenario("an open comment", remark("70"), states={"s0014": State.TRANSLATED}, parts=OPEN, remarks=("Is this right?",)),
    Scenario("an open comment on a corrected row", remark_on_edit, HALF, states={"s0014": State.TRANSLATED}, parts=OPEN, remarks=("Is this right?",)),
    Scenario("a resolved comment", remark_on_edit, HALF, states=REVIEWED, parts=DONE, remarks=("Is this right?",)),
    Scenario("a reply in a resolved thread", thread, states={"s0014": State.TRANSLATED},
             parts=comments(("71", "Park", "Is this right?", "1", ""), ("72", "Lee", "Yes.", "0", "71")), remarks=("Is this right?", "Yes.")),
    Scenario("a finding of ours is no remark", remark("70"), parts=comments(("70", "translate", "Error, terms: x", "0", ""))),
)  # fmt: skip


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_scenario(scenario: Scenario) -> None:
    rows = read_rows(edited(RECORD, scenario.edit, scenario.parts))
    review = apply_review(RECORD, rows, author="", date=DATE)
    assert {c.segment: c.after for c in review.changed} == scenario.changed
    refused = [(u.segment, u.why) for u in review.unplaced]
    assert len(refused) == len(scenario.refused), refused
    for wanted, words in scenario.refused:
        assert any(segment == wanted and words in why for segment, why in refused), refused
    assert len(review.notes) == len(scenario.notes) and all(
        any(words in note for note in review.notes) for words in scenario.notes
    ), review.notes
    assert tuple(b.term for b in review.broken) == scenario.broken
    assert tuple(c.text for _, c in review.comments) == scenario.remarks
    after = {s.id: s for s in review.document.segments()}
    for name, segment in after.items():
        assert segment.target == scenario.changed.get(name, TARGETS[name])
        assert segment.source == scenario.sources.get(name, SOURCES[name])
        if name in scenario.changed:
            assert segment.origin is Origin.HUMAN and any(c.after == segment.target for c in segment.changes)
    assert {name: after[name].state for name in scenario.states} == scenario.states
    # The record can be written and read, whatever was done.
    assert xliff.parse(xliff.render(review.document)) == review.document


def test_every_term_is_proven_again() -> None:
    text = TARGETS["s0001"].replace("Joint Operations Command", "joint staff")
    review = apply_review(RECORD, read_rows(edited(RECORD, retarget("s0001", text))), date=DATE)
    lines = {o.term: o for o in next(review.document.segments()).occurrences}
    assert lines["합동작전사령부"].outcome is Outcome.MISSING
    assert text[lines["확장억제"].target_start : lines["확장억제"].target_end] == "extended deterrence"
    assert any(f.check == "terms" for f in next(review.document.segments()).findings)


def test_author_and_date_of_tracked_changes() -> None:
    data = edited(RECORD, tracked("s0014", "T[Q. Who ]<del>D[pays]</del><ins>T[foots the bill]</ins>T[?]"))
    row = next(r for r in read_rows(data) if r.target == BILL)
    assert row.original == TARGETS["s0014"]
    assert [(e.kind, e.text, e.author) for e in row.edits] == [("del", "pays", "Kim Ha-na"), ("ins", "foots the bill", "Kim Ha-na")]
    change = apply_review(RECORD, read_rows(data), date=DATE).changed[0]
    assert (change.author, change.date) == ("Kim Ha-na", "2026-11-21T03:00:00Z")
    assert apply_review(RECORD, read_rows(data), author="Desk", date=DATE).changed[0].author == "Desk"


def test_untouched_rows_count_only_when_asked() -> None:
    rows = read_rows(edited(RECORD, retarget("s0014", BILL)))
    kept = {s.id: s for s in apply_review(RECORD, rows, date=DATE).document.segments()}
    assert kept["s0001"] == next(RECORD.segments())
    review = apply_review(RECORD, rows, date=DATE, final=True, accept_untouched=True)
    states = {s.id: s.state for s in review.document.segments()}
    assert states.pop("s0016") is State.INITIAL  # nobody has translated it
    assert set(states.values()) == {State.FINAL}


def test_reading_the_same_file_again_changes_nothing() -> None:
    rows = read_rows(edited(RECORD, remark_on_edit, OPEN))
    first = apply_review(RECORD, rows, date=DATE).document
    assert apply_review(first, rows, date="2026-12-01T00:00:00Z").document == first
