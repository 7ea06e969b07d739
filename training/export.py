"""Mix, weigh, export: from adapters in float to the one that is shipped, in 8 bits.

A run that goes on over the same text learns it by heart, and a narrow one forgets; the mean with where it began translates unseen text
better than either (Wortsman et al. 2022), and a change made a little smaller keeps more of the base (Ilharco et al. 2023).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save

from translate.engines.adapter import quantize_adapter, read_adapter
from translate.files import replacing

# What ``weigh`` tries.
SHARES, SCALES = (0.0, 0.25, 0.5, 0.75, 1.0), (1.0, 0.9, 0.8)


def mixed(work: Path, other: Path | None, share: float, scale: float) -> dict[str, npt.NDArray[Any]]:
    """``WORK/adapter.safetensors`` with ``share`` of an ``other`` adapter (float or shipped) that one of them began from, its
    change ``scale`` times as large.  Their factors are still alike, so that the mean of the factors is nearly the factor of the
    mean (3 % off)."""
    mine = read_adapter(work / "adapter.safetensors")
    theirs = read_adapter(other) if other else mine
    mix = {name: (1 - share) * mine[name] + share * theirs[name] for name in mine}
    return {name: value * scale if name.endswith(".B") else value for name, value in mix.items()}


def export(work: Path, vocabulary: Path, other: Path | None = None, share: float = 0.5, scale: float = 1.0) -> Path:
    """Write the mix as ``adapter.safetensors`` beside the vocabulary; return its path."""
    out = vocabulary.parent / "adapter.safetensors"
    with replacing(out) as stream:
        stream.write(save(quantize_adapter(mixed(work, other, share, scale))))
    return out


def weigh(work: Path, config: dict[str, Any], vocabulary: Path, other: Path) -> Iterator[tuple[float, float, dict[str, float]]]:
    """(share, scale, loss a piece by development set) of the mixes: authored lines kept apart, and FLORES dev where it is there.

    Losses tell mixes apart on a few dozen lines where chrF++ needs a thousand.
    """
    import torch

    from training.data import Corpus, batches, flores_dev
    from training.model import Translator
    from training.train import mean_loss

    corpus, options = Corpus(config, vocabulary), config["train"]
    sets = {"authored": corpus.development(options["development_lines"])}
    if flores := flores_dev(config):
        rng = random.Random(config["seed"])
        sets["flores"] = [corpus.encode(pair, rng) for pair in flores[::16]]
    ready = {name: batches(lines, options["tokens"], options["length"], random.Random(0)) for name, lines in sets.items()}
    model = Translator(work / "base.safetensors", options["rank"])
    for share in SHARES:
        for scale in SCALES:
            model.load_tensors({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in mixed(work, other, share, scale).items()})
            yield share, scale, {name: round(mean_loss(model, lines), 4) for name, lines in ready.items()}
