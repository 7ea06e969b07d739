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
        ("2025-10-30 16:05 업데이트", "Updated Oct. 30, 2025, 4:05 p.m."),
        ("2026/04/19 07:12 송고", "Posted April 19, 2026, 7:12 a.m."),
        ("2025-10-30 15:20 입력 | 2025-10-30 16:05 수정", "Posted Oct. 30, 2025, 3:20 p.m.; Updated Oct. 30, 2025, 4:05 p.m."),
        ("최종수정 2025-08-20 16:10", "Updated Aug. 20, 2025, 4:10 p.m."),
        ("2026.01.03 (토) 09:00", "Jan. 3, 2026, 9 a.m."),
        ("2026년 1월 3일 토요일 오전 9시", "Jan. 3, 2026, 9 a.m."),
        ("입력 2026년 1월 3일 오후 3시 5분", "Posted Jan. 3, 2026, 3:05 p.m."),
        ("[2026-05-27 19:42]", "May 27, 2026, 7:42 p.m."),
        ("등록 26.03.12 09:05", "Posted March 12, 2026, 9:05 a.m."),
        ("입력 2026.03.12. 00:00", "Posted March 12, 2026, midnight"),
        (
            "보도시점 2026. 2. 10.(화) 조간  배포 2026. 2. 9.(월) 14:00",
            "For release Feb. 10, 2026, for morning editions; Issued Feb. 9, 2026, 2 p.m.",
        ),
        ("보도시점 2026. 3. 12.(목) 12:00 배포 2026. 3. 11.(수)", "For release March 12, 2026, noon; Issued March 11, 2026"),
        ("(5. 8.(금) 조간)", "May 8, for morning editions"),
        ("(5. 38.(금) 조간)", None),
        ("최종 업데이트 2026.08.19 23:10", "Updated Aug. 19, 2026, 11:10 p.m."),
        ("입력 2026.03.12 29:70", None),
        ("2026.03.12 국방부", None),
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
        ("(서울=미래통신) 강도하 윤세나 기자 =", "SEOUL (Mirae News Agency) -- Reporters Kang Do-ha and Yoon Se-na"),
        ("[서울=뉴스빛] 이하린 황시온 기자 =", "SEOUL (Newsbit) -- Reporters Lee Ha-rin and Hwang Si-on"),
        ("(서울·세종=연합뉴스) 강도하 기자 =", "SEOUL-SEJONG (Yonhap) -- Reporter Kang Do-ha"),
        ("(양산=연합뉴스) 은채원 기자 =", "YANGSAN (Yonhap) -- Reporter Eun Chae-won"),
        ("[부산=한결일보 이도경 특파원]", "[Hangyeol Ilbo correspondent Lee Do-kyung, Busan]"),
        ("[스포츠한빛=대전, 문시우 기자]", "[Sports Hanbit reporter Moon Si-woo, Daejeon]"),
        ("[한결일보 부산=이도경 기자]", "[Hangyeol Ilbo reporter Lee Do-kyung, Busan]"),
        ("[뉴스핀 = 금나래 기자]", "[Newspin reporter Keum Na-rae]"),
        ("[부산=금나래 기자]", "[Reporter Keum Na-rae, Busan]"),
        ("[강도하 윤세나 기자]", "[Reporters Kang Do-ha and Yoon Se-na]"),
        ("[정치부 강도하 기자]", "[Political reporter Kang Do-ha]"),
        ("[뉴스핀 Newspin] 금나래 기자 narae@newspin.example", "Newspin reporter Keum Na-rae narae@newspin.example"),
        ("강도하 윤세나 기자", "Reporters Kang Do-ha and Yoon Se-na"),
        ("기자명 하은별 기자", "Reporter Ha Eun-byeol"),
        ("정치부 강도하 기자", "Political reporter Kang Do-ha"),
        ("명소담 의학전문기자", "Medical reporter Myung So-dam"),
        ("김사월 음식칼럼니스트", "Food columnist Kim Sa-wol"),
        ("워싱턴 | 나예준 특파원", "Correspondent Na Ye-joon, Washington"),
        ("이슬 기자", "Reporter Lee Seul"),
        ("남궁솔 기자 (sol@saebyeok.example)", "Reporter Namgung Sol sol@saebyeok.example"),
        ("글 지우진 기자 · 사진 변하윤 객원기자", "Text: Ji Woo-jin / Photos: Byun Ha-yun"),
        ("영상취재: 도준서 / 영상편집: 진이솔", "Camera: Do Joon-seo / Video editing: Jin I-sol"),
        ("글 제갈윤 기자 yun@maru.example 사진 변하윤 기자", "Text: Jegal Yun yun@maru.example / Photos: Byun Ha-yun"),
        ("글·사진=한도윤 기자", "Text and photos: Han Do-yun"),
        ("글 사진 한도윤 기자", "Text and photos: Han Do-yun"),
        ("◎공감언론 뉴스빛 harin@newsbit.example, sion@newsbit.example", "Newsbit harin@newsbit.example, sion@newsbit.example"),
        ("사진 속 인물은 기자", None),
    ],
)
def test_bylines(line: str, english: str | None) -> None:
    # The lexicon has words too.
    assert byline(line, {"서울": "Seoul", "워싱턴": "Washington", "양산": "mass production", "이슬": "Dew"}) == english
