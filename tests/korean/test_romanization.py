"""Revised Romanization against the notice's own words, and names as newspapers spell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.korean.bylines import byline
from translate.korean.romanization import romanize, romanize_northern, romanize_person
from translate.korean.timestamps import timestamps


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("구미", "gumi"), ("영동", "yeongdong"), ("백암", "baegam"), ("옥천", "okcheon"), ("합덕", "hapdeok"),
        ("호법", "hobeop"), ("월곶", "wolgot"), ("벚꽃", "beotkkot"), ("구리", "guri"), ("설악", "seorak"),
        ("칠곡", "chilgok"), ("임실", "imsil"), ("울릉", "ulleung"), ("대관령", "daegwallyeong"), ("백마", "baengma"),
        ("종로", "jongno"), ("왕십리", "wangsimni"), ("별내", "byeollae"), ("신라", "silla"), ("해돋이", "haedoji"),
        ("같이", "gachi"), ("좋고", "joko"), ("놓다", "nota"), ("낳지", "nachi"), ("압구정", "apgujeong"),
        ("낙동강", "nakdonggang"), ("광희문", "gwanghuimun"), ("샛별", "saetbyeol"), ("부산", "busan"),
        ("독도", "dokdo"), ("경복궁", "gyeongbokgung"), ("김치 3개", "gimchi 3gae"),
    ],
)  # fmt: skip
def test_revised_romanization(hangul: str, latin: str) -> None:
    assert romanize(hangul) == latin


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12))
def test_every_syllable_becomes_latin(text: str) -> None:
    assert romanize(text).isascii()
    assert bool(romanize(text)) == bool(text)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("정수영", "Jung Soo-young"), ("김민준", "Kim Min-joon"), ("이서연", "Lee Seo-yeon"), ("박지호", "Park Ji-ho"),
        ("남궁민수", "Namgung Min-soo"), ("최은경", "Choi Eun-kyung"), ("허준", "Heo Joon"), ("한빛나", "Han Bit-na"),
    ],
)  # fmt: skip
def test_person(name: str, spelling: str) -> None:
    assert romanize_person(name) == spelling


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("김영철", "Kim Yong Chol"), ("리병철", "Ri Pyong Chol"), ("이선권", "Ri Son Gwon"), ("박태성", "Pak Thae Song"),
        ("노광철", "No Kwang Chol"), ("최룡해", "Choe Ryong Hae"), ("장성택", "Jang Song Thaek"), ("김덕훈", "Kim Tok Hun"),
    ],
)  # fmt: skip
def test_a_person_of_the_north(name: str, spelling: str) -> None:
    assert romanize_northern(name) == spelling


def test_no_name() -> None:
    with pytest.raises(ValueError, match="not a Korean"):
        romanize_person("톰")


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("등록 2024-07-28 오후 6:22:09", "Posted July 28, 2024, 6:22 p.m."),
        ("수정 2024-07-28 오후 6:22:09", "Updated July 28, 2024, 6:22 p.m."),
        ("입력2024.07.28. 오전 9:05", "Posted July 28, 2024, 9:05 a.m."),
        ("입력 2025-01-03 18:00 | 수정 2025-01-03 19:30", "Posted Jan. 3, 2025, 6 p.m.; Updated Jan. 3, 2025, 7:30 p.m."),
        ("송고시간 2026-02-11 12:00", "Posted Feb. 11, 2026, noon"),
        ("2026년 11월 5일", "Nov. 5, 2026"),
        ("2026년 11월 5일 회의가 열렸다", None),
        ("사진 2024-07-28 촬영", None),
        ("등록 2024-17-28", None),
    ],
)
def test_timestamps(line: str, english: str | None) -> None:
    assert timestamps(line) == english


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("[이데일리 정수영 기자]", "[Edaily reporter Jung Soo-young]"),
        ("[새벽신문 한도윤 기자]", "[Saebyeok Shinmun reporter Han Do-yun]"),
        ("(서울=연합뉴스) 김민준·이서연 기자 =", "SEOUL (Yonhap) -- Reporters Kim Min-joon and Lee Seo-yeon"),
        ("워싱턴=박지호 특파원", "Correspondent Park Ji-ho, Washington"),
        ("한도윤 기자 doyun@saebyeok.example", "Reporter Han Do-yun doyun@saebyeok.example"),
        ("doyun@saebyeok.example", "doyun@saebyeok.example"),
        ("기자들이 회견장에 모였다", None),
    ],
)
def test_bylines(line: str, english: str | None) -> None:
    assert byline(line, {"서울": "Seoul", "워싱턴": "Washington"}) == english
