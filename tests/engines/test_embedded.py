"""The embedded engine: built for real, it translates, obeys terms and prefixes, and fails in words."""

from __future__ import annotations

import json
import multiprocessing
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from translate.document import TranslateError
from translate.engines import Request, TermHint
from translate.engines.adapter import merge_adapter, quantize_adapter, read_adapter
from translate.engines.building import build, built
from translate.engines.decoder import looping
from translate.engines.embedded import EmbeddedEngine, said_again
from translate.engines.embedded_build import EMBEDDED

SENTENCES = [
    "정부는 12일 새 예산안을 발표했다.",
    "두 나라 국방장관은 도쿄에서 만나 협력 방안을 논의했다.",
    "비가 내려 경기가 한 시간 늦게 시작됐다.",
]


def test_translates_into_english_words(embedded: EmbeddedEngine) -> None:
    results = list(embedded.translate([Request(s) for s in SENTENCES], "ko", "en"))
    assert len(results) == 3
    for (best,), source in zip(results, SENTENCES, strict=True):
        assert re.search(r"[A-Za-z]{3}", best.text)
        assert not re.search(r"[가-힣]", best.text)
        assert -5 < best.score < 1
        assert not looping(best.text, source)
    assert "government" in results[0][0].text.lower()


def test_order_is_kept_whatever_the_lengths(embedded: EmbeddedEngine) -> None:
    alone = [next(iter(embedded.translate([Request(s)], "ko", "en")))[0].text for s in SENTENCES]
    together = [h[0].text for h in embedded.translate([Request(s) for s in SENTENCES], "ko", "en")]
    assert alone == together


def test_inline_term_is_obeyed(embedded: EmbeddedEngine) -> None:
    source = "양국은 확장억제를 강화하기로 했다."
    hint = TermHint(source.index("확장억제"), source.index("확장억제") + 4, "integrated deterrence")
    (plain,), (told,) = embedded.translate([Request(source), Request(source, (hint,))], "ko", "en")
    assert "integrated deterrence" not in plain.text
    assert "integrated deterrence" in told.text


def test_forced_prefix_begins_every_hypothesis(embedded: EmbeddedEngine) -> None:
    request = Request(SENTENCES[1], prefix="In Tokyo, the two", n_best=3)
    (hypotheses,) = embedded.translate([request], "ko", "en")
    assert len(hypotheses) >= 2
    assert len({h.text for h in hypotheses}) == len(hypotheses)
    assert all(h.text.startswith("In Tokyo, the two") for h in hypotheses)
    assert [h.score for h in hypotheses] == sorted((h.score for h in hypotheses), reverse=True)


def test_score_prefers_the_translation(embedded: EmbeddedEngine) -> None:
    request = Request(SENTENCES[2])
    good, bad = embedded.score(
        [(request, "Rain delayed the start of the game by an hour."), (request, "Purple accountants export seven trombones.")],
        "ko", "en",
    )  # fmt: skip
    assert good > bad


def test_other_direction_is_refused_in_words(embedded: EmbeddedEngine) -> None:
    with pytest.raises(TranslateError, match="another engine"):
        list(embedded.translate([Request("Hello.")], "en", "xx"))


def _build(cache: str, queue: multiprocessing.Queue[str]) -> None:
    queue.put(str(build(EMBEDDED, Path(cache)).folder))


def test_two_builders_at_once_make_one_build(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    workers = [context.Process(target=_build, args=(str(tmp_path), queue)) for _ in range(2)]
    for worker in workers:
        worker.start()
    folders = {queue.get(timeout=300) for _ in workers}
    for worker in workers:
        worker.join()
    assert len(folders) == 1
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == [Path(folders.pop()).name]


def test_a_damaged_build_is_made_again(tmp_path: Path) -> None:
    first = build(EMBEDDED, tmp_path)
    (first.folder / "model.bin").write_bytes(b"half")
    assert built(EMBEDDED, tmp_path) is None
    again = build(EMBEDDED, tmp_path)
    manifest = json.loads((again.folder / "manifest.json").read_text())
    assert (again.folder / "model.bin").stat().st_size == manifest["files"]["model.bin"]


def test_changed_base_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.engines import base_weights

    package = tmp_path / "damaged_base"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "part").write_bytes(b"GGUF" + b"\0" * 100)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(base_weights, "BASE", replace(base_weights.BASE, parts=(("damaged-base==1", "part"),)))
    with pytest.raises(TranslateError, match="checksum"):
        build(EMBEDDED, tmp_path / "cache")
    assert not [p for p in (tmp_path / "cache").iterdir() if p.is_dir()]


def test_unwritable_cache_is_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(TranslateError, match="TRANSLATE_CACHE"):
        build(EMBEDDED, blocked / "cache")


def test_adapter_survives_eight_bits(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    rng = np.random.default_rng(5)
    exact = {
        "w.A": rng.normal(size=(8, 40)).astype(np.float32),
        "w.B": rng.normal(size=(30, 8)).astype(np.float32),
        "n.full": rng.normal(size=40).astype(np.float32),
    }
    save_file(quantize_adapter(exact), str(tmp_path / "a.safetensors"))
    read = read_adapter(tmp_path / "a.safetensors")
    weights = {"w": np.zeros((30, 40), np.float32), "n": np.zeros(40, np.float32)}
    merge_adapter(weights, read)
    wanted = exact["w.B"] @ exact["w.A"]
    assert np.abs(weights["w"] - wanted).max() < 0.03 * np.abs(wanted).max()
    assert np.allclose(weights["n"], exact["n.full"], atol=2e-3)


def test_said_again() -> None:
    twice = "the U.S. Indo-Pacific Command in Hawaii holds the right to run the U.S. Indo-Pacific Command in Hawaii"
    assert said_again(twice) == 1
    assert said_again("the ministers met in Seoul and the ministers met in Busan the next day") == 0
