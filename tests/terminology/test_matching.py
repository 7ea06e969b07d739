"""Matching: the table of hard cases, and what a table cannot show."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Outcome
from translate.terminology.loading import default_paths, load_matcher
from translate.terminology.matching import Matcher
from translate.terminology.termbase import Entry, Status, Termbase

TABLE = Path(__file__).parent / "cases.tsv"
NEWS = Path(__file__).parent / "news.txt"
GLOSSARY = Path(__file__).parents[2] / "glossary"


def _entry(source: str, *variants: str, glossary: str = "desk", priority: int = 0, **more: object) -> Entry:
    return Entry(
        f"{glossary}:{source}", source, (source, *variants), (f"<{source}>",), glossary=glossary, priority=priority, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def _cases() -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert rows[0] == ["family", "terms", "text", "note"]
    return [(row[0], row[1], row[2].replace("\\n", "\n")) for row in rows[1:]]


CASES = _cases()


def _unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """(the text without its 【 】, the spans they stood around)."""
    wanted, plain = [], ""
    for char in text:
        if char == "【":
            wanted.append((len(plain), len(plain)))
        elif char == "】":
            wanted[-1] = (wanted[-1][0], len(plain))
        else:
            plain += char
    return plain, wanted


@pytest.mark.parametrize(("family", "terms", "marked"), CASES, ids=[f"{n:03}-{c[0]}" for n, c in enumerate(CASES, 1)])
def test_case(family: str, terms: str, marked: str) -> None:
    plain, wanted = _unmarked(unicodedata.normalize("NFD", marked) if family == "decomposed" else marked)
    matcher = Matcher(Termbase(tuple(_entry(*term.split("=")) for term in terms.split("|"))))
    (found,) = matcher.match_document([plain])
    assert [plain[o.start : o.end] for o in found] == [plain[s:e] for s, e in wanted]
    assert [(o.start, o.end) for o in found] == wanted


def test_news_with_the_houses_glossaries(tmp_path: Path) -> None:
    _, matcher = load_matcher(default_paths(GLOSSARY), tmp_path)
    sentences = [line for line in NEWS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(sentences) >= 300
    wrong = []
    for marked in sentences:
        plain, wanted = _unmarked(marked)
        (found,) = matcher.match_document([plain])
        if [(o.start, o.end) for o in found] != wanted:
            wrong.append((marked, [plain[o.start : o.end] for o in found]))
    assert wrong == []


def test_the_table_is_large_and_has_refusals() -> None:
    assert len(CASES) == len(set(CASES)) >= 500
    assert sum("【" not in text for _, _, text in CASES) >= 150


def test_the_glossary_with_the_higher_priority_wins() -> None:
    names = (("old", 0), ("new", 2), ("late", 2))
    entries = tuple(_entry("국방부", glossary=name, priority=priority) for name, priority in names)
    (found,) = Matcher(Termbase(entries)).match("국방부가 밝혔다.")
    assert found.glossary == "new"


def test_the_longer_term_wins_whatever_the_priority() -> None:
    entries = (_entry("국방부", priority=9), _entry("국방부 장관", priority=0))
    (found,) = Matcher(Termbase(entries)).match("국방부 장관이 답했다.")
    assert found.term == "국방부 장관"


def test_a_variant_is_matched_as_its_entry() -> None:
    (found,) = Matcher(Termbase((_entry("전시작전통제권", "전작권"),))).match("전작권을 넘긴다.")
    assert (found.term, found.start, found.end) == ("전시작전통제권", 0, 3)


def test_proposed_entries_are_not_matched() -> None:
    assert Matcher(Termbase((_entry("해무함", status=Status.PROPOSED),))).match("해무함이 떠났다.") == ()


def test_a_term_not_to_be_translated_wants_itself() -> None:
    entry = Entry("desk:물결톡", "물결톡", ("물결톡",), (), status=Status.DO_NOT_TRANSLATE)
    (found,) = Matcher(Termbase((entry,))).match("물결톡이 멈췄다.")
    assert found.wanted == ("물결톡",)


def test_what_stands_in_the_source_is_wanted_first() -> None:
    entry = Entry("desk:1", "대륙간탄도미사일", ("대륙간탄도미사일", "ICBM"), ("intercontinental ballistic missile", "ICBM"))
    matcher = Matcher(Termbase((entry,)))
    assert matcher.match("ICBM을 쐈다.")[0].wanted[0] == "ICBM"
    assert matcher.match("대륙간탄도미사일을 쐈다.")[0].wanted[0] == "intercontinental ballistic missile"


def test_a_namesake_of_somebody_in_the_north_is_another_person() -> None:
    matcher = Matcher(Termbase((_entry("김영철", domain="North Korea", part_of_speech="properNoun"),)))
    assert [len(matcher.match(text)) for text in ("김영철 교수가 썼다.", "배우 김영철이 왔다.", "김영철 부위원장이 방남했다.")] == [0, 0, 1]


def test_an_empty_termbase_and_an_empty_text() -> None:
    assert Matcher(Termbase(())).match("국방부가 밝혔다.") == ()
    assert Matcher(Termbase((_entry("국방부"),))).match("") == ()


def test_an_abbreviation_counts_from_the_text_that_introduces_it() -> None:
    texts = ["합작사가 움직였다.", "합동작전사령부(합작사)가 생겼다.", "합작사는 평택에 있다.", "합작사람들이 모였다."]
    found = Matcher(Termbase((_entry("합동작전사령부"),))).match_document(texts)
    surfaces = [[t[o.start : o.end] for o in occurrences] for t, occurrences in zip(texts, found, strict=True)]
    assert surfaces == [[], ["합동작전사령부", "합작사"], ["합작사"], []]
    assert {o.term for occurrences in found for o in occurrences} == {"합동작전사령부"}


def test_brackets_that_introduce_nothing() -> None:
    texts = ["합동작전사령부(경기 평택)가 생겼다.", "평택은 조용했다.", "합동작전사령부(사진)를 세웠다.", "사진은 없다."]
    found = Matcher(Termbase((_entry("합동작전사령부"),))).match_document(texts)
    assert [len(f) for f in found] == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("term", "text", "surfaces"),
    [
        ("extended deterrence", "Extended deterrence was discussed.", ["Extended deterrence"]),
        ("aircraft carrier", "Two aircraft carriers sailed.", ["aircraft carriers"]),
        ("aircraft carrier", "The aircraft\ncarrier sailed.", ["aircraft\ncarrier"]),
        ("aircraft carrier", "The aircraft carrier's crew rested.", ["aircraft carrier"]),
        ("ally", "Its allies agreed.", ["allies"]),
        ("ally", "The rally ended.", []),
        ("US", "The U.S. asked us to wait.", ["U.S."]),
        ("US", "Join us in the USA or the US.", ["US"]),
        ("US", "The bus stopped.", []),
        ("ICBM", "Three ICBMs were fired.", ["ICBMs"]),
        ("Indo-Pacific", "the Indo-Pacific region", ["Indo-Pacific"]),
        ("Indo-Pacific", "the Indo‑Pacific region", ["Indo‑Pacific"]),
        ("missile", "antimissile systems", []),
        ("missile", "“missile” and (missiles)", ["missile", "missiles"]),
        ("Korea", "Korean food", []),
        ("Korea", "KOREA IN BRIEF", ["KOREA"]),
        ("war game", "the war games of spring", ["war games"]),
        ("F-35", "Two F-35s and an F-35A", ["F-35s"]),
        ("nuclear", "nuclear-armed submarines", ["nuclear"]),
    ],
)
def test_english(term: str, text: str, surfaces: list[str]) -> None:
    found = Matcher(Termbase((_entry(term),), source_language="en", target_language="ko")).match(text)
    assert [text[o.start : o.end] for o in found] == surfaces


SYLLABLES = "가국군나남대도미방부북비사산상서성소시안연외인일장전정조중한합항해"
PIECES = st.sampled_from(["국방부", "미국", "F-35", " ", "\n", "(", ")", "”", "‘", "·", "은", "에서는", "인", "어", "\u0300", "ａ"])
SMALL = Matcher(Termbase((_entry("국방부"), _entry("미국"), _entry("F-35"))))


@given(st.lists(st.one_of(PIECES, st.text(SYLLABLES, max_size=3), st.text(max_size=3)), max_size=25).map("".join))
def test_any_text_gives_ordered_spans_that_spell_a_term(text: str) -> None:
    found = SMALL.match(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for o in found:
        surface = unicodedata.normalize("NFKC", text[o.start : o.end])
        assert re.sub(r"[^0-9A-Za-z가-힣美]", "", surface) in (o.term.replace("-", ""), "美")


def test_a_thing_said_twice_in_the_source_is_one_occurrence() -> None:
    matcher = Matcher(Termbase((Entry("desk:1", "오커스", ("오커스", "AUKUS"), ("AUKUS",)),)))
    text = "오커스(AUKUS)는 3국 협의체다. AUKUS는 2021년 출범했다."
    assert [text[o.start : o.end] for o in matcher.match(text)] == ["오커스", "AUKUS"]


def test_an_abbreviation_in_brackets_wants_the_abbreviation() -> None:
    joint = Entry("desk:1", "합동참모본부", ("합동참모본부", "합참"), ("Joint Chiefs of Staff", "JCS"), abbreviation="JCS")
    (found,) = Matcher(Termbase((joint,))).match_document(["합동참모본부(합참)가 밝혔다. 합참은 답하지 않았다."])
    assert [o.wanted[0] for o in found] == ["Joint Chiefs of Staff", "JCS", "Joint Chiefs of Staff"]


@pytest.mark.parametrize(
    ("text", "waived"),
    [
        ("예산결산특별위원회(예결위)를 열었다. 예결위는 끝났다.", [False, True, False]),
        ("예산결산특별위원회(이하 ‘예결위’)를 열었다.", [False, True]),
        ("예산결산특별위원회는 예결위(豫決委)다.", [False, False]),
        ("예산결산특별위원회(SCBA)를 열었다.", [False, False]),
    ],
)
def test_what_brackets_repeat_is_waived_where_english_has_no_abbreviation(text: str, waived: list[bool]) -> None:
    entry = Entry("desk:예결위", "예산결산특별위원회", ("예산결산특별위원회", "예결위"), ("Special Committee on Budget and Accounts",), glossary="desk")
    (found,) = Matcher(Termbase((entry,))).match_document([text])
    assert [o.outcome is Outcome.WAIVED for o in found] == waived
    assert all(bool(o.how) == (o.outcome is Outcome.WAIVED) for o in found)


def test_latin_letters_in_brackets_abbreviate_only_what_they_spell() -> None:
    matcher = Matcher(Termbase((Entry("desk:1", "핵협의그룹", ("핵협의그룹",), ("Nuclear Consultative Group",)),)))
    own, other = matcher.match_document(["핵협의그룹(NCG)이 열렸다. NCG는 비공개다."]), matcher.match_document(["핵협의그룹(TBC)이 열렸다. TBC는 방송사다."])
    assert [o.wanted[0] for o in own[0]] == ["Nuclear Consultative Group", "NCG", "NCG"]
    assert len(other[0]) == 1


INDIA = _entry("인도", part_of_speech="properNoun")
HOUSES = tuple(_entry(name, part_of_speech="properNoun") for name in ("한국전력", "일본은행", "도로공사", "제주항공"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("인도 총리가 파키스탄을 비난했다.", True),
        ("인도가 선수 파견을 늘렸다.", True),
        ("사고 차량은 인도로 돌진했다.", False),
        ("범죄인 인도 청구서를 보냈다.", False),
        ("경찰은 시신을 유족에게 인도했다.", False),
        ("정부는 인도적 지원을 늘린다.", False),
    ],
)
def test_a_name_that_is_a_common_noun_too_is_told_by_the_sentence(text: str, found: bool) -> None:
    assert bool(Matcher(Termbase((INDIA,))).match(text)) == found


def test_two_entries_of_one_form_are_told_apart_by_part_of_speech() -> None:
    pavement = replace(_entry("인도", glossary="roads", part_of_speech="noun"), targets=("sidewalk",))
    matcher = Matcher(Termbase((INDIA, pavement)))
    assert matcher.match("인도 총리가 방한했다.")[0].wanted == ("<인도>",)
    assert matcher.match("차량이 인도를 덮쳤다.")[0].wanted == ("sidewalk",)


@pytest.mark.parametrize("text", ["한국 전력 수요가 늘었다.", "일본 은행들이 문을 닫았다.", "도로 공사 구간을 지났다.", "제주 항공편이 끊겼다."])
def test_a_name_is_not_two_everyday_words(text: str) -> None:
    assert Matcher(Termbase(HOUSES)).match(text) == ()


def test_a_name_written_apart_in_the_glossary_is_found_apart() -> None:
    bank = _entry("일본은행", "일본 은행", part_of_speech="properNoun")
    assert len(Matcher(Termbase((bank,))).match("일본 은행이 금리를 올렸다.")) == 1


def _english(*entries: Entry) -> Matcher:
    return Matcher(Termbase(entries, source_language="en", target_language="ko"))


def _surfaces(matcher: Matcher, texts: list[str]) -> list[list[str]]:
    found = matcher.match_document(texts)
    return [[t[o.start : o.end] for o in occurrences] for t, occurrences in zip(texts, found, strict=True)]


def test_an_english_name_in_short_follows_the_full_one() -> None:
    he = Entry("p:1", "He Minrui", ("He Minrui", "He"), ("허민루이",))
    assert _surfaces(_english(he), ["He went home."]) == [[]]
    texts = ["Trade chief He Minrui arrived.", "Talks with He failed, and he left."]
    assert _surfaces(_english(he), texts) == [["He Minrui"], ["He"]]


def test_two_of_a_name_are_told_apart_by_the_full_one_only() -> None:
    kims = (Entry("p:1", "Kim Doran", ("Kim Doran", "Kim"), ("김도란",)), Entry("p:2", "Kim Saebom", ("Kim Saebom", "Kim"), ("김새봄",)))
    texts = ["Kim Doran met Kim Saebom.", "Kim left."]
    assert _surfaces(_english(*kims), texts) == [["Kim Doran", "Kim Saebom"], []]


def test_a_capitalised_english_word_is_not_the_small_one() -> None:
    assert _surfaces(_english(_entry("March")), ["They march in March."]) == [["March"]]
