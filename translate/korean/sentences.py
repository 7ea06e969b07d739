"""Korean sentence ends, by rule: spans of sentences with nothing but white space between them.

Newspaper Korean ends sentences in few ways, and what looks like an end inside quotations, brackets, dates and initials
follows few patterns; rules for these are testable line by line and, unlike an analyser's, never change the text.
"""

from __future__ import annotations

import re

_CLOSERS = "\"'”’)]」』》〉}"
_PAIRS = {"“": "”", "(": ")", "[": "]", "「": "」", "『": "』", "《": "》", "〈": "〉", "‘": "’"}
# A quotation that does not close within this many characters is an opening mark that the writer forgot to close.
_LONGEST_QUOTE = 700
_END = re.compile(r"[.?!。．]+[\"'”’)\]」』》〉}]*|…+[\"'”’)\]」』》〉}]*(?=\s|$)")
# After a quotation: the particle or verb that makes it part of its sentence, also where a space slipped in before it.
_QUOTING = re.compile(
    r"\s*(?:고|라고|이라고|라며|이라며|며|면서|라면서|라는|이라는|라던|라기보다|는\s|던\s|란\s|이란\s|다는|자고|냐고|냐는|느냐|하고|는데|지만|라지만|으로|로\s|에\s|을\s|를\s|은\s|이\s|가\s|의\s|와\s|과\s|도\s)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Z]|Mr|Mrs|Ms|Dr|Jr|Sr|St|No|Co|Ltd|Inc|Corp|vs|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rep|Sen|Gov|Prof|Vol|Fig|pp|cf|al|etc|Mt)\.$"
)
_FINAL = "다요까죠오음함임됨듯것중지라네군야자니"


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans [start, end) of the sentences of ``text``, in order; what lies between and around them is white space."""
    closed = _inside(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if _breaks(text, match, closed):
            _add(spans, text, start, end)
            start = end
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _inside(text: str) -> list[tuple[int, int]]:
    """Spans of quotations and brackets (outermost), opening mark to closing mark."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        char = text[at]
        close = _PAIRS.get(char)
        if char == '"':
            end = text.find('"', at + 1, at + _LONGEST_QUOTE)
        elif char == "'" and (at == 0 or not text[at - 1].isalnum()):
            end = text.find("'", at + 1, at + _LONGEST_QUOTE)
        elif close:
            end = _matching(text, at, char, close)
        else:
            at += 1
            continue
        # A line end inside is two quotations of which one was left open.
        if end < 0 or "\n" in text[at:end]:
            at += 1
            continue
        spans.append((at, end + 1))
        at = end + 1
    return spans


def _matching(text: str, at: int, opening: str, closing: str) -> int:
    depth = 0
    for i in range(at, min(len(text), at + _LONGEST_QUOTE)):
        if text[i] == opening:
            depth += 1
        elif text[i] == closing:
            depth -= 1
            if depth == 0:
                return i
    return -1


def _breaks(text: str, match: re.Match[str], closed: list[tuple[int, int]]) -> bool:
    mark, end = match.start(), match.end()
    if end >= len(text):
        return False
    # The end must lie outside every quotation and bracket; a closing mark that ends with it lies outside.
    for begin, stop in closed:
        if begin >= end:
            break
        if begin < end < stop:
            return False
    before, after = text[:mark], text[end:]
    quoted = match[0][-1] in _CLOSERS
    if _QUOTING.match(after) and (quoted or not after[0].isspace()):
        return False
    if match[0][0] in "?!" and re.match(r"\s*(?:라고|라는|라며|하고|며|고)(?=\s|[가-힣])", after):
        return False
    if match[0][0] in ".．":
        if before[-1:].isdigit():
            # 3.5, 2026. 11. 22., 1. 제목; a sentence that ends in a figure is followed by a new one after closing marks.
            return quoted and after[0].isspace()
        if _ABBREVIATION.search(text[max(0, mark - 8) : mark + 1]) and not quoted:
            return False
    if after[0].isspace():
        return match[0][0] != "…" or before[-1:] in _FINAL
    # The writer forgot the space: only after a sentence's final syllable and before a new word.
    opens = after[0] in "“‘\"'(「『《[△▲■"
    return match[0][0] in ".?!。" and before[-1:] in _FINAL and ("가" <= after[0] <= "힣" or opens)
