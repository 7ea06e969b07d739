"""Terminology measured on hypotheses: success exact and inflected, WMT21 exact match and window overlap, consistency.

Alam et al. 2021 (WMT21 shared task metrics, arXiv 2106.11891); Semenov et al. 2023 (WMT23: success rate, consistency).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from translate.document import Occurrence
from translate.terminology.verification import find_form, locate


@dataclass(frozen=True)
class TermScores:
    """Shares (0..1) over all ``occurrences``: a place of its own with an accepted form (inflected) or a form to the letter
    (exact); window overlap with the reference's neighbours; consistency of the rendering within the document."""

    occurrences: int
    inflected: float
    exact: float
    window: float
    consistency: float


def term_scores(
    occurrences: Sequence[Sequence[Occurrence]], hypotheses: Sequence[str], references: Sequence[str], target: str
) -> TermScores:
    """Scores of ``hypotheses`` for the ``occurrences`` found in each source line."""
    total = inflected = exact = 0
    windows: list[float] = []
    renderings: dict[str, Counter[str]] = defaultdict(Counter)
    for found, hypothesis, reference in zip(occurrences, hypotheses, references, strict=True):
        places = locate(found, hypothesis, target)
        for occurrence, place in zip(found, places, strict=True):
            total += 1
            if place is None:
                continue
            inflected += 1
            form = hypothesis[place[0] : place[1]]
            exact += form in occurrence.wanted
            renderings[occurrence.entry][form.lower()] += 1
            other = next((s for w in occurrence.wanted for s in find_form(reference, w, target)), None)
            if other:
                windows.append(_overlap(hypothesis, place, reference, other))
    agreed = sum(c.most_common(1)[0][1] for c in renderings.values())
    return TermScores(
        total,
        inflected / total if total else 1.0,
        exact / total if total else 1.0,
        sum(windows) / len(windows) if windows else 0.0,
        agreed / inflected if inflected else 1.0,
    )


def _overlap(a: str, place_a: tuple[int, int], b: str, place_b: tuple[int, int], size: int = 3) -> float:
    """Share of the reference term's neighbouring words (``size`` a side) that also stand round the hypothesis' term."""
    near_a, near_b = _neighbours(a, place_a, size), _neighbours(b, place_b, size)
    return sum((Counter(near_a) & Counter(near_b)).values()) / len(near_b) if near_b else 1.0


def _neighbours(text: str, place: tuple[int, int], size: int) -> list[str]:
    left = re.findall(r"\w+", text[: place[0]].lower())[-size:]
    return left + re.findall(r"\w+", text[place[1] :].lower())[:size]
