"""What the analyser says of the words around a term: where tokens begin and end, what is a noun, what a name.

Matching asks only in doubt; kiwipiepy's analysis of a text is shared with whoever else asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from translate.engines.lexicon import analysed, analyser

_WORD = re.compile(r"[0-9A-Za-z가-힣\u4e00-\u9fff]")
# Suffixes and bound nouns that leave a noun of two syllables what it is.
_PLAIN_SUFFIXES = frozenset("산 발 행 계 식 측 형 용 별 급 적 들 내 중 간 등 시 론 상".split())
# What the analyser keeps in one token with a name: 미국행, 북한식, 서울시, 나가사키현, 부산항, 쿠르스크주, 서울역, 인천공항.
_AFTER_NAMES = frozenset("행 식 시 현 항 주 역 공항 시장".split())
# How much likelier, in the analyser's log-probabilities, a name may be than its common noun to be told by the sentence:
# 여수 (3.0) is, 동해 (4.3) is not.
_CLOSE = 3.2
# Words that are two things, told by those around them in the text: what makes each the other thing, which no glossary means.
_OTHERWISE = {
    "하원": re.compile(
        r"^(?!.*(?:[미美영英佛]국?\s?하원|상원|상·하원|하원\s?(?:의[원장]|본회의|위원)))"
        r".*(?:어린이집|유치원|등·?하원|등원|보육|돌봄|하원(?:길|시[키켜킨킬]|\s?(?:차량|도우미|시간|버스))|(?:아이|딸|아들)[를을]? 하원)",
        re.DOTALL,
    ),
    "인도": re.compile(
        r"^(?!.*(?:뉴델리|모디|인도\s?(?:정부|총리|외교|국방)))"
        r".*(?:보행자|차도|횡단보도|보도블록|연석|가로수|인도(?:로|를|에서?|에\s?있던)\s?(?:돌진|덮[쳐친]|걷|넘어|올라))",
        re.DOTALL,
    ),
    "기아": re.compile(r"영양실조|굶[주어]|기근|아사|빈곤|난민|구호|식량"),
    "한류": re.compile(r"난류|해류|수온"),
    "대구": re.compile(r"생대구|대구탕|대구\s?(?:어획|조업|축제)|어시장|명태"),
    "청주": re.compile(r"누룩|양조|탁주|약주|청주를 빚"),
    "현무": re.compile(r"주작|청룡|백호|사신도|벽화"),
    "파월": re.compile(r"파월\s?(?:장병|국군|용사)|월남|베트남전"),
}


class Span(Protocol):
    """A hit, as far as its surroundings matter: offsets in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Words:
    """What surrounds hits in a text: other hits' ends, and the analyser's tokens, asked for only in doubt."""

    def __init__(self, text: str, hits: Sequence[Span]) -> None:
        self._text = text
        self._starts = {h.start for h in hits}
        self._ends = {h.end for h in hits}
        self._long_ends = {h.end for h in hits if h.end - h.start >= 3}

    def begins(self, at: int) -> bool:
        return at in self._starts

    def ends(self, at: int) -> bool:
        return at in self._ends

    def ends_long(self, at: int) -> bool:
        """True if a hit of three letters or more ends at ``at``: what it leaves of its word is one, too (김건희 + 특검)."""
        return at in self._long_ends

    def tokens(self) -> tuple[Any, ...]:
        return analysed(self._text)

    def boundary(self, at: int) -> bool:
        """True if the analyser begins a token at ``at`` that is no ending of a verb."""
        return any(t.start == at and t.tag[0] in "NJXSMVW" for t in self.tokens())

    def tag(self, start: int, end: int) -> str:
        """The analyser's tag of the token [start, end), or "" where it has none there."""
        return next((str(t.tag)[:3].rstrip("-") for t in self.tokens() if t.start == start and t.start + t.len == end), "")

    def splits(self, start: int, end: int) -> bool:
        """True if the analyser takes the last syllable of [start, end) for a particle, or for the next word's first."""
        return any(
            (t.start == end - 1 and t.tag[0] == "J") or (start < t.start < end < t.start + t.len and t.tag in ("NNG", "NNP"))
            for t in self.tokens()
        )

    def is_noun(self, start: int, end: int) -> bool:
        """True if the analyser's tokens over [start, end) are one noun, alone or with its word's other nouns."""
        return any(t.start <= start and t.start + t.len >= end and t.tag in ("NNG", "NNP") for t in self.tokens())

    def noun_before(self, at: int) -> bool:
        return any(t.start + t.len == at and t.tag in ("NNG", "NNP", "XPN", "MM", "XSN", "NNB", "NR", "SN") for t in self.tokens())

    def ends_as_noun(self, start: int, end: int, syllables: int) -> bool:
        """True if the analyser ends a noun at ``end`` and goes on with a particle, the copula, a suffix or another noun."""
        tokens = self.tokens()
        whole = next((t for t in tokens if t.start == start and t.len > end - start), None)
        if whole and whole.tag in ("NNG", "NNP") and whole.form[end - start :] in _AFTER_NAMES:
            # A state or a prefecture has a longer name; 안동현 is a person.
            return (whole.form[-1] not in "주현" or syllables >= 3) and is_name(self._text[start:end])
        last = next((t for t in tokens if t.start + t.len == end), None)
        following = next((t for t in tokens if t.start == end), None)
        if last is None or following is None or last.tag not in ("NNG", "NNP", "NNB", "XSN", "SL", "NR", "XR", "XSM"):
            return False
        if last.start < start:
            return False
        if following.tag[0] == "J" or following.tag in ("VCP", "VCN"):
            return True
        if following.tag in ("XSN", "XSM"):
            return following.form not in "인어" if syllables >= 3 else following.form in _PLAIN_SUFFIXES
        if following.tag == "NNB" and following.form in _PLAIN_SUFFIXES:
            return True
        if following.tag == "NNG" and following.form in ("안", "법", "팀"):
            return True
        # 협상하다 is 협상; 중대하다 has nothing to do with a company of soldiers.
        if following.tag == "XSV" or (following.tag == "XSA" and syllables >= 3):
            return True
        return following.tag in ("NNG", "NNP", "NNB", "XPN") and (following.len >= 2 or syllables >= 3)

    def stands_alone(self, start: int, end: int) -> bool:
        """True if the analyser's noun [start, end) is a word of its own, with particles at most."""
        before = self._text[start - 1 : start]
        if before and _WORD.match(before):
            return False
        following = next((t for t in self.tokens() if t.start == end), None)
        noun = any(t.start == start and t.len == end - start and t.tag in ("NNG", "NNP") for t in self.tokens())
        return noun and (following is None or following.tag[0] in "JSV")

    def is_otherwise(self, form: str) -> bool:
        """True if the words of the text make ``form`` the other thing that it can mean: 하원 of a day care center."""
        other = _OTHERWISE.get(form)
        return other is not None and other.search(self._text) is not None

    def is_prefix(self, at: int) -> bool:
        """True if the analyser has one syllable at ``at`` that is bound to what follows."""
        return any(t.start == at and t.len == 1 and t.tag in ("XPN", "NNG", "MM") for t in self.tokens())


@lru_cache(maxsize=10000)
def is_name(term: str) -> bool:
    """True if the analyser takes the term for a proper noun."""
    tokens = analyser().tokenize(term)
    return len(tokens) == 1 and tokens[0].tag == "NNP"


@lru_cache(maxsize=10000)
def is_common_too(name: str) -> bool:
    """True if the proper noun is nearly as often a common noun (인도, 오만), so that only the sentence tells.

    A name that is rather a common noun for the analyser, or unknown to it (국회, 종묘, 숄츠), gets no better reading in a sentence.
    """
    scores = {tokens[0].tag: score for tokens, score in analyser().analyze(name, top_n=8) if len(tokens) == 1}
    return "NNP" in scores and "NNG" in scores and -0.2 < scores["NNP"] - scores["NNG"] < _CLOSE
