"""Marian models made here, real to every library, for machines that cannot fetch a trained one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def save_marian(
    folder: Path, lines: Sequence[str], size: int, layers: int, vocabulary: int, spread: float = 0.02, longest: int = 128
) -> None:
    """Write a Marian with random weights into ``folder``: ``layers`` on each side, ``size`` wide, a SentencePiece vocabulary learned
    from ``lines``; ``spread`` is the weights' standard deviation, ``longest`` the pieces of a text."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    both = folder / "both"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=str(both), vocab_size=vocabulary, hard_vocab_limit=False, character_coverage=1.0,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{both}.model")
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    ordered = ["</s>", "<unk>", *(p for p in pieces if p not in ("</s>", "<unk>", "<s>")), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({p: i for i, p in enumerate(ordered)}), encoding="utf-8")
    for side in ("source", "target"):
        (folder / f"{side}.spm").write_bytes(Path(f"{both}.model").read_bytes())
    for suffix in ("model", "vocab"):
        Path(f"{both}.{suffix}").unlink()
    MarianTokenizer(
        source_spm=str(folder / "source.spm"), target_spm=str(folder / "target.spm"), vocab=str(folder / "vocab.json"),
        source_lang="ko", target_lang="en",
    ).save_pretrained(str(folder))  # fmt: skip
    torch.manual_seed(7)
    config = MarianConfig(
        vocab_size=len(ordered), d_model=size, encoder_layers=layers, decoder_layers=layers, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=2 * size, decoder_ffn_dim=2 * size, max_position_embeddings=longest,
        pad_token_id=len(ordered) - 1, eos_token_id=0, decoder_start_token_id=len(ordered) - 1, forced_eos_token_id=0,
        scale_embedding=True, activation_function="swish", init_std=spread,
    )  # fmt: skip
    model = MarianMTModel(config)
    model.generation_config.max_length = longest
    model.save_pretrained(str(folder))


def teach(folder: Path, pairs: Sequence[tuple[str, str]], loss: float = 0.05, seed: int = 7) -> int:
    """Train the model in ``folder`` on ``pairs`` until it has them by heart (mean loss a piece under ``loss``, 3,000 steps at
    the most); returns the rounds.  Only a model that is sure of its words says the same in 8 bits."""
    import random

    import torch
    from transformers import MarianMTModel, MarianTokenizer

    tokenizer: Any = MarianTokenizer.from_pretrained(str(folder))
    model: Any = MarianMTModel.from_pretrained(str(folder)).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.98))
    rng, order = random.Random(seed), sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]))
    batches = [order[at : at + 25] for at in range(0, len(order), 25)]
    rounds, mean = 0, loss + 1
    while mean > loss and rounds * len(batches) < 3000:
        rng.shuffle(batches)
        losses = []
        for batch in batches:
            given = tokenizer([pairs[i][0] for i in batch], text_target=[pairs[i][1] for i in batch], return_tensors="pt", padding=True)
            given["labels"][given["labels"] == tokenizer.pad_token_id] = -100
            found = model(**given).loss
            found.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(found.item())
        rounds, mean = rounds + 1, sum(losses) / len(losses)
    model.eval().save_pretrained(str(folder))
    return rounds
