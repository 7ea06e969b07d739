"""COMET (Rei et al. 2020, 2022), where its package is installed and a checkpoint lies on this machine.

Nothing here depends on the package (``pip install unbabel-comet``, best in an environment of its own) and nothing is fetched:
the checkpoint is a file that the user names, such as wmt22-comet-da's ``checkpoints/model.ckpt``.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from translate.document import TranslateError
from translate.evaluation.quality import Score


def installed() -> bool:
    """True if the package is there."""
    return find_spec("comet") is not None


class Comet:
    """A checkpoint, loaded once for all systems.  Raises TranslateError where it is no COMET checkpoint."""

    def __init__(self, checkpoint: Path) -> None:
        from comet import load_from_checkpoint

        try:
            self._model: Any = load_from_checkpoint(str(checkpoint))
        except Exception as error:  # whatever torch makes of a file that is something else
            raise TranslateError(f"{checkpoint}: cannot be loaded as a COMET checkpoint ({error})") from error
        # …/wmt22-comet-da/checkpoints/model.ckpt: the folder above says which.
        names = [p for p in checkpoint.resolve().parts[:-1] if p != "checkpoints"]
        self._signature = f"model:{names[-1] if names else checkpoint.stem}|scale:100|version:{_version()}"

    def score(self, sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str]) -> Score:
        """The corpus score, times 100."""
        lines = [{"src": s, "mt": h, "ref": r} for s, h, r in zip(sources, hypotheses, references, strict=True)]
        result = self._model.predict(lines, batch_size=8, gpus=0, progress_bar=False)
        return Score("COMET", round(100 * float(result.system_score), 2), self._signature)


def _version() -> str:
    try:
        return version("unbabel-comet")
    except PackageNotFoundError:
        return "unknown"
