"""Persons that no glossary has: who is found, who is nobody, and that a document spells each one way."""

from __future__ import annotations

import pytest

from translate.document import Occurrence
from translate.terminology.names import name_occurrences, person_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("정수영 기자가 물었다.", ["정수영"]),
        ("한도윤 국방부 장관이 답했다.", ["한도윤"]),
        ("구태린 씨는 웃었다.", ["구태린"]),
        ("피해자 마준호(43) 씨가 말했다.", ["마준호"]),
        ("서하람 전 의원이 출마한다.", ["서하람"]),
        ("변호사 고재민 씨와 의사 배소연 씨가 만났다.", ["고재민", "배소연"]),
        ("남궁현우 교수가 발표했다.", ["남궁현우"]),
        ("사이토 지사가 사과했다.", []),
        ("신이치 사장이 답했다.", []),
        ("노르마 대법원장이 답했다.", []),
        ("마르와 씨는 의사다.", []),
        ("라모스 대통령이 방한했다.", []),
        ("전인대 상무위원장이 왔다.", []),
        ("오늘 서울은 맑다.", []),
        ("한미일 정상이 만났다.", []),
        ("정부군 사령관이 답했다.", []),
        ("강원도 지사가 답했다.", []),
        ("국방부 장관이 답했다.", []),
        ("신임 장관이 답했다.", []),
        ("이번 총리는 다르다.", []),
        ("", []),
    ],
)
def test_who_is_a_person(text: str, names: list[str]) -> None:
    assert list(person_names([text])) == names


def test_a_glossary_term_is_no_person() -> None:
    assert person_names(["정수영 기자가 물었다."], ["정수영"]) == {}


def test_spelling_is_one_for_a_document() -> None:
    texts = ["정수영 국방부 장관이 답했다.", "정 장관은 부인했다.", "정수영은 자리를 떴다.", "정부는 침묵했다."]
    found = name_occurrences(texts, [()] * 4)
    surfaces = [[t[o.start : o.end] for o in occurrences] for t, occurrences in zip(texts, found, strict=True)]
    assert surfaces == [["정수영"], ["정"], ["정수영"], []]
    full, short, again = found[0][0], found[1][0], found[2][0]
    assert len(full.wanted) == 1
    # Later the family name is enough.
    assert again.wanted == (full.wanted[0], full.wanted[0].split(" ")[0])
    assert short.wanted == (full.wanted[0].split(" ")[0],)
    assert {o.status for o in (full, short, again)} == {"document"}


def test_a_family_name_without_its_person_is_left() -> None:
    assert name_occurrences(["정 장관은 부인했다."], [()]) == [()]


def test_names_inside_glossary_terms_are_left() -> None:
    text = "정수영 기자가 ‘정수영법’을 다뤘다."
    at = text.index("정수영법")
    law = Occurrence(at, at + 4, "t:1", "정수영법", ("Chung Soo-young Act",))
    (found,) = name_occurrences([text], [(law,)])
    assert [text[o.start : o.end] for o in found] == ["정수영", "정수영법"]


def test_a_name_inside_a_longer_word_is_left() -> None:
    texts = ["구태린 씨는 웃었다.", "친구태린이라는 말", "구태린마을회관에서 열렸다."]
    found = name_occurrences(texts, [()] * 3)
    assert [len(f) for f in found] == [1, 0, 0]
