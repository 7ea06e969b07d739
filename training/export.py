"""Export: the averaged adapter in its shipped 8-bit form, into the package."""

from __future__ import annotations

from pathlib import Path

from safetensors.numpy import load_file, save_file

from translate.engines.adapter import quantize_adapter


def export(work: Path, vocabulary: Path) -> Path:
    """Write ``adapter.safetensors`` beside the vocabulary from ``WORK/adapter.safetensors``; return its path."""
    import numpy as np

    saved = load_file(str(work / "adapter.safetensors"))
    out = vocabulary.parent / "adapter.safetensors"
    temporary = out.with_suffix(".tmp")
    save_file(quantize_adapter({k: v.astype(np.float32) for k, v in saved.items()}), str(temporary))
    temporary.replace(out)
    return out
