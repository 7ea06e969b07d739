"""Consistency of terms: is what a term was called first in the document what it is called afterwards.

Semenov and Bojar 2022 (2022.wmt-1.41), the WMT23 terminology task's second measure (Semenov et al. 2023): the rendering of a
term's first occurrence is a pseudo-reference, with which the term's renderings in the rest of the document are compared; the
figure is the share that agrees.  Nothing is said of whether the rendering is the glossary's.

Where ours differs:

- The task aligns words to see how a term was rendered, whatever that is.  Ours knows accepted forms only.  A term that is first
  an accepted form and later none is told for certain to differ, and the reverse; where the first has none, a later one that has
  none either could be anything and is left out.
- The first occurrence is not counted as agreeing with itself, so a term that comes once counts for nothing.
- The share is over occurrences, not a mean over terms.
- Renderings are compared as accepted forms in any inflection, not as lemmas made by Stanza.
- A form and its shortening (Joint Operations Command and JOC, Gaza Strip and Gaza, 합동참모본부 and 합참) are one rendering, for
  news shortens at later mentions.  Two forms of which neither is in the other (joint exercise, combined drill) are two.
- All lines are one document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from translate.document import Occurrence
from translate.terminology.concepts import abbreviation
from translate.terminology.verification import find_form, locate


def term_consistency(occurrences: Sequence[Sequence[Occurrence]], hypotheses: Sequence[str], target: str) -> tuple[int, float]:
    """How many later renderings could be compared with their terms' first ones, and the share that agrees (1.0 of none)."""
    renderings: defaultdict[str, list[str]] = defaultdict(list)
    for found, hypothesis in zip(occurrences, hypotheses, strict=True):
        for occurrence, place in zip(found, locate(found, hypothesis, target), strict=True):
            renderings[occurrence.entry].append(_form(occurrence, hypothesis, place, target) if place else "")
    compared = agreed = 0
    for first, *later in renderings.values():
        known = [form for form in later if first or form]
        compared += len(known)
        agreed += sum(bool(first and form) and _agree(first, form, target) for form in known)
    return compared, agreed / compared if compared else 1.0


def _form(occurrence: Occurrence, text: str, place: tuple[int, int], target: str) -> str:
    """The accepted form of which ``place`` is an inflection."""
    return next(form for form in occurrence.wanted if place in find_form(text, form, target))


def _agree(first: str, other: str, target: str) -> bool:
    """Whether the two forms are one, or one of them the other's shortening."""
    short, long = sorted((first, other), key=len)
    if target == "ko":
        syllables = iter(long)
        return all(syllable in syllables for syllable in short.replace(" ", ""))
    return set(short.lower().split()) <= set(long.lower().split()) or bool(abbreviation(long, (short,)))
