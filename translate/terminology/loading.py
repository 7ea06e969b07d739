"""Glossary files to a termbase."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

from translate.terminology.concepts import build_termbase
from translate.terminology.formats import read_glossary, suffixes
from translate.terminology.termbase import Termbase


def load_termbase(paths: Sequence[Path], source: str = "ko", target: str = "en") -> Termbase:
    """The termbase of glossary files, for translation from ``source`` to ``target``.

    A glossary whose header says ``languages: ko-en`` (the default) serves both directions: for en→ko its targets and
    their admitted variants become the source forms.  One for another pair of languages is left out.  Proposed rows are
    never used.  Raises TranslateError (file and line) for a file or row that cannot be read.
    """
    # Every object made here stays: the cycle collector would walk over all of them time and again for nothing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return build_termbase([read_glossary(path) for path in paths], source, target)
    finally:
        if collecting:
            gc.enable()


def default_paths(folder: Path) -> list[Path]:
    """The glossary files of a folder, by name; none where there is no such folder."""
    if not folder.is_dir():
        return []
    known = suffixes()
    return sorted(
        p for p in folder.iterdir() if p.suffix.lower() in known and p.is_file() and not p.name.startswith((".", "~$"))
    )
