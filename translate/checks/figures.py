"""Figures: every number, percentage and amount of the source must have its value in the translation, and no other may be there.

The "numbers" check of the translation tools, on values instead of digits (5만5000 is 55,000; 3조 5000억 is 3.5 trillion): both
sides are read into quantities and compared as multisets.  Numbers up to ten are often said in words or not at all (두 나라, the
two), so one that is only missing is no error; one that is missing where another stands is.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from translate.document import Finding, Level, Segment
from translate.english import numbers as english
from translate.english.numbers import news_figure
from translate.korean import numbers as korean
from translate.quantity import Quantity

NAME = "figures"
_COMPARED = ("number", "percent", "money")
# Numbers that are said without a numeral, in either language.
_SAID = tuple(
    (re.compile(pattern, re.I), tuple(Decimal(v) for v in values.split()))
    for pattern, values in (
        (r"\b(?:a)?round[\s-]the[\s-]clock|day[\s-]and[\s-]night|all day|하루\s?종일|밤낮|하루", "24 1"),
        (r"\bhal(?:f|ves|ved)\b|절반|\b반(?=년|세기)", "50 0.5 2"),
        (r"\bhalf a year|반년", "6"),
        (r"\bdecades?\b", "10 20 30"),
        (r"\bcentur(?:y|ies)\b|centenary|centennial|세기|만점|full marks", "100"),
        (r"\b(?:double|two-?fold|twice|both|pair|couple|bilateral|doubling)\w*|양국|양측|쌍방|이틀|격년", "2"),
        (r"\b(?:triple|trilateral|hat trick|tripling)\w*|사흘|삼국|해트트릭", "3"),
        (r"\bquadruple|나흘", "4"),
        (r"닷새", "5"),
        (r"엿새", "6"),
        (r"이레|일주일|\bweek", "7 1"),
        (r"여드레", "8"),
        (r"아흐레", "9"),
        (r"열흘|열에\s|열 중", "10"),
        (r"다섯에\s", "5 1"),
        (r"십중팔구", "9 10"),
        (r"보름|fortnight|two weeks", "15 14"),
        (r"\bquarter\b", "25 15"),
        (r"약관", "20"),
        (r"이립", "30"),
        (r"불혹", "40"),
        (r"지천명", "50"),
        (r"환갑|회갑|육순", "60"),
        (r"칠순|고희", "70"),
        (r"팔순", "80"),
        (r"구순", "90"),
        (r"\byear-?round\b|일 년|1년|\ba year\b|\bannual", "12 365"),
        (r"\bII\b", "2"),
        (r"\bIII\b", "3"),
        (r"\bzero\b|무실점|무승부|\bno\b", "0"),
    )
)

_CURRENCIES = {
    "원": r"\bwon\b|₩|\bKRW", "달러": r"[$]|dollar|\bUSD|\bcents?\b", "엔": r"\byen\b|¥|\bJPY",
    "위안": r"\byuan\b|renminbi|\bRMB|\bCNY|¥", "유로": r"euro|€|\bEUR\b", "파운드": r"pound|£|\bGBP|sterling", "루블": r"ro?ubles?",
}  # fmt: skip


# Metric units, and what English says for others of the same size of figure: 120㎞ is not 120 miles.
_UNITS = (
    (r"(?:㎞|km|킬로미터|킬로)", r"miles?|mph"),
    (r"(?:㎡|제곱미터)", r"square\s(?:feet|yards|miles)|acres"),
    (r"(?:m|미터|㎝|cm|센티미터)(?![a-zA-Z])", r"feet|foot|yards?|inch(?:es)?"),
    (r"(?:㎏|kg|킬로그램)", r"pounds?|lbs?"),
    (r"도(?![가-힣])", r"degrees\sFahrenheit"),
)
_POINTS = re.compile(r"\bpoints?\b|\bpp\b|\bp\.p\.|\bbps?\b", re.I)
_BELOW_ZERO = re.compile(r"minus|below|sub-?zero|negative|freez|frost|(?<!\d)[-−–]\s?\d", re.I)


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``: what the source says and the translation does not, then what only the translation says."""
    read = {"ko": korean.quantities, "en": english.quantities}
    of_source, found = read[source](segment.source), read[target](segment.target)
    wanted = [q for q in of_source if q.kind in _COMPARED]
    have = Counter(v for q in found for v in _values(q))
    missing: list[Quantity] = []
    for quantity in wanted:
        if have[quantity.value] > 0:
            have[quantity.value] -= 1
        else:
            missing.append(quantity)
    mentioned = {v for q in found for v in _values(q)} | _said(segment.target)
    mentioned |= {Decimal(n) for n in re.findall(r"[A-Za-z]-?(\d{1,3})(?![\d,.])", segment.target)}  # 20세 이하 is U-20
    mentioned |= {Decimal(n) for n in re.findall(r"[A-Za-z가-힣]\s?-?(\d{1,3})(?:호|형|세|조|지수|산업)", segment.target)}
    # The same figure once in the translation for twice in the source: said once is said.
    missing = [q for q in missing if q.value not in mentioned]
    other_units = _in_other_units(segment.source, segment.target, of_source)
    missing = [q for q in missing if q.start not in other_units or other_units[q.start] not in have]
    known = {v for q in of_source for v in _values(q)} | set(other_units.values()) | _said(segment.source) | _digits(segment.source)
    strangers = [q for q in found if q.kind in _COMPARED and q.value not in known and _told(q) and not _named(q, segment.source)]
    # 3000만 원대 중반 is anything from there up.
    bands = [q.value for q in of_source if q.kind == "vague"]
    strangers = [q for q in strangers if not any(band <= q.value < band * 10 for band in bands)]
    missing.sort(key=lambda q: (q.kind not in _COMPARED[1:], q.value <= 10, q.start))
    for quantity in missing:
        other = _closest(quantity, strangers)
        small = quantity.value <= 12 and quantity.kind == "number"
        if other is None and ((small and quantity.value <= 10) or quantity.value == 1):
            continue
        if other is not None:
            strangers.remove(other)
        yield Finding(
            segment.id,
            NAME,
            Level.WARNING if small and other is None else Level.ERROR,
            f"the source says {quantity.text.strip()}{_unit(quantity, source)}{_reading(quantity, source)}; not found in the "
            f"translation{f', which has {other.text.strip()}{_unit(other, target)}' if other else ''}",
            (quantity.start, quantity.end),
            (other.start, other.end) if other else None,
        )
    if target == "en":
        yield from _repeated(segment, of_source, found)
        yield from _currencies(segment, wanted, found)
    if source == "ko":
        yield from _changed(segment, of_source, found)
    for other in strangers:
        # "a year" is 1년, "a secondary battery" 2차전지.
        if other.value == 1 or (other.value == 2 and other.unit in ("차", "심")):
            continue
        yield Finding(
            segment.id, NAME, Level.ERROR if other.kind != "number" or other.value > 12 else Level.WARNING,
            f"the translation says {other.text.strip()}{_unit(other, target)}; the source has no such figure",
            target_span=(other.start, other.end),
        )  # fmt: skip


def _closest(quantity: Quantity, strangers: list[Quantity]) -> Quantity | None:
    """The stranger that most likely stands for ``quantity``: of its kind, with digits in common, near in size."""
    digits = set(re.sub(r"\D", "", f"{quantity.value:f}"))

    def distance(other: Quantity) -> tuple[bool, int, Decimal]:
        common = len(digits & set(re.sub(r"\D", "", f"{other.value:f}")))
        return other.kind != quantity.kind, -common, abs(other.value - quantity.value)

    return min(strangers, key=distance, default=None)


def _repeated(segment: Segment, of_source: list[Quantity], found: list[Quantity]) -> Iterator[Finding]:
    """A long figure said more often than in the source: small models fill a gap with a figure that they have at hand."""
    times = Counter(v for q in of_source for v in _values(q))
    for quantity in found:
        if quantity.kind not in _COMPARED or len(f"{quantity.value.normalize():f}".replace(".", "").strip("0")) < 3:
            continue
        times[quantity.value] -= 1
        if times[quantity.value] == -1 and any(q.value == quantity.value for q in of_source):
            yield Finding(
                segment.id, NAME, Level.WARNING, f"the translation says {quantity.text.strip()} more often than the source",
                target_span=(quantity.start, quantity.end),
            )  # fmt: skip


def _currencies(segment: Segment, wanted: list[Quantity], found: list[Quantity]) -> Iterator[Finding]:
    """Amounts whose figure is in the English but whose currency is nowhere in it."""
    have = {q.value for q in found}
    for unit, pattern in _CURRENCIES.items():
        amount = next((q for q in wanted if q.kind == "money" and q.unit == unit and q.value in have and q.value), None)
        if amount and not re.search(pattern, segment.target, re.I):
            yield Finding(
                segment.id, NAME, Level.WARNING, f"the source says {amount.text.strip()}{unit}; the translation does not name the currency",
                (amount.start, amount.end),
            )  # fmt: skip


def _in_other_units(korean_text: str, english: str, of_source: list[Quantity]) -> dict[int, Decimal]:
    """Figures that English gives in another unit, by where they stand: 1년 6개월 is 18 months, 0.25%포인트 25 basis points."""
    out: dict[int, Decimal] = {}
    basis = re.search(r"\bbasis\spoints?|\bbps?\b", english, re.I)
    for quantity in of_source:
        if quantity.kind == "percent" and quantity.unit == "point" and basis:
            out[quantity.start] = quantity.value * 100
    for one, other in itertools.pairwise(of_source):
        between = korean_text[one.end : other.start].strip()
        if one.unit == "년" and other.unit == "개월" and between == "년":
            out |= dict.fromkeys((one.start, other.start), one.value * 12 + other.value)
        if re.search(r"(?:중|가운데)$", between) and other.kind == "number" and one.value >= other.value:
            out |= dict.fromkeys((one.start, other.start), other.value / one.value * 100)  # 10명 중 7명 is 70 percent
        if between == "시간" and other.unit == "분" and other.value == 30:  # seven and a half, 7.5
            out[other.start] = Decimal("0.5") if "half" in english else one.value + Decimal("0.5")
    return out


def _changed(segment: Segment, of_source: list[Quantity], found: list[Quantity]) -> Iterator[Finding]:
    """What has its digits in the English and is something else there: %포인트 as %, ㎞ as miles, 영하 without its minus; and
    vague sizes and fractions that are others (수십억, "millions")."""
    text, english_text = segment.source, segment.target
    values = {q.value for q in found}

    def warn(quantity: Quantity, message: str) -> Finding:
        return Finding(segment.id, NAME, Level.WARNING, message, (quantity.start, quantity.end))

    for point in (q for q in of_source if q.kind == "percent" and q.unit == "point"):
        same = [q for q in found if q.value == point.value]
        bare = all(q.kind == "percent" and q.unit == "%" for q in same)
        if same and (bare or not _POINTS.search(english_text)) and not any(q.value == point.value and q.unit == "%" for q in of_source):
            yield warn(point, f"the source says {point.text.strip()} percentage points; the translation has {same[0].text.strip()} percent")
            break
    for quantity in of_source:
        for metric, others in _UNITS:
            if not re.match(rf"\s?{metric}", text[quantity.end :]):
                continue
            for other in found:
                if other.value == quantity.value and re.match(rf"[\s-]?(?:{others})\b", english_text[other.end :]):
                    said = text[quantity.start : quantity.end + 2].strip()
                    yield warn(quantity, f"the source says {said}; the translation has {other.text.strip()} of another unit")
        if re.search(r"영하\s?$", text[: quantity.start]) and quantity.value in values and not _BELOW_ZERO.search(english_text):
            yield warn(quantity, f"the source says 영하 {quantity.text.strip()}; the translation does not say that it is below zero")
    yield from _other_small(segment, of_source, found)
    for kind in ("vague", "fraction"):
        wanted, have = [q for q in of_source if q.kind == kind], [q for q in found if q.kind == kind]
        if len(wanted) == len(have) == 1 and wanted[0].value not in values:
            yield warn(wanted[0], f"the source says {wanted[0].text.strip()}; the translation says {have[0].text.strip()}")


# Ordinals and multiples in the narrow sense: "first", "both" and "single" come and go with the wording.
_NTH = re.compile(
    r"\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|doubled?|tripled?", re.I
)


def _other_small(segment: Segment, of_source: list[Quantity], found: list[Quantity]) -> Iterator[Finding]:
    """A small number or an ordinal that is another in the translation: 제21대 as "the 20th", ICBM 3발 as "two ICBMs"."""
    said = {v for q in found for v in _values(q)} | _said(segment.target) | _digits(segment.target)
    known = {v for q in of_source for v in _values(q)} | _said(segment.source) | _digits(segment.source)
    small = [q for q in of_source if q.value not in said and (q.kind == "ordinal" or (q.kind == "number" and q.value <= 12))]

    def strange(quantity: Quantity) -> bool:
        if quantity.kind == "ordinal":
            # Not the second of "a three-second memory".
            return _NTH.fullmatch(quantity.text) is not None and segment.target[quantity.start - 1 : quantity.start] != "-"
        return quantity.kind == "number" and 2 <= quantity.value <= 12 and not _told(quantity) and "dozen" not in quantity.text.lower()

    strangers = [q for q in found if q.value not in known and strange(q)]
    for quantity, other in zip((q for q in small if q.value >= 2), strangers, strict=False):
        yield Finding(
            segment.id,
            NAME,
            Level.WARNING,
            f"the source says {quantity.text.strip()}{_unit(quantity, 'ko')}; the translation says {other.text.strip()}",
            (quantity.start, quantity.end),
            (other.start, other.end),
        )


def _unit(quantity: Quantity, language: str) -> str:
    """What makes the figure easier to find: % where the text has no word for it (9할), the Korean counter or currency."""
    if quantity.kind == "percent":
        bare = quantity.text.replace(",", "") == f"{quantity.value:f}"
        point = "포인트" if language == "ko" else " point"
        return "%" + (point if quantity.unit == "point" else "") if bare else ""
    return quantity.unit if (quantity.kind == "money" and language == "ko") or quantity.unit in korean.COUNTERS else ""


def _reading(quantity: Quantity, language: str) -> str:
    """The figure in English, where the Korean is counted in 만, 억 and 조 or spelled."""
    if language != "ko" or quantity.kind not in ("number", "money") or not re.search("[가-힣]", quantity.text):
        return ""
    return f" ({news_figure(quantity.value, quantity.unit if quantity.kind == 'money' else '')})"


def _told(quantity: Quantity) -> bool:
    """Whether the figure claims something: small numbers in words (one, 두) come and go with the wording."""
    return bool(re.search(r"\d", quantity.text)) or quantity.value > 12


def _named(quantity: Quantity, source: str) -> bool:
    """Whether the digits stand in the source as they are, in a name (F-35, 6·25, 제2의)."""
    return re.search(rf"(?<!\d){re.escape(quantity.text.strip())}(?!\d)", source) is not None


def _said(text: str) -> set[Decimal]:
    return {v for pattern, values in _SAID if pattern.search(text) for v in values}


def _digits(text: str) -> set[Decimal]:
    """Numbers that stand in the text in plain digits, in names and list marks (①) too."""
    circled = {Decimal(unicodedata.digit(c)) for c in text if "①" <= c <= "⑨"}
    return circled | {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", text) if len(n) < 4}


def _values(quantity: Quantity) -> list[Decimal]:
    """The value, and for dates and times each number in them; vague sizes have none."""
    if quantity.kind == "vague":
        return [Decimal(n) for n in re.findall(r"\d+", quantity.text)]
    if quantity.kind in ("date", "time"):
        return [quantity.value, *(Decimal(n) for n in re.findall(r"\d+", quantity.text))]
    return [quantity.value]
