"""Building the embedded engine: base and adapter to a CTranslate2 int8 model in the user's cache.

Base weights (pip package, SHA-256 checked) are trimmed to our vocabulary, the adapter is merged, the result converted
by hand to a CTranslate2 specification (neither torch nor transformers is needed) and renamed into place when whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from translate.document import TranslateError
from translate.engines.base_weights import (
    ARCHITECTURE,
    BASE_SHA256,
    EMBEDDING,
    FINAL_NORM,
    Array,
    BaseWeightsError,
    trimmed_base,
)

Progress = Callable[[str], None]

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "embedded"
# Raised when the conversion below changes, so that old builds are not taken for new ones.
FORMAT = 3


@dataclass(frozen=True)
class Build:
    """A built engine: its folder and the hash that names what it was made of."""

    folder: Path
    fingerprint: str


def fingerprint() -> str:
    """Hash of everything a build depends on: base, adapter, vocabulary and this conversion's format."""
    digest = hashlib.sha256(f"{BASE_SHA256} {FORMAT}".encode())
    for name in ("adapter.safetensors", "koen.spm", "lexicon.tsv.xz"):
        path = MODEL_FOLDER / name
        if not path.exists():
            raise TranslateError(f"the embedded engine is incomplete: {name} is not in {MODEL_FOLDER}; reinstall")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def built(cache: Path) -> Build | None:
    """The finished build for this installation in ``cache``, or None."""
    mark = fingerprint()
    folder = cache / f"embedded-{mark[:16]}"
    manifest = folder / "manifest.json"
    if not manifest.exists():
        return None
    sizes = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    whole = all((folder / n).exists() and (folder / n).stat().st_size == size for n, size in sizes.items())
    return Build(folder, mark) if whole else None


def build(cache: Path, progress: Progress = lambda step: None) -> Build:
    """Build the engine in ``cache`` (or return the build that is there); safe against a second builder.

    ``progress`` is told each step in words.  Raises TranslateError where the base is missing or damaged, or the cache
    cannot be written.
    """
    from filelock import FileLock

    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(cache / "embedded.lock"))
        with lock:
            found = built(cache)
            if found:
                return found
            return _build(cache, progress)
    except OSError as error:
        raise TranslateError(
            f"cannot build the embedded engine in {cache}: {error.strerror or error}; "
            "choose another folder with TRANSLATE_CACHE"
        ) from error
    except BaseWeightsError as error:
        raise TranslateError(str(error)) from error


def _build(cache: Path, progress: Progress) -> Build:
    from sentencepiece import SentencePieceProcessor

    from translate.engines.adapter import merge_adapter, read_adapter

    mark = fingerprint()
    final = cache / f"embedded-{mark[:16]}"
    work = Path(tempfile.mkdtemp(prefix="building-", dir=cache))
    try:
        progress("checking and reading the base weights")
        processor = SentencePieceProcessor(model_file=str(MODEL_FOLDER / "koen.spm"))
        pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
        weights = trimmed_base(pieces)
        progress("merging the adapter")
        merge_adapter(weights, read_adapter(MODEL_FOLDER / "adapter.safetensors"))
        progress("converting to 8 bits")
        convert(weights, pieces, work)
        shutil.copy(MODEL_FOLDER / "koen.spm", work / "koen.spm")
        files = {path.name: path.stat().st_size for path in sorted(work.iterdir())}
        hashes = {name: hashlib.sha256((work / name).read_bytes()).hexdigest() for name in files}
        manifest = {"fingerprint": mark, "base_sha256": BASE_SHA256, "files": files, "sha256": hashes}
        (work / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        if final.exists():  # a damaged build: sizes did not agree
            shutil.rmtree(final)
        os.replace(work, final)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    for old in cache.glob("embedded-*"):
        if old.is_dir() and old != final:
            shutil.rmtree(old, ignore_errors=True)
    return Build(final, mark)


def output_bias(pieces: list[str]) -> Array:
    """Output bias [pieces] that keeps Korean, Chinese and Japanese out of English: a name half copied from the source
    is worse than one spelled by the model, and the check for untranslated text would only report it afterwards.

    Bytes that begin such characters in UTF-8 are kept out too.
    """
    foreign = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
    lead_bytes = {f"<0x{byte:02X}>" for byte in range(0xE3, 0xEE)}
    return np.array([-1e4 if foreign.search(p) or p in lead_bytes else 0.0 for p in pieces], np.float32)


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
