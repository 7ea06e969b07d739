"""Hub models on a tiny, randomly initialised Marian: converted, decoded, scored as transformers does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from translate.document import TranslateError
from translate.engines import Request
from translate.engines.hub import HubEngine, content_hash, open_hub

LINES = [
    "정부는 오늘 새 예산안을 발표했다.", "비가 내려 경기가 늦게 시작됐다.", "두 장관은 도쿄에서 만났다.", "물가가 석 달째 올랐다.",
    "The government announced a new budget today.", "Rain delayed the game.", "The two ministers met in Tokyo.",
    "Prices rose for a third month.", "The foreign ministers met in Seoul on Nov. 22.", "외교장관들이 11월 22일 서울에서 만났다.",
]  # fmt: skip


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Marian of 2 layers and its tokenizer, made here."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder = tmp_path_factory.mktemp("marian")
    text = folder / "lines.txt"
    text.write_text("\n".join(LINES * 20), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(folder / "both"), vocab_size=98, character_coverage=1.0, minloglevel=2
    )
    text.unlink()
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "both.model"))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    ordered = ["</s>", "<unk>", *(p for p in pieces if p not in ("</s>", "<unk>", "<s>")), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({p: i for i, p in enumerate(ordered)}), encoding="utf-8")
    for side in ("source", "target"):
        (folder / f"{side}.spm").write_bytes((folder / "both.model").read_bytes())
    tokenizer = MarianTokenizer(
        source_spm=str(folder / "source.spm"), target_spm=str(folder / "target.spm"), vocab=str(folder / "vocab.json"),
        source_lang="ko", target_lang="en",
    )  # fmt: skip
    tokenizer.save_pretrained(str(folder))
    torch.manual_seed(7)
    model = MarianMTModel(
        MarianConfig(
            vocab_size=len(ordered), d_model=64, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
            decoder_attention_heads=4, encoder_ffn_dim=128, decoder_ffn_dim=128, max_position_embeddings=128,
            pad_token_id=len(ordered) - 1, eos_token_id=0, decoder_start_token_id=len(ordered) - 1,
            forced_eos_token_id=0, scale_embedding=True, activation_function="swish", init_std=0.3,
        )
    )  # fmt: skip
    model.generation_config.max_length = 40
    model.save_pretrained(str(folder))
    for name in ("both.model", "both.vocab"):
        (folder / name).unlink()
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
