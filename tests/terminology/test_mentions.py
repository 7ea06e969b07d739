"""First and later mentions of a term with an abbreviation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from translate.document import Block, Document, Kind, Occurrence, Origin, Segment, State
from translate.terminology.enforcement import prove
from translate.terminology.mentions import introduce_abbreviations

JOC = ("Joint Operations Command", "JOC")
ICBM = ("intercontinental ballistic missile", "ICBM")
NATO = ("North Atlantic Treaty Organization", "NATO")


def _document(wanted: tuple[str, ...], *targets: str, kinds: tuple[Kind, ...] = (), state: State = State.TRANSLATED) -> Document:
    blocks = []
    for i, target in enumerate(targets):
        occurrence = Occurrence(0, 1, "t:x", "x", wanted)
        segment = Segment(f"s{i}", "x", 0, 1, target, state, Origin.MACHINE, occurrences=prove([occurrence], target, "en"))
        blocks.append(Block(f"b{i}", kinds[i] if kinds else Kind.PARAGRAPH, "x", "ko", (segment,)))
    return Document("d", "d.txt", "ko", "en", tuple(blocks))


def _texts(document: Document) -> list[str]:
    return [s.target for s in document.segments()]


@pytest.mark.parametrize(
    ("wanted", "before", "after"),
    [
        (JOC, ["The Joint Operations Command met.", "The Joint Operations Command left."], ["The Joint Operations Command (JOC) met.", "The JOC left."]),
        (JOC, ["JOC met.", "It was JOC."], ["The Joint Operations Command (JOC) met.", "It was JOC."]),
        (JOC, ["He visited the JOC.", "The JOC left."], ["He visited the Joint Operations Command (JOC).", "The JOC left."]),
        (JOC, ["Japan's JOC met.", "The JOC left."], ["Japan's Joint Operations Command (JOC) met.", "The JOC left."]),
        (JOC, ["The Joint Operations Command (JOC) met.", "The Joint Operations Command (JOC) left."], ["The Joint Operations Command (JOC) met.", "The JOC left."]),
        (JOC, ["The Joint Operations Command's plan.", "The Joint Operations Command's plan."], ["The Joint Operations Command's (JOC) plan.", "The JOC's plan."]),
        (ICBM, ["It fired an intercontinental ballistic missile.", "An intercontinental ballistic missile fell."],
         ["It fired an intercontinental ballistic missile (ICBM).", "An ICBM fell."]),
        (ICBM, ["ICBMs flew.", "Two intercontinental ballistic missiles fell."], ["Intercontinental ballistic missiles (ICBMs) flew.", "Two ICBMs fell."]),
        (ICBM, ["A new ICBM flew.", "An ICBM fell."], ["A new intercontinental ballistic missile (ICBM) flew.", "An ICBM fell."]),
        (NATO, ["The North Atlantic Treaty Organization met.", "In the North Atlantic Treaty Organization it is so."],
         ["The North Atlantic Treaty Organization (NATO) met.", "In NATO it is so."]),
        (("summit",), ["The summit began.", "The summit ended."], ["The summit began.", "The summit ended."]),
    ],
)  # fmt: skip
def test_mentions(wanted: tuple[str, ...], before: list[str], after: list[str]) -> None:
    assert _texts(introduce_abbreviations(_document(wanted, *before))) == after


def test_a_single_mention_introduces_nothing() -> None:
    document = _document(JOC, "The Joint Operations Command met.")
    assert introduce_abbreviations(document) == document


def test_a_headline_is_left_and_does_not_count_as_the_first_mention() -> None:
    document = _document(JOC, "JOC opens", "The JOC opened.", "The Joint Operations Command is in Tokyo.", kinds=(Kind.HEADLINE, Kind.PARAGRAPH, Kind.PARAGRAPH))
    assert _texts(introduce_abbreviations(document)) == ["JOC opens", "The Joint Operations Command (JOC) opened.", "The JOC is in Tokyo."]


def test_an_editors_text_is_counted_and_not_changed() -> None:
    document = _document(JOC, "The JOC met.", "The Joint Operations Command left.")
    blocks = (replace(document.blocks[0], segments=(replace(document.blocks[0].segments[0], state=State.REVIEWED),)), document.blocks[1])
    assert _texts(introduce_abbreviations(replace(document, blocks=blocks))) == ["The JOC met.", "The JOC left."]


def test_the_ledger_follows() -> None:
    document = introduce_abbreviations(_document(JOC, "JOC met.", "The Joint Operations Command left."))
    for segment in document.segments():
        (line,) = segment.occurrences
        assert segment.target[line.target_start : line.target_end] == line.found
        assert line.outcome == "applied"
