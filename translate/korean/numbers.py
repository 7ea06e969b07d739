"""Quantities in Korean text: figures with 만, 억, 조, Sino-Korean and native numerals, percentages, money, dates, times."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from translate.quantity import Quantity, Reading

_BIG = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_SINO = {"영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
# Longest first, so that 개월 is not read as 개.
_COUNTERS = "|".join(
    sorted(
        "명 개국 개월 개 차례 나라 번째 번 살 곳 척 대 가지 시간 달 사람 마리 권 채 발 기 건 쪽 편 배 팀 국가 회 장 병 잔 그루 켤레 "
        "분 가구 세대 정상 장관 주 돌 쌍 갈래 단계 종 종류 군데 군 점 골 경기 세트 판 차 석 표 층 칸 자루 모금 걸음 손 눈 군대 정당 "
        "회사 기업 도시 학교 아이 자녀 여성 남성 후보 년 주년 초 일 인 정 량 문 세 위 호 끼 줄 통 벌 짝 다발 송이 그릇 포기 해 평 "
        "킬로미터 킬로그램 킬로 미터 센티미터 톤 도 제곱미터 리터 헥타르 배럴 마일 노트 인치 학년 개소 곡 세기 포인트 분기 심 선 국 호선 단 척당 거래일 거래처 사이클 미터급 톤급 마디 바퀴 골차 연패 연승 승 패 무 강 라운드 이닝 타수 라인 세트째 면 강국 위권 등 층짜리 보".split(),
        key=len,
        reverse=True,
    )
)
COUNTERS = frozenset(_COUNTERS.split("|"))
_CURRENCIES = "원(?!칙|소)|달러|엔|위안|유로|파운드|루블|페소|루피|동(?![가-힣])"
# What may follow a counter; anything else makes it part of a longer word (한 대학, 백사장, 두 주민).
_END = r"(?![가-힣])|(?=(?:이나|나[\s,.]|배기|꼴|이다|이었|이며|이고|이라|이지|이면|인데|입니다|이던|이자|이든|였|이[\s,.]|인[\s,.]|가[\s,.]|을|를|은[\s,.]|는[\s,.]|의|에|으로|로[\s,.]|와[\s,.]|과[\s,.]|도[\s,.]|만[\s,.]|씩|째|까지|부터|쯤|정도|가량|밖에|마다|당|짜리|들|뿐|이상|이하|미만|동안|간|여|대[\s,.가의에로]|만에|마저|조차|보다|처럼|같은|다[\s.]))"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_COUNT = (
    rf"(?:{_DIGITS}천(?:\s?\d백)?(?:\s?\d십)?(?:\d{{1,3}}(?![\d,.]))?|{_DIGITS}백(?:\s?\d십)?(?:\d(?![\d,.]))?|{_DIGITS}십(?:\d(?![\d,.]))?|{_DIGITS})"
)
_UNITS = rf"(?:{_CURRENCIES}|명|여|개|톤|건|곳|가구|주|대|t)"
_SPACED = rf"(?:\s(?=[만억조]\s?{_UNITS}))?"
# 경 is also 경기 (game), 조 an article of a law (told apart in _figure).
_FIGURE = re.compile(
    rf"(?<![\d.,A-Za-z])(?=\d)"
    rf"(?:{_COUNT}{_SPACED}여?경(?=\s?(?:\d|여|{_CURRENCIES}|[^가-힣\s]|$))\s?)?"
    rf"(?:{_COUNT}{_SPACED}여?조(?!\s?\d항)\s?)?"
    rf"(?:{_COUNT}{_SPACED}여?억\s?)?"
    rf"(?:{_COUNT}{_SPACED}여?만(?:(?=\d)|\s(?={_DIGITS}[천백]|\d[\d,]{{2}}|\d{{1,2}}\s?(?:{_CURRENCIES}|명|개(?!월)))|))?"
    rf"(?:{_COUNT})?"
)
_SINO_CHARS = "일이삼사오육륙칠팔구십백천만억조경"
_SINO_WORD = re.compile(rf"(?<![가-힣0-9])(?:[{_SINO_CHARS}]{{2,}}|[십백천만억](?=여?\s))(?:\s[{_SINO_CHARS}]*[천만억조](?![가-힣]))*")
_SINO_ONE = re.compile(rf"(?<![가-힣\d])([일삼사오육칠팔구])(?=\s?(?:년|개월|퍼센트|킬로미터|킬로그램|개국)(?:{_END}))")
_AFTER_SINO = re.compile(rf"\s?(?:여\s?)?(?:(?:{_COUNTERS}|{_CURRENCIES}|퍼센트)(?:{_END}))")
# Words that look like a numeral: Oman, the wrestler, rescue, high tide, sandy beach, the cities of Icheon and Sacheon.
_NO_SINO = re.compile(r"오만(?!\s?(?:원|명|달러|여|년|개))|이만기|구조|만조|백사장|이천시|사천시|사천성|천만(?:에|의\s?말)|백일장|백일해|일일|구구|일이|삼삼오오|십이지|만일|천일|이사|조사|사이|이조")
_NATIVE_ONES = "다섯|여섯|일곱|여덟|아홉|하나|둘|셋|넷|한|두|세|석|서|네|넉"
_NATIVE = re.compile(
    rf"(?<![가-힣\d])(?!세기|세대|세종|한편|한층|한판|한국|두개골|세 기|열차|열기|열대|열도|열정|열점|열병|열량|열군|열회|열분|서기|서장|서면|서명|서문|서주|서도|세면|세정|세도|석기|석판|석권|석차|석탄|석주|석면|석패|석회|석조|서해|서초|서점|서곡|서편|세무|세척|세차(?!례)|세단(?!계)|세배(?=를|\s?(?:인사|돈))|네일|두통(?!씩)|두건(?=을\s[쓰썼쓴두])|"
    rf"열세(?=를|에|가|로|는|였|이다|\s(?:만회|극복|속))|열등|열강|열선|하나회|한강|한때|한발|한번|한인|한군|한도|한주|한장|한국|한문|한시|네 탓)((?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\s?)?(?:{_NATIVE_ONES})|열|스무|스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?=\s?(?:여\s?)?(?:{_COUNTERS})(?:{_END}))"
)
# Tens and compounds are figures without a counter too (아흔셋, 여든을 넘겼다); 쉰 alone is also hoarse.
_NATIVE_ALONE = re.compile(
    rf"(?<![가-힣\d])((?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)|서른|마흔|예순|일흔|여든|아흔)(?:{_END})"
)
_VAGUE = re.compile(r"(?<![가-힣])(?:수|몇)\s?((?:십|백|천)?(?:만|억|조)|[십백천])(?!\s?개월\s?전\s?부)(?=\s?[가-힣]|\s|$)")
_HALF = re.compile(r"절반")
_NTH = re.compile(r"(?<![가-힣])(?:(첫)(?=째|\s|날|해)|(둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)째)")
# What carries digits without being a figure: names of weapons, meetings, diseases, formats; kings; minutes of a match.
_NAMES = re.compile(
    r"(?<![A-Za-z])[A-Za-z]+[-‐‑]?\d+[A-Za-z]*|(?<!\d)\d{1,6}[A-Za-z]{1,10}(?![가-힣]*\s?(?:km|kg))\d|(?<!\d)[2-6]G(?![A-Za-z])|[가-힣][-‐‑]\d+[가-힣]?|(?<!\d)\d{1,4}\s?[+＋×]\s?\d+|\d플러스\s?\d|"
    r"\d{1,2}[·.]\d{1,2}(?=\s?(?:군사합의|합의|선언|총선|대선|지방선거|재보선|사태|테러|혁명|운동|항쟁|공동선언|조치|부동산|대책|참사|쿠데타|내란|계엄|전당대회))|"
    r"(?<!\d)(?:3·1|4·3|4·19|5·16|5·18|6·10|6·15|6·25|8·15|9·11|9·19|4·27|10·4|10·26|12·3|12·12)(?!\d)|"
    r"(?<!\d)0\d{1,2}[-)]\s?\d{3,4}-\d{4}(?!\d)|(?<!\d)1[568]\d\d-\d{4}(?!\d)|코로나\s?19|정부24|제?(?<!\d)\d{1,4}(?:사단|여단|함대|전투비행단|군단|호기|호선|번지|조\s?\d항)|[가-힣A-Za-z]\s?\d{1,4}(?:호|형)(?![가-힣])|[가-힣]\d{1,4}형|[가-힣]\d{1,4}호(?=의|가|는|에|를|로)|38선|"
    r"(?:루이|찰스|엘리자베스|헨리|에드워드|조지|제임스|윌리엄|베네딕토|바오로|레오|비오|람세스|나폴레옹|니콜라이|표트르|펠리페|메흐메트|라마|알렉산드르)\s?\d{1,2}세|"
    r"후반\s?(?:추가시간\s?)?\d{1,2}분|(?:다우존스|다우|닛케이|니케이|코스피|코스닥|나스닥|유로스톡스|CSI|CAC|FTSE|DAX)\s?\d{2,3}"
)
_MONEY = re.compile(rf"\s?(?:여\s?)?({_CURRENCIES})")
_AFTER = re.compile(
    rf"\s?여?\s?(%\s?(?:포인트|p|P)?|％|퍼센트\s?(?:포인트)?|㎞|㎡|㎏|㎜|㎝|㎿|(?:{_COUNTERS})|[가-힣]{{1,3}}|[A-Za-z]{{1,3}})"
)
_DATE = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)\s?년(?!\s?(?:동안|간|만))\s?(?:(\d{1,2})\s?월\s?(?:(\d{1,2})\s?일(?!\s?(?:간|동안|째|만에))?)?)?|(\d{1,2})\s?월\s?(?:(\d{1,2})\s?일)?|"
    r"((?:19|20)\d\d)[.\-/]\s?(\d{1,2})[.\-/]\s?(\d{1,2})\.?|['’‘`]([0-9]\d)\s?년|"
    r"(?<![\d.])(1[0-2]|[1-9])\.\s?(3[01]|[12]\d|[1-9])\.(?=\s?(?:\([월화수목금토일]\)|\)|[~∼]\s?\d)))"
)
_TIME = re.compile(r"(?:(오전|오후|새벽|아침|낮|저녁|밤)\s?)?(?<!\d)(\d{1,2})\s?시(?!간|도|군|즌|리즈|민)\s?(?:(\d{1,2})\s?분|(반(?=[에까부쯤께경,.\s)]|$)))?|(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\d)")
# 자정 is also self-cleaning.
_NOON = re.compile(r"(?<![가-힣])(?:정오|자정(?=\s?(?:까지|쯤|께|무렵|전|직전|직후|을 (?:넘|기)|에|부터|[.,)])))(?!표)")
_FRACTION = re.compile(r"(?<![\d가-힣])(\d+|[일이삼사오육칠팔구십백천]+)\s?분의\s?(\d+|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])")
_SECONDS = re.compile(r"(?<![\d.])(\d{1,2})초(\d{1,3})(?!\d|\s?[만천]|,\d)")
_LAW = re.compile(r"(?:법|조약|협약|헌장|조례|규약|강령|시행령|규정|협정|나토|선언|합의서?|제|각각)\s?$")
_LAW_AFTER = re.compile(r"\s?(?:제?\s?\d+항|[와과]\s?\d+조|에\s(?:따|근거|의거|의하|명시|규정)|위반|협의|조사|조항|발동|를\s(?:위반|근거|발동)|의\s?\d)")
_LAW_SPOKEN = re.compile(r"헌법|개헌|조약|나토|NATO|조항|\d항|협약|헌장")
_BAND = re.compile(rf"\s?(?:{_CURRENCIES}|명|%|퍼센트)?\s?대\s?(?:초|중|후)반")
_TENTHS = re.compile(r"할(?!인|당|머|아|수|증|부|애)")
_DAYS = re.compile(r"\s?일\s?(?:간|동안|째|만에|치|(?:이상|이내))")
_NIGHTS = re.compile(r"\d박\s?$")
_YEARS = re.compile(r"\s?년\s?(?:간|동안|만에|전|후|여)")
_RANGE = re.compile(r"\s?(?:[~∼～–-]|에서|내지)\s?")


def sino_value(word: str) -> int | None:
    """The value of a Sino-Korean numeral word (삼백오십만), None for what is none (육이오, 조사)."""
    total = part = digit = 0
    small, big = 10**4, 10**20
    bare = True  # nothing said yet for the big unit to come
    for char in word.replace(" ", ""):
        if char in _SINO:
            if digit or not _SINO[char]:
                return None
            digit, bare = _SINO[char], False
        elif char in _SMALL:
            if _SMALL[char] >= small:
                return None
            small = _SMALL[char]
            part, digit, bare = part + (digit or 1) * small, 0, False
        elif char in _BIG:
            # Only 만 and 억 stand alone (만 명, 억 원), and only at the front.
            if _BIG[char] >= big or (bare and (total or char not in "만억")):
                return None
            big, small = _BIG[char], 10**4
            total += (part + digit or 1) * big
            part, digit, bare = 0, 0, True
        else:
            return None
    return total + part + digit


def native_value(word: str) -> int | None:
    """The value of a native numeral (열두, 스물세), None for what is none."""
    word = word.replace(" ", "")
    for ten, value in _TENS.items():
        if word == ten:
            return value
        if word.startswith(ten) and word[len(ten) :] in _ONES:
            return value + _ONES[word[len(ten) :]]
    return _ONES.get(word)


def figure_value(text: str) -> Decimal:
    """The value of a figure in digits and units: ``3조 5000억``, ``1만 2천``, ``9천5백``, ``2억4천여만``, ``12,345.6``."""
    total = part = Decimal(0)
    for number, small, big in re.findall(rf"({_DIGITS})\s?([천백십])?\s?여?([경조억만])?", text):
        part += Decimal(number.replace(",", "")) * _SMALL.get(small, 1)
        if big:
            total += part * _BIG[big]
            part = Decimal(0)
    return total + part


def quantities(text: str) -> list[Quantity]:
    """The quantities of a Korean text, in order; what each word of digits is a name of (F-35, G7, 9·19 합의) is none.

    수십만 is kind vague with the value of its unit (100000), as "hundreds of thousands" is in English.
    """
    return list(_read(text))


# Several checks read the same sentence one after the other.
@lru_cache(maxsize=64)
def _read(text: str) -> tuple[Quantity, ...]:
    reading = Reading(text, _NAMES)
    free, add = reading.free, reading.add
    for match in _DATE.finditer(text):
        if free(*match.span()):
            _date(match, add)
    for match in _TIME.finditer(text):
        if free(*match.span()):
            hour, minute = int(match[2] or match[5]), int(match[3] or match[6] or (30 if match[4] else 0))
            # 밤 1시 is after midnight.
            if match[1] in ("오후", "저녁", "밤", "낮") and hour < 12 and not (match[1] == "밤" and hour < 5):
                hour += 12
            if match[1] in ("오전", "새벽", "밤") and hour == 12:
                hour = 0
            if hour <= 24 and minute < 60:
                add("time", f"{hour}{minute:02d}", "hour-minute", *match.span())
    for match in _NOON.finditer(text):
        if free(*match.span()):
            add("time", "1200" if match[0] == "정오" else "000", "hour-minute", *match.span())
    for match in _FRACTION.finditer(text):
        below = int(match[1]) if match[1].isdigit() else sino_value(match[1])
        above = int(match[2]) if match[2].isdigit() else sino_value(match[2])
        if below and above and free(*match.span()):
            add("fraction", Decimal(above) / Decimal(below), f"{above}/{below}", *match.span())
    for match in _HALF.finditer(text):
        add("fraction", "0.5", "1/2", *match.span())
    for match in _SECONDS.finditer(text):
        if free(*match.span()):
            add("number", f"{match[1]}.{match[2]}", "초", *match.span())
    for match in _VAGUE.finditer(text):
        if free(*match.span()):
            add("vague", sino_value(match[1].replace("조", "일조") if match[1] == "조" else match[1]) or 0, "", *match.span())
    for match in _FIGURE.finditer(text):
        if match[0] and free(*match.span()):
            _figure(text, match.start(), match.start() + len(match[0].rstrip()), add)
    for match in _SINO_WORD.finditer(text):
        _sino(text, match, free, add)
    for match in _SINO_ONE.finditer(text):
        if free(*match.span(1)):
            add("number", _SINO[match[1]], _kind(text, match.end(1))[1], *match.span(1))
    for match in _NATIVE.finditer(text):
        count = native_value(match[1])
        if count and free(*match.span(1)):
            unit = _kind(text, match.end(1))[1]
            add("ordinal" if unit == "번째" else "number", count, unit, *match.span(1))
    for match in _NATIVE_ALONE.finditer(text):
        if free(*match.span(1)):
            add("number", native_value(match[1]) or 0, "", *match.span(1))
    for match in _NTH.finditer(text):
        if free(*match.span()):
            add("ordinal", 1 if match[1] else native_value(match[2]) or 0, "", *match.span())
    return tuple(_ranges(text, sorted(reading.found, key=lambda q: q.start)))


_Add = Callable[[str, Decimal | int | str, str, int, int], None]


def _date(match: re.Match[str], add: _Add) -> None:
    year, month, day = match[1] or match[6], match[2] or match[4] or match[7] or match[10], match[3] or match[5] or match[8] or match[11]
    if match[9]:
        year = ("19" if int(match[9]) > 60 else "20") + match[9]
    if (month is None or 1 <= int(month) <= 12) and (day is None or 1 <= int(day) <= 31):
        parts = [p for p, v in (("year", year), ("month", month), ("day", day)) if v]
        add("date", "".join(f"{int(v):02d}" for v in (year, month, day) if v), "-".join(parts), *match.span())


def _figure(text: str, start: int, end: int, add: _Add) -> None:
    figure = text[start:end]
    if re.fullmatch(r"0\d+", figure):  # a number of registration or a telephone
        return
    kind, unit = _kind(text, end)
    value = figure_value(figure)
    before = text[max(0, start - 4) : start]
    article = re.fullmatch(r"(\d{1,3})조", figure)
    if article and kind == "number" and (_LAW.search(before) or _LAW_AFTER.match(text, end) or _LAW_SPOKEN.search(text[max(0, start - 200) : end + 60])):
        kind, unit, value = "ordinal", "조", Decimal(article[1])
    elif re.search(r"제\s?$", before) or unit in ("번째", "위", "등"):
        kind = "ordinal"
    elif _TENTHS.match(text, end):
        kind, unit, value = "percent", "%", value * 10
    elif _BAND.match(text, end) and not (re.fullmatch(r"[1-9]0", figure) and text[end : end + 1] == "대"):
        kind = "vague"  # but 30대 초반 is an age, the early 30s
    elif unit == "일" and not _DAYS.match(text, end) and not _NIGHTS.search(before) and re.fullmatch(r"[12]?\d|3[01]", figure):
        kind, unit = "date", "day"
    elif unit in ("년", "년대") and re.fullmatch(r"(?:19|20)\d\d", figure) and not _YEARS.match(text, end):
        kind, unit = "date", "year"
    add(kind, value, unit, start, end)


def _sino(text: str, match: re.Match[str], free: Callable[[int, int], bool], add: _Add) -> None:
    word, start = match[0], match.start()
    if _NO_SINO.match(text, start) or not free(*match.span()):
        return
    # The last syllable may belong to what follows (이천이십육일), so the word is shortened until a counter fits.
    for size in range(len(word) if len(word) < 40 else 0, 0, -1):
        value = sino_value(word[:size])
        end = start + size
        if not value or value < 10:
            continue
        kind, unit = _kind(text, end)
        counted = _AFTER_SINO.match(text, end) is not None
        # Without a counter only what can hardly be another word: three syllables and more, two of them units or digits.
        alone = size == len(word) >= 3 and re.match(rf"(?:{_END})", text[end : end + 8]) and re.search("[십백천].*[일이삼사오육칠팔구십백천만]", word)
        if counted or alone:
            if unit == "년" and 1900 <= value <= 2099 and not _YEARS.match(text, end):
                kind, unit = "date", "year"
            add("ordinal" if unit == "번째" else kind, value, unit if counted else "", start, end)
            return


def _kind(text: str, end: int) -> tuple[str, str]:
    money = _MONEY.match(text, end)
    if money:
        return "money", money[1]
    after = _AFTER.match(text, end)
    unit = after[1] if after else ""
    if unit.startswith(("%", "％", "퍼센트")):
        return "percent", "point" if re.search("포인트|[pP]", unit) else "%"
    return "number", unit


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """``3~5만 명``: the first figure of a range takes kind, unit and 만 of the second."""
    out = list(found)
    for i in range(len(found) - 2, -1, -1):
        this, other = out[i], out[i + 1]
        if this.kind != "number" or this.unit not in ("", "에서", "내지") or not re.fullmatch(r"[\d,.]+", this.text):
            continue
        if not _RANGE.fullmatch(text, this.end, other.start):
            continue
        big = other.text[-1:] if other.text[-1:] in _BIG else ""
        if other.kind == "date" and this.value > {"day": 31, "month": 12}.get(other.unit, 0):
            continue
        if other.kind in ("number", "money", "percent", "ordinal", "date"):
            out[i] = replace(this, kind=other.kind, unit=other.unit, value=this.value * _BIG.get(big, 1))
    return out
