"""Models that transformers itself generates, on tiny random ones: an encoder-decoder and a decoder-only model."""

from __future__ import annotations

import pytest

from tests.tiny_models import LINES, save_plain
from translate.engines import Request, TermHint
from translate.engines.hub import open_hub
from translate.engines.plain import PlainEngine


@pytest.fixture(scope="module", params=["encoder-decoder", "decoder-only"])
def plain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PlainEngine:
    folder = tmp_path_factory.mktemp("plain")
    save_plain(folder, decoder_only=request.param == "decoder-only")
    steps: list[str] = []
    engine = open_hub(str(folder), tmp_path_factory.mktemp("cache"), progress=steps.append)
    assert isinstance(engine, PlainEngine)
    assert "more slowly" in steps[0]
    return engine


def test_best_first_in_order_and_as_many_as_wanted(plain: PlainEngine) -> None:
    results = list(plain.translate([Request(line, n_best=3) for line in LINES], "ko", "en"))
    assert len(results) == len(LINES)
    for found in results:
        assert 1 <= len(found) <= 3
        assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
        assert len({h.text for h in found}) == len(found)
    assert len({found[0].text for found in results}) > 1, "the source matters"
    (again,) = plain.translate([Request(LINES[3], n_best=3)], "ko", "en")
    assert again == results[3]


def test_prefix_is_forced(plain: PlainEngine) -> None:
    (found,) = plain.translate([Request(LINES[0], prefix="The two ministers", n_best=2)], "ko", "en")
    assert all(h.text.startswith("The two ministers") for h in found)


def test_a_hypothesis_has_the_score_that_scoring_its_text_gives(plain: PlainEngine) -> None:
    request = Request(LINES[0], prefix="The two")
    (found,) = plain.translate([request], "ko", "en")
    rest = found[0].text.removeprefix("The two")
    assert rest
    assert plain.score([(request, rest)], "ko", "en")[0] == pytest.approx(found[0].score, abs=1e-4)


def test_a_greedy_continuation_is_likelier_than_another(plain: PlainEngine) -> None:
    request = Request(LINES[0])
    (found,) = plain.translate([request], "ko", "en")
    first = found[0].text.split()[0]
    other = next(w for w in ("Rain", "Seoul", "Tokyo.") if w != first)
    better, worse = plain.score([(request, first), (request, other)], "ko", "en")
    assert better > worse


def test_terms_go_into_the_prompt_of_a_decoder_only_model(plain: PlainEngine) -> None:
    request = Request("정부는 오늘", (TermHint(0, 2, "government"),))
    _, ids = plain._asked(request, "ko", "en")
    assert ("Terms:" in plain._tokenizer.decode(ids)) == (plain.takes_terms == "prompt")
