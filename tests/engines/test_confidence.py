"""Confidence: a number between 0 and 1 that falls with what is known to be bad."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.confidence import confidence, features, weights_of

SCORES = st.floats(-8, 0.5)
LENGTHS = st.integers(1, 600)


@given(SCORES, st.integers(0, 4), st.integers(0, 4), LENGTHS, LENGTHS)
def test_it_is_a_share(score: float, missing: int, errors: int, korean: int, english: int) -> None:
    for weights in (None, weights_of("embedded")):
        assert 0.0 <= confidence(weights, features(score, missing, errors, korean, english)) <= 1.0


def test_without_weights_it_is_the_mean_probability() -> None:
    assert weights_of("hub") is None and weights_of("../engines") is None
    assert confidence(None, features(-0.5, 0, 0, 40, 100)) == pytest.approx(math.exp(-0.5), abs=1e-4)


@given(st.floats(-2, 0.5), st.integers(20, 300))
def test_the_shipped_weights_say_less_of_what_is_worse(score: float, korean: int) -> None:
    weights = weights_of("embedded")
    assert weights is not None
    english = round(2.44 * korean)
    good = confidence(weights, features(score, 0, 0, korean, english))
    assert confidence(weights, features(score - 0.5, 0, 0, korean, english)) < good
    assert confidence(weights, features(score, 0, 1, korean, english)) < good
    assert confidence(weights, features(score, 1, 0, korean, english)) < good
    assert confidence(weights, features(score, 0, 0, korean, english // 4)) < good
