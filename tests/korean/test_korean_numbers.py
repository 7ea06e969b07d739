"""Figures in Korean: a table of what is one and what is none, and that every way of writing a number reads as its value."""

from __future__ import annotations

import itertools
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.korean.numbers import figure_value, native_value, quantities, sino_value

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
    assert len(TABLE) >= 150
    assert sum(not wanted for _, wanted in TABLE) >= 12


def _written(number: int, style: str) -> str:
    """A number as newspapers write it, with 만, 억 and 조."""
    if number == 0:
        return "0"
    parts = []
    for sign, size in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        part, number = divmod(number, size)
        if part == 0:
            continue
        thousands, rest = divmod(part, 1000)
        text = f"{part:,}" if "," in style and sign == "" else str(part)
        if "천" in style and thousands and rest == 0:
            text = f"{thousands}천"
        elif "천" in style and thousands:
            text = f"{thousands}천{rest}"
        parts.append(text + sign)
    return (" " if " " in style else "").join(parts)


@given(st.integers(0, 10**16 - 1), st.sampled_from(["", " ", "천", "천 ", ",", ", "]), st.sampled_from(["명", " 명", "원", " 달러"]))
def test_written_numbers_read_as_their_value(number: int, style: str, unit: str) -> None:
    text = f"모두 {_written(number, style)}{unit}이다."
    found = quantities(text)
    assert [q.value for q in found] == [number]
    assert figure_value(_written(number, style)) == number
    assert text[found[0].start : found[0].end] == found[0].text


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["%", "%포인트", "㎞", "배"]))
def test_decimals(number: Decimal, unit: str) -> None:
    assert [q.value for q in quantities(f"값은 {number:,}{unit}이다.")] == [number]


@given(st.dates())
def test_dates(day: object) -> None:
    year, month, number = (int(p) for p in str(day).split("-"))
    found = quantities(f"{year}년 {month}월 {number}일에 열렸다.")
    if 1900 <= year < 2100:
        assert [(q.kind, q.unit, q.value) for q in found] == [("date", "year-month-day", int(f"{year}{month:02}{number:02}"))]
    else:
        assert ("date", "month-day") in [(q.kind, q.unit) for q in found]


@given(st.integers(1, 9999))
def test_numerals_in_words(number: int) -> None:
    digits, left = "일이삼사오육칠팔구", number
    word = ""
    for place, size in (("천", 1000), ("백", 100), ("십", 10), ("", 1)):
        digit, left = divmod(left, size)
        if digit:
            word += ("" if digit == 1 and place else digits[digit - 1]) + place
    assert sino_value(word) == number
    assert sino_value(word + "만") == number * 10000


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("열", 10), ("열하나", 11), ("열두", 12), ("스무", 20), ("스물셋", 23), ("서른넷", 34), ("아흔아홉", 99), ("석", 3),
        ("열 다섯", 15), ("사과", None), ("", None),
    ],
)  # fmt: skip
def test_native_numerals(word: str, value: int | None) -> None:
    assert native_value(word) == value


@pytest.mark.parametrize(
    ("word", "value"),
    [("십", 10), ("이십일", 21), ("백오", 105), ("삼천육백", 3600), ("만", 10000), ("십이만", 120000), ("일억이천만", 120000000), ("사과", None)],
)
def test_sino_numerals(word: str, value: int | None) -> None:
    assert sino_value(word) == value


NASTY = st.lists(
    st.one_of(
        st.sampled_from(["1", "0", ",", ".", "만", "억", "조", "천", "백", "%", "년", "월", "일", "시", "분의", "오후", "수", "제", "-", ":", "여", "·", " ", "한", "열", "三", "２"]),
        st.text(max_size=3),
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(NASTY)
def test_any_text_is_read(text: str) -> None:
    found = quantities(text)
    assert [q.start for q in found] == sorted(q.start for q in found)
    for q in found:
        assert q.text == text[q.start : q.end] != ""
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start


@pytest.mark.parametrize("text", ["1" * 60, "일이삼", "십백천만", "1,", "열 ", "5만3천 명과 열두 살, 수십만 원 ", "오후 3시 "])
def test_ten_times_the_text_takes_about_ten_times_as_long(text: str) -> None:
    def seconds(size: int) -> float:
        long = (text * size)[:size]
        start = time.perf_counter()
        quantities(long)
        return time.perf_counter() - start

    # Quadratic reading would take 100 times as long; the constant forgives a busy machine.
    assert seconds(40000) < 40 * seconds(4000) + 1


def test_a_long_row_of_digits_takes_no_time() -> None:
    assert len(quantities("1" * 4000 + " " + "1," * 2000 + " " + "일" * 4000)) >= 1
