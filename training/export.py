"""Export: the averaged adapter in its shipped 8-bit form, into the package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from safetensors.numpy import save

from translate.engines.adapter import quantize_adapter, read_adapter
from translate.files import replacing


def export(work: Path, vocabulary: Path, others: Sequence[Path] = ()) -> Path:
    """Write ``adapter.safetensors`` beside the vocabulary from ``WORK/adapter.safetensors``; return its path.

    With ``others``, adapters (float or shipped) of runs that one of them began from, the mean of all: a run that goes on over the same text
    learns it by heart, and the mean with where it began translates unseen text better than either (Wortsman et al. 2022).
    Their factors are still alike, so that the mean of the factors is nearly the factor of the mean (3 % off).
    """
    files = [read_adapter(path) for path in (work / "adapter.safetensors", *others)]
    mean = {name: sum(file[name] for file in files) / len(files) for name in files[0]}
    out = vocabulary.parent / "adapter.safetensors"
    with replacing(out) as stream:
        stream.write(save(quantize_adapter(mean)))
    return out
