"""Bylines in English, by rule: outlet, place, persons, posts and addresses are data, not prose."""

from __future__ import annotations

import re
from collections.abc import Mapping

from translate.korean.romanization import romanize, romanize_person, surname_of

_ROLES = {
    "기자": "reporter", "특파원": "correspondent", "선임기자": "senior reporter", "전문기자": "specialist reporter",
    "논설위원": "editorial writer", "인턴기자": "intern reporter", "객원기자": "guest reporter", "통신원": "stringer",
    "앵커": "anchor", "칼럼니스트": "columnist", "평론가": "critic", "에디터": "editor", "PD": "producer",
}  # fmt: skip
_OUTLETS = {
    "연합뉴스": "Yonhap", "뉴시스": "Newsis", "뉴스1": "News1", "이데일리": "Edaily", "조선일보": "Chosun Ilbo",
    "중앙일보": "JoongAng Ilbo", "동아일보": "Dong-A Ilbo", "한겨레": "Hankyoreh", "경향신문": "Kyunghyang Shinmun",
    "한국일보": "Hankook Ilbo", "서울신문": "Seoul Shinmun", "국민일보": "Kukmin Ilbo", "세계일보": "Segye Ilbo",
    "문화일보": "Munhwa Ilbo", "매일경제": "Maeil Business Newspaper", "한국경제": "Korea Economic Daily",
    "서울경제": "Seoul Economic Daily", "머니투데이": "Money Today", "아시아경제": "Asia Business Daily",
    "헤럴드경제": "Herald Business", "파이낸셜뉴스": "Financial News", "노컷뉴스": "NoCut News", "오마이뉴스": "OhmyNews",
    "부산일보": "Busan Ilbo", "전자신문": "Electronic Times", "연합뉴스TV": "Yonhap News TV", "AP": "AP", "로이터": "Reuters",
}  # fmt: skip
_ENDINGS = (
    ("신문", "Shinmun"), ("일보", "Ilbo"), ("뉴스", "News"), ("방송", "Broadcasting"), ("통신", "News Agency"), ("경제", "Economy"),
    ("타임스", "Times"), ("타임즈", "Times"), ("저널", "Journal"), ("데일리", "Daily"), ("투데이", "Today"), ("미디어", "Media"),
)  # fmt: skip
_ROLE = "|".join(sorted(_ROLES, key=len, reverse=True))
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NAMES = r"[가-힣]{2,4}(?:\s?[·,]\s?[가-힣]{2,4}){0,3}"
_BRACKET = re.compile(rf"\[(?:([가-힣A-Za-z0-9]+(?:\s?[A-Z]+)?)\s)?(?:([가-힣]{{2,6}})\s?=\s?)?({_NAMES})\s?({_ROLE})\]\s*({_EMAIL})?")
_WIRE = re.compile(rf"[(\[]([가-힣]{{2,8}})\s?=\s?([가-힣A-Za-z0-9]+)[)\]]\s*(?:({_NAMES})\s?({_ROLE}))?\s?=?")
_PLAIN = re.compile(rf"(?:([가-힣]{{2,8}})\s?=\s?)?(?:([가-힣A-Za-z0-9]{{2,10}})\s)?({_NAMES})\s?({_ROLE})\s?=?\s?(?:[|/]\s?)?({_EMAIL})?")


def byline(text: str, known: Mapping[str, str]) -> str | None:
    """``[이데일리 정수영 기자]`` as ``[Edaily reporter Jung Soo-young]``; None where the line is anything else.

    ``known`` gives spellings of persons and English names of outlets and places; others are spelled by the house's rules.
    """
    text = " ".join(text.split())
    if re.fullmatch(_EMAIL, text):
        return text
    match = _BRACKET.fullmatch(text)
    if match:
        people = _people(match[3], known)
        if people is None:
            return None
        outlet = f"{_outlet(match[1], known)} " if match[1] else ""
        place = f", {_place(match[2], known)}" if match[2] else ""
        return f"[{outlet}{_role(match[4], people)} {_listed(people)}{place}]" + (f" {match[5]}" if match[5] else "")
    match = _WIRE.fullmatch(text)
    if match:
        head = f"{_place(match[1], known).upper()} ({_outlet(match[2], known)}) --"
        if not match[3]:
            return head
        people = _people(match[3], known)
        return f"{head} {_role(match[4], people).capitalize()} {_listed(people)}" if people else None
    match = _PLAIN.fullmatch(text)
    if match:
        people = _people(match[3], known)
        if people is None:
            return None
        role = _role(match[4], people)
        before = f"{_outlet(match[2], known)} {role}" if match[2] else role.capitalize()
        place = f", {_place(match[1], known)}" if match[1] else ""
        return f"{before} {_listed(people)}{place}" + (f" {match[5]}" if match[5] else "")
    return None


def _people(names: str, known: Mapping[str, str]) -> list[str] | None:
    out = []
    for name in re.split(r"\s?[·,]\s?", names):
        if name in known:
            out.append(known[name])
        elif surname_of(name):
            out.append(romanize_person(name))
        else:
            return None
    return out


def _role(role: str, people: list[str]) -> str:
    return _ROLES[role] + ("s" if len(people) > 1 else "")


def _listed(people: list[str]) -> str:
    return people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}"


def _outlet(name: str, known: Mapping[str, str]) -> str:
    if name in _OUTLETS or name in known:
        return _OUTLETS.get(name) or known[name]
    for ending, english in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return f"{romanize(name[: -len(ending)]).capitalize()} {english}"
    return romanize(name).capitalize() if re.search("[가-힣]", name) else name


def _place(name: str, known: Mapping[str, str]) -> str:
    return known.get(name) or romanize(name).capitalize()
