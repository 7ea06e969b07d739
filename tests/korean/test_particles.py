"""Particles: which may follow a noun, and which form a word takes by the sound that it ends in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.korean.particles import fix_particles, is_doubtful, is_particles, last_sound, with_particle


@pytest.mark.parametrize(
    "rest",
    "은 는 이 가 을 를 의 에 에서 에게 으로 로 와 과 도 만 까지 부터 마저 조차 밖에 마다 처럼 보다 나 이나 라도 이라도 뿐 "
    "에서는 에서도 에서의 에서만 에서부터 으로부터의 로부터는 까지만이라도 까지도 까지는 까지의 에게까지 에게서는 로서는 으로써만 와의 과의 와도 마저도 조차도 밖에는 "
    "이다 다 이었다 였다 이라고 라고 이라는 라는 이라며 라며 이라면서 인지 인데 임을 이므로 이지만 지만 이자 입니다 이었던 였던 이기도 "
    "들 들이 들은 들의 들에게는 들과의 측 측은 측에서는 당국이 적 적인 식 식의 용 급 급의 형 내 내에서 별로".split(),
)
def test_what_may_follow_a_noun(rest: str) -> None:
    assert is_particles(rest)


@pytest.mark.parametrize(
    "rest", "어 인의 네시아 탕 부 사 관 관은 권리 조사 청 시 시민 군사 은행 이스라엘 가수 의회 과학 도로 만세 로봇 에너지 한다 했다 x 1".split()
)
def test_what_begins_another_word(rest: str) -> None:
    assert not is_particles(rest) or is_doubtful(rest)


def test_nothing_after_the_noun_is_no_other_word() -> None:
    assert is_particles("")


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("서울", (True, True)),
        ("미국", (True, False)),
        ("도쿄", (False, False)),
        ("값", (True, False)),
        ("닭", (True, False)),
        ("JOC", (False, False)),
        ("IMF", (False, False)),
        ("NPL", (True, True)),
        ("ICBM", (True, False)),
        ("NLL", (True, True)),
        ("OPCON", (True, False)),
        ("KTX", (False, False)),
        ("GDP", (False, False)),
        ("AR", (True, True)),
        ("F-35", (False, False)),
        ("KF-21", (True, True)),
        ("K2", (False, False)),
        ("G7", (True, True)),
        ("G8", (True, True)),
        ("B-52", (False, False)),
        ("13", (True, False)),
        ("16", (True, False)),
        ("10", (True, False)),
        ("100", (True, False)),
        ("1000", (True, False)),
        ("10000", (True, False)),
        ("100000000", (True, False)),
        ("0", (True, False)),
        ("20%", (False, False)),
        ("30km", (False, False)),
        ("5kg", (True, False)),
        ("Google", (True, True)),
        ("Freedom", (True, False)),
        ("서울(Seoul)", (True, True)),
        ("확장억제(extended deterrence)", (False, False)),
        ("“서울”", (True, True)),
        ("「바다」", (False, False)),
        ("", (False, False)),
        (" ", (False, False)),
        ("!", (False, False)),
    ],
)
def test_last_sound(word: str, sound: tuple[bool, bool]) -> None:
    assert last_sound(word) == sound


@pytest.mark.parametrize(
    ("word", "particle", "wanted"),
    [
        ("확장억제", "을", "확장억제를"),
        ("확장억제", "은", "확장억제는"),
        ("미국", "를", "미국을"),
        ("미국", "와", "미국과"),
        ("도쿄", "과", "도쿄와"),
        ("서울", "으로", "서울로"),
        ("부산", "로", "부산으로"),
        ("도쿄", "으로", "도쿄로"),
        ("서울", "로부터", "서울로부터"),
        ("부산", "로부터", "부산으로부터"),
        ("서울", "은", "서울은"),
        ("JOC", "은", "JOC는"),
        ("JOC", "이", "JOC가"),
        ("ICBM", "를", "ICBM을"),
        ("ICBM", "로", "ICBM으로"),
        ("NLL", "으로", "NLL로"),
        ("G7", "가", "G7이"),
        ("G7", "으로", "G7로"),
        ("F-35", "을", "F-35를"),
        ("KF-21", "으로", "KF-21로"),
        ("16", "로", "16으로"),
        ("20%", "을", "20%를"),
        ("핵협의그룹(NCG)", "는", "핵협의그룹(NCG)은"),
        ("‘확장억제’", "을", "‘확장억제’를"),
        ("미국", "라고", "미국이라고"),
        ("확장억제", "이라고", "확장억제라고"),
        ("확장억제", "이었다", "확장억제였다"),
        ("미국", "였다", "미국이었다"),
        ("미국", "에서", "미국에서"),
        ("도쿄", "까지", "도쿄까지"),
    ],
)
def test_with_particle(word: str, particle: str, wanted: str) -> None:
    assert with_particle(word, particle) == wanted


@pytest.mark.parametrize(
    ("text", "term", "wanted"),
    [
        ("정부는 확장억제을 강조했다.", "확장억제", "정부는 확장억제를 강조했다."),
        ("정부는 서울으로 옮긴다.", "서울", "정부는 서울로 옮긴다."),
        ("정부는 JOC을 세운다.", "JOC", "정부는 JOC를 세운다."),
        ("그것은 확장억제이라고 했다.", "확장억제", "그것은 확장억제라고 했다."),
        ("확장억제으로부터 멀다.", "확장억제", "확장억제로부터 멀다."),
        ("확장억제는 맞다.", "확장억제", "확장억제는 맞다."),
        ("미국이스라엘 관계", "미국", "미국이스라엘 관계"),
        ("도쿄에서 열린다.", "도쿄", "도쿄에서 열린다."),
        ("미국가 나섰다.", "미국", "미국이 나섰다."),
        ("확장억제", "확장억제", "확장억제"),
    ],
)
def test_fix_particles(text: str, term: str, wanted: str) -> None:
    at = text.index(term)
    assert fix_particles(text, [(at, at + len(term))]) == wanted


def test_several_spans_are_put_right_at_once() -> None:
    text = "미국와 도쿄을 JOC이 잇는다."
    spans = [(text.index(w), text.index(w) + len(w)) for w in ("JOC", "미국", "도쿄")]
    assert fix_particles(text, spans) == "미국과 도쿄를 JOC가 잇는다."


SYLLABLE = st.integers(0xAC00, 0xD7A3).map(chr)


@given(st.text(SYLLABLE, min_size=1, max_size=4), st.sampled_from(["은", "는", "이", "가", "을", "를", "과", "와", "으로", "로"]))
def test_either_form_gives_the_right_one(word: str, particle: str) -> None:
    pairs = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로"}
    other = pairs.get(particle) or next(k for k, v in pairs.items() if v == particle)
    written = with_particle(word, particle)
    assert written == with_particle(word, other)
    final = (ord(word[-1]) - 0xAC00) % 28
    after_consonant = particle if particle in pairs else other
    wanted = after_consonant if final and not (after_consonant == "으로" and final == 8) else pairs[after_consonant]
    assert written == word + wanted


@given(st.text(max_size=12), st.text(max_size=3))
def test_any_text_is_taken(word: str, particle: str) -> None:
    assert with_particle(word, particle).startswith(word)
    last_sound(word)
    assert fix_particles(word + particle, [(0, len(word))]).startswith(word)
