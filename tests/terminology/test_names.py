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
        ("박서준 서울중앙지검 부장검사가 나섰다.", ["박서준"]),
        ("함세웅 신부가 집전했다.", ["함세웅"]),
        ("조선대 교수가 썼다.", []),
        ("홍익대 총장이 물러났다.", []),
        ("하경원 한빛대 국제정치학과 교수가 썼다.", ["하경원"]),
        ("노조원 대표가 만났다.", []),
        # Names that the analyser cuts or does not know.
        ("방서진 장관이 답했다.", ["방서진"]),
        ("진하람 씨는 고개를 저었다.", ["진하람"]),
        ("진하람(34) 씨가 신고했다.", ["진하람"]),
        ("변이레(41) 씨가 기소됐다.", ["변이레"]),
        ("도이현 재정경제부 제1차관이 주재했다.", ["도이현"]),
        ("권다온 국가안보실 3차장이 설명했다.", ["권다온"]),
        ("권율하 서울중앙지검장이 물러났다.", ["권율하"]),
        ("조은겸·방서진·진하람 의원이 발의했다.", ["조은겸", "방서진", "진하람"]),
        ("조은겸의원이 발언했다.", ["조은겸"]),
        ("故문해솔 교수의 유족", ["문해솔"]),
        ("고(故) 문해솔 씨의 어머니", ["문해솔"]),
        ("한서율 전 총리는 침묵했다.", ["한서율"]),
        ("현소망 헌법재판관 후보자가 출석했다.", ["현소망"]),
        ("하도경 당선인이 답했다.", ["하도경"]),
        ("강나루 국회의원이 왔다.", ["강나루"]),
        # A title before the name, an age or hanja after it.
        ("대변인 조은겸은 논평을 냈다.", ["조은겸"]),
        ("국무총리 직무대행 천아람은 사과했다.", ["천아람"]),
        ("장관 후보자 여민재는 부인했다.", ["여민재"]),
        ("피고인 목이담은 울먹였다.", ["목이담"]),
        ("배우 채소율이 주연을 맡았다.", ["채소율"]),
        ("심하준(28·전북)이 결승골을 넣었다.", ["심하준"]),
        ("표예림(表藝林)의 그림이 걸렸다.", ["표예림"]),
        # Words before or after titles that are nobody.
        ("주일미군 사령관이 바뀌었다.", []),
        ("대통령 권한대행이 왔다.", []),
        ("예산이 총리 손에 달렸다.", []),
        ("기지가 있는 곳의 대표가 왔다.", []),
        ("틱톡을 차단하고 의원을 불렀다.", []),
        ("노조위원장은 웃었다.", []),
        ("사회복지사 1호다.", []),
        ("장관 임명식이 열렸다.", []),
        ("한국산 훈련기 조종사와 소령이 왔다.", []),
        ("부산시 관계자(54)는 말했다.", []),
        ("의원 전원이 찬성했다. 총리 인준안도 지났다.", []),
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


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("김영복 인민군 부총참모장이 러시아를 찾았다.", "Kim Yong Bok"),
        ("북한 외무성 박정학 부상은 침묵했다. 북한 외무성 박정학 국장이 왔다.", "Pak Jong Hak"),
        ("통일부 북한 담당 박정학 국장이 답했다.", "Park Jung-hak"),
    ],
)
def test_a_person_of_the_north_has_three_words(text: str, spelling: str) -> None:
    assert list(person_names([text]).values()) == [spelling]


@pytest.mark.parametrize(
    "text",
    ["이 기자회견에서 밝혔다.", "이 대표팀은 강하다.", "이 국가대표 선발전에서 졌다.", "전 장관은 침묵했다.", "이 감독기관이 나섰다."],
)
def test_a_determiner_is_no_family_name(text: str) -> None:
    found = name_occurrences(["이도현 대표와 전소미 장관이 만났다.", text], [()] * 2)
    assert len(found[0]) == 2
    assert found[1] == ()


@pytest.mark.parametrize(
    ("full", "text", "short"),
    [
        ("한서율 총리가 왔다.", "한 총리는 답했다.", ["한"]),
        ("한서율 총리가 왔다.", "한 선수는 웃었다.", []),
        ("한서율 총리가 왔다.", "한 의원은 익명을 요구했다.", []),
        ("한서율 의원이 왔다.", "한 의원은 답했다.", ["한"]),
        ("배우 이다온이 왔다.", "이 할머니는 말했다.", []),
        ("시인 이다온이 왔다.", "이 시인은 말했다.", ["이"]),
        ("여민재 장관 후보자가 왔다.", "여 후보자는 사과했다.", ["여"]),
        ("권율하 지검장이 왔다.", "권 지검장의 후임이 정해졌다.", ["권"]),
    ],
)
def test_a_surname_that_is_a_word_needs_its_persons_title(full: str, text: str, short: list[str]) -> None:
    found = name_occurrences([full, text], [()] * 2)
    assert len(found[0]) == 1
    assert [text[o.start : o.end] for o in found[1]] == short


def test_a_short_mention_may_be_written_together() -> None:
    texts = ["명창 국순례씨가 무대에 섰다.", "국씨는 제자를 길렀다.", "국 씨도 왔다.", "국민은 웃었다."]
    found = name_occurrences(texts, [()] * 4)
    assert [[t[o.start : o.end] for o in occurrences] for t, occurrences in zip(texts, found, strict=True)] == [["국순례"], ["국"], ["국"], []]


def test_two_spellings_of_one_family_name_are_told_by_the_full_name_only() -> None:
    texts = ["북한 외무성 이정학 국장과 이도현 대표가 만났다.", "이 국장은 침묵했다."]
    assert [len(f) for f in name_occurrences(texts, [()] * 2)] == [2, 0]


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
