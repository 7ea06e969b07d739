"""Sentence alignment, on a text that was written for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import Occurrence
from translate.memory.align import Pair, align

LINES = [line for line in Path(__file__).with_name("aligned.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
GOLD = [(tuple(filter(None, k.split(" / "))), tuple(filter(None, e.split(" / ")))) for k, e in (x.split("\t") for x in LINES if "\t" in x)]


def paragraphs(side: int) -> list[list[str]]:
    """One side's text."""
    out: list[list[str]] = []
    for line in LINES:
        if "\t" in line:
            out[-1] += [s for s in line.split("\t")[side].split(" / ") if s]
        elif line == "=" or line == "<>"[side]:
            out.append([])
    return out


def found(pairs: list[Pair]) -> set[tuple[str, str]]:
    return {(p.korean, p.english) for p in pairs}


WANTED = {(" ".join(k), " ".join(e)) for k, e in GOLD}
FLAT = [[s for p in paragraphs(side) for s in p] for side in (0, 1)]


def test_the_text_is_hard_enough() -> None:
    shapes = {(len(k), len(e)) for k, e in GOLD}
    assert len(FLAT[0]) >= 30 and len(FLAT[1]) >= 30
    assert shapes == {(1, 1), (2, 1), (1, 2), (1, 0), (0, 1)}


def test_merged_split_and_missing_sentences_are_found() -> None:
    pairs = align([FLAT[0]], [FLAT[1]])
    assert found(pairs) == WANTED
    assert [p.shape for p in pairs] == [(len(k), len(e)) for k, e in GOLD]
    assert min(p.sure for p in pairs) > 0.2 and sorted(p.sure for p in pairs)[len(pairs) // 2] > 0.95


def test_paragraphs_of_other_borders_do_no_harm() -> None:
    korean, english = paragraphs(0), paragraphs(1)
    assert len(korean) == len(english) and [len(p) for p in korean] != [len(p) for p in english]
    assert found(align(korean, english)) == WANTED


def test_agreeing_paragraphs_are_borders() -> None:
    korean = [["비가 왔다.", "바람도 불었다."], ["배가 떠났다."]]
    english = [["It rained, and there was a wind, too."], ["The boat left."]]
    assert [p.shape for p in align(korean, english)] == [(2, 1), (1, 1)]


def test_a_pair_that_reads_otherwise_is_less_sure() -> None:
    """Without figures and words, by length alone, an omission among equal sentences can stand anywhere."""
    korean = ["이 문장은 모두 같은 길이다."] * 6
    english = ["All these sentences are equal."] * 5
    pairs = align([korean], [english])
    assert len([p for p in pairs if p.english == ""]) + len([p for p in pairs if p.shape == (2, 1)]) == 1
    assert all(p.sure < 0.9 for p in pairs)


@pytest.mark.parametrize("cut", [3, 9])
def test_the_end_of_one_side_missing(cut: int) -> None:
    """A translation that stops early pairs what it has."""
    size = sum(len(e) for _, e in GOLD[:-cut])
    pairs = align([FLAT[0]], [FLAT[1][:size]])
    right = [(" ".join(k), " ".join(e)) for k, e in GOLD[:-cut]]
    assert len(found(pairs) & set(right)) >= 0.8 * len(right)


def test_figures_and_latin_words_lead_where_lengths_mislead() -> None:
    blind = [re.sub(r"\d|LNG", "수", s) for s in FLAT[0]]
    wanted = {(re.sub(r"\d|LNG", "수", k), e) for k, e in WANTED}
    assert len(found(align([blind], [FLAT[1]])) & wanted) < 0.8 * len(wanted)


def test_terms_and_names_lead_where_nothing_else_does() -> None:
    """Five sentences of one length and four translations: which was left out is told by the terms of the others."""
    terms = (("국방부", "defense ministry"), ("한국은행", "Bank of Korea"), ("국회", "National Assembly"), ("김하나", "Kim Ha-na"), ("수협", "fisheries cooperative"))
    korean = [f"{ko} 쪽은 이 일을 잘 알고 있다고 한다." for ko, _ in terms]
    lines = [(Occurrence(0, len(ko), f"desk:{ko}", ko, (en,)),) for ko, en in terms]
    right = {True: 0, False: 0}
    for left_out in range(5):
        gold = [(k, f"The people of {en} are said to know of this.") for i, (k, (_, en)) in enumerate(zip(korean, terms, strict=True)) if i != left_out]
        for known in (True, False):
            pairs = align([korean], [[e for _, e in gold]], lines if known else ())
            right[known] += len(found(pairs) & set(gold))
    assert right[True] >= 19 and right[False] <= 12, right


@pytest.mark.parametrize(("korean", "english"), [([], []), ([["비."]], []), ([], [["Rain."]]), ([[]], [["Rain."]])])
def test_empty_sides(korean: list[list[str]], english: list[list[str]]) -> None:
    pairs = align(korean, english)
    assert [p.korean for p in pairs if p.korean] == [s for p in korean for s in p]
    assert [p.english for p in pairs if p.english] == [s for p in english for s in p]


TEXTS = st.lists(st.lists(st.text("가나다 12ABC.", min_size=1, max_size=30), max_size=4), max_size=4)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_every_sentence_is_in_one_pair_in_order(korean: list[list[str]], english: list[list[str]]) -> None:
    pairs = align(korean, english)
    assert sum(p.shape[0] for p in pairs) == sum(map(len, korean))
    assert "".join(p.korean for p in pairs).replace(" ", "") == "".join(s for p in korean for s in p).replace(" ", "")
    assert "".join(p.english for p in pairs).replace(" ", "") == "".join(s for p in english for s in p).replace(" ", "")
    assert all(0 <= p.sure <= 1 for p in pairs)
