"""Confidence: how good a hypothesis is likely to be, 0 to 1, from what is known without a reference.

A logistic curve over the hypothesis' score (see `translate.engines`), the terms that are missing, the errors that the checks find, the
source's length and how far the translation's length is from the usual one.  Its weights are fitted to the sentence's chrF++ on
development lines (``python -m training calibrate``), so that 0.6 says "about 60 chrF++ beside a good translation"; each model's
stand in its folder.  An engine without such a file has its score as a probability, which is a rank more than a measure.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent / "models"
# English characters a Korean character in authored news text (median).
_USUAL = 2.44


def length_ratio(korean: int, english: int) -> float:
    """The logarithm of how much longer than usual an English text is than its Korean one, both in characters; 0 is usual."""
    return math.log(max(1, english) / max(1, korean) / _USUAL)


def features(score: float, missing: int, errors: int, korean: int, english: int) -> tuple[float, ...]:
    """What the curve weighs: a constant, the ``score``, whether terms are ``missing``, whether there are
    ``errors``, and of the two texts' lengths in characters the Korean one's logarithm and the ratio's distance from the usual."""
    deviation = abs(length_ratio(korean, english))
    return (1.0, score, float(missing > 0), float(errors > 0), math.log(max(1, korean)), deviation)


def confidence(weights: Sequence[float] | None, values: tuple[float, ...]) -> float:
    """The curve's value for ``features``; without ``weights`` the score as a probability."""
    if weights is None:
        return round(min(1.0, math.exp(values[1])), 4)
    return round(1.0 / (1.0 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True)))), 4)


@lru_cache
def weights_of(engine: str) -> tuple[float, ...] | None:
    """The weights fitted for ``engine``, None where it has none."""
    path = MODELS / engine / "confidence.json"
    if not engine.isidentifier() or not path.exists():
        return None
    return tuple(json.loads(path.read_text(encoding="utf-8"))["weights"])
