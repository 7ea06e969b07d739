"""The trainable model computes what transformers computes, and training resumes where it was stopped."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from training.data import Pair, _other_digits, _replace_term, batches
from training.model import Translator, save_adapter
from training.train import rate, tensors
from translate.engines.base_weights import ARCHITECTURE, EMBEDDING, FINAL_NORM


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights of the base's shape with a vocabulary of 50, as WORK/base.safetensors."""
    from safetensors.torch import save_file

    torch.manual_seed(3)
    a = ARCHITECTURE
    state = {EMBEDDING: torch.randn(50, a.hidden) * 0.02, FINAL_NORM: torch.zeros(a.hidden)}
    for i in range(a.layers):
        p = f"model.layers.{i}."
        for name, shape in {
            "self_attn.q_proj": (a.heads * a.head_dim, a.hidden), "self_attn.k_proj": (a.head_dim, a.hidden),
            "self_attn.v_proj": (a.head_dim, a.hidden), "self_attn.o_proj": (a.hidden, a.heads * a.head_dim),
            "mlp.gate_proj": (a.feed_forward, a.hidden), "mlp.up_proj": (a.feed_forward, a.hidden),
            "mlp.down_proj": (a.hidden, a.feed_forward),
        }.items():  # fmt: skip
            state[f"{p}{name}.weight"] = torch.randn(*shape) * 0.02
        for name in ("input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm"):
            state[f"{p}{name}.weight"] = torch.randn(a.hidden) * 0.1
        for name in ("q_norm", "k_norm"):
            state[f"{p}self_attn.{name}.weight"] = torch.randn(a.head_dim) * 0.1
    folder = tmp_path_factory.mktemp("base")
    save_file(state, str(folder / "base.safetensors"))
    return folder


def test_the_forward_pass_is_transformers_own(small: Path) -> None:
    from safetensors.torch import load_file
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    a = ARCHITECTURE
    config = Gemma3TextConfig(
        vocab_size=50, hidden_size=a.hidden, intermediate_size=a.feed_forward, num_hidden_layers=a.layers,
        num_attention_heads=a.heads, num_key_value_heads=a.kv_heads, head_dim=a.head_dim, query_pre_attn_scalar=a.head_dim,
        sliding_window=a.sliding_window, rms_norm_eps=a.norm_eps, pad_token_id=0,
        layer_types=["full_attention" if a.is_global(i) else "sliding_attention" for i in range(a.layers)],
    )  # fmt: skip
    theirs = Gemma3ForCausalLM(config).eval()
    theirs.load_state_dict(load_file(str(small / "base.safetensors")), strict=False)
    theirs.tie_weights()
    ours = Translator(small / "base.safetensors", rank=4, dtype=torch.float32)
    ids = torch.randint(1, 50, (2, 17), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        expected = theirs(ids).logits
        found = ours.embedding(ours.hidden(ids))
    assert torch.allclose(found, expected, atol=2e-4), (found - expected).abs().max()


def test_ten_steps_learn_and_the_adapter_comes_back(small: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    model = Translator(small / "base.safetensors", rank=4, dtype=torch.float32)
    ids = torch.randint(1, 50, (4, 12))
    labels = ids.clone()
    labels[:, :5] = -100
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    losses = []
    for _ in range(10):
        loss = model(ids, labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < losses[0] - 0.2
    save_adapter(model.adapter(), tmp_path / "a.safetensors")
    again = Translator(small / "base.safetensors", rank=4, dtype=torch.float32)
    again.load_adapter(tmp_path / "a.safetensors")
    with torch.no_grad():
        assert abs(again(ids, labels).item() - model(ids, labels).item()) < 0.02


def test_labels_are_the_target_only() -> None:
    ids, labels = tensors([([2, 6, 9], [11, 12, 1]), ([2, 6], [13, 1])])
    assert ids.shape == labels.shape == (2, 8)
    assert labels[0].tolist() == [-100, -100, -100, 11, 12, 1, -100, -100]
    assert labels[1].tolist() == [-100, -100, 13, 1, -100, -100, -100, -100]


def test_batches_hold_their_budget_and_lose_nothing() -> None:
    rng = random.Random(1)
    examples = [([1] * rng.randint(1, 40), [2] * rng.randint(1, 40)) for _ in range(300)]
    made = batches(examples, 400, 70, random.Random(2))
    assert all(max(len(s) + len(t) for s, t in b) * len(b) <= 400 for b in made)
    assert sum(len(b) for b in made) == sum(len(s) + len(t) <= 70 for s, t in examples)


def test_the_rate_warms_up_holds_and_decays() -> None:
    options = {"learning_rate": 1.0, "warmup": 10, "decay_share": 0.5}
    assert rate(0, 100, options) == pytest.approx(0.1)
    assert rate(30, 100, options) == 1.0
    assert rate(99, 100, options) < 0.1


@pytest.mark.parametrize(
    ("text", "old", "new", "wanted"),
    [
        ("He saw a missile.", "missile", "ICBM launcher", "He saw an ICBM launcher."),
        ("An idea came.", "idea", "plan", "A plan came."),
        ("Missile test held", "Missile", "drone", "Drone test held"),
    ],
)
def test_a_swapped_term_keeps_the_sentence(text: str, old: str, new: str, wanted: str) -> None:
    assert _replace_term(text, old, new) == wanted


def test_figures_change_on_both_sides() -> None:
    pair = Pair("참가자는 240곳에서 왔다.", "Participants came from 240 places.")
    changed = _other_digits(pair, random.Random(4))
    assert "240" not in changed.ko
    number = "".join(c for c in changed.ko if c.isdigit())
    assert f" {number} places" in changed.en
