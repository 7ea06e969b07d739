"""Engines that are built here: from base weights of pip packages to a CTranslate2 model in the user's cache, once.

A `Recipe` says how one is made.  What it makes is renamed into place when whole; a second builder waits for the first.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from translate.document import TranslateError
from translate.engines.base_file import BaseFile
from translate.engines.pulling import file_sha256

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """``fingerprint`` hashes all that a build depends on; ``make`` writes the model's files into a folder, telling each step."""

    name: str
    base: BaseFile
    fingerprint: Callable[[], str]
    make: Callable[[Path, Progress], None]


@dataclass(frozen=True)
class Build:
    """A built engine: its folder and the hash that names what it was made of."""

    folder: Path
    fingerprint: str


def built(recipe: Recipe, cache: Path) -> Build | None:
    """The finished build of this installation's ``recipe`` in ``cache``, or None."""
    mark = recipe.fingerprint()
    folder = cache / f"{recipe.name}-{mark[:16]}"
    manifest = folder / "manifest.json"
    if not manifest.exists():
        return None
    sizes = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    whole = all((folder / n).exists() and (folder / n).stat().st_size == size for n, size in sizes.items())
    return Build(folder, mark) if whole else None


def build(recipe: Recipe, cache: Path, progress: Progress = lambda step: None) -> Build:
    """Build the engine in ``cache`` (or return the build that is there); safe against a second builder.

    ``progress`` is told each step in words.  Raises TranslateError where the base is missing or damaged, or the cache
    cannot be written.
    """
    from filelock import FileLock

    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(str(cache / f"{recipe.name}.lock")):
            return built(recipe, cache) or _build(recipe, cache, progress)
    except OSError as error:
        raise TranslateError(
            f"cannot build the {recipe.name} engine in {cache}: {error.strerror or error}; "
            "choose another folder with TRANSLATE_CACHE"
        ) from error


def _build(recipe: Recipe, cache: Path, progress: Progress) -> Build:
    mark = recipe.fingerprint()
    final = cache / f"{recipe.name}-{mark[:16]}"
    work = Path(tempfile.mkdtemp(prefix="building-", dir=cache))
    try:
        recipe.make(work, progress)
        files = {path.name: path.stat().st_size for path in sorted(work.iterdir())}
        hashes = {name: file_sha256(work / name) for name in files}
        manifest = {"fingerprint": mark, "base_sha256": recipe.base.sha256, "files": files, "sha256": hashes}
        (work / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        if final.exists():  # a damaged build: sizes did not agree
            shutil.rmtree(final)
        os.replace(work, final)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    for old in cache.glob(f"{recipe.name}-*"):
        if old.is_dir() and old != final:
            shutil.rmtree(old, ignore_errors=True)
    return Build(final, mark)



_FOREIGN = re.compile(r"[\u1100-\u11ff\u2e80-\u2fff\uff00-\uffef]")


def english_bias(pieces: Sequence[bytes]) -> npt.NDArray[np.float32]:
    """Output bias [pieces] that keeps Korean, Chinese and Japanese out of English: a name half copied from the source
    is worse than one spelled by the model, and the check for untranslated text would only report it afterwards.

    ``pieces`` are what each writes in UTF-8; bytes that begin such a character are kept out too.
    """
    return np.array([-1e4 if _foreign(piece) else 0.0 for piece in pieces], np.float32)


def _foreign(piece: bytes) -> bool:
    # 0xE3 to 0xED begin U+3000 to U+DFFF and stand nowhere else in UTF-8.
    return any(0xE3 <= byte <= 0xED for byte in piece) or bool(_FOREIGN.search(piece.decode(errors="ignore")))
