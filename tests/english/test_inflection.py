"""Plural and singular of English nouns and terms, whose last word is the head as a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.english.inflection import plural, singular

PAIRS = [
    ("missile", "missiles"), ("ally", "allies"), ("day", "days"), ("church", "churches"), ("box", "boxes"), ("mission", "missions"),
    ("analysis", "analyses"), ("crisis", "crises"), ("man", "men"), ("serviceman", "servicemen"), ("woman", "women"),
    ("child", "children"), ("knife", "knives"), ("embargo", "embargoes"), ("veto", "vetoes"), ("photo", "photos"), ("bus", "buses"),
    ("base", "bases"), ("house", "houses"), ("virus", "viruses"), ("aircraft carrier", "aircraft carriers"),
    ("defense ministry", "defense ministries"), ("intercontinental ballistic missile", "intercontinental ballistic missiles"),
    ("secretary-general", "secretaries-general"), ("tax", "taxes"), ("boss", "bosses"), ("city", "cities"), ("key", "keys"), ("roof", "roofs"),
    ("drone", "drones"), ("nominee", "nominees"), ("policy", "policies"), ("chief", "chiefs"), ("response", "responses"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "many"), PAIRS)
def test_both_ways(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one


@pytest.mark.parametrize("word", ["aircraft", "series", "species", "headquarters", "news", "politics", "police"])
def test_unchanged(word: str) -> None:
    assert plural(word) == word
    assert singular(word) == word


@pytest.mark.parametrize("word", ["missile", "ally", "press", "bus", "crisis", "boss", "status", "analysis"])
def test_a_singular_stays_one(word: str) -> None:
    assert singular(word) == word


@given(st.text(max_size=15))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(plural(text), str)
    assert isinstance(singular(text), str)
