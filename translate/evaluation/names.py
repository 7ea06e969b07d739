"""Names kept: persons, places and organisations of the source, found in the translation as the reference has them.

Which words of the source are names, and what they are in the other language, is told by the glossaries, by the house's rules
for persons named with a title, and by the embedded engine's lexicon (the lists of place names that it was made from, the
names that its training text has).  A list knows one rendering, a translator may well have written another (America for the U.S.,
Italian for Italy) or none (he), and a word can be a name elsewhere; so only names count whose rendering stands in the reference, too.
What a translation is asked for is then what the reference's translator wrote at that very place.  (The embedded engine is given
its lexicon's renderings as suggestions; another engine has to know them.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from translate.document import Occurrence
from translate.engines.lexicon import analysed, soft_hints
from translate.evaluation.figures import share
from translate.terminology.names import known_names, name_occurrences
from translate.terminology.verification import locate

# Words that names of several words have in small letters.
_SMALL = frozenset("a an and at de del der di du for in la le of on the to van von y".split())
# Capitals that are the calendar's: dates are counted elsewhere.
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Spring Summer Autumn Fall Winter".split()
)
_WORD = re.compile(r"[^\W_](?:[\w.'’&-]*[^\W_])?")
_LONGEST = 5


def names_in(sources: Sequence[str], source: str, matched: Sequence[tuple[Occurrence, ...]] = ()) -> list[tuple[Occurrence, ...]]:
    """The names of each source line, in order: of ``matched``, the glossaries' occurrences, those that are names, then what the
    rules and lists find outside of them.  The lines are one document, in which a person's family name stands for the name."""
    found = list(matched) or [()] * len(sources)
    if source == "ko":
        found = name_occurrences(sources, found)
    listed = _listed_korean if source == "ko" else _listed_english
    out = []
    for text, occurrences in zip(sources, found, strict=True):
        taken = [(o.start, o.end) for o in occurrences]
        names = [o for o in occurrences if _is_name(o.wanted[0] if source == "ko" else o.term)]
        out.append(tuple(sorted([*names, *listed(text, taken)], key=lambda o: o.start)))
    return out


def name_fidelity(
    names: Sequence[Sequence[Occurrence]], hypotheses: Sequence[str], references: Sequence[str], target: str
) -> dict[str, float]:
    """``kept``: share of the ``names`` (see `names_in`) in the references that stand in the translation, inflected or not, each
    in a place of its own; ``names``: how many the references have."""
    total = kept = 0
    for found, hypothesis, reference in zip(names, hypotheses, references, strict=True):
        wanted = [name for name, place in zip(found, locate(found, reference, target), strict=True) if place]
        total += len(wanted)
        kept += sum(place is not None for place in locate(wanted, hypothesis, target))
    return {"names": total, "kept": share(kept, total)}


def _is_name(english: str) -> bool:
    """Whether English writes it with capitals as a name; GDP and FTA, in capitals throughout, are none."""
    words = [word for word in english.split() if word not in _SMALL]
    capitals = all(word[0].isupper() or word[0].isdigit() for word in words)
    return bool(set(words) - _CALENDAR) and capitals and re.search("[a-z.]", english) is not None


@lru_cache(maxsize=1)
def _korean_names() -> dict[str, str]:
    return {korean: english for korean, english in known_names().items() if _is_name(english)}


@lru_cache(maxsize=1)
def _english_names() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for korean, english in _korean_names().items():
        found[english].append(korean)
    return {english: tuple(forms) for english, forms in found.items()}


def _listed_korean(text: str, taken: Sequence[tuple[int, int]]) -> list[Occurrence]:
    proper = [token.start for token in analysed(text) if token.tag == "NNP"]
    return [
        _occurrence(text, hint.start, hint.end, (hint.target,))
        for hint in soft_hints(text, taken, _korean_names())
        if any(hint.start <= start < hint.end for start in proper)
    ]


def _listed_english(text: str, taken: Sequence[tuple[int, int]]) -> list[Occurrence]:
    known, used, out = _english_names(), list(taken), []
    words = [match.span() for match in _WORD.finditer(text)]
    for size in range(_LONGEST, 0, -1):
        for (start, _), (_, last) in zip(words, words[size - 1 :], strict=False):
            # The full stop of U.S. and Jr. is the name's.
            end = next((e for e in (last + 1, last) if text[start:e] in known), 0)
            if end and all(end <= s or e <= start for s, e in used):
                used.append((start, end))
                out.append(_occurrence(text, start, end, known[text[start:end]]))
    return out


def _occurrence(text: str, start: int, end: int, wanted: tuple[str, ...]) -> Occurrence:
    return Occurrence(start, end, f"names:{wanted[0]}", text[start:end], wanted, glossary="names")
