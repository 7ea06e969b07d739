"""Where accepted forms stand in a target: inflection accepted, look-alikes refused, each place used once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from translate.document import Occurrence, Outcome
from translate.terminology.verification import find_form, forbidden_spans, locate


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("extended deterrence", "Extended deterrence is the core of the alliance.", ["Extended deterrence"]),
        ("extended deterrence", "the extended-deterrence commitment", ["extended-deterrence"]),
        ("foreign minister", "The two foreign ministers met; the foreign minister's plane left.", ["foreign ministers", "foreign minister"]),
        ("Joint Operations Command", "Joint Operation Command", []),
        ("Joint Operations Command", "the Joint Operations Command (JOC)", ["Joint Operations Command"]),
        ("intercontinental ballistic missile", "two intercontinental ballistic missiles", ["intercontinental ballistic missiles"]),
        ("ICBM", "ICBMs and an ICBM", ["ICBMs", "ICBM"]),
        ("ICBM", "icbm", []),
        ("U.S. Forces Japan", "US Forces Japan", ["US Forces Japan"]),
        ("U.S.", "The U.S. said. The US too. Call us.", ["U.S.", "US"]),
        ("NATO", "the senator", []),
        ("ministry", "the ministries of both countries", ["ministries"]),
        ("minister of defense", "ministers of defense", ["ministers of defense"]),
        ("Joint Chiefs of Staff", "the Joint Chiefs of Staff's statement", ["Joint Chiefs of Staff"]),
        ("won", "the wonder of it", []),
        ("art", "start the art", ["art"]),
        ("Research and Development", "research & development", ["research & development"]),
        ("People's Liberation Army", "the People’s Liberation Army", ["People’s Liberation Army"]),
    ],
)  # fmt: skip
def test_english_forms(form: str, text: str, found: list[str]) -> None:
    assert [text[s:e] for s, e in find_form(text, form, "en")] == found


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("He", "Beijing said he left with He.", ["He"]),
        ("He", "He said so.", []),
        ("Oh", "Oh said so.", ["Oh"]),
        ("No", "There was no talk of No.", ["No"]),
        ("An", "an agreement with An", ["An"]),
        ("Son", "his son met Son", ["Son"]),
        ("Moon", "a full moon; MOON; Moon", ["MOON", "Moon"]),
        ("Diet", "a strict diet", []),
        ("Labour", "the labour market", []),
        ("Turkey", "turkey farms in Turkey", ["Turkey"]),
        ("the North", "in the north of Spain", []),
        ("the North", "The North fired; the North's troops", ["The North", "the North"]),
        ("Foreign Ministry", "the foreign ministry", ["foreign ministry"]),
        ("Kim", "Kim Jong Un and Kim Min-soo met", []),
        ("Kim", "Kim said Kim's plan", ["Kim", "Kim"]),
        ("Yoon", "YOON ARRESTED", ["YOON"]),
        ("Korea", "North Korea and South Korea", ["Korea"]),
        ("China", "the South China Sea", []),
        ("Sudan", "South Sudan", []),
        ("American", "Latin American states", []),
        ("attorney general", "the attorneys general of ten states", ["attorneys general"]),
        ("secretary-general", "two secretaries-general", ["secretaries-general"]),
        ("president-elect", "presidents-elect", ["presidents-elect"]),
        ("charge d'affaires", "two charges d’affaires", ["charges d’affaires"]),
        ("spokesperson", "spokespeople", ["spokespeople"]),
        ("KF-21", "two KF-21s", ["KF-21s"]),
        ("F-35", "F-35A", []),
        ("Rep.", "Reps. Kim and Lee", ["Reps."]),
        ("Hamas", "Hama is a city", []),
        ("Marcos", "Marco Rubio", []),
    ],
)
def test_a_name_is_no_common_word_and_no_part_of_another_name(form: str, text: str, found: list[str]) -> None:
    assert [text[s:e] for s, e in find_form(text, form, "en")] == found


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("인도", "인도네시아에서 열렸다", []),
        ("인도", "인도는 거절했다", ["인도"]),
        ("미국", "미국정부가 밝혔다", ["미국"]),
        ("합동작전사령부", "합동 작전 사령부를 세운다", ["합동 작전 사령부"]),
        ("확장억제", "확장억제의 핵심", ["확장억제"]),
        ("억제", "확장억제의 핵심", []),
    ],
)
def test_korean_forms(form: str, text: str, found: list[str]) -> None:
    assert [text[s:e] for s, e in find_form(text, form, "ko")] == found


def _occurrence(entry: str, *wanted: str, forbidden: tuple[str, ...] = ()) -> Occurrence:
    return Occurrence(0, 1, entry, entry, wanted, forbidden)


def test_a_place_serves_one_occurrence() -> None:
    twice = [_occurrence("a", "extended deterrence"), _occurrence("a", "extended deterrence")]
    assert locate(twice, "Extended deterrence matters.", "en") == [(0, 19), None]
    assert locate(twice, "Extended deterrence is extended deterrence.", "en") == [(0, 19), (23, 42)]


def test_a_part_of_a_longer_term_does_not_count() -> None:
    text = "United States Forces Korea said so."
    both = [_occurrence("us", "United States"), _occurrence("usfk", "United States Forces Korea")]
    assert locate(both, text, "en") == [None, (0, 26)]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("미국 연준은 침묵했다.", "The U.S. Federal Reserve was silent.", ["U.S.", "Federal Reserve"]),
        ("미국의 연준은 침묵했다.", "The U.S. Federal Reserve was silent.", ["U.S.", "Federal Reserve"]),
        ("미국 연준은 침묵했다.", "The Federal Reserve was silent.", [None, "Federal Reserve"]),
        ("미국은 침묵했고 연준도 그랬다.", "The U.S. Federal Reserve was silent.", [None, "U.S. Federal Reserve"]),
        ("미국 연준은 침묵했다.", "In the United States the U.S. Federal Reserve was silent.", ["United States", "U.S. Federal Reserve"]),
    ],
)
def test_neighbours_divide_a_form_that_names_both(source: str, text: str, found: list[str | None]) -> None:
    entries = {"미국": ("U.S.", "United States"), "연준": ("Federal Reserve", "U.S. Federal Reserve")}
    occurrences = [Occurrence(at := source.index(k), at + 2, k, k, forms) for k, forms in entries.items()]
    assert [text[s[0] : s[1]] if s else None for s in locate(occurrences, text, "en")] == found


def test_a_waived_occurrence_takes_what_is_left() -> None:
    first = _occurrence("budget", "budget committee")
    line = [first, replace(first, outcome=Outcome.WAIVED), first]
    one, two, three = ", ".join(["budget committee"] * 3).split(", "), (0, 16), (18, 34)
    assert locate(line, one[0], "en") == [two, None, None]
    assert locate(line, ", ".join(one[:2]), "en") == [two, None, three]
    assert locate(line, ", ".join(one), "en") == [two, three, (36, 52)]


def test_an_abbreviation_is_accepted_if_admitted() -> None:
    text = "The JOC will open."
    assert locate([_occurrence("joc", "Joint Operations Command", "JOC")], text, "en") == [(4, 7)]
    assert locate([_occurrence("joc", "Joint Operations Command")], text, "en") == [None]


def test_forbidden_inside_an_accepted_form_is_no_fault() -> None:
    entry = _occurrence("x", "Joint Operations Command", forbidden=("Operations Command",))
    assert forbidden_spans([entry], "the Joint Operations Command", "en") == []
    assert [s[:2] for s in forbidden_spans([entry], "the Operations Command", "en")] == [(4, 22)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("US Forces Japan moved.", ["US Forces Japan"]),
        ("U.S. Forces Japan moved.", []),
        ("The U.S. forces japan has.", []),
        ("The USFJ and US Forces Japan.", ["US Forces Japan"]),
    ],
)
def test_a_form_forbidden_for_its_dots_is_found_as_written(text: str, found: list[str]) -> None:
    entry = Occurrence(0, 1, "x", "주일미군", ("U.S. Forces Japan", "USFJ"), ("US Forces Japan",))
    assert [text[s:e] for s, e, _ in forbidden_spans([entry], text, "en")] == found
