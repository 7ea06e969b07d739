"""Figures in English: a table of what is one and what is none, and that every way of writing a number reads as its value."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.english.numbers import news_figure, quantities, spelled_value

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("numbers.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "wanted"), TABLE, ids=[t for t, _ in TABLE])
def test_table(text: str, wanted: str) -> None:
    rows = [w.split("|") for w in wanted.split("; ") if w]
    found = quantities(text)
    assert [(q.kind, q.text) for q in found] == [(kind, characters) for kind, _, _, characters in rows]
    for q, (kind, value, unit, _) in zip(found, rows, strict=True):
        # A fraction's value is its unit, 2/3.
        assert kind == "fraction" or q.value == Decimal(value)
        assert kind in ("number", "ordinal") or q.unit == unit


def test_the_table_is_large() -> None:
    assert len(TABLE) >= 70


@given(st.integers(0, 10**15), st.sampled_from(["people", "won", "jets", "percent"]))
def test_figures_with_commas(number: int, unit: str) -> None:
    (found,) = [q for q in quantities(f"There were {number:,} {unit}.") if q.kind != "date"] or quantities(f"{number}")
    assert found.value == number


@given(st.integers(1, 999), st.integers(0, 99), st.sampled_from([("million", 6), ("billion", 9), ("trillion", 12)]))
def test_figures_with_scales(whole: int, part: int, scale: tuple[str, int]) -> None:
    (found,) = quantities(f"It cost {whole}.{part:02} {scale[0]} won.")
    assert (found.kind, found.value) == ("money", Decimal(f"{whole}.{part:02}") * 10 ** scale[1])


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def _spelled(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{_spelled(number // size)} {name}" + (f" {'and ' if rest < 100 else ''}{_spelled(rest)}" if rest else "")
    raise AssertionError(number)


@given(st.integers(1, 10**12 - 1))
def test_numbers_in_words(number: int) -> None:
    words = _spelled(number)
    assert spelled_value(words) == number
    (found,) = quantities(f"They counted {words} birds.")
    assert (found.value, found.text) == (number, words)


NASTY = st.lists(
    st.one_of(
        st.sampled_from(["1", "0", ",", ".", " million", " bn", "%", "$", "€", "May ", "two", "-", " and ", "a hundred", "half", ":30", "p.m.", "th", "s", "first"]),
        st.text(max_size=3),
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(NASTY)
def test_any_text_is_read(text: str) -> None:
    found = quantities(text)
    for q in found:
        assert q.text == text[q.start : q.end] != ""
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start


def test_a_long_row_of_digits_takes_no_time() -> None:
    assert len(quantities("1" * 4000 + " " + "1," * 2000 + " " + "one hundred " * 1000)) >= 1


@pytest.mark.parametrize(
    ("value", "currency", "written"),
    [
        ("55000", "", "55,000"),
        ("3500000000000", "원", "3.5 trillion won"),
        ("4500000000", "달러", "$4.5 billion"),
        ("1273300000000000", "원", "1,273.3 trillion won"),
        ("1000000000000000", "원", "1,000 trillion won"),
        ("1200000000", "", "1.2 billion"),
        ("100000000", "원", "100 million won"),
        ("1234567", "", "1,234,567"),
    ],
)
def test_news_figure(value: str, currency: str, written: str) -> None:
    assert news_figure(Decimal(value), currency) == written
