"""Plural and singular of English nouns and terms, whose last word is the head as a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.english.inflection import article, plural, singular

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


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("ICBM", "an"), ("FTA", "an"), ("UAE ship", "a"), ("U.S. base", "a"), ("NATO plan", "a"), ("NSC plan", "an"), ("AI law", "an"),
        ("European plan", "a"), ("one-China policy", "a"), ("union", "a"), ("unidentified drone", "an"), ("unilateral move", "a"),
        ("uranium plant", "a"), ("unanimous vote", "a"), ("underwater drone", "an"), ("hour", "an"), ("honor guard", "an"), ("house", "a"),
        ("18-year term", "an"), ("11,000-ton ship", "an"), ("110-year lease", "a"), ("8-ton warhead", "an"), ("KF-21", "a"), ("F-35", "an"),
        ("Aegis destroyer", "an"), ("“extended” plan", "an"), ("", "a"),
    ],
)  # fmt: skip
def test_article(phrase: str, wanted: str) -> None:
    assert article(phrase) == wanted


@pytest.mark.parametrize("phrase", ["sanctions", "Treasury bonds", "glasses", "troops", "crises", "ICBMs"])
def test_a_plural_has_no_plural(phrase: str) -> None:
    assert plural(phrase) == phrase


def test_an_acronym_has_no_singular() -> None:
    assert (singular("JCS"), singular("GPS"), singular("ICBMs")) == ("JCS", "GPS", "ICBM")
