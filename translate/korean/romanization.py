"""Korean in Latin letters: Revised Romanization, and personal names in the spelling that newspapers use.

Source: Ministry of Culture and Tourism notice 2000-8 (Revised Romanization).  Sound changes between syllables are
written (Silla, Wangsimni), tensing is not; in given names no sound change is written (Hong Bit-na).
"""

from __future__ import annotations

import unicodedata

_LEADS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
]  # fmt: skip
_TAILS = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
]  # fmt: skip
# A tail consonant before a vowel moves over: the letter it then has, and what stays.
_LINKED = {
    1: ("", "g"), 2: ("", "kk"), 3: ("k", "s"), 4: ("", "n"), 5: ("n", "j"), 6: ("", "n"), 7: ("", "d"), 8: ("", "r"),
    9: ("l", "g"), 10: ("l", "m"), 11: ("l", "b"), 12: ("l", "s"), 13: ("l", "t"), 14: ("l", "p"), 15: ("", "r"),
    16: ("", "m"), 17: ("", "b"), 18: ("p", "s"), 19: ("", "s"), 20: ("", "ss"), 22: ("", "j"), 23: ("", "ch"),
    24: ("", "k"), 25: ("", "t"), 26: ("", "p"), 27: ("", ""),
}  # fmt: skip
_N, _R, _M, _EMPTY, _H = 2, 5, 6, 11, 18


def _syllable(char: str) -> tuple[int, int, int] | None:
    code = ord(char) - 0xAC00
    return (code // 588, code % 588 // 28, code % 28) if 0 <= code < 11172 else None


def romanize(text: str) -> str:
    """Revised Romanization of the Hangul in ``text``, lower case; everything else stays."""
    text = unicodedata.normalize("NFC", text)
    out: list[str] = []
    carried: str | None = None  # the lead that the syllable before decided for this one
    for i, char in enumerate(text):
        here = _syllable(char)
        if here is None:
            out.append(char)
            carried = None
            continue
        lead, vowel, tail = here
        out.append((_LEADS[lead] if carried is None else carried) + _VOWELS[vowel])
        after = _syllable(text[i + 1]) if i + 1 < len(text) else None
        end, carried = (_TAILS[tail], None) if after is None else _meet(tail, after)
        out.append(end)
    return "".join(out)


def _meet(tail: int, after: tuple[int, int, int]) -> tuple[str, str | None]:
    """What a tail and the next syllable's lead become: (tail's letters, lead's letters or None for unchanged)."""
    lead, vowel, _ = after
    if tail == 0:
        return "", None
    if lead == _EMPTY and tail != 21:
        if vowel == 20 and tail in (7, 25):  # 굳이, 같이
            return "", "j" if tail == 7 else "ch"
        return _LINKED[tail]
    sound = _TAILS[tail]
    if lead in (_N, _M):
        return {"k": "ng", "t": "n", "p": "m", "l": "l"}.get(sound, sound), "l" if sound == "l" and lead == _N else None
    if lead == _R:
        if sound in ("n", "l"):
            return "l", "l"
        return {"k": "ng", "t": "n", "p": "m"}.get(sound, sound), "n"
    if lead == _H and tail in (22, 5):  # 맞히다
        return "n" if tail == 5 else "", "ch"
    if tail in (27, 6, 15) and lead in (0, 3, 12):  # 좋고, 많다, 앓지
        return {27: "", 6: "n", 15: "l"}[tail], {0: "k", 3: "t", 12: "ch"}[lead]
    return sound, None


SURNAMES = {
    "김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho", "윤": "Yoon",
    "장": "Jang", "임": "Lim", "한": "Han", "오": "Oh", "서": "Seo", "신": "Shin", "권": "Kwon", "황": "Hwang",
    "안": "Ahn", "송": "Song", "류": "Ryu", "유": "Yoo", "홍": "Hong", "전": "Jeon", "고": "Ko", "문": "Moon",
    "손": "Son", "양": "Yang", "배": "Bae", "백": "Baek", "허": "Heo", "남": "Nam", "심": "Shim", "노": "Noh",
    "하": "Ha", "곽": "Kwak", "성": "Sung", "차": "Cha", "주": "Joo", "우": "Woo", "구": "Koo", "라": "Ra",
    "나": "Na", "민": "Min", "진": "Jin", "지": "Ji", "엄": "Um", "채": "Chae", "원": "Won", "천": "Chun",
    "방": "Bang", "공": "Kong", "현": "Hyun", "함": "Ham", "변": "Byun", "염": "Yeom", "여": "Yeo", "추": "Choo",
    "도": "Do", "소": "So", "석": "Seok", "선": "Sun", "설": "Seol", "마": "Ma", "길": "Gil", "연": "Yeon",
    "위": "Wi", "표": "Pyo", "명": "Myung", "기": "Ki", "반": "Ban", "왕": "Wang", "금": "Keum", "옥": "Ok",
    "육": "Yuk", "인": "In", "맹": "Maeng", "제": "Je", "모": "Mo", "탁": "Tak", "국": "Kook", "어": "Eo",
    "은": "Eun", "편": "Pyun", "용": "Yong", "예": "Ye", "봉": "Bong", "사": "Sa", "부": "Boo", "가": "Ga",
    "복": "Bok", "태": "Tae", "목": "Mok", "형": "Hyung", "계": "Kye", "피": "Pi", "두": "Doo", "감": "Kam",
    "남궁": "Namgung", "황보": "Hwangbo", "선우": "Sunwoo", "제갈": "Jegal", "독고": "Dokgo", "사공": "Sagong",
    "서문": "Seomun", "동방": "Dongbang",
}  # fmt: skip

# Syllables of given names whose customary spelling differs from Revised Romanization (what most bearers write).
_CUSTOMARY = {
    "영": "young", "정": "jung", "수": "soo", "현": "hyun", "성": "sung", "희": "hee", "우": "woo", "기": "ki",
    "훈": "hoon", "경": "kyung", "철": "chul", "준": "joon", "규": "kyu", "주": "joo", "선": "sun", "순": "soon",
    "형": "hyung", "명": "myung", "병": "byung", "혁": "hyuk", "균": "kyun", "관": "kwan", "광": "kwang",
    "문": "moon", "신": "shin", "욱": "wook", "국": "kook", "숙": "sook", "구": "koo", "아": "ah", "무": "moo",
    "두": "doo", "웅": "woong", "충": "choong", "운": "woon", "권": "kwon", "부": "boo", "춘": "chun", "천": "chun",
    "걸": "gul", "건": "gun", "범": "beom", "석": "seok", "교": "kyo", "귀": "kwi", "계": "kye", "길": "gil",
    "중": "joong", "일": "il", "률": "ryul", "림": "rim", "란": "ran", "령": "ryung", "로": "ro", "래": "rae",
    "렬": "ryul", "룡": "ryong", "리": "ri", "라": "ra", "루": "ru", "린": "rin",
}  # fmt: skip


def surname_of(name: str) -> str:
    """The Hangul surname at the beginning of a full name, or an empty string."""
    # Of three syllables 선우민 may be Sun Woo-min; 남궁솔 is hardly ever Nam Gung-sol.
    if name[:2] in SURNAMES and (len(name) >= 4 or (len(name) == 3 and name[:2] in ("남궁", "제갈", "독고", "사공", "황보"))):
        return name[:2]
    return name[:1] if name[:1] in SURNAMES else ""


def romanize_person(name: str) -> str:
    """A person's full name in Hangul as a newspaper spells it when the person's own spelling is not known.

    Family name first by the house table, given name by customary syllables with a hyphen (``Jung Soo-young``).  Raises
    ValueError for what is no Korean name.
    """
    surname = surname_of(name)
    given = name[len(surname) :]
    if not surname or not given or any(_syllable(c) is None for c in given):
        raise ValueError(f"not a Korean personal name: {name}")
    syllables = [_CUSTOMARY.get(c, romanize(c)) for c in given]
    return f"{SURNAMES[surname]} {'-'.join(syllables).capitalize()}"


# Surnames that the North writes with the sound that the South drops, in either spelling.
NORTHERN_SURNAMES = {"이": "Ri", "리": "Ri", "임": "Rim", "림": "Rim", "유": "Ryu", "노": "No", "로": "Ro", "양": "Ryang", "량": "Ryang"}


def romanize_northern(name: str) -> str:
    """A North Korean's name of two to four syllables as Pyongyang spells it: ``Kim Yong Chol``, ``Ri Pyong Chol``."""
    words = [NORTHERN_SURNAMES.get(name[0]) or _northern(name[0], True)]
    return " ".join([*words, *(_northern(char, place == 0) for place, char in enumerate(name[1:]))])


def _northern(char: str, first: bool) -> str:
    """One syllable; within a given name k, t and p are voiced (Ri Son Gwon)."""
    here = _syllable(char)
    if here is None:
        raise ValueError(f"not a Hangul syllable: {char}")
    lead, vowel, tail = here
    plain = {0: "kg", 3: "td", 7: "pb"}.get(lead)
    onset = plain[0 if first else 1] if plain else {15: "kh", 16: "th", 17: "ph"}.get(lead, _LEADS[lead])
    return (onset + _VOWELS[vowel].replace("eo", "o").replace("eu", "u") + _TAILS[tail]).capitalize()
