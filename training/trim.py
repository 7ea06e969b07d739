"""Trim: the base's weights cut to our vocabulary, float16, as ``WORK/base.safetensors``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from sentencepiece import SentencePieceProcessor

from translate.engines.base_weights import trimmed_base


def trim(work: Path, vocabulary: Path) -> None:
    """Read, check and cut the base (see `translate.engines.base_weights`)."""
    processor = SentencePieceProcessor(model_file=str(vocabulary))
    weights = trimmed_base([processor.id_to_piece(i) for i in range(processor.get_piece_size())])
    save_file({name: value.astype(np.float16) for name, value in weights.items()}, str(work / "base.safetensors"))
