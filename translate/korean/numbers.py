"""Quantities in Korean text: figures with 만, 억, 조, percentages, money, dates, times, counters, native numerals."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from translate.quantity import Quantity

_BIG = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_SINO = {"영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_COUNTERS = (
    "명|개국|개월|개|차례|나라|번째|번|살|곳|척|대|가지|시간|달러|달|사람|마리|권|채|발|기|건|쪽|편|배|팀|국가|회|장|병|잔|그루|켤레|분|가구|세대|정상|장관|"
    "주|돌|쌍|갈래|단계|종|종류|군데|군|점|골|경기|세트|판|차|석|표|층|칸|자루|모금|걸음|손|눈|군대|정당|회사|기업|도시|학교|아이|자녀|여성|남성|후보"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_COUNT = rf"(?:{_DIGITS}천\s?\d{{1,3}}(?![\d,])|{_DIGITS}\s?[천백]?)"
_PART = rf"(?:{_COUNT}\s?[경조억만]\s?)"
_FIGURE = re.compile(rf"(?<![\d.,A-Za-z])({_PART}+(?:{_DIGITS}천\s?\d{{1,3}}(?![\d,])|{_DIGITS}(?:[천백](?![가-힣]{{2}}))?(?![\d.]*[경조억만]))?|{_DIGITS}천\s?\d{{1,3}}(?![\d,])|{_DIGITS}\s?[천백](?=\s?(?:{_COUNTERS}|원|여|만|억))|{_DIGITS})")
_SINO_WORD = re.compile(rf"(?<![가-힣0-9])([일이삼사오육칠팔구십백천만억조]{{2,}}|(?<!수\s)(?<!몇\s)[백천만억](?=\s(?:명|원|달러|개|년)))(?=\s?(?:여\s?)?(?:{_COUNTERS}|원|퍼센트|년|킬로))")
_NATIVE_ONES = "다섯|여섯|일곱|여덟|아홉|하나|둘|셋|넷|한|두|세|석|서|네|넉"
_NATIVE = re.compile(
    rf"(?<![가-힣\d])(?!세기|세대|세종|한편|한층|한판|한국|두개골)((?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\s?)?(?:{_NATIVE_ONES})|열|스무|스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?=\s?(?:{_COUNTERS})(?![가-힣]*\s?=))"
)
_VAGUE = re.compile(r"수\s?(십만|백만|천만|십억|백억|천억|십조|백조|십|백|천|만|억|조)(?=\s?[가-힣])|절반")
# What carries digits without being a figure: names of weapons, meetings, diseases, formats.
_NAMES = re.compile(
    r"[A-Za-z]+[-‐‑]?\d+[A-Za-z]*|\d+[A-Za-z]+(?![가-힣]*\s?(?:km|kg))\d|[가-힣]+[-‐‑]\d+[가-힣]?|\d+\s?[+＋]\s?\d+|\d플러스\s?\d|"
    r"\d{1,2}[·.]\d{1,2}(?=\s?(?:군사합의|합의|선언|총선|대선|지방선거|재보선|사태|테러|혁명|운동|항쟁|공동선언|조치|부동산|대책|참사|쿠데타|내란|계엄))|"
    r"(?<!\d)(?:3·1|4·3|4·19|5·16|5·18|6·10|6·15|6·25|8·15|9·11|9·19|4·27|10·4|10·26|12·3|12·12)(?!\d)|"
    r"코로나\s?19|(?:제)?\d+(?:사단|여단|함대|전투비행단|군단|호기|호선|번지|조\s?\d항)|[가-힣A-Za-z]+\s?\d+(?:호|형|세)(?![가-힣])|38선"
)
_MONEY = re.compile(r"\s?(?:여\s?)?(원|달러|엔|위안|유로|파운드|루블|페소|루피|동)")
_AFTER = re.compile(r"\s?여?\s?(%\s?(?:포인트|p|P)?|퍼센트\s?(?:포인트)?|㎞|㎡|㎏|㎜|㎝|[가-힣]{1,3}|[A-Za-z]{1,3})")
_DATE = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)\s?년\s?(?:(\d{1,2})\s?월\s?(?:(\d{1,2})\s?일(?!\s?(?:간|동안|째|만에))?)?)?|(\d{1,2})\s?월\s?(?:(\d{1,2})\s?일)?|"
    r"((?:19|20)\d\d)[.\-/]\s?(\d{1,2})[.\-/]\s?(\d{1,2})\.?)"
)
_TIME = re.compile(r"(?:(오전|오후|새벽|아침|낮|저녁|밤)\s?)?(?<!\d)(\d{1,2})\s?시(?!간)\s?(?:(\d{1,2})\s?분|(반))?|(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\d)")
# 자정 is also self-cleaning.
_NOON = re.compile(r"(?<![가-힣])(?:정오|자정(?=\s?(?:까지|쯤|께|무렵|전|직전|직후|을 (?:넘|기)|에|부터|[.,)])))(?!표)")
_FRACTION = re.compile(r"(\d+|[일이삼사오육칠팔구십백천]+)\s?분의\s?(\d+|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])")


def sino_value(word: str) -> int | None:
    """The value of a Sino-Korean numeral word (삼백오십만), None for what is none."""
    total = part = digit = 0
    seen = False
    for char in word:
        if char in _SINO:
            if seen and digit:
                return None
            digit, seen = _SINO[char], True
        elif char in _SMALL:
            part += (digit or 1) * _SMALL[char]
            digit, seen = 0, False
        elif char in _BIG:
            total += (part + digit or 1) * _BIG[char]
            part = digit = 0
            seen = False
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
    """The value of a figure in digits and units: ``3조 5000억``, ``1만 2천``, ``12,345.6``."""
    total = part = Decimal(0)
    for number, small, big in re.findall(rf"({_DIGITS})\s?([천백십])?\s?([경조억만])?", text):
        part += Decimal(number.replace(",", "")) * _SMALL.get(small, 1)
        if big:
            total += part * _BIG[big]
            part = Decimal(0)
    return total + part


def quantities(text: str) -> list[Quantity]:
    """The quantities of a Korean text, in order; what each word of digits is a name of (F-35, G7, 9·19 합의) is none."""
    taken: list[tuple[int, int]] = [m.span() for m in _NAMES.finditer(text)]
    found: list[Quantity] = []

    def free(start: int, end: int) -> bool:
        return all(end <= s or e <= start for s, e in taken)

    def add(kind: str, value: Decimal | int | str, unit: str, start: int, end: int) -> None:
        taken.append((start, end))
        found.append(Quantity(kind, Decimal(value), unit, start, end, text[start:end]))

    for match in _DATE.finditer(text):
        if free(*match.span()):
            year, month, day = match[1] or match[6], match[2] or match[4] or match[7], match[3] or match[5] or match[8]
            parts = [p for p, v in (("year", year), ("month", month), ("day", day)) if v]
            value = "".join(f"{int(v):02d}" for v in (year, month, day) if v)
            if (month is None or 1 <= int(month) <= 12) and (day is None or 1 <= int(day) <= 31):
                add("date", value, "-".join(parts), *match.span())
    for match in _TIME.finditer(text):
        if free(*match.span()):
            hour, minute = int(match[2] or match[5]), int(match[3] or match[6] or (30 if match[4] else 0))
            if match[1] in ("오후", "저녁", "밤", "낮") and hour < 12:
                hour += 12
            if match[1] in ("오전", "새벽") and hour == 12:
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
    for match in _VAGUE.finditer(text):
        if free(*match.span()):
            add("vague", 0, match[0], *match.span())
    for match in _FIGURE.finditer(text):
        start, end = match.start(1), match.start(1) + len(match[1].rstrip(" ,"))
        if free(start, end) and re.search(r"\d", match[1]):
            _figure(text, start, end, add)
    for match in _SINO_WORD.finditer(text):
        word_value = sino_value(match[1])
        if word_value and word_value >= 10 and free(*match.span(1)):
            kind, unit = _kind(text, match.end(1))
            add(kind, word_value, unit, *match.span(1))
    for match in _NATIVE.finditer(text):
        count = native_value(match[1])
        if count and free(*match.span(1)):
            add("number", count, _kind(text, match.end(1))[1], *match.span(1))
    return sorted(found, key=lambda q: q.start)


def _figure(text: str, start: int, end: int, add: Callable[[str, Decimal, str, int, int], None]) -> None:
    kind, unit = _kind(text, end)
    if re.search(r"제\s?$", text[:start]) or unit.startswith(("번째", "위", "등")):
        kind = "ordinal"
    if unit == "일" and not re.match(r"\s?일\s?(?:간|동안|째|만에|치)", text[end:]) and re.fullmatch(r"\d{1,2}", text[start:end]):
        kind, unit = "date", "day"
    if unit in ("년", "년대") and re.fullmatch(r"(?:19|20)\d\d", text[start:end]):
        kind, unit = "date", "year"
    add(kind, figure_value(text[start:end]), unit, start, end)


def _kind(text: str, end: int) -> tuple[str, str]:
    money = _MONEY.match(text, end)
    if money:
        return "money", money[1]
    after = _AFTER.match(text, end)
    unit = after[1] if after else ""
    if unit.startswith(("%", "퍼센트")):
        return "percent", "point" if re.search("포인트|[pP]", unit) else "%"
    return "number", unit
