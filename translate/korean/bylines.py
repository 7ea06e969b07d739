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
# What a reporter writes about: 의학전문기자, 정치부 기자.
_SUBJECTS = {
    "정치": "political", "경제": "business", "사회": "social affairs", "국제": "international", "문화": "culture",
    "스포츠": "sports", "체육": "sports", "산업": "industry", "금융": "finance", "증권": "securities", "부동산": "real estate",
    "과학": "science", "의학": "medical", "군사": "military", "국방": "defense", "환경": "environment", "교육": "education",
    "법조": "legal", "노동": "labor", "음식": "food", "여행": "travel", "영화": "film", "음악": "music", "사진": "photo",
    "전국": "national", "디지털": "digital",
}  # fmt: skip
_CREDITS = {
    "글": "Text", "사진": "Photos", "글·사진": "Text and photos", "글 사진": "Text and photos",
    "취재": "Reporting", "정리": "Compiled by", "영상": "Video",
    "영상취재": "Camera", "촬영": "Camera", "영상편집": "Video editing", "편집": "Editing", "그래픽": "Graphics",
    "자막": "Subtitles", "취재기자": "Reporter", "촬영기자": "Camera", "영상디자인": "Video design",
}  # fmt: skip
# Towns whose names are also words: a lexicon of words has the word (양산 mass production, 화성 Mars).
_TOWNS = frozenset("구리 화성 동해 부여 예산 강진 장성 상주 고령 진주 양산 거창 고성 영광 보성 장수 완주 의성".split())
_BEGINNINGS = (("뉴스", "News"), ("스포츠", "Sports "), ("주간", "Weekly "), ("월간", "Monthly "))
_ENDINGS = (
    ("신문", "Shinmun"), ("일보", "Ilbo"), ("뉴스", "News"), ("방송", "Broadcasting"), ("통신", "News Agency"), ("경제", "Economy"),
    ("타임스", "Times"), ("타임즈", "Times"), ("저널", "Journal"), ("데일리", "Daily"), ("투데이", "Today"), ("미디어", "Media"),
)  # fmt: skip
_ROLE = rf"(?:(?:{'|'.join(_SUBJECTS)})\s?)?(?:{'|'.join(sorted(_ROLES, key=len, reverse=True))})"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# Not 명소담 의학 | 전문기자.
_NO_NAME = rf"(?!(?:{'|'.join(_SUBJECTS)})\s?(?:{'|'.join(_ROLES)}))"
_NAMES = rf"{_NO_NAME}[가-힣]{{2,4}}(?:(?:\s?[·,ㆍ]\s?|\s(?=[가-힣]{{2,4}}(?:\s?[·,ㆍ]|\s)))[가-힣]{{2,4}}){{0,3}}"
_OUTLET = r"[가-힣A-Za-z0-9]+(?:\s?[A-Z]\w*)?"
_PLACE = r"[가-힣]{2,8}(?:[·,/][가-힣]{2,8})?"
_BRACKET = re.compile(
    rf"\[(?:({_OUTLET})\s?=\s?(?:({_OUTLET})[\s,]\s?)?|(?:({_OUTLET})\s)?(?:({_PLACE})\s?[=|]\s?)?)({_NAMES})\s?({_ROLE})\]\s*({_EMAIL})?"
)
_WIRE = re.compile(rf"[(\[]({_PLACE})\s?=\s?([가-힣A-Za-z0-9]+)[)\]]\s*(?:({_NAMES})\s?({_ROLE}))?\s?=?")
_PLAIN = re.compile(
    rf"(?:기자명\s)?(?:({_PLACE})\s?[=|]\s?|\[({_OUTLET})\]\s?)?(?:([가-힣A-Za-z0-9]{{2,10}})\s)?({_NAMES})\s?({_ROLE})\s?=?\s?(?:[|/]\s?)?\(?({_EMAIL})?\)?"
)
_ADDRESSES = re.compile(rf"[◎◇■]?\s?(?:공감언론\s)?(?:([가-힣]{{2,6}})\s)?({_EMAIL}(?:\s?,\s?{_EMAIL})*)")
_CREDIT = re.compile(
    rf"({'|'.join(sorted(_CREDITS, key=len, reverse=True))})\s?[=:]?\s?({_NAMES}?)(?:\s?{_ROLE})?(?:\s({_EMAIL}))?"
    rf"(?=\s*[/·,|]\s*|\s*$|\s+(?:{'|'.join(_CREDITS)}))"
)


def byline(text: str, known: Mapping[str, str]) -> str | None:
    """``[이데일리 정수영 기자]`` as ``[Edaily reporter Jung Soo-young]``; None where the line is anything else.

    ``known`` gives spellings of persons and English names of outlets and places; others are spelled by the house's rules.
    """
    text = " ".join(text.split())
    match = _ADDRESSES.fullmatch(text)
    if match:
        return f"{_outlet(match[1], known)} {match[2]}" if match[1] else match[2]
    match = _BRACKET.fullmatch(text)
    if match:
        first, second, names, role = match[1] or match[3] or "", match[2] or match[4] or "", match[5], match[6]
        if first[:-1] in _SUBJECTS and first.endswith("부"):
            first, role = "", first[:-1] + role
        elif match[1] and _is_person(second):  # 부산=강도하 윤세나 기자
            second, names = "", f"{second} {names}"
        elif not match[1] and _is_person(first):
            first, names = "", f"{first} {names}"
        people = _people(names, known)
        if people is None:
            return None
        outlet, place = _outlet_and_place(first, second)
        title = f"{_outlet(outlet, known)} {_role(role, people)}" if outlet else _capital(_role(role, people))
        after = f", {_place(place, known)}" if place else ""
        return f"[{title} {_listed(people)}{after}]" + (f" {match[7]}" if match[7] else "")
    match = _WIRE.fullmatch(text)
    if match:
        head = f"{_place(match[1], known).upper()} ({_outlet(match[2], known)}) --"
        if not match[3]:
            return head
        people = _people(match[3], known)
        return f"{head} {_capital(_role(match[4], people))} {_listed(people)}" if people else None
    return _plain(text, known) or _credits(text, known)


def _plain(text: str, known: Mapping[str, str]) -> str | None:
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    place, outlet, names, role = match[1], match[2] or "", match[4], match[5]
    if match[3] and match[3][:-1] in _SUBJECTS and match[3].endswith("부"):
        role = match[3][:-1] + role  # 정치부 한도윤 기자
    elif match[3] and _is_person(match[3]):
        names = f"{match[3]} {names}"
    elif match[3]:
        outlet = match[3]
    if place and not outlet and _is_outlet(place):
        place, outlet = "", place
    people = _people(names, known)
    if people is None:
        return None
    title = _role(role, people)
    before = f"{_outlet(outlet, known)} {title}" if outlet else _capital(title)
    after = f", {_place(place, known)}" if place else ""
    return f"{before} {_listed(people)}{after}" + (f" {match[6]}" if match[6] else "")


def _credits(text: str, known: Mapping[str, str]) -> str | None:
    """글 지우진 기자 · 사진 변하윤 기자; 글 지우진 기자 woojin@… 사진 변하윤 기자; 영상취재: 도준서 / 영상편집: 진이솔."""
    out, at = [], 0
    for match in _CREDIT.finditer(text):
        people = _people(match[2], known)
        if people is None or text[at : match.start()].strip(" /·,|"):
            return None
        label = _CREDITS[match[1]]
        credit = f"{label} {_listed(people)}" if label.endswith(" by") else f"{label}: {_listed(people)}"
        out.append(f"{credit} {match[3]}" if match[3] else credit)
        at = match.end()
    return " / ".join(out) if out and at == len(text) else None


def _outlet_and_place(first: str, second: str) -> tuple[str, str]:
    """Which of 부산=한결일보, 스포츠한빛=대전, 한결일보 부산=, 뉴스핀 = and 부산= is the outlet, which the place."""
    if first and second:
        return (second, first) if _is_outlet(second) and not _is_outlet(first) else (first, second)
    alone = first or second
    return (alone, "") if _is_outlet(alone) else ("", alone)


def _is_outlet(name: str) -> bool:
    named = name in _OUTLETS or name.endswith(tuple(k for k, _ in _ENDINGS)) or name.startswith(tuple(k for k, _ in _BEGINNINGS))
    return named or re.search("[A-Za-z]", name) is not None


def _is_person(word: str) -> bool:
    return len(word) == 3 and surname_of(word) != "" and not _is_outlet(word)


def _people(names: str, known: Mapping[str, str]) -> list[str] | None:
    out = []
    for name in re.split(r"\s?[·,ㆍ]\s?|\s", names):
        # 이슬 is a reporter here, not dew: only what is spelled like a person's name is one.
        if re.fullmatch(r"[A-Z][\w'’.]*(?:[ -][\w'’.]+)+", known.get(name, "")):
            out.append(known[name])
        elif surname_of(name):
            out.append(romanize_person(name))
        else:
            return None
    return out


def _role(role: str, people: list[str]) -> str:
    subject = next((s for s in _SUBJECTS if role.startswith(s)), "")
    post = role.removeprefix(subject).strip()
    title = f"{_SUBJECTS[subject]} {'reporter' if post == '전문기자' else _ROLES[post]}" if subject else _ROLES[post]
    return title + ("s" if len(people) > 1 else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(people: list[str]) -> str:
    return people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}"


def _outlet(name: str, known: Mapping[str, str]) -> str:
    latin = re.search(r"(?<=\s)[A-Z]\w+$", name)  # 뉴스핀 Newspin
    if latin and re.search("[가-힣]", name):
        return latin[0]
    if name in _OUTLETS or re.match("[A-Z]", known.get(name, "")):
        return _OUTLETS.get(name) or known[name]
    for ending, english in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return f"{romanize(name[: -len(ending)]).capitalize()} {english}"
    for beginning, english in _BEGINNINGS:
        if re.fullmatch(rf"{beginning}[가-힣]+", name):
            rest = romanize(name[len(beginning) :])
            return english + (rest.capitalize() if english.endswith(" ") else rest)
    return romanize(name).capitalize() if re.search("[가-힣]", name) else name


def _place(name: str, known: Mapping[str, str]) -> str:
    def one(place: str) -> str:
        english = known.get(place, "")
        return english if english[:1].isupper() and place not in _TOWNS else romanize(place).capitalize()

    return "-".join(one(place) for place in re.split("[·,/]", name))
