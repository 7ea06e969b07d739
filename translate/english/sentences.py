"""English sentence ends, by rule: spans of sentences with nothing but white space between them.

A quotation of some sentences stays with the words that introduce it, as long as it is no speech of its own.
"""

from __future__ import annotations

import re

from translate.document import add_span

_END = re.compile(r"[.?!]+[\"'”’)\]]*(?=\s|$)|(?<=[a-z]{3})[.?!](?=(?:The|It|He|She|They|We|In|On|At|But|And|This|That)\s)")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr jr sr st no nos co ltd inc corp vs gen lt col maj capt sgt cpl pvt adm cmdr rep reps sen sens gov prof rev "
    "hon pres dept est fig vol pp approx jan feb mar apr jun jul aug sept sep oct nov dec mt ft ave blvd rd bros sec brig "
    "ret supt insp amb atty mgr cf al etc ph.d".split()
)
# These end a sentence only before a capital that begins one.
_OFTEN_LAST = frozenset("u.s u.n u.k e.u d.c a.m p.m inc ltd co corp jr sr etc ph.d".split())
_STARTERS = re.compile(
    r"[\"'“‘(]*(?:The|A|An|It|He|She|They|We|I|In|On|At|But|And|This|That|These|Those|His|Her|Its|Their|Our|My|There|As|For|If|When|While|"
    r"After|Before|Since|Under|However|Meanwhile|No|One|Some|Both|Many|Most|According|Earlier|Later)\b"
)
_SAYS = re.compile(
    r"(?!(?:He|She|They|It|We|I|You)\s)(?:[A-Z][\w.'’-]*\s){1,4}(?:said|says|asked|asks|added|told|wrote|replied|shouted|cried|wondered|declared|exclaimed|insisted)\b"
)
# What may follow a time of day in its own sentence.
_AFTER_HOUR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d|"
    r"[A-Z]{2,4}\b|(?:[A-Z]\w+\s){1,2}[Tt]ime\b|\("
)
# A quotation longer than this is a speech: its sentences stand alone.
_LONGEST_QUOTE = 350


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans [start, end) of the sentences of ``text``, in order; what lies between and around them is white space."""
    quoted = _quotations(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if any(begin < match.end() < end for begin, end in quoted):
            continue
        if _breaks(text, match, start):
            add_span(spans, text, start, match.end())
            start = match.end()
    add_span(spans, text, start, len(text))
    return spans


def _quotations(text: str) -> list[tuple[int, int]]:
    """Spans of double quotations, marks included; one that never closes is none."""
    found = re.finditer(rf"“[^“”\n]{{1,{_LONGEST_QUOTE}}}”|(?<![^\s(\[—–-])\"(?=\S)[^\"\n]{{1,{_LONGEST_QUOTE}}}\"", text)
    return [m.span() for m in found]


def _breaks(text: str, match: re.Match[str], start: int) -> bool:
    after = text[match.end() : match.end() + 80].lstrip()
    if not after:
        return False
    if after[0].islower() and not re.match(r"[a-z][A-Z]", after):
        return False
    if match[0][-1] in "\"”'’" and _SAYS.match(after) and match[0][0] in "?!":
        return False
    if match[0][0] != ".":
        return True
    word = re.search(r"[\w.]*$", text[max(start, match.start() - 40) : match.start()])
    last = word[0].lower() if word else ""
    if last in ("a.m", "p.m"):
        return not _AFTER_HOUR.match(after)
    if last == "i" and re.search(r"(?:War|Part|Type|Phase|Chapter|Act|Class) I$", text[start : match.start()]):
        return True
    if last in _OFTEN_LAST:
        return _STARTERS.match(after) is not None
    if last in _ABBREVIATIONS or re.fullmatch(r"[a-z]|(?:[a-z]\.)+[a-z]", last):
        return False
    # A list number at the beginning: "1. Title".
    return not (last.isdigit() and text[start : match.start()].strip() == last)
