"""Reading a GGUF file's strings and tensors (version 3, little-endian), fast.

The ``gguf`` package's own reader makes a numpy object of each of 262,144 tokens, which takes most of the time of a
build; here the header is walked with ``struct`` and only what we need is kept.  Format: ggml's docs/gguf.md.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9


@dataclass(frozen=True)
class Tensor:
    """A tensor as stored: ``data`` is uint8 [..., bytes a row] (float32 where it is not quantised), ``kind`` ggml's type."""

    data: npt.NDArray[Any]
    kind: Any


@dataclass(frozen=True)
class GgufFile:
    """``values`` holds the header's single values by key, ``strings`` its arrays of strings, ``tensors`` the tensors by name."""

    values: dict[str, Any]
    strings: dict[str, list[str]]
    tensors: dict[str, Tensor]


def read_gguf(data: bytes | bytearray) -> GgufFile:
    """Parse a whole file's bytes.  Raises ValueError for what is not GGUF version 3."""
    from gguf.constants import GGMLQuantizationType
    from gguf.quants import quant_shape_to_byte_shape

    magic, version, tensor_count, key_count = struct.unpack_from("<4sIQQ", data, 0)
    if magic != b"GGUF" or version != 3:
        raise ValueError("not a GGUF file of version 3")
    at = 24
    values: dict[str, Any] = {}
    strings: dict[str, list[str]] = {}
    for _ in range(key_count):
        key, at = _string(data, at)
        (kind,) = struct.unpack_from("<I", data, at)
        value, at = _value(data, at + 4, kind)
        if kind == _ARRAY and value and isinstance(value[0], str):
            strings[key] = value
        elif kind != _ARRAY:
            values[key] = value
    alignment = int(values.get("general.alignment", 32))
    infos = []
    for _ in range(tensor_count):
        name, at = _string(data, at)
        (dimensions,) = struct.unpack_from("<I", data, at)
        shape = struct.unpack_from(f"<{dimensions}Q", data, at + 4)
        at += 4 + 8 * dimensions
        kind, offset = struct.unpack_from("<IQ", data, at)
        at += 12
        infos.append((name, tuple(reversed(shape)), GGMLQuantizationType(kind), offset))
    begin = (at + alignment - 1) // alignment * alignment
    raw = np.frombuffer(data, np.uint8)
    tensors = {}
    for name, shape, kind, offset in infos:
        bytes_shape = quant_shape_to_byte_shape(shape, kind)
        size = int(np.prod(bytes_shape))
        block = raw[begin + offset : begin + offset + size].reshape(bytes_shape)
        tensors[name] = Tensor(block.view(np.float32) if kind == GGMLQuantizationType.F32 else block, kind)
    return GgufFile(values, strings, tensors)


def _string(data: bytes | bytearray, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<Q", data, at)
    end = at + 8 + length
    return data[at + 8 : end].decode("utf-8", "surrogateescape"), end


def _value(data: bytes | bytearray, at: int, kind: int) -> tuple[Any, int]:
    if kind == _STRING:
        return _string(data, at)
    if kind != _ARRAY:
        form = "<" + _SCALARS[kind]
        return struct.unpack_from(form, data, at)[0], at + struct.calcsize(form)
    inner, count = struct.unpack_from("<IQ", data, at)
    at += 12
    if inner == _STRING:
        values = []
        for _ in range(count):
            text, at = _string(data, at)
            values.append(text)
        return values, at
    form = f"<{count}{_SCALARS[inner]}"
    return list(struct.unpack_from(form, data, at)), at + struct.calcsize(form)
