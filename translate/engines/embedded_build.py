"""What the embedded engine is made of: base and adapter to a CTranslate2 int8 model.

Base weights are trimmed to our vocabulary, the adapter is merged, the result converted by hand to a CTranslate2
specification (neither torch nor transformers is needed).
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import numpy as np

from translate.document import TranslateError
from translate.engines.base_weights import ARCHITECTURE, BASE, EMBEDDING, FINAL_NORM, Array, trimmed_base
from translate.engines.building import Progress, Recipe, english_bias

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "embedded"
# Raised when the conversion below changes, so that old builds are not taken for new ones.
FORMAT = 3


def fingerprint() -> str:
    """Hash of everything a build depends on: base, adapter, vocabulary and this conversion's format."""
    digest = hashlib.sha256(f"{BASE.sha256} {FORMAT}".encode())
    for name in ("adapter.safetensors", "koen.spm", "lexicon.tsv.xz"):
        path = MODEL_FOLDER / name
        if not path.exists():
            raise TranslateError(f"the embedded engine is incomplete: {name} is not in {MODEL_FOLDER}; reinstall")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def make(folder: Path, progress: Progress) -> None:
    """Write the engine's model and vocabulary into ``folder``."""
    from sentencepiece import SentencePieceProcessor

    from translate.engines.adapter import merge_adapter, read_adapter

    progress("checking and reading the base weights")
    processor = SentencePieceProcessor(model_file=str(MODEL_FOLDER / "koen.spm"))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    weights = trimmed_base(pieces)
    progress("merging the adapter")
    merge_adapter(weights, read_adapter(MODEL_FOLDER / "adapter.safetensors"))
    progress("converting to 8 bits")
    convert(weights, pieces, folder)
    shutil.copy(MODEL_FOLDER / "koen.spm", folder / "koen.spm")


EMBEDDED = Recipe("embedded", BASE, fingerprint, make)


def _written(piece: str) -> bytes:
    byte = re.fullmatch("<0x([0-9A-F]{2})>", piece)
    return bytes([int(byte[1], 16)]) if byte else piece.encode()


def output_bias(pieces: list[str]) -> Array:
    """See `english_bias`, for the vocabulary's pieces."""
    return english_bias([_written(piece) for piece in pieces])


def convert(weights: dict[str, Array], pieces: list[str], folder: Path, quantization: str = "int8") -> None:
    """Write ``weights`` (transformers' names) as a CTranslate2 model into ``folder``."""
    from ctranslate2.specs import common_spec, transformer_spec

    arch = ARCHITECTURE
    spec = transformer_spec.TransformerDecoderModelSpec.from_config(
        arch.layers,
        arch.heads,
        activation=common_spec.Activation.GELUTanh,
        pre_norm=True,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=arch.head_dim,
        rotary_interleave=False,
        rotary_base=arch.rotary_local,
        num_heads_kv=arch.kv_heads,
        head_dim=arch.head_dim,
        sliding_window=arch.sliding_window,
        pre_post_layer_norm=True,
        qk_norm=True,
    )

    def norm(target: object, name: str) -> None:
        target.gamma = weights[name].astype(np.float32)  # type: ignore[attr-defined]
        target.layer_norm_use_residual = True  # type: ignore[attr-defined]

    decoder = spec.decoder
    decoder.scale_embeddings = True
    decoder.start_from_zero_embedding = False
    decoder.embeddings.weight = weights[EMBEDDING].astype(np.float32)
    decoder.projection.weight = weights[EMBEDDING].astype(np.float32)
    decoder.projection.bias = output_bias(pieces)
    norm(decoder.layer_norm, FINAL_NORM)
    for i, layer in enumerate(decoder.layer):
        prefix = f"model.layers.{i}."
        wide = arch.is_global(i)
        layer.self_attention.rotary_base = np.dtype("float32").type(
            arch.rotary_global if wide else arch.rotary_local
        )
        layer.self_attention.sliding_window = np.dtype("int32").type(0 if wide else arch.sliding_window)
        norm(layer.input_layer_norm, prefix + "input_layernorm.weight")
        norm(layer.post_attention_layer_norm, prefix + "post_attention_layernorm.weight")
        norm(layer.pre_feedforward_layer_norm, prefix + "pre_feedforward_layernorm.weight")
        norm(layer.post_feedforward_layer_norm, prefix + "post_feedforward_layernorm.weight")
        norm(layer.self_attention.q_norm, prefix + "self_attn.q_norm.weight")
        norm(layer.self_attention.k_norm, prefix + "self_attn.k_norm.weight")
        fused = np.concatenate([weights[f"{prefix}self_attn.{p}_proj.weight"] for p in "qkv"])
        layer.self_attention.linear[0].weight = fused.astype(np.float32)
        layer.self_attention.linear[1].weight = weights[prefix + "self_attn.o_proj.weight"].astype(np.float32)
        layer.ffn.linear_0.weight = weights[prefix + "mlp.gate_proj.weight"].astype(np.float32)
        layer.ffn.linear_0_noact.weight = weights[prefix + "mlp.up_proj.weight"].astype(np.float32)
        layer.ffn.linear_1.weight = weights[prefix + "mlp.down_proj.weight"].astype(np.float32)
    spec.register_vocabulary(pieces)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<bos>", "<eos>", "<unk>"
    spec.config.layer_norm_epsilon = arch.norm_eps
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(folder))
