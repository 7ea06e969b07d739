"""Confidence calibration: is a segment that the engine is surer of a better one, and by how much.

Guo et al. 2017 (expected calibration error over bins of equal width), with the sentence's chrF++ in the place of being right.
chrF++ is no probability, so an error of zero is not to be had; what it tells is which of two engines' confidence says more, and
where the scale bends.  The rank correlation (Spearman 1904) does not depend on the scale: it says whether sorting by confidence
brings the bad sentences to the editor first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bin:
    """Lines whose confidence is in [low, high): how many, their mean confidence (0..1) and mean chrF++ (0..100)."""

    low: float
    high: float
    lines: int
    confidence: float
    score: float


@dataclass(frozen=True)
class Calibration:
    """Bins that have lines, the expected calibration error (0..1), and the rank correlation (-1..1; None where all
    confidences or all scores are alike)."""

    bins: tuple[Bin, ...]
    expected_error: float
    rank_correlation: float | None


def calibration(confidences: Sequence[float], scores: Sequence[float], bins: int = 10) -> Calibration:
    """Calibration of line ``confidences`` (0..1) against the lines' ``scores`` (chrF++, 0..100), one at least."""
    members: list[list[int]] = [[] for _ in range(bins)]
    for i, confidence in enumerate(confidences):
        members[min(bins - 1, int(confidence * bins))].append(i)
    found = []
    error = 0.0
    for number, chosen in enumerate(members):
        if not chosen:
            continue
        confidence = sum(confidences[i] for i in chosen) / len(chosen)
        score = sum(scores[i] for i in chosen) / len(chosen)
        error += len(chosen) / len(confidences) * abs(confidence - score / 100)
        found.append(Bin(number / bins, (number + 1) / bins, len(chosen), round(confidence, 4), round(score, 2)))
    return Calibration(tuple(found), round(error, 4), rank_correlation(confidences, scores))


def rank_correlation(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Spearman's rank correlation, ties sharing their mean rank; None where one side does not vary."""
    x, y = _ranks(a), _ranks(b)
    mean = (len(x) - 1) / 2
    spread = sum((i - mean) ** 2 for i in x) * sum((j - mean) ** 2 for j in y)
    if spread == 0:
        return None
    return round(sum((i - mean) * (j - mean) for i, j in zip(x, y, strict=True)) / float(spread**0.5), 4)


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and values[order[end]] == values[order[at]]:
            end += 1
        for i in order[at:end]:
            ranks[i] = (at + end - 1) / 2
        at = end
    return ranks
