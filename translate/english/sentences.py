"""English sentence ends, by rule: spans of sentences with nothing but white space between them."""

from __future__ import annotations

import re

_END = re.compile(r"[.?!]+[\"'”’)\]]*(?=\s|$)")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr jr sr st no nos co ltd inc corp vs gen lt col maj capt sgt cpl pvt adm cmdr rep reps sen sens gov prof rev "
    "hon pres dept est fig vol pp approx jan feb mar apr jun jul aug sept sep oct nov dec mt ft ave blvd rd bros art sec brig "
    "ret supt insp amb atty mgr cf al etc".split()
)
# These end a sentence only before a capital that begins one.
_OFTEN_LAST = frozenset("u.s u.n u.k e.u d.c a.m p.m inc ltd co corp jr sr etc".split())
_STARTERS = re.compile(r"[\"'“‘(]*(?:The|A|An|It|He|She|They|We|I|In|On|At|But|And|This|That|These|Those|His|Her|Its|There|As|For|If)\b")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans [start, end) of the sentences of ``text``, in order; what lies between and around them is white space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _breaks(text, match):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _breaks(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() :].lstrip()
    if not after:
        return False
    if after[0].islower():
        return False
    if match[0][0] != ".":
        return True
    word = re.search(r"[\w.]*$", text[: match.start()])
    last = word[0].lower() if word else ""
    if last in _OFTEN_LAST:
        return _STARTERS.match(after) is not None
    if last in _ABBREVIATIONS or re.fullmatch(r"[a-z]|(?:[a-z]\.)+[a-z]", last):
        return False
    # A list number at the beginning: "1. Title".
    return not (last.isdigit() and text[: match.start()].strip() == last)
