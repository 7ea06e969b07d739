"""Personal names that no glossary has: found by their titles, spelled once a document, and kept so.

A Korean name followed by a title (정수영 기자, 한도윤 국방부 장관) gets one English spelling for the whole document, by the
house's rules (`translate.korean.romanization`); later mentions by full name or by family name and title follow it.  In the
ledger these lines have the status ``document``.  Foreign names are never spelled by rule: they come from lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from translate.document import Occurrence
from translate.korean.particles import is_particles
from translate.korean.romanization import NORTHERN_SURNAMES, SURNAMES, romanize_northern, romanize_person, surname_of

_TITLE_WORDS = (
    "기자 특파원 논설위원 선임기자 앵커 아나운서 PD 장관 차관 대통령 총리 의원 대표 위원장 "
    "부위원장 의장 부의장 교수 소장 실장 원장 본부장 단장 사장 회장 부회장 이사장 전무 상무 감독 "
    "코치 선수 투수 포수 씨 군 양 연구원 연구위원 대변인 국장 과장 팀장 청장 시장 지사 군수 "
    "구청장 판사 검사 변호사 대사 공사 사령관 참모총장 총장 대장 중장 소장 준장 대령 중령 소령 "
    "대위 중위 소위 상사 중사 하사 병장 상병 일병 이병 후보 수석 비서관 행정관 비서실장 안보실장 "
    "작가 배우 가수 박사 원내대표 최고위원 부대변인 센터장 학장 교장 대표이사 부총리 조정관 주무관 "
    "사무관 경감 경위 경정 총경 처장 차장 총재 은행장 행장 서장 부장 지부장 조합장 분석관 수사관 "
    "신부 목사 스님 추기경 총참모장 부총참모장 후보자 내정자 지명자 당선인 당선자 권한대행 직무대행 "
    "지검장 고검장 검사장 재판관 대법관 재판장 차관보 보좌관 선생 여사 할머니 할아버지 시인 소설가 화백 셰프 "
    "평론가 활동가 노무사 회계사 세무사 간호사 약사 소방장 소방교 소방위 경사 경장 순경 치안감 치안정감 경무관"
)
_TITLES = "|".join(sorted(_TITLE_WORDS.split(), key=len, reverse=True))  # the longest wins: 대표이사, not 대표
# A name's title: behind an age or hanja in brackets, other names that share it (조은겸·방서진 의원), an office of up to three words.
_AFTER = re.compile(
    r"(?:\s?[(（][^()（）]{1,24}[)）])?,?\s?(?:[가-힣A-Za-z0-9·]+,?\s){0,3}?(?:전\s)?[가-힣0-9]{0,8}"
    rf"(?:{_TITLES}|외무성 부상)([가-힣]*)"
)
# What stands before a name (대변인 조은겸은, 배우 채소율이); 군 is also the army, 공사 a building site.
_LEADING = "|".join(
    [*(t for t in _TITLES.split("|") if t not in ("군", "양", "씨", "공사")),
     *"골키퍼 공격수 수비수 미드필더 주장 피고인 피의자 원고 피아니스트 바이올리니스트 지휘자 안무가 건축가".split()]
)  # fmt: skip
_BEFORE = re.compile(rf"(?:{_LEADING})\s$")
# An age, or hanja, alone tells a person: 심하준(28·전북), 표예림(表藝林).
_PERSONAL = re.compile(r"\s?[(（](?:(?:만\s?)?\d{1,2}(?:세)?(?:[)）·,]|\s?[남여][)）·,])|[\u4e00-\u9fff]{3,4}[)）])")
_MARK = re.compile(rf"{_PERSONAL.pattern}|{_LEADING}|[군양씨]|공사")
# Titles that are often written together with a name, so that they show where it ends.
_GLUED = re.compile(r"(?:씨|의원|장관|대표|기자|교수|총리|대통령|선수|감독|후보|의장)([가-힣]*)")
_TITLE = re.compile(_TITLES)
# 조선대 교수 and 한빛대 국제정치학과 교수 are a university's.
_UNIVERSITY = re.compile(
    r"대\s(?:[가-힣]+(?:과|학부|대학원|연구소|센터)\s)?(?:명예|석좌|특임|초빙|연구)?(?:교수|총장|부총장|학장|연구원|연구팀|병원)"
)
# Persons of the North have three words and no hyphen, and are told by their offices.
_NORTH = re.compile(
    r"북한\s(?:외무성|국방성|내각|노동당|당|군|최고인민회의|국무위|총리|외무상|국방상|부상|대사|선수)"
    r"|인민군|최고인민회의|국무위원회|조선노동당|당 중앙위"
)
_PERSON = re.compile(r"(?!North|South)[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+")
# What begins like a surname, has three syllables and stands before titles, but is nobody.
_NO_PERSONS = frozenset(
    (
        "한미일 한중일 한일중 강원도 전라도 경상도 충청도 제주도 경기도 황해도 "
        "함경도 평안도 정부군 유엔군 조선인 한국인 전인대 금수산 남한산 북한산 "
        "유일한 국빈관 임명장 임명식 진수식 추모식 현판식 위촉식 임관식 전역식 기공식 조인식 명명식 선포식"
    ).split()
)
# Syllables of Korean given names.  A name with any other (사이토, 노르마) is foreign: never spelled by rule.
_GIVEN = frozenset(
    "가각간갑강건걸겸경계고곤공관광교구국군권귀규균근금기길나난남내노누늘다단달담대덕도돈동두득든들라락란람랑래량려련령례로록률름리린림"
    "만명모목몽무묵문미민박반방배백범법별병보복봄봉부빈빛사산삼상새샘서석선설섭성세소솔솜송수숙순슬승시식신실심아안애양언여연열엽영예오옥온"
    "완왕용우욱운울웅원월위유윤율융은을음의이익인일임자장재전정제조종주준중지직진찬창채천철청초춘충치칠탁태택판평필하학한해향헌혁현형혜호"
    "홍화환황회효후훈휘흔흠흥희힘결겨울표룡본비낙응업행점말항좌"
)
_WORD = re.compile(r"(?<![가-힣A-Za-z0-9])[가-힣]{3,}")
_HANGUL = re.compile(r"[가-힣]+")
# What the last syllable of a given name may be, and a particle or a verb's ending after a noun.
_ENDING = frozenset("이가의은는을를도만에로와과한해된될할인들하기자")
# How much worse, in the analyser's log-probabilities, a name may be than the pieces it was cut into: 진하람 (0.9) is one,
# 강력팀 (2.2) is not.
_CLOSE = 1.2
# Given names that are words of their own, with syllables that no other has.
_NATIVE = frozenset("나루 이레 소망 믿음 초롱 아롱 버들 바다 하랑 다솜 미르 새롬 새벽 샛별 한별 빛나 고운 으뜸".split())
# Before a short mention's title: 정 원내대표, 박 전 장관, 국씨; not every word, or 이 국가대표 (this player) would be a Lee.
_SHORT = re.compile(
    rf"(?<![가-힣A-Za-z0-9])([가-힣]{{1,2}})(?:(?=씨)|\s(?:전\s)?)(?:공동|상임|수석|선임|명예|정책|비서|안보|국방|외교|통일|법무|부|신임)?({_TITLES})([가-힣]*)"
)
# Former and present are no surnames there; 양 장관 are two ministers.
_NO_SURNAMES = frozenset("전 현 양 각 제 총 모".split())
# 한 선수 is also a player, 이 교수 this professor: with a title that many have, the full name must have it, too.
_DETERMINERS = frozenset("한 이 고".split())
_OF_MANY = frozenset(
    (
        "의원 선수 투수 포수 교수 기자 변호사 검사 판사 대법관 재판관 작가 시인 소설가 배우 가수 감독 코치 할머니 할아버지 활동가 "
        "간호사 약사 회계사 세무사 노무사 연구원 연구위원 박사 목사 신부 스님 셰프 평론가 화백 최고위원 비서관 행정관 주무관 사무관 "
        "팀장 과장 국장 실장 사장 소장 센터장 교장 병장 상병 일병 이병 하사 중사 상사 소위 중위 대위 경사 경장 순경 소방교 소방장 군 양"
    ).split()
)


def known_names() -> dict[str, str]:
    """Names with established English spellings: the embedded engine's lexicon."""
    from translate.engines.embedded_build import MODEL_FOLDER
    from translate.engines.lexicon import load_lexicon

    return load_lexicon(MODEL_FOLDER / "lexicon.tsv.xz")


def person_names(texts: Sequence[str], known: Sequence[str] = ()) -> dict[str, str]:
    """``{full name in Hangul: spelling}`` of the persons that ``texts`` (one document's segments) name with a title.

    ``known`` are strings that are something else (glossary terms): never taken for names.
    """
    lexicon = known_names()
    taken = set(known)
    found: dict[str, str] = {}
    for text in texts:
        if not _MARK.search(text):
            continue
        for name, end, proper in _candidates(text):
            if name in taken or name in found:
                continue
            start = end - len(name)
            named = _AFTER.match(text, end)
            north = bool(named and len(named[1]) <= 2 and _NORTH.search(text[max(0, start - 14) : named.end()]))
            surname = surname_of(name) or (name[0] if north and name[0] in NORTHERN_SURNAMES else "")
            given = name[len(surname) :]
            if not surname or len(given) != 2 or _UNIVERSITY.match(text, end - 1):
                continue
            if not (proper and named and len(named[1]) <= 2) and not _is_titled(text, start, end):
                continue
            established = lexicon.get(name, "")
            if name in _NO_PERSONS or (established and not _PERSON.fullmatch(established)):
                continue
            if not established and (given.endswith("치") or not (given in _NATIVE or _GIVEN.issuperset(given))):
                continue
            if established or proper or _reads_as_name(name):
                found[name] = romanize_northern(name) if north else established or romanize_person(name)
    return found


def _candidates(text: str) -> Iterator[tuple[str, int, bool]]:
    """(word, end, whether it is a name for the analyser) of what may be a full name: a noun of three or four syllables, and
    three at a word's beginning that may be a surname with its given name, however the analyser cuts them."""
    from translate.engines.lexicon import analysed

    ends, endings, surnames = set(), set(), set()
    for token in analysed(text):
        if token.tag in ("NNP", "NNG") and 3 <= len(token.form) <= 4:
            ends.add(token.start + token.len)
            yield token.form, token.start + token.len, token.tag == "NNP"
        elif token.tag[0] in "JE" and token.form in _ENDING:
            endings.add(token.start + token.len)
        elif token.tag == "NNP" and token.form in SURNAMES:  # 박 + 서준
            surnames.add(token.start)
    for word in _WORD.finditer(text):
        surname = surname_of(word[0])
        end = word.start() + len(surname) + 2
        if not surname or end > word.end() or end in ends or end in endings or _TITLE.match(word[0]):
            continue
        name, rest = text[word.start() : end], text[end : word.end()]
        if _ends_there(rest) or (is_particles(rest) and _BEFORE.search(text[max(0, word.start() - 8) : word.start()])):
            yield name, end, word.start() in surnames


@lru_cache(maxsize=10000)
def _reads_as_name(name: str) -> bool:
    """True if the analyser takes the word for a name, or nearly, where a person stands.

    In another sentence it may cut a name that it does not know (방 + 서진), or call it a noun.
    """
    from translate.engines.lexicon import analyser

    if name[-1] in _ENDING and known_names().get(name[:-1], "A").islower():  # 예산이, 금지한
        return False
    readings = analyser().analyze(f"{name} 장관은 말했다.", top_n=8)
    scores = [score for tokens, score in readings if tokens[0].form == name and tokens[0].tag == "NNP"]
    return bool(scores) and scores[0] > readings[0][1] - _CLOSE


def _is_titled(text: str, start: int, end: int) -> bool:
    """True if [start, end) stands near before a title, right after one, or before an age or hanja in brackets."""
    if _PERSONAL.match(text, end) or _BEFORE.search(text[max(0, start - 8) : start]):
        return True
    rest = _HANGUL.match(text, end)
    if rest and not _ends_there(rest[0]):
        return False
    after = _AFTER.match(text, end)
    return bool(after and is_particles(after[1]))


def _ends_there(rest: str) -> bool:
    """True if a name may end before ``rest``, its word's other syllables: there are none, or they are a title."""
    glued = _GLUED.match(rest)
    return not rest or bool(glued and is_particles(glued[1]))


def name_occurrences(
    texts: Sequence[str], matched: Sequence[tuple[Occurrence, ...]]
) -> list[tuple[Occurrence, ...]]:
    """For each text the glossary's occurrences and those of the document's persons, in order, none overlapping."""
    known = {o.term for occurrences in matched for o in occurrences}
    names = person_names(texts, list(known))
    spellings: dict[str, set[str]] = {}
    for name, spelling in names.items():
        spellings.setdefault(surname_of(name) or name[0], set()).add(spelling.split(" ")[0])
    # A Lee and a Rhee in one document: 이 장관 may be either.
    surnames = {s: min(forms) for s, forms in spellings.items() if len(forms) == 1 and s not in _NO_SURNAMES}
    out = []
    mentioned: set[str] = set()
    for text, occurrences in zip(texts, matched, strict=True):
        added: list[Occurrence] = []

        def free(start: int, end: int, taken: tuple[Occurrence, ...] = occurrences, new: list[Occurrence] = added) -> bool:
            return all(end <= o.start or o.end <= start for o in (*taken, *new))

        for name, spelling in names.items():
            for match in re.finditer(rf"(?<![가-힣]){name}(?=([가-힣]*))", text):
                glued = is_particles(match[1]) or _TITLE.match(match[1])
                if glued and free(match.start(), match.end()):
                    # At the first mention the full name, later the family name is enough.
                    wanted = (spelling, spelling.split(" ")[0]) if name in mentioned else (spelling,)
                    mentioned.add(name)
                    added.append(_occurrence(match.start(), match.end(), name, wanted))
        for match in _SHORT.finditer(text):
            surname, title, rest = match.groups()
            if surname not in surnames or not is_particles(rest) or not free(match.start(1), match.end(1)):
                continue
            if surname not in _DETERMINERS or title not in _OF_MANY or _has_title(names, surname, title, texts):
                added.append(_occurrence(match.start(1), match.end(1), match[1], (surnames[match[1]],)))
        out.append(tuple(sorted((*occurrences, *added), key=lambda o: o.start)))
    return out


def _has_title(names: Iterable[str], surname: str, title: str, texts: Sequence[str]) -> bool:
    """True if a text names a person of that surname with the title."""
    full = "|".join(name for name in names if name.startswith(surname))
    named = re.compile(rf"(?:{full})[^.\n]{{0,25}}?{title}|{title}\s(?:{full})")
    return any(named.search(text) for text in texts)


def _occurrence(start: int, end: int, name: str, wanted: tuple[str, ...]) -> Occurrence:
    full = len(name) > 2 or name not in SURNAMES
    note = "spelled by the house's rules; put the person's own spelling into a glossary" if full else "family name"
    return Occurrence(start, end, f"document:{name}", name, wanted, glossary="document", status="document", note=note)
