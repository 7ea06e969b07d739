"""Korean sentence ends: a table of hard cases, and that no character is ever lost.

The table was also run through kiwipiepy 0.24.1's ``split_into_sents``: 105 of 124 cases as wanted, the rules all.  The
table is what the rules were written against, so this says that Kiwi needs correcting, not how the rules do elsewhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.korean.sentences import sentences

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
NASTY = st.lists(
    st.one_of(
        st.sampled_from([*"“”‘’\"'()[]「」.?!…。·,\n\t \u3000", "했다", "고 ", "라며", "3.5%", "U.S.", "그는", "... ", "다.", "”고", "▲", "No."]),
        st.text(max_size=4),
    ),
    max_size=60,
).map("".join)


@pytest.mark.parametrize(("what", "marked"), TABLE, ids=[row[0] for row in TABLE])
def test_table(what: str, marked: str) -> None:
    text = marked.replace("¦", "")
    assert [text[a:b] for a, b in sentences(text)] == [part.strip() for part in marked.split("¦")]


def test_the_table_is_as_large_as_it_says() -> None:
    assert len(TABLE) == 124
    assert len({row[1] for row in TABLE}) == len(TABLE)


@given(NASTY)
def test_segments_and_gaps_give_the_text_back(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace() and not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("opening", ["“", "‘", '"', "'", "(", "「", "["])
def test_a_mark_left_open_does_not_swallow_the_article(opening: str) -> None:
    body = " ".join(["정부는 예산안을 확정했다. 국회는 심의에 들어간다."] * 40)
    assert len(sentences(f"그는 {opening}준비라고 말했다. {body}")) == 81


def test_long_texts_take_linear_time() -> None:
    text = "그는 “끝났다. 시작이다”고 말했다. " * 4000
    assert len(sentences(text)) == 4000
