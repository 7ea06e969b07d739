"""Hub models on a tiny, randomly initialised Marian: converted, decoded, scored as transformers does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny_models import LINES, save_tiny_marian
from translate.document import TranslateError
from translate.engines import Request
from translate.engines.hub import HubEngine, content_hash, open_hub


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny Marian."""
    folder = tmp_path_factory.mktemp("marian")
    save_tiny_marian(folder)
    return folder


@pytest.fixture(scope="module")
def hub(marian: Path, tmp_path_factory: pytest.TempPathFactory) -> HubEngine:
    """The tiny model as an engine."""
    engine = open_hub(str(marian), tmp_path_factory.mktemp("cache"), beam=1)
    assert isinstance(engine, HubEngine)
    return engine


def test_it_is_converted_once(hub: HubEngine, marian: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    open_hub(str(marian), tmp_path, progress=steps.append)
    open_hub(str(marian), tmp_path, progress=steps.append)
    assert len(steps) == 1
    assert content_hash(marian) in hub.model


def test_order_and_number_are_kept(hub: HubEngine) -> None:
    requests = [Request(line, n_best=2) for line in LINES]
    results = list(hub.translate(requests, "ko", "en"))
    assert len(results) == len(LINES)
    alone = [next(iter(hub.translate([r], "ko", "en"))) for r in requests[:3]]
    assert [a[0].text for a in alone] == [r[0].text for r in results[:3]]


def test_prefix_is_forced(hub: HubEngine) -> None:
    (found,) = hub.translate([Request(LINES[0], prefix="The government")], "ko", "en")
    assert found[0].text.startswith("The government")


def test_scores_are_log_probabilities_of_the_continuation(hub: HubEngine) -> None:
    request = Request(LINES[0], prefix="The government")
    scores = hub.score([(request, " announced a new budget"), (request, " met in Tokyo")], "ko", "en")
    assert all(s < 0 for s in scores)


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match=r"config\.json"):
        open_hub(str(tmp_path), tmp_path / "cache")


def test_a_model_that_cannot_be_fetched_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(TranslateError, match="give a folder"):
        open_hub("someone/nothing-here", tmp_path)
