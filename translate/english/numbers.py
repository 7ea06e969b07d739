"""Quantities in English text: figures with million and billion, words, percentages, money, dates, times."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from translate.quantity import Quantity, Reading

_ONES = {
    w: i for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}  # fmt: skip
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15,
    "mln": 10**6, "bln": 10**9, "bn": 10**9, "tn": 10**12, "tln": 10**12, "trln": 10**12, "dozen": 12,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20, "thirtieth": 30, "once": 1, "twice": 2, "both": 2,
    "double": 2, "doubled": 2, "triple": 3, "tripled": 3, "thrice": 3, "pair": 2, "couple": 2, "quarter": 4, "single": 1,
    "trilateral": 3, "bilateral": 2, "decade": 10, "another": 1, "sole": 1, "dual": 2, "twin": 2, "trio": 3, "duo": 2,
}  # fmt: skip
_MONTHS = {
    m: i + 1 for i, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec")
    ) for m in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b({_MONTH})\b\.?(?:\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]))?(?:,?\s+((?:19|20)\d\d))?|\b(\d{{1,2}})\s+({_MONTH})\b\.?(?:\s+((?:19|20)\d\d))?", re.I
)
_TIME = re.compile(r"\b(\d{1,2})(?::([0-5]\d))?\s?([ap])\.?m\b\.?|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(noon|midnight)(?:day|time)?\b", re.I)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w.])([$€£¥₩]|US\$)?\s?({_NUMBER})(?:[\s-]?(hundred|thousand|million|billion|trillion|quadrillion|mln|bln|bn|trln|tln|tn|dozen)\b)?(?:\s(thousand|million|billion|trillion)\b)?(st|nd|rd|th|s)?(?![A-Za-z]*\d)", re.I
)
_UNITS = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(list(_ONES)[1:10])})\b)?|(?:{'|'.join(_ONES)}))"
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_AND = r"(?:\sand\s|[\s-])"
# "six three-pointers" are two numbers, "six hundred and three" is one.
_SPELLED = re.compile(
    rf"\b(?:(?:a|an)\s(?=hundred|thousand|million|billion|dozen))?"
    rf"((?:{_UNITS}\b|(?:{_SCALE})\b(?:{_AND}{_UNITS}\b)?)(?:(?:[\s-](?:{_SCALE})\b)+(?:{_AND}{_UNITS}\b)?)*)(?!-(?:{'|'.join(_ORDINALS)})\b)",
    re.I,
)
# Digits inside names; "of-16" and "under-20" are none.
_NAMES = re.compile(
    r"(?<![\d-])(?:\+82[-\s]\d{1,2}|0\d{1,2})[-)\s]\s?\d{3,4}-\d{4}(?!\d)|(?<!\d)1[568]\d\d-\d{4}(?!\d)|"
    r"(?<![\w-])(?!(?:of|under|over|mid|pre|post|top|sub|the|last|no|a|an|and|to|nearly|about|some|per|age|aged|best|all|round)-|Under-\d|Top-\d|USD?\d|EUR\d|KRW\d)[A-Za-z]+-?\d+[A-Za-z]*\b|"
    r"\b\d+\+\d+\b|\b[2-6]G\b|\b[A-Z][a-z]+-\d+[A-Z]?\b"
)
# "one of them", "no one", "one another", "one's", "that one": no figure.
_PRONOUN = re.compile(r"\b(?:no|this|that|any|every|some|each|the|other|right|which)\sone\b(?!\s\w)|\bno\sone\b|\bone(?:\sof\b|\sanother|['’]s\b)", re.I)
_FOLD = re.compile(rf"\b({'|'.join([*_ONES, *_TENS])})-?fold\b", re.I)
_MIXED = re.compile(r"(?<![\d/.,])(?:(\d{1,3})[\s-])?([1-9])/([2-9]|10|\d{1,3}(?:,\d{3})+)(?![\d/]|,\d)")
_MILLIONS = re.compile(r"m\b")
_ORDINAL = re.compile(rf"\b(?:(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?({'|'.join(_ORDINALS)})s?\b(?<!seconds)", re.I)
# In powers of ten, as 수십만 and 수백 are: "dozens" is 수십, "tens of thousands" 수만.
_PLURALS = {"tens": 10, "dozens": 10, "scores": 10, "hundreds": 100, "thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12}
_VAGUE = re.compile(r"\b(?:(tens|hundreds|thousands|millions|billions|trillions|dozens|scores)(?:\sof\s(thousands|millions|billions|trillions))?|half|halves|halved)\b", re.I)
# "a third", "a quarter" where it is one of something: "a quarter of the budget".
_PART_OF = re.compile(r"\ban?\s(third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)(?=\sof\b)", re.I)
_FRACTION = re.compile(rf"\b({'|'.join(_ONES)}|\d+)[\s-](half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b", re.I)
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_UNIT = re.compile(r"[\s-]?(%|percent(?:age)?(?:\spoints?)?|won|dollars?|yen|yuan|euros?|pounds?|[A-Za-z]+)")


def spelled_value(words: str) -> int:
    """The value of a number in words: ``fifty-five thousand``, ``two hundred and ten``."""
    total = part = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _ONES:
            part += _ONES[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total += (part or 1) * _SCALES[word]
            part = 0
    return total + part


def quantities(text: str) -> list[Quantity]:
    """The quantities of an English text, in order; digits inside names (F-35, G7, COVID-19) are none."""
    return list(_read(text))


# Several checks read the same sentence one after the other.
@lru_cache(maxsize=64)
def _read(text: str) -> tuple[Quantity, ...]:
    reading = Reading(text, _NAMES)
    free, add = reading.free, reading.add
    for match in _DATE.finditer(text):
        month, day, year = match[1] or match[5], match[2] or match[4], match[3] or match[6]
        # "may" and "march" are months only with their capital.
        if month in ("may", "march", "mar"):
            continue
        if free(*match.span()) and (day is None or 1 <= int(day) <= 31):
            parts = [p for p, v in (("year", year), ("month", month), ("day", day)) if v]
            number = str(_MONTHS[month.lower()])
            add("date", "".join(f"{int(v):02d}" for v in (year, number, day) if v), "-".join(parts), *match.span())
    for match in _TIME.finditer(text):
        if free(*match.span()):
            if match[6]:
                hour, minute = (12 if match[6].lower() == "noon" else 0), 0
            else:
                hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
                half = (match[3] or "").lower()
                hour = hour % 12 + (12 if half == "p" else 0) if half else hour
            add("time", f"{hour}{minute:02d}", "hour-minute", *match.span())
    for match in _FRACTION.finditer(text):
        above = int(match[1]) if match[1].isdigit() else _ONES[match[1].lower()]
        below = _PARTS[match[2].lower().rstrip("s") if match[2].lower() != "halves" else "halve"]
        if free(*match.span()) and above:
            add("fraction", Decimal(above) / Decimal(below), f"{above}/{below}", *match.span())
    for match in _PART_OF.finditer(text):
        if free(*match.span()):
            below = _PARTS[match[1].lower()]
            add("fraction", Decimal(1) / Decimal(below), f"1/{below}", *match.span())
    for match in _MIXED.finditer(text):
        if free(*match.span()):
            whole, part = int(match[1] or 0), Decimal(match[2]) / Decimal(match[3].replace(",", ""))
            add("fraction", whole + part, match[0], *match.span())
    for match in _FIGURE.finditer(text):
        if not free(*match.span(2)):
            continue
        number, end = match[2], match.end()
        if re.fullmatch(r"0\d+", number):  # a number of registration or a telephone
            continue
        value = Decimal(number.replace(",", ""))
        for scale in (match[3], match[4]):
            if scale:
                value *= _SCALES[scale.lower()]
        # €300m is money, 300m is a distance.
        if match[1] and _MILLIONS.match(text, end):
            value, end = value * 10**6, end + 1
        kind, unit = _kind(text, end, match[1])
        if match[5] in ("st", "nd", "rd", "th"):
            kind, unit = "ordinal", ""
        elif re.fullmatch(r"(?:19|20)\d\d", number) and not match[1] and not match[3]:
            kind, unit = ("date", "year") if not match[5] else ("date", "decade")
        add(kind, value, unit, match.start(), end)
    for match in _FOLD.finditer(text):
        add("number", spelled_value(match[1]), "fold", *match.span())
    for match in _VAGUE.finditer(text):
        if free(*match.span()):
            if match[1]:
                add("vague", _PLURALS[match[1].lower()] * _PLURALS.get((match[2] or "").lower(), 1), "", *match.span())
            else:
                add("fraction", "0.5", "1/2", *match.span())
    for match in _SPELLED.finditer(text):
        if match[0].lower() == "one" and _PRONOUN.search(text[max(0, match.start() - 6) : match.end() + 9]):
            continue
        if free(*match.span()):
            kind, unit = _kind(text, match.end(), None)
            add(kind, spelled_value(match[1]), unit, *match.span())
    for match in _ORDINAL.finditer(text):
        if free(*match.span()):
            value_of = _TENS.get((match[1] or "").lower(), 0) + _ORDINALS[match[2].lower()]
            add("ordinal", value_of, "", *match.span())
    return tuple(sorted(reading.found, key=lambda q: q.start))


def _kind(text: str, end: int, sign: str | None) -> tuple[str, str]:
    if sign:
        return "money", sign
    match = _UNIT.match(text, end)
    unit = match[1].lower() if match else ""
    if unit == "%" or unit.startswith("percent"):
        return "percent", "point" if "point" in unit else "%"
    if unit in ("won", "yen", "yuan") or unit.rstrip("s") in ("dollar", "euro", "pound"):
        return "money", unit
    return "number", unit


_CURRENCIES = {
    "원": "{} won", "달러": "${}", "엔": "{} yen", "위안": "{} yuan", "유로": "{} euros", "파운드": "{} pounds", "루블": "{} rubles",
    "페소": "{} pesos", "루피": "{} rupees", "동": "{} dong",
}  # fmt: skip


def news_figure(value: Decimal, currency: str = "") -> str:
    """A value as news English writes it: 55000 is ``55,000``, 3500000000000 with 원 is ``3.5 trillion won``, 45 * 10**8 with
    달러 is ``$4.5 billion``.  Exact: what has too many digits for that is written out (``1,234,567``)."""
    text = ""
    for scale, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        short = value / scale
        if short >= 1 and short == round(short, 4):
            text = f"{int(short):,}{f'{short % 1:f}'.rstrip('0.')[1:]} {name}"
            break
    if not text:
        text = f"{value.normalize():,f}"
    return _CURRENCIES.get(currency, "{}").format(text)
