"""Korean particles: what may follow a noun in its word, and which form of a particle a word takes."""

from __future__ import annotations

import re

# Case particles, delimiters and their combinations, the copula with its endings, plural 들 and a few suffixes that leave the
# noun what it is.  A closed list: what is not here is put to the analyser.
_CASE = (
    "에게서|으로부터|로부터|으로서|로서|으로써|로써|에서|에게|한테서|한테|께서|께|에|의|을|를|이|가|은|는|과|와|으로|로|이랑|랑|하고|보다|처럼|"
    "만큼|같이|마냥|까지|부터|마저|조차|밖에|마다|대로|이나|나|이든지|든지|이든|든|이라도|라도|이나마|나마|이야|야|도|만|뿐|이며|며|이자|자|여|이여"
)
_AFTER_CASE = "까지만이라도|만이라도|만으로도|만이라고|만이라는|만이까지만|까지도|까지는|까지의|까지|부터는|부터|만이|만을|만은|만의|만으로|만도|만|은커녕|는커녕|은|는|도|의|이라도|라도|조차|마저|보다|뿐|이야|야|서|를|을|가|이|나|이나|와|과"
_COPULA = (
    "이라고도|이라고는|이라고|라고도|라고는|라고|이라는|라는|이라며|라며|이라면서|라면서|이라면|라면|이라지만|이란|란|이라|라|이다|다|이었던|이었다|였다|였던|이었으나|였으나|"
    "이었고|였고|이고|고|이지만|지만|이며|이므로|므로|이기도|이기|이어서|여서|이니|인데|인지|인가|인|일|임을|임이|임은|임|이었음|였음|이던|이자|입니다|이었습니다|였습니다|이에요|예요|이죠|죠"
)
_SUFFIX = "들|측|식|적|용|군|당국|급|발|행|산|계|형|내|상|하|간|별|권|제|권의|씩|쯤|경|께"
_TAIL = rf"(?:(?:{_CASE})(?:{_AFTER_CASE})?|{_COPULA})"
PARTICLES = re.compile(rf"(?:{_TAIL}|(?:{_SUFFIX})(?:{_TAIL})?|들(?:{_SUFFIX})?(?:{_TAIL})?)?")
# These also begin other words after a noun of two syllables: 미국인, 한국어, 일본도(刀), 대구탕.
_DOUBTFUL = re.compile(r"(?:인|어|도|식|적|용|군|급|발|행|산|계|형|상|하|간|권|제|나|여|자|과|란|이란|가|이|만|대로|로|다|고|라|일|경|별|내)")

_DIGITS = {"0": "영", "1": "일", "2": "이", "3": "삼", "4": "사", "5": "오", "6": "육", "7": "칠", "8": "팔", "9": "구"}
_LETTERS = {
    "a": "이", "b": "비", "c": "씨", "d": "디", "e": "이", "f": "프", "g": "지", "h": "치", "i": "이", "j": "이", "k": "이",
    "l": "엘", "m": "엠", "n": "엔", "o": "오", "p": "피", "q": "큐", "r": "알", "s": "스", "t": "티", "u": "유", "v": "이",
    "w": "유", "x": "스", "y": "이", "z": "트",
}  # fmt: skip
_SIGNS = {"%": "트", "℃": "도", "㎞": "터", "㎏": "램", "㎡": "터", "㎜": "터", "㎝": "터", "$": "러", "￦": "원", "+": "스"}
# Units that are read as a word: km is 킬로미터.
_UNITS = {"km": "터", "cm": "터", "mm": "터", "kg": "램", "ha": "르", "m": "터", "g": "램", "t": "톤", "kw": "트", "mw": "트"}
_PAIRS = {
    "은": ("은", "는"), "는": ("은", "는"), "이": ("이", "가"), "가": ("이", "가"), "을": ("을", "를"), "를": ("을", "를"),
    "과": ("과", "와"), "와": ("과", "와"), "으로": ("으로", "로"), "로": ("으로", "로"), "이라고": ("이라고", "라고"),
    "라고": ("이라고", "라고"), "이라는": ("이라는", "라는"), "라는": ("이라는", "라는"), "이며": ("이며", "며"), "며": ("이며", "며"),
    "이나": ("이나", "나"), "나": ("이나", "나"), "이란": ("이란", "란"), "란": ("이란", "란"), "아": ("아", "야"), "야": ("아", "야"),
    "이랑": ("이랑", "랑"), "랑": ("이랑", "랑"), "으로서": ("으로서", "로서"), "로서": ("으로서", "로서"), "으로써": ("으로써", "로써"),
    "로써": ("으로써", "로써"), "으로부터": ("으로부터", "로부터"), "로부터": ("으로부터", "로부터"), "이라도": ("이라도", "라도"),
    "라도": ("이라도", "라도"), "이었다": ("이었다", "였다"), "였다": ("이었다", "였다"), "이다": ("이다", "다"),
    "이든": ("이든", "든"), "든": ("이든", "든"), "이야": ("이야", "야"), "이여": ("이여", "여"), "여": ("이여", "여"),
}  # fmt: skip


def is_particles(rest: str) -> bool:
    """True if ``rest``, what follows a noun inside its word, is nothing but particles, copula or plain suffixes."""
    return PARTICLES.fullmatch(rest) is not None


def is_doubtful(rest: str) -> bool:
    """True if ``rest`` looks like particles but also begins other words after a short noun."""
    return _DOUBTFUL.match(rest) is not None


def last_sound(word: str) -> tuple[bool, bool]:
    """(ends in a consonant, that consonant is ㄹ) of a word as it is read aloud; brackets at its end are skipped."""
    text = word.rstrip()
    while text and text[-1] in ")）]」』》〉\"'”’":
        opening = {")": "(", "）": "（", "]": "[", "」": "「", "』": "『", "》": "《", "〉": "〈"}.get(text[-1], "")
        at = text.rfind(opening) if opening else -1
        text = text[:at].rstrip() if at > 0 else text[:-1]
    if not text:
        return False, False
    unit = re.search(r"\d\s*([A-Za-z]{1,2})$", text)
    last = text[-1]
    if unit and unit[1].lower() in _UNITS:
        last = _UNITS[unit[1].lower()]
    elif last.isdigit():
        zeros = len(text) - len(text.rstrip("0"))
        last = "백천만" [min(zeros, 4) - 2] if 2 <= zeros <= 4 else ("십" if zeros == 1 and len(text) > 1 and text[-2].isdigit() else _DIGITS.get(last, "영"))
        if zeros > 4:
            last = "억" if zeros >= 8 else "만"
    elif last in _SIGNS:
        last = _SIGNS[last]
    elif last.lower() in _LETTERS:
        last = _latin(text)
    code = ord(last) - 0xAC00
    if not 0 <= code < 11172:
        return False, False
    return code % 28 != 0, code % 28 == 8


def _latin(text: str) -> str:
    """The last syllable of a Latin word's usual reading: letter by letter for an acronym, by sound for a word."""
    match = re.search(r"[A-Za-z]+$", text)
    word = match[0] if match else text[-1]
    if word.isupper() or len(word) == 1:
        return _LETTERS[word[-1].lower()]
    lower = word.lower()
    if re.search(r"(?:[^aeiou]|^)le$|l$", lower):
        return "을"
    if re.search(r"m$|me$", lower):
        return "음"
    if re.search(r"n$|ne$|ng$", lower):
        return "은"
    return "트" if lower[-1] not in "kcpbt" else {"k": "크", "c": "크", "p": "프", "b": "브", "t": "트"}[lower[-1]]


def with_particle(word: str, particle: str) -> str:
    """``word`` and the right form of ``particle``: 확장억제 + 을 is 확장억제를, JOC + 은 is JOC는, 서울 + 으로 is 서울로."""
    if particle not in _PAIRS:
        return word + particle
    after_consonant, after_vowel = _PAIRS[particle]
    consonant, rieul = last_sound(word)
    if particle.startswith(("으로", "로")) and rieul:
        return word + after_vowel
    return word + (after_consonant if consonant else after_vowel)


def fix_particles(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with the particle right after each span [start, end) put into the form that the span's last sound takes."""
    for start, end in sorted(spans, reverse=True):
        match = re.match(r"(으로부터|로부터|으로써|로써|으로서|로서|으로|로|이라고|라고|이라는|라는|이라도|라도|이었다|였다|은|는|이|가|을|를|과|와)(?![가-힣])", text[end:])
        if match:
            text = text[:end] + with_particle(text[start:end], match[1])[end - start :] + text[end + match.end() :]
    return text
