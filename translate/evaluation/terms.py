"""Terminology measured on hypotheses: success exact and inflected, WMT21 exact match and window overlap.

Alam et al. 2021 (WMT21 shared task metrics, arXiv 2106.11891); Semenov et al. 2023 (WMT23: success rate).  1-TERm, WMT21's
third measure, is in `translate.evaluation.term_edit_rate`, WMT23's consistency in `translate.evaluation.consistency`.

WMT21 exact match looks for whole words in the very capitals of an accepted form, or of the form that the reference has
there, each place once.  The shared task's script then tries lemmas made by Stanza; ours does not: inflection is what
``inflected`` counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from translate.document import Occurrence, Outcome
from translate.evaluation.consistency import term_consistency
from translate.evaluation.term_edit_rate import one_minus_term
from translate.terminology.verification import find_form, locate


@dataclass(frozen=True)
class TermScores:
    """Shares (0..1) over all ``occurrences``: a place of its own with an accepted form (inflected) or a form to the letter
    (exact), WMT21's exact match, window overlap with the reference's neighbours; the share of the ``recurring`` renderings
    that agree with their terms' first (consistency); ``one_minus_term`` is 1-TERm (not above 1, may be negative)."""

    occurrences: int
    inflected: float
    exact: float
    wmt21_exact: float
    window: float
    recurring: int
    consistency: float
    one_minus_term: float


def term_scores(
    occurrences: Sequence[Sequence[Occurrence]], hypotheses: Sequence[str], references: Sequence[str], target: str
) -> TermScores:
    """Scores of ``hypotheses`` for the ``occurrences`` found in each source line; waived ones do not count."""
    occurrences = [[o for o in found if o.outcome is not Outcome.WAIVED] for found in occurrences]
    total = inflected = exact = wmt21 = 0
    windows: list[float] = []
    for found, hypothesis, reference in zip(occurrences, hypotheses, references, strict=True):
        places = locate(found, hypothesis, target)
        wmt21 += _exact_matches(found, hypothesis, reference, target)
        for occurrence, place in zip(found, places, strict=True):
            total += 1
            if place is None:
                continue
            inflected += 1
            form = hypothesis[place[0] : place[1]]
            exact += form in occurrence.wanted
            other = next((s for w in occurrence.wanted for s in find_form(reference, w, target)), None)
            if other:
                windows.append(_overlap(hypothesis, place, reference, other))
    return TermScores(
        total,
        inflected / total if total else 1.0,
        exact / total if total else 1.0,
        wmt21 / total if total else 1.0,
        sum(windows) / len(windows) if windows else 0.0,
        *term_consistency(occurrences, hypotheses, target),
        one_minus_term(occurrences, hypotheses, references, target),
    )


def _exact_matches(found: Sequence[Occurrence], hypothesis: str, reference: str, target: str) -> int:
    """How many of a line's occurrences WMT21's exact match finds."""
    in_reference = locate(found, reference, target)
    starts: set[int] = set()
    for occurrence, place in zip(found, in_reference, strict=True):
        # The reference's form first: the preferred one's places are for occurrences that the reference has in that form.
        forms = [*([reference[place[0] : place[1]]] if place else []), *occurrence.wanted]
        matches = (m.start() for form in forms for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", hypothesis))
        start = next((s for s in matches if s not in starts), None)
        if start is not None:
            starts.add(start)
    return len(starts)


def _overlap(a: str, place_a: tuple[int, int], b: str, place_b: tuple[int, int], size: int = 3) -> float:
    """Share of the reference term's neighbouring words (``size`` a side) that also stand round the hypothesis' term."""
    near_a, near_b = _neighbours(a, place_a, size), _neighbours(b, place_b, size)
    return sum((Counter(near_a) & Counter(near_b)).values()) / len(near_b) if near_b else 1.0


def _neighbours(text: str, place: tuple[int, int], size: int) -> list[str]:
    left = re.findall(r"\w+", text[: place[0]].lower())[-size:]
    return left + re.findall(r"\w+", text[place[1] :].lower())[:size]
