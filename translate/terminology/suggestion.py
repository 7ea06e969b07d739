"""Term candidates from articles: noun sequences that are frequent here and rare in general Korean.

Candidates are runs of nouns that begin and end with a word (kiwipiepy's analysis).  Their termhood is the C-value of
Frantzi, Ananiadou and Mima (2000), which discounts a candidate seen only inside longer ones, times the logarithm of
Ahmad's weirdness ratio (1999) against ``reference_nouns.tsv``: noun counts of general Korean newswriting.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from translate.engines.lexicon import analyser
from translate.english.inflection import singular
from translate.terminology.concepts import clean, match_key, sides
from translate.terminology.termbase import Glossary, Row, Status

_NOUNS = ("NNG", "NNP", "SL", "SH", "XPN", "XSN", "XR")
_LONGEST = 4  # words of a candidate
_INTRODUCED = re.compile(r"\s?\(([가-힣]{2,6}|[A-Z][A-Z0-9-]{1,9})\)")
_FUNCTION_WORDS = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "as", "is", "are", "was"}
    | {"were", "be", "been", "has", "have", "had", "will", "would", "that", "this", "its", "it", "he", "she", "they"}
    | {"his", "her", "their", "said", "says", "not", "but", "which", "who", "after", "before", "over", "into", "than"}
)
# Nouns of time, count and reporting that news is full of and that no glossary wants.
_EMPTY = frozenset(
    {"올해", "지난해", "오늘", "내일", "어제", "오전", "오후", "이날", "당시", "최근", "관계자", "기자", "사진", "제공"}
    | {"이후", "이전", "경우", "때문", "가운데"}
)


@dataclass(frozen=True)
class Candidate:
    """A term candidate: how often it is seen, its termhood, what stands beside it and where it was seen first."""

    term: str
    count: int
    score: float
    part_of_speech: str = "noun"
    variants: tuple[str, ...] = ()
    target: str = ""
    example: str = ""


@dataclass
class _Seen:
    count: int = 0
    nouns: int = 1
    proper: bool = False
    surfaces: Counter[str] = field(default_factory=Counter)
    introduced: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)  # longer candidates that hold it
    example: str = ""


def suggest(
    texts: Iterable[str],
    known: Sequence[Glossary] = (),
    pairs: Sequence[tuple[str, str]] = (),
    least: int = 2,
    limit: int = 50,
) -> list[Candidate]:
    """Candidates of Korean ``texts`` that no glossary of ``known`` has, best first.

    ``least`` is how often a candidate must be seen (one mention is enough where the text introduces an abbreviation for
    it); ``pairs`` are translated segments (source, target), from which a target is proposed where they agree on one.
    """
    have = {match_key(form) for g in known for row in g.rows for form in (clean(row.source), *sides(row)[0])}
    seen: dict[str, _Seen] = {}
    total = 0
    for text in texts:
        for sentence, runs in _sentences(text):
            for run in runs:
                total += len(run)
                _record(run, sentence, seen)
    found = [_candidate(key, data, seen, total) for key, data in seen.items() if key not in have]
    found = [c for c in found if c.score > 0 and (c.count >= least or c.variants)]
    found.sort(key=lambda c: (-c.score, c.term))
    return [_with_target(c, pairs) for c in found[:limit]]


def proposed_rows(candidates: Iterable[Candidate]) -> list[Row]:
    """Candidates as rows of status proposed, for review: never used in translation until approved."""
    return [
        Row(
            c.term,
            c.target,
            c.variants,
            Status.PROPOSED,
            c.part_of_speech,
            note=f"seen {'once' if c.count == 1 else f'{c.count} times'}: {c.example}",
        )
        for c in candidates
    ]


def propose_target(term: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The English that goes with ``term`` in translated segments (highest Dice coefficient of 1–5 words), or ""."""
    key = match_key(term)
    targets = [target for source, target in pairs if key in match_key(source)]
    if len(targets) < 2:
        return ""
    inside = Counter(gram for target in targets for gram in _grams(target))
    texts = [f" {_plain(target).casefold()} " for _, target in pairs]
    best, best_score = "", 0.0
    for gram, count in inside.items():
        if count < max(2, 0.6 * len(targets)):
            continue
        everywhere = sum(1 for text in texts if f" {gram.casefold()}" in text)
        score = 2 * count / (len(targets) + max(everywhere, count))
        if (score, len(gram)) > (best_score, len(best)):
            best, best_score = gram, score
    return best if best_score >= 0.6 else ""


def count_nouns(texts: Iterable[str]) -> Counter[str]:
    """How often each noun, and each candidate of two words and more, stands in ``texts``: makes the reference list."""
    counts: Counter[str] = Counter()
    for text in texts:
        for _, runs in _sentences(text):
            for run in runs:
                counts.update(word for word, _, _, _ in run)
                counts[""] += len(run)
                for begin in range(len(run)):
                    for end in range(begin + 2, min(begin + _LONGEST, len(run)) + 1):
                        counts["".join(word for word, _, _, _ in run[begin:end])] += 1
    return counts


Word = tuple[str, int, bool, str]  # surface, nouns in it, a proper noun among them, abbreviation introduced after it


def _sentences(text: str) -> Iterator[tuple[str, list[list[Word]]]]:
    for line in text.splitlines():
        if line.strip():
            yield line.strip(), _runs(clean(line))


def _runs(line: str) -> list[list[Word]]:
    """Runs of words that are all nouns, particles only at the run's end."""
    tokens = [t for t in analyser().tokenize(line) if t.len]
    runs: list[list[Word]] = []
    run: list[Word] = []
    index = 0
    while index < len(tokens):
        end = index
        while end < len(tokens) and tokens[end].tag in _NOUNS and (
            end == index or tokens[end].start == tokens[end - 1].start + tokens[end - 1].len
        ):
            end += 1
        begins_word = index == 0 or not _glued(line, tokens[index].start)
        if end == index or not begins_word or not any(t.tag in ("NNG", "NNP", "SL") for t in tokens[index:end]):
            if run:
                runs.append(run)
                run = []
            index = max(end, index + 1)
            continue
        stop = tokens[end - 1].start + tokens[end - 1].len
        introduced = _INTRODUCED.match(line, stop)
        proper = any(t.tag == "NNP" for t in tokens[index:end])
        # a verb made of the noun (논의했다) or a counter after it ends the run without this word
        verbal = end < len(tokens) and tokens[end].start == stop and tokens[end].tag.startswith(("XSV", "XSA", "VCP"))
        nouns = sum(1 for t in tokens[index:end] if t.tag not in ("XPN", "XSN"))
        word = line[tokens[index].start : stop]
        if not verbal:
            run.append((word, nouns, proper, introduced[1] if introduced else ""))
        follows = end < len(tokens) and line[stop : tokens[end].start] == " " and tokens[end].tag in _NOUNS
        if verbal or not follows:
            if run:
                runs.append(run)
            run = []
        index = end
    if run:
        runs.append(run)
    return runs


def _glued(line: str, start: int) -> bool:
    return start > 0 and (line[start - 1].isalnum())


def _record(run: list[Word], sentence: str, seen: dict[str, _Seen]) -> None:
    spans = [
        (begin, end) for begin in range(len(run)) for end in range(begin + 1, min(begin + _LONGEST, len(run)) + 1)
    ]
    keys = {span: match_key("".join(word for word, _, _, _ in run[slice(*span)])) for span in spans}
    for (begin, end), key in keys.items():
        data = seen.setdefault(key, _Seen())
        data.count += 1
        data.nouns = sum(nouns for _, nouns, _, _ in run[begin:end])
        data.proper |= run[end - 1][2] and end - begin == 1
        data.surfaces[" ".join(word for word, _, _, _ in run[begin:end])] += 1
        data.example = data.example or (sentence if len(sentence) <= 80 else sentence[:79] + "…")
        if run[end - 1][3]:
            data.introduced[run[end - 1][3]] += 1
        for (other_begin, other_end), longer in keys.items():
            if (other_begin, other_end) != (begin, end) and other_begin <= begin and end <= other_end:
                data.inside[longer] += 1


def _candidate(key: str, data: _Seen, seen: dict[str, _Seen], total: int) -> Candidate:
    surface = data.surfaces.most_common(1)[0][0]
    words = surface.split(" ")
    counts, size = _reference()
    ratio = ((data.count + 0.5) / (total + 1)) / ((counts.get(key, 0) + 0.5) / size)
    longer = [seen[k].count for k in data.inside]
    own = data.count - (sum(longer) / len(longer) if longer else 0.0)
    score = math.log2(1 + data.nouns) * max(own, 0.0) * max(math.log2(ratio), 0.0)
    if len(key) < 2 or any(word in _EMPTY for word in words) or _all_common(words, counts, size):
        score = 0.0
    # the abbreviation that a text gives belongs to the longest noun phrase before it, not to its last word
    introduced = tuple(a for a in data.introduced if a != surface) if not any(
        seen[k].introduced for k in data.inside
    ) else ()
    if introduced:
        score = max(score, 1.0) * 2
    part = "proper noun" if data.proper else "noun"
    return Candidate(surface, data.count, round(score, 2), part, introduced, example=data.example)


def _all_common(words: list[str], counts: dict[str, int], size: int) -> bool:
    """Whether each word is by itself one of general Korean's frequent nouns (정부 관계, 발표)."""
    return all(counts.get(match_key(word), 0) / size > 2e-4 for word in words)


def _with_target(candidate: Candidate, pairs: Sequence[tuple[str, str]]) -> Candidate:
    if not pairs:
        return candidate
    return Candidate(
        candidate.term,
        candidate.count,
        candidate.score,
        candidate.part_of_speech,
        candidate.variants,
        propose_target(candidate.term, pairs),
        candidate.example,
    )


def _plain(text: str) -> str:
    return re.sub(r"[^\w\s.'&-]|(?<=\w)[.](?=\s|$)", " ", text).replace("  ", " ").strip()


def _grams(target: str) -> set[str]:
    words = _plain(target).split()
    grams = set()
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + 5, len(words)) + 1):
            if words[begin].casefold() not in _FUNCTION_WORDS and words[end - 1].casefold() not in _FUNCTION_WORDS:
                grams.add(" ".join([*words[begin : end - 1], singular(words[end - 1])]))
    return grams


@cache
def _reference() -> tuple[dict[str, int], int]:
    """Counts of general Korean, and the number of nouns counted."""
    text = (files("translate.terminology") / "reference_nouns.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    counts = {word: int(count) for word, count in rows}
    return counts, counts.pop("*")
