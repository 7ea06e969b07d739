"""The cascade: each rescue step does its part, and the ledger never says more than the target shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.checks import errors
from translate.document import Finding, Occurrence, Outcome
from translate.engines import Hypothesis, Request
from translate.engines.embedded import EmbeddedEngine
from translate.terminology.enforcement import Job, enforce, hints, prove, replace_forbidden


class Scripted:
    """An engine whose hypotheses are written beforehand: the cascade's logic alone is looked at."""

    name = "scripted"
    model = "scripted"
    directions: tuple[str, ...] = ("ko-en",)
    takes_terms: Literal["inline", "prompt", "none"] = "none"
    forces_prefix = True

    def __init__(self, first: str, n_best: Sequence[str] = (), continuation: str = " and went home.") -> None:
        self.first, self.n_best, self.continuation = first, list(n_best), continuation

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        for request in requests:
            if request.prefix:
                yield (Hypothesis(request.prefix + self.continuation, -1.0),)
            elif request.n_best > 1:
                yield tuple(Hypothesis(t, -1.0 - i) for i, t in enumerate([self.first, *self.n_best]))
            else:
                yield (Hypothesis(self.first, -0.5),)

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        return [-abs(len(request.prefix) - 20) for request, _ in pairs]


def _term(source: str, term: str, *wanted: str, forbidden: tuple[str, ...] = ()) -> Occurrence:
    start = source.index(term)
    return Occurrence(start, start + len(term), f"t:{term}", term, wanted, forbidden)


SOURCE = "장관은 확장억제를 강조했다."
TERM = _term(SOURCE, "확장억제", "extended deterrence", forbidden=("expanded deterrence",))


def _run(engine: Scripted, occurrence: Occurrence = TERM) -> tuple[str, Occurrence]:
    (result,) = enforce([Job(SOURCE, (occurrence,))], engine, "ko", "en")
    return result.target, result.occurrences[0]


def test_applied() -> None:
    text, line = _run(Scripted("The minister stressed extended deterrence."))
    assert (line.outcome, line.found, line.how) == (Outcome.APPLIED, "extended deterrence", "")
    assert text[line.target_start : line.target_end] == "extended deterrence"


def test_forbidden_form_is_replaced() -> None:
    text, line = _run(Scripted("Expanded deterrence was stressed by the minister."))
    assert text == "Extended deterrence was stressed by the minister."
    assert (line.outcome, line.how) == (Outcome.REPAIRED, "replaced")


def test_better_hypothesis_is_taken() -> None:
    text, line = _run(Scripted("The minister stressed it all.", ["The minister stressed extended deterrence."]))
    assert text == "The minister stressed extended deterrence."
    assert (line.outcome, line.how) == (Outcome.REPAIRED, "n-best")


def test_prefix_is_forced() -> None:
    text, line = _run(Scripted("The minister stressed the umbrella."))
    assert "extended deterrence" in text.lower()
    assert (line.outcome, line.how) == (Outcome.REPAIRED, "forced prefix")


def test_what_cannot_be_rescued_is_missing() -> None:
    engine = Scripted("The minister stressed the umbrella.")
    engine.forces_prefix = False
    text, line = _run(engine)
    assert (line.outcome, line.found, line.target_start) == (Outcome.MISSING, "", -1)
    assert text == "The minister stressed the umbrella."


def test_a_rescue_that_falls_apart_is_not_taken() -> None:
    text, line = _run(Scripted("The minister stressed the umbrella.", continuation=" so that" * 40))
    assert line.outcome is Outcome.MISSING
    assert text == "The minister stressed the umbrella."


@pytest.mark.parametrize("said", ["The budget panel met.", "The budget panel (budget panel) met."])
def test_a_waived_occurrence_is_neither_told_nor_rescued(said: str) -> None:
    source = "예산결산특별위원회(‘예결위’)는 열렸다."
    first = _term(source, "예산결산특별위원회", "budget panel")
    short = replace(_term(source, "예결위", "budget panel"), entry=first.entry, outcome=Outcome.WAIVED, how="said once")
    (told,) = hints(source, [first, short])
    assert (source[told.start : told.end], told.target) == ("예산결산특별위원회(‘예결위’)", "budget panel")
    (result,) = enforce([Job(source, (first, short))], Scripted(said, ["A far better budget panel (budget panel)."]), "ko", "en")
    assert result.target == said
    assert [(o.outcome, o.how) for o in result.occurrences] == [(Outcome.APPLIED, ""), (Outcome.WAIVED, "said once")]
    assert all(said[o.target_start : o.target_end] == o.found for o in result.occurrences if o.found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("An expanded deterrence plan.", "An extended deterrence plan."),
        ("They met. Expanded deterrence won.", "They met. Extended deterrence won."),
        ("the word is expanded deterrence", "the word is extended deterrence"),
    ],
)
def test_replacement_keeps_the_sentence(text: str, wanted: str) -> None:
    assert replace_forbidden([TERM], text, "en") == wanted


def test_replacement_mends_the_article() -> None:
    entry = Occurrence(0, 1, "x", "x", ("missile",), ("ICBM rocket",))
    assert replace_forbidden([entry], "It fired an ICBM rocket at dawn.", "en") == "It fired a missile at dawn."


@pytest.mark.parametrize(
    ("wanted", "old", "text", "new"),
    [
        ("FTA", "trade pact", "They signed a trade pact.", "They signed an FTA."),
        ("one-China policy", "China rule", "It has a China rule.", "It has a one-China policy."),
        ("Treasury bonds", "state bond", "It sold state bonds.", "It sold Treasury bonds."),
        ("attorney general", "law minister", "The law ministers met.", "The attorneys general met."),
        ("U.S. Forces Japan", "Japan garrison", "The Japan garrison's chief left.", "The U.S. Forces Japan's chief left."),
    ],
)
def test_a_replacement_takes_article_and_number(wanted: str, old: str, text: str, new: str) -> None:
    assert replace_forbidden([Occurrence(0, 1, "x", "x", (wanted,), (old,))], text, "en") == new


@given(
    st.lists(st.sampled_from(["extended deterrence", "JOC", "the", "Joint Operations Command", "x", "."]), max_size=12),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_the_ledger_never_says_more_than_the_target_shows(words: list[str], first: int, second: int) -> None:
    text = " ".join(words)
    occurrences = [Occurrence(i, i + 1, "ed", "확장억제", ("extended deterrence",)) for i in range(first)]
    occurrences += [Occurrence(i, i + 1, "joc", "합동작전사령부", ("Joint Operations Command", "JOC")) for i in range(second)]
    proven = prove(occurrences, text, "en")
    spans = [(o.target_start, o.target_end) for o in proven if o.outcome is not Outcome.MISSING]
    assert len(set(spans)) == len(spans)
    for o in proven:
        if o.outcome is Outcome.MISSING:
            assert o.found == ""
        else:
            assert text[o.target_start : o.target_end] == o.found
            assert o.found in ("extended deterrence", "Joint Operations Command", "JOC")
    assert sum(o.entry == "ed" and o.outcome is Outcome.APPLIED for o in proven) == min(first, words.count("extended deterrence"))


def test_terms_on_the_real_engine(embedded: EmbeddedEngine) -> None:
    sources = [
        "미국과 일본은 확장억제를 강화하기로 했다.",
        "자위대는 올해 말 합동작전사령부를 설립한다.",
        "외무상은 주일미군의 역할을 설명했다.",
    ]
    terms = [
        [("확장억제", "extended deterrence")],
        [("자위대", "Self-Defense Forces"), ("합동작전사령부", "Joint Operations Command")],
        [("외무상", "foreign minister"), ("주일미군", "U.S. Forces Japan")],
    ]
    jobs = [Job(s, tuple(_term(s, k, v) for k, v in pairs)) for s, pairs in zip(sources, terms, strict=True)]
    results = list(enforce(jobs, embedded, "ko", "en"))
    for result in results:
        for line in result.occurrences:
            assert line.outcome in (Outcome.APPLIED, Outcome.REPAIRED)
            assert result.target[line.target_start : line.target_end] == line.found


def test_a_context_entry_is_not_told_and_its_likeliest_target_is_forced() -> None:
    term = replace(_term("정부는 말했다.", "정부", "government", "administration"), status="context")
    assert hints(SOURCE, [term]) == ()

    class Choosing(Scripted):
        def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
            return [0.0 if "administration" in form else -5.0 for _, form in pairs]

    (result,) = enforce([Job("정부는 말했다.", (term,))], Choosing("It said so."), "ko", "en")
    assert "administration" in result.target
    assert result.occurrences[0].outcome is Outcome.REPAIRED
    (result,) = enforce([Job("정부는 말했다.", (term,))], Scripted("The government said so."), "ko", "en")
    assert (result.target, result.occurrences[0].outcome) == ("The government said so.", Outcome.APPLIED)


def _wrong_figure(source: str, target: str) -> list[Finding]:
    return errors(source, target, "ko", "en")


def test_a_hypothesis_with_the_right_figures_is_chosen_before_a_likelier_one_without() -> None:
    source = "주민 37명이 다쳤다."
    engine = Scripted("Thirty residents were hurt.", n_best=["Some were hurt.", "Thirty-seven residents were hurt."])
    (result,) = enforce([Job(source)], engine, "ko", "en", faults=_wrong_figure)
    assert result.target == "Thirty-seven residents were hurt."
    assert "Thirty residents were hurt." in result.others


def test_no_term_is_given_up_for_a_figure() -> None:
    source = "장관은 확장억제를 37번 강조했다."
    term = _term(source, "확장억제", "extended deterrence")
    engine = Scripted("The minister stressed extended deterrence 73 times.", n_best=["The minister stressed it 37 times."])
    (result,) = enforce([Job(source, (term,))], engine, "ko", "en", faults=_wrong_figure)
    assert result.target == "The minister stressed extended deterrence 73 times."


@pytest.mark.parametrize(
    ("source", "figure"),
    [
        ("주민 37명이 다쳤다.", "37"),
        ("지지율이 41.5%로 올랐다.", "41.5%"),
        ("요금을 1400원 올렸다.", "1,400 won"),
    ],
)
def test_a_figure_that_is_missed_is_given_like_a_term(source: str, figure: str) -> None:
    class Obedient(Scripted):
        takes_terms: Literal["inline", "prompt", "none"] = "inline"

        def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
            for request in requests:
                yield (Hypothesis(" ".join(["It", "was", *(t.target for t in request.terms)]) + "."),)

    (result,) = enforce([Job(source)], Obedient("It was."), "ko", "en", faults=_wrong_figure)
    assert result.target == f"It was {figure}."
