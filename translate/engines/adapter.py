"""The embedded engine's adapter: our trained change to the base, as a low-rank delta in 8 bits.

For every matrix ``NAME`` the file holds ``NAME.A`` [rank, in] and ``NAME.B`` [out, rank] as int8 with float16 scales a
row of A and a column of B (``NAME.A.scale`` [rank], ``NAME.B.scale`` [rank]); ``NAME.full`` are norm weights, float16.
The change is ``(B * scale_B) @ (A * scale_A[:, None])``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def quantize_adapter(tensors: dict[str, Array]) -> dict[str, Array]:
    """An adapter in float (``.A``, ``.B``, ``.full``) in its shipped form."""
    out: dict[str, Array] = {}
    for name, value in tensors.items():
        if name.endswith(".full"):
            out[name] = value.astype(np.float16)
            continue
        axis = 1 if name.endswith(".A") else 0
        # A row of A and the column of B that meets it share their scale's freedom: balancing is not needed.
        scale = np.maximum(np.abs(value).max(axis=axis), 1e-12) / 127.0
        shaped = scale[:, None] if axis == 1 else scale[None, :]
        out[name] = np.clip(np.round(value / shaped), -127, 127).astype(np.int8)
        out[name + ".scale"] = scale.astype(np.float32)
    return out


def read_adapter(path: Path) -> dict[str, Array]:
    """An adapter file, 8-bit or float, as float32 ``.A``, ``.B`` and ``.full`` arrays."""
    from safetensors.numpy import load_file

    saved = load_file(str(path))
    out: dict[str, Array] = {}
    for name, value in saved.items():
        if name.endswith(".scale"):
            continue
        scale = saved.get(name + ".scale")
        data = value.astype(np.float32)
        if scale is not None:
            data = data * (scale[:, None] if name.endswith(".A") else scale[None, :])
        out[name] = data
    return out


def merge_adapter(weights: dict[str, Array], adapter: dict[str, Array]) -> None:
    """Add the adapter's change to ``weights`` (transformers' names, float32) in place.  Raises KeyError on a stranger."""
    for name, value in adapter.items():
        target, _, part = name.rpartition(".")
        if part == "full":
            weights[target] = value
        elif part == "A":
            weights[target] = weights[target] + adapter[target + ".B"] @ value
