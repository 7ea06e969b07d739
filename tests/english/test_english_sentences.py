"""English sentence ends: a table of hard cases, and that no character is ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.english.sentences import sentences

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
NASTY = st.lists(
    st.one_of(st.sampled_from([*"“”‘’\"'()[].?!…,\n\t ", "U.S.", "Gen. ", "He ", "said", "3.5", "a.m.", "No. ", "met.The "]), st.text(max_size=4)),
    max_size=60,
).map("".join)


@pytest.mark.parametrize(("what", "marked"), TABLE, ids=[row[0] for row in TABLE])
def test_table(what: str, marked: str) -> None:
    text = marked.replace("¦", "")
    assert [text[a:b] for a, b in sentences(text)] == [part.strip() for part in marked.split("¦")]


@given(NASTY)
def test_segments_and_gaps_give_the_text_back(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace() and not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


def test_a_speech_is_cut_into_its_sentences() -> None:
    speech = "We will keep the plan. " * 30
    assert len(sentences(f'He said: "{speech.strip()}" Then he left.')) == 31


def test_a_mark_left_open_does_not_swallow_the_article() -> None:
    assert len(sentences('He said "we are ready. ' + "The talks ended. They will resume. " * 20)) == 41
