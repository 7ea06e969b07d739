"""Korean sentence ends, by rule: spans of sentences with nothing but white space between them.

Newspaper Korean ends sentences in few ways, and what looks like an end inside quotations, brackets, dates and initials
follows few patterns.  On the hard cases of ``tests/korean/sentences.tsv`` rules do better than kiwipiepy's
``split_into_sents`` (the figures stand in ``tests/korean/test_korean_sentences.py``), cost nothing to load and never touch the text.
"""

from __future__ import annotations

import re

from translate.document import add_span

_CLOSERS = "\"'”’)]」』》〉}"
_BRACKETS = ")]」』》〉}"
_PAIRS = {"“": "”", "(": ")", "[": "]", "「": "」", "『": "』", "《": "》", "〈": "〉", "‘": "’"}
_OPENERS = "“‘\"'([「『《〈△▲■○●◆▶①②③④⑤"
# A quotation that does not close within this many characters is an opening mark that the writer forgot to close.
_LONGEST_QUOTE = 400
# A quotation that is a paragraph of its own is cut into its sentences from this length on.
_LONG_SPEECH = 100
_END = re.compile(
    r"[.?!。．？！]+[\"'”’)\]」』》〉}]*(?:(?<=[다요죠까]\.)(?:\d{1,3}\)|\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})(?=\s|$))?(?:\s?\((?:자료|출처|사진|그래픽|표)\s?[=:][^()]{1,30}\))?|…+[.。]?[\"'”’)\]」』》〉}]*(?=\s|$)"
)
# What makes the quotation before it a part of its sentence, where a space slipped in between.
_QUOTING = re.compile(r"\s+(?:이?라고|고|이?라며|며|이?라면서|면서|이?라는|는|이?란|이?라던|하고|하며|하는|같은|등)(?=[\s,.]|도\s|까지\s)")
# The same without a space and without marks: 끝났다.고 말했다.
_GLUED = re.compile(r"(?:이?라)?(?:고|며|면서|는)(?=[\s,])")
_STARTERS = re.compile(
    r"\s*(?:그는|그녀는|그러나|그러면서|그리고|그런데|하지만|다만|이어|이에|이날|이는|또한?|한편|반면|아울러|앞서|특히|따라서|그래서|이처럼|이와|결국|실제로|당시)(?=[\s,])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Z]|[ap]\.m|[AP]\.M|Mr|Mrs|Ms|Dr|Jr|Sr|St|No|Co|Ltd|Inc|Corp|[Vv]s|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rep|Sen|Gov|Prof|"
    r"Vol|Fig|pp|cf|al|etc|Mt)\.$"
)
# A sentence's last syllables where the writer forgot the space after the stop: 초.중.고 and 시.군.구 have them not.
_GLUED_END = re.compile(r"[가-힣][다요죠까]$")
_GLUED_QUESTION = re.compile(r"[가-힣][까나요다죠지가]$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans [start, end) of the sentences of ``text``, in order; what lies between and around them is white space."""
    closed = _inside(text)
    if len(closed) == 1 and len(text) > _LONG_SPEECH and text[slice(*closed[0])] == text.strip():
        closed = []
    spans: list[tuple[int, int]] = []
    start = passed = 0
    for match in _END.finditer(text):
        while passed < len(closed) and closed[passed][1] <= match.start():
            passed += 1
        if _breaks(text, match, closed[passed : passed + 8], start):
            add_span(spans, text, start, match.end())
            start = match.end()
    add_span(spans, text, start, len(text))
    return spans


def _inside(text: str) -> list[tuple[int, int]]:
    """Spans of quotations and brackets (outermost), opening mark to closing mark."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        char = text[at]
        end = -1
        if char == '"' and not _closes_only(text, at):
            end = text.find('"', at + 1, at + _LONGEST_QUOTE)
        elif char == "'" and (at == 0 or not text[at - 1].isalnum()):
            end = text.find("'", at + 1, at + _LONGEST_QUOTE)
        elif char in _PAIRS:
            end = _matching(text, at, char, _PAIRS[char])
            if end < 0 and char in "“‘":  # closed with a typewriter's mark
                end = text.find('"' if char == "“" else "'", at + 1, at + _LONGEST_QUOTE)
                if char in text[at + 1 : end]:
                    end = -1
        # A line end inside is two quotations of which one was left open.
        if end < 0 or "\n" in text[at:end]:
            at += 1
            continue
        spans.append((at, end + 1))
        at = end + 1
    return spans


def _closes_only(text: str, at: int) -> bool:
    """True for a straight mark that can only be the end of a quotation whose beginning is missing: 끝났다"고."""
    glued = at > 0 and (text[at - 1].isalnum() or text[at - 1] in ".?!")
    return glued and re.match(r"(?:이?라)?(?:고|며|면서|는|던)\b|이라|라[고며는]|\s|[.,)]|$", text[at + 1 : at + 8]) is not None


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


def _breaks(text: str, match: re.Match[str], closed: list[tuple[int, int]], start: int) -> bool:
    mark, end, sign = match.start(), match.end(), match[0][0]
    if end >= len(text):
        return False
    # The end must lie outside every quotation and bracket; a closing mark that ends with it lies outside.
    around: tuple[int, int] | None = None
    for begin, stop in closed:
        if begin >= end:
            break
        if begin < end < stop:
            return False
        if begin <= mark < stop:
            around = (begin, stop)
    before, after = text[max(start, mark - 40) : mark], text[end : end + 40]
    spaced = after[0].isspace()
    if match[0][-1] in _CLOSERS and around:
        return _breaks_after_quotation(text[start : around[0]], match[0], after)
    if _GLUED.match(after) or (_QUOTING.match(after) and sign in "?!？！"):
        return False
    if sign in ".．":
        if before[-1:].isdigit():
            return False  # 3.5, 2026. 11. 22., 1. 제목
        if _ABBREVIATION.search(before[-8:] + "."):
            return False
        if re.fullmatch(r"\s*[가-힣Ⅰ-Ⅻ]", text[start:mark]):
            return False  # 문. 답. 가. 나. Ⅱ.
    if sign == "…" or match[0].startswith(".."):
        return spaced and before[-1:] in "다요죠까"
    if spaced or sign in "。？！":
        return True
    # The writer forgot the space: only after a sentence's final syllable and before a new word.
    ending = _GLUED_END if sign == "." else _GLUED_QUESTION
    return ending.search(before) is not None and (after[0].isalnum() or after[0] in _OPENERS)


def _breaks_after_quotation(before: str, end: str, after: str) -> bool:
    """Whether a sentence ends with a quotation or bracket, its stop inside; ``before`` is the sentence up to its opening."""
    if not after[0].isspace():
        # A particle or the copula as a rule; a new sentence only where it begins like one.
        return _STARTERS.match(after) is not None or after[0] in _OPENERS
    if _QUOTING.match(after):
        return False
    if end[-1] in _BRACKETS:
        return not before.strip()
    # 첫마디는 “모른다.” 한마디뿐 goes on; a quotation that stands alone or after a colon is a sentence.
    goes_on = before.strip() and before.rstrip()[-1] not in ":：,-—"
    return not goes_on or _STARTERS.match(after) is not None
