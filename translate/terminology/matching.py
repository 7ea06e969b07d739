"""Matching: every occurrence of a glossary's terms in a text, as a linguist would find them.

Aho–Corasick over a form of the text without spaces, hyphens, middle dots and quotation marks, in which 합동 작전 사령부 is
합동작전사령부; each hit is mapped back and its word is looked at: what stands before and after the term inside the word must be
another word, a closed list of particles and endings, or, in doubt, what kiwipiepy's analysis says.  Leftmost-longest; of equal
spans the entry of the glossary with the higher priority, then the earlier one.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import ahocorasick

from translate.document import Occurrence, Outcome
from translate.english.inflection import plural, singular
from translate.korean.hanja import CHARACTERS, HEADLINE, read_aloud
from translate.korean.particles import is_doubtful, is_particles
from translate.terminology.termbase import Entry, Status, Termbase
from translate.terminology.words import Words, is_common_too, is_name

_DROPPED = frozenset(" \t\n\r\u00a0·・‧･∙ㆍ-‐‑–‘’“”'\"")
_KEPT = re.compile(f"[^{re.escape(''.join(sorted(_DROPPED)))}]+")
# Letters of full width are as long as their narrow ones.
_NARROW = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(ord("！"), ord("～") + 1)}
_WORD = re.compile(r"[0-9A-Za-z가-힣\u4e00-\u9fff]")
_HANGUL = re.compile(r"[가-힣]")
_HANGUL_RUN = re.compile(r"[가-힣]*")
# These make another thing of what follows: 부총리, 대법원, 비동맹; before a name 대 is "toward" (대미국).
_CHANGING = frozenset("부준비무불대")
# What may be glued before a term without being part of another word.
_PREFIXES = re.compile(r"(?:^|[^가-힣])(?:전|현|신|구|주|대|반|친|탈|미|비|범|총|제|각|양|본|타|고|북|남|한|중|일|미|방|역|재|첫|새|옛)$")
_ABBREVIATION = re.compile(
    r"\s?[(（]\s?(?:이하|약칭)?\s?[‘“'\"]?((?=[A-Z0-9&+-]*[A-Z])[A-Z0-9][A-Za-z0-9&+-]{1,11}|[가-힣]{2,6})[’”'\"]?\s?(?:[·,][^()（）]{1,24})?[)）]"
)
_FORMER = re.compile(r"전(?:대통령|총리|장관|차관|대표|의원|의장|위원장|시장|지사|회장|사장|대사|실장)")
# What a house's name ends in that is another thing when written apart: 한국 전력 수요, 일본 은행들, 도로 공사 구간, 제주 항공편.
_HOUSES = frozenset("은행 전력 공사 협회 자원 건설 항공 생명 전자 제철 물산".split())
# What the analyser cuts behind 시 or 도 where a town's or province's name stands before: 충남도 + 의회.
_COUNCILS = frozenset("시의회 도의회 도지사".split())
_PROVINCIAL = ("시의회", "시의원", "도의회", "도의원", "도지사", "도청", "도민", "도내", "도당")
# Heads of compounds that stay what they are behind any noun: 순직해병특검, 신설법안.
_HEADS = frozenset("특검 법안 노조 대선 총선 원전".split())
# Who is no official of the North, whatever the namesake's fame: 김영철 교수.
_SOUTHERN = re.compile(
    r"\s?(?:씨|교수|기자|감독|선수|배우|변호사|판사|검사|코치|작가|가수|아나운서|[시도구군]의원|의원|시장|군수|구청장|회장|사장|박사|연구위원)(?![가-힣]{3})"
)
_FAMOUS = re.compile(r"(?:배우|가수|개그맨|코미디언|방송인|작가|시인|감독|변호사|교수|의원)\s$")
# A glossary's words for parts of speech, and the analyser's tags.
_TAGS = {"propernoun": "NNP", "name": "NNP", "noun": "NNG", "verb": "VV", "adjective": "VA", "adverb": "MAG"}


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    entry: int
    form: str


class Matcher:
    """A termbase made ready to match; building is linear in the termbase, matching in the text."""

    def __init__(self, termbase: Termbase) -> None:
        self.language = termbase.source_language
        self.entries = tuple(e for e in termbase.entries if e.status is not Status.PROPOSED)
        forms: dict[str, list[tuple[int, str]]] = {}
        for number, entry in enumerate(self.entries):
            for form in self._forms(entry):
                key = _key(form, self.language)
                if key:
                    forms.setdefault(key, []).append((number, form))
        self._automaton = ahocorasick.Automaton()
        self._homographs: dict[int, tuple[int, ...]] = {}  # entry: those of the same form with another part of speech
        for key, owners in forms.items():
            # Of one entry's spellings the one written apart: it says that the pieces may be.
            owners.sort(key=lambda o: (-self.entries[o[0]].priority, o[0], " " not in o[1]))
            first = owners[0][0]
            others = tuple(n for n, _ in owners[1:] if _tag(self.entries[n]) not in ("", _tag(self.entries[first])))
            if others and _tag(self.entries[first]):
                self._homographs[first] = others
            self._automaton.add_word(key, (len(key), first, owners[0][1]))
        if forms:
            self._automaton.make_automaton()
        self._empty = not forms

    def match(self, text: str) -> tuple[Occurrence, ...]:
        """The occurrences in one text, in order, none overlapping."""
        return tuple(self._occurrence(text, hit) for hit in self._hits(text))

    def match_document(self, texts: Sequence[str]) -> list[tuple[Occurrence, ...]]:
        """The occurrences in each of a document's texts; an abbreviation that a text introduces for a term, as in
        합동작전사령부(합작사), is matched from there on.

        The one in the brackets is waived where the entry has no abbreviation in English: said once is enough.
        """
        hits = [self._hits(text) for text in texts]
        short = self._introduced(texts, hits)
        out = []
        for number, (text, found) in enumerate(zip(texts, hits, strict=True)):
            occurrences = [self._occurrence(text, hit) for hit in found]
            for abbreviation, (entry, since) in short.items():
                if number >= since:
                    occurrences += self._abbreviated(text, abbreviation, entry, occurrences)
            out.append(self._without_repeats(text, sorted(occurrences, key=lambda o: o.start)))
        return out

    # -- forms ------------------------------------------------------------------------------------------------

    def _forms(self, entry: Entry) -> list[str]:
        forms = list(entry.sources)
        if self.language == "en":
            short = _short_forms(entry)
            forms = [f for f in forms if f not in short]
            for form in tuple(forms):
                # Hamas has no singular.
                one = singular(form) if form.split()[-1][:1].islower() else form
                forms += [plural(form), one, *([f"{form}s"] if form[-1:].isdigit() else [])]
        elif entry.source in HEADLINE:
            forms.append(HEADLINE[entry.source])
        return list(dict.fromkeys(forms))

    def _occurrence(self, text: str, hit: _Hit) -> Occurrence:
        entry = self.entries[hit.entry]
        surface = text[hit.start : hit.end]
        wanted = entry.targets
        if entry.status is Status.DO_NOT_TRANSLATE and not wanted:
            wanted = (entry.source,)
        # ICBM in the source is best ICBM in the target, where that is admitted.
        first = surface if surface in wanted else _in_brackets(text, hit.start, entry)
        if first:
            wanted = (first, *(w for w in wanted if w != first))
        status = "context" if entry.context else entry.status.value
        return Occurrence(
            hit.start, hit.end, entry.id, entry.source, wanted, entry.forbidden, entry.glossary, status, entry.note
        )

    # -- hits -------------------------------------------------------------------------------------------------

    def _hits(self, text: str) -> list[_Hit]:
        if self._empty:
            return []
        if not unicodedata.is_normalized("NFC", text):
            composed, places = _composed(text)
            return [replace(h, start=places[h.start], end=places[h.end]) for h in self._hits(composed)]
        found = self._spelled(text)
        read = read_aloud(text) if self.language == "ko" else text
        if read != text:
            found |= self._spelled(read)
        ordered = sorted(found, key=lambda h: (h.start, -h.end, h.entry))
        word = Words(read, ordered)
        kept: list[_Hit] = []
        at = 0
        for hit in ordered:
            if hit.start < at:
                continue
            if self.language == "en":
                accepted: _Hit | None = hit if self._accepts_english(text, hit) else None
            elif len(hit.form) == 1 and hit.form in CHARACTERS:
                accepted = hit if self._accepts_hanja(text, hit) else None
            else:
                accepted = self._read(hit, word) if self._accepts_korean(read, hit, word) else None
            if accepted:
                at = hit.end
                if not (kept and self._repeats(text, kept[-1], hit)):
                    kept.append(accepted)
        return kept

    def _spelled(self, text: str) -> set[_Hit]:
        """Every place where ``text`` spells a form, whatever stands around it."""
        key, offsets = _folded(text, self.language)
        found = set()
        for last, (length, entry, form) in self._automaton.iter(key):
            start, end = offsets[last - length + 1], offsets[last] + 1
            if self.language == "en" and text[end : end + 1] == "." and re.search(r"\.[A-Z]$", text[start:end]):
                end += 1  # U.S. with its last full stop
            found.add(_Hit(start, end, entry, form))
        return found

    def _read(self, hit: _Hit, word: Words) -> _Hit | None:
        """The hit with the entry that the word is here, told by its part of speech; None where it is another word.

        인도 the country is no 인도 (pavement, extradition), though only the country may stand in the glossary.
        """
        entry = self.entries[hit.entry]
        candidates = (hit.entry, *self._homographs.get(hit.entry, ()))
        if len(candidates) == 1 and not (_tag(entry) == "NNP" and len(hit.form) == 2 and is_common_too(hit.form)):
            return hit
        tag = word.tag(hit.start, hit.end)
        fitting = next((n for n in candidates if tag == _tag(self.entries[n])), None)
        if fitting is not None:
            return replace(hit, entry=fitting)
        return None if len(candidates) == 1 and tag == "NNG" else hit

    def _repeats(self, text: str, first: _Hit, hit: _Hit) -> bool:
        """True for the bracket of 오커스(AUKUS): one thing said twice, which English says once; and for 연준 in (Fed·연준)."""
        if first.entry == hit.entry and re.fullmatch(r"\s?[(（][A-Za-z가-힣]{2,12}\s?[·,/]\s?", text[first.end : hit.start]):
            return True
        if text[first.end : hit.start] not in ("(", "（") or text[hit.end : hit.end + 1] not in (")", "）", "·", ","):
            return False
        return text[hit.start : hit.end] in self.entries[first.entry].targets[:1]

    def _without_repeats(self, text: str, occurrences: list[Occurrence]) -> tuple[Occurrence, ...]:
        """The occurrences with those waived that say in brackets, in Korean letters, what stands before: 예산결산특별위원회(예결위)."""
        for i, (before, o) in enumerate(itertools.pairwise(occurrences), 1):
            introduced = self.language == "ko" and before.entry == o.entry and _HANGUL.match(text[o.start : o.end])
            short = o.wanted[:1] != before.wanted[:1]  # an abbreviation of the target's own
            if introduced and not short and (bracket := _ABBREVIATION.match(text, before.end)) and bracket.start(1) == o.start:
                occurrences[i] = replace(o, outcome=Outcome.WAIVED, how="in brackets after the term, with no abbreviation in the target")
        return tuple(occurrences)

    def _accepts_english(self, text: str, hit: _Hit) -> bool:
        before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
        if (before.isalnum() and before.isascii()) or (after.isalnum() and after.isascii()):
            return False
        surface = text[hit.start : hit.end]
        # The carrier's crew: the genitive is not the plural.
        if surface[-2:-1] in "'’" and hit.form[-2:-1] not in "'’":
            return False
        # He Lifeng is no he.
        if hit.form[0].isupper() and " " not in hit.form and surface[0].islower():
            return False
        letters = re.sub(r"[^A-Za-z]", "", hit.form)
        # US is not us: an acronym must be written as one.
        if letters.isupper() and len(letters) > 1:
            return re.sub(r"[^A-Za-z]", "", surface)[: len(letters)] == letters or surface.rstrip("s") == hit.form.rstrip("s")
        return True

    def _accepts_korean(self, text: str, hit: _Hit, word: Words) -> bool:
        surface = text[hit.start : hit.end]
        broken = any(c.isspace() for c in surface) and not any(c.isspace() for c in hit.form)
        syllables = len(unicodedata.normalize("NFC", re.sub(r"\W", "", hit.form)))
        if broken and not self._may_be_apart(surface.split(), syllables, hit, word):
            return False
        if syllables == 2 and word.is_otherwise(hit.form):
            return False
        if syllables == 3 and self._is_namesake(text, hit):
            return False
        if syllables == 1 and not hit.form[0].isascii():
            return word.stands_alone(hit.start, hit.end)
        latin = hit.form[-1].isascii()
        before = text[hit.start - 1 : hit.start]
        if broken and _HANGUL.match(before):  # 각자의 정부 is not Uijeongbu
            return False
        if before and _WORD.match(before) and not self._free_before(text, hit, word):
            return False
        if hit.form[0].isascii() and before and before.isascii() and (before.isalnum() or before in "-."):
            return False
        rest = _HANGUL_RUN.match(text, hit.end)
        after = rest[0] if rest else ""
        following = text[hit.end : hit.end + 1]
        if latin and following and following.isascii() and following.isalnum():
            return False
        # 수도 있다, 한 가지: a short term that ends like a particle must be a noun for the analyser.
        short = syllables == 2 and not latin and surface[-1] in "도은는이가의에로만와과란라며나자지고서한할해된될"
        # 이란의 is Iran's, whatever the analyser takes 이 for; the copula 이란 has no particle.
        named = not _WORD.match(before) and bool(after) and (is_particles(after) or after == "서") and is_name(surface)
        if short and not (before and before in "대반친") and not named and not word.is_noun(hit.start, hit.end):
            return False
        # 내수 경기도 얼어붙었다, 재무성과를 발표했다: the last syllable belongs to something else.
        # Where the glossary has both 군함 and 군함도, the island stands.
        doubtful = (surface[-1] == "도" and not word.ends(hit.end - 1)) or surface[-1] + after[:1] == "성과"
        if syllables >= 3 and doubtful and word.splits(hit.start, hit.end):
            return False
        if surface[-1] == "도" and after[:2] == "의회":  # 충남 + 도의회, not 충남도 + 의회
            return False
        if not after:
            return not (following and not latin and _WORD.match(following) and "\u4e00" <= following <= "\u9fff")
        if latin:
            return is_particles(after) or word.boundary(hit.end)
        if syllables >= 3 and surface[-1] in "청원처실부관시행" and after[0] == "장" and is_particles(after[1:]):
            return True
        if syllables >= 3 and surface[-1] == "법" and after[0] == "안" and is_particles(after[1:]):  # 국방수권법안
            return True
        if syllables >= 4 and surface[-1] in "장관표석원" and after[0] == "실" and is_particles(after[1:]):  # 국회의장실
            return True
        if syllables >= 3 and _FORMER.match(after) and is_name(surface):  # 윤석열전대통령
            return True
        if named and after == "서":  # 부산서 is 부산에서
            return True
        if is_particles(after) and (syllables >= 3 or not is_doubtful(after)):
            return True
        if word.begins(hit.end) and (syllables >= 3 or word.boundary(hit.end)):
            return True
        if after.startswith(_PROVINCIAL) and is_name(surface):
            return True
        return word.ends_as_noun(hit.start, hit.end, syllables)

    def _is_namesake(self, text: str, hit: _Hit) -> bool:
        """True for the name of somebody in the North (the entry's domain says so) where another person is meant."""
        entry = self.entries[hit.entry]
        if entry.domain != "North Korea" or _tag(entry) != "NNP":
            return False
        return bool(_SOUTHERN.match(text, hit.end) or _FAMOUS.search(text[max(0, hit.start - 5) : hit.start]))

    def _may_be_apart(self, pieces: list[str], syllables: int, hit: _Hit, word: Words) -> bool:
        """True if a form written as one may be meant by these pieces: 서울 시내 is no 서울시, 예산 안에서 no 예산안."""
        if len(pieces) - 1 > (syllables - 1) // 2 or len(pieces[-1]) == 1:
            return False
        if len(pieces[0]) == 1 and not word.is_noun(hit.start, hit.start + 1):
            return False
        if [len(p) for p in pieces] != [2, 2]:
            return True
        name = _tag(self.entries[hit.entry]) == "NNP"
        return not (name and pieces[1] in _HOUSES) and not (pieces[1] == "시장" and is_name(pieces[0]))

    @staticmethod
    def _accepts_hanja(text: str, hit: _Hit) -> bool:
        before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
        if before and (("가" <= before <= "힣") or ("\u4e00" <= before <= "\u9fff" and before not in CHARACTERS)):
            return before in "대반친주재방탈對反親駐在訪脫"
        if before.isdigit():  # 6日
            return False
        # 협상 中 is during the talks, 한복의 美 the beauty of hanbok.
        if hit.form == "中" and re.search(r"[가-힣] $", text[: hit.start]) and not re.match(r"[,·…]|\s?[가-힣]", text[hit.end :]):
            return False
        if hit.form == "美" and text[: hit.start].endswith("의 ") and _HANGUL.match(after):
            return False
        return not ("\u4e00" <= after <= "\u9fff" and after not in CHARACTERS)

    def _free_before(self, text: str, hit: _Hit, word: Words) -> bool:
        if hit.form[0].isascii() and not (text[hit.start - 1].isascii()):
            return True
        if text[hit.start - 1] in _CHANGING and word.is_prefix(hit.start - 1):
            return text[hit.start - 1] in "대" and is_name(text[hit.start : hit.end])
        if text[hit.start - 1] in "대반친주재환방" and not _HANGUL.match(text[: hit.start - 1][-1:]) and is_name(text[hit.start : hit.end]):
            return True
        if word.ends(hit.start) and word.boundary(hit.start):
            return True
        rest = _HANGUL_RUN.match(text, hit.end)
        if word.ends_long(hit.start) and rest and is_particles(rest[0]) and not is_doubtful(rest[0]):
            return True
        if hit.form in _HEADS and word.boundary(hit.start) and word.noun_before(hit.start):
            return True
        if hit.form in _COUNCILS and is_name(text[max(0, hit.start - 2) : hit.start]):
            return True
        if text[hit.start - 1].isdigit():
            whole = word.is_noun(hit.start, hit.end) or (len(hit.form) >= 4 and word.boundary(hit.start))  # G20정상회의
            return not hit.form[0].isdigit() and whole
        # The writer left out the space after a particle.
        if any(word.ends(at) and is_particles(text[at : hit.start]) for at in range(max(0, hit.start - 3), hit.start)):
            return word.boundary(hit.start) or len(hit.form) >= 3
        if _PREFIXES.search(text[max(0, hit.start - 2) : hit.start]) and word.boundary(hit.start):
            return True
        return len(hit.form) >= 3 and word.boundary(hit.start) and word.noun_before(hit.start)

    # -- abbreviations ------------------------------------------------------------------------------------------

    def _introduced(self, texts: Sequence[str], hits: Sequence[list[_Hit]]) -> dict[str, tuple[Entry, int]]:
        known = {key for entry in self.entries for key in entry.sources}
        out: dict[str, tuple[Entry, int]] = {}
        for number, (text, found) in enumerate(zip(texts, hits, strict=True)):
            for hit in found:
                if self.language == "en":
                    for form in _short_forms(self.entries[hit.entry]):
                        # Two Kims in a document: Kim alone is neither.
                        known_as = out.setdefault(form, (self.entries[hit.entry], number))
                        if known_as[0] is not self.entries[hit.entry]:
                            out[form] = (known_as[0], len(texts))
                match = _ABBREVIATION.match(text, hit.end)
                if not match or match[1] in known or match[1] in out:
                    continue
                short, entry = match[1], self.entries[hit.entry]
                if not _abbreviates(short, entry):
                    continue
                out[short] = (entry, number)
        return out

    def _abbreviated(self, text: str, short: str, entry: Entry, taken: Sequence[Occurrence]) -> list[Occurrence]:
        word = Words(text, [])
        out = []
        for match in re.finditer(re.escape(short), text):
            start, end = match.span()
            if any(start < o.end and o.start < end for o in taken):
                continue
            before, rest = text[start - 1 : start], _HANGUL_RUN.match(text, end)
            if before and before.isalnum():
                continue
            after = rest[0] if rest else ""
            if text[end : end + 1].isascii() and text[end : end + 1].isalnum():
                continue
            if after and not is_particles(after) and not word.boundary(end):
                continue
            latin = short[0].isascii() and self.language == "ko"
            first = short if latin else _in_brackets(text, start, entry)
            wanted = (first, *(t for t in entry.targets if t != first)) if first else entry.targets
            out.append(
                Occurrence(start, end, entry.id, entry.source, wanted, entry.forbidden, entry.glossary, entry.status.value,
                           f"abbreviation introduced in the text; {entry.note}".rstrip("; "))
            )  # fmt: skip
        return out


def _tag(entry: Entry) -> str:
    return _TAGS.get(entry.part_of_speech.casefold().replace(" ", ""), "")


def _short_forms(entry: Entry) -> frozenset[str]:
    """Forms that are single words of the English source form: Kim of Kim Min-ji, for later mentions only."""
    words = set(re.split(r"[\s-]", entry.source))
    long = len(words) > 1
    return frozenset(f for f in entry.sources if long and f in words and not (f.isupper() and len(f) > 1))


def _in_brackets(text: str, start: int, entry: Entry) -> str:
    """The entry's English abbreviation where ``start`` opens the brackets after a form of it, as in 합동참모본부(합참); else ""."""
    if not start or text[start - 1] not in "(（":
        return ""
    before = text[: start - 1].rstrip(" ’'”\"")
    return entry.abbreviation if before.endswith(entry.sources) else ""


def _abbreviates(short: str, entry: Entry) -> bool:
    """True if the letters of ``short`` are letters of the term or, where it is Latin, of a target, in order."""
    if short == entry.abbreviation:
        return True
    longs = entry.targets if short[0].isascii() else (entry.source,)
    spelled = [s for s in longs if not short[0].isascii() or re.search("[A-Za-z]", s)]
    return not spelled or any(_subsequence(short.lower(), long.lower()) for long in spelled)


def _subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(c in letters for c in short)


def _composed(text: str) -> tuple[str, list[int]]:
    """(NFC of ``text``, for each of its offsets and its end the offset in ``text``)."""
    out: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or "\u1160" <= text[end] <= "\u11ff"):
            end += 1
        cluster = unicodedata.normalize("NFC", text[at:end])
        out.append(cluster)
        places += [at] * len(cluster)
        at = end
    return "".join(out), [*places, len(text)]


def _key(form: str, language: str) -> str:
    return _folded(unicodedata.normalize("NFC", form), language)[0]


def _folded(text: str, language: str) -> tuple[str, list[int]]:
    """(text as the automaton sees it, offset in ``text`` of each of its characters)."""
    text = text.translate(_NARROW)
    if language != "en":
        runs = [run.span() for run in _KEPT.finditer(text)]
        return "".join([text[start:end] for start, end in runs]), list(itertools.chain.from_iterable(itertools.starmap(range, runs)))
    letters = ((char, at) for at, char in enumerate(text) if not (char in _DROPPED or char == "." or char.isspace()))
    kept = [(letter, at) for char, at in letters for letter in char.lower()]
    return "".join([letter for letter, _ in kept]), [at for _, at in kept]
