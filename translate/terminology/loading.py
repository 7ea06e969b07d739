"""Glossary files to a termbase and its matcher; large ones are kept ready in the cache."""

from __future__ import annotations

import gc
import hashlib
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from translate.files import replacing
from translate.terminology.concepts import build_termbase
from translate.terminology.formats import parse_glossary, read_bytes, read_glossary, suffixes
from translate.terminology.matching import Matcher
from translate.terminology.termbase import Termbase

# Raised when the cached form changes.
_FORMAT = 6
# Bytes of glossary files from which a cache pays.
_LARGE = 400_000


@contextmanager
def _uncollected() -> Iterator[None]:
    """No cycle collection: every object made here stays, and the collector would walk over all of them for nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def load_termbase(paths: Sequence[Path], source: str = "ko", target: str = "en") -> Termbase:
    """The termbase of glossary files, for translation from ``source`` to ``target``.

    A glossary whose header says ``languages: ko-en`` (the default) serves both directions: for en→ko its targets and
    their admitted variants become the source forms.  One for another pair of languages is left out.  Proposed rows are
    never used.  Raises TranslateError (file and line) for a file or row that cannot be read.
    """
    with _uncollected():
        return build_termbase([read_glossary(path) for path in paths], source, target)


def load_matcher(paths: Sequence[Path], folder: Path, source: str = "ko", target: str = "en") -> tuple[Termbase, Matcher]:
    """The termbase of glossary files (see load_termbase) and its matcher.

    Large ones are kept in ``folder`` under the hash of their files' bytes: any change of a file makes them anew.
    """
    contents = [read_bytes(path) for path in paths]
    if sum(map(len, contents)) < _LARGE:
        termbase = load_termbase(paths, source, target)
        return termbase, Matcher(termbase)
    digest = hashlib.sha256(repr((_FORMAT, source, target)).encode())
    for path, data in zip(paths, contents, strict=True):
        digest.update(f"{path} {hashlib.sha256(data).hexdigest()}".encode())
    kept = folder / f"terms-{digest.hexdigest()[:24]}.pickle"
    with _uncollected():
        if kept.exists():
            try:
                with kept.open("rb") as file:
                    found, matcher = pickle.load(file)
                if isinstance(found, Termbase) and isinstance(matcher, Matcher):
                    return found, matcher
            except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError):
                kept.unlink(missing_ok=True)  # from an older version: made anew
        termbase = build_termbase([parse_glossary(d, p) for d, p in zip(contents, paths, strict=True)], source, target)
        made = termbase, Matcher(termbase)
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(kept) as stream:
            pickle.dump(made, stream, protocol=pickle.HIGHEST_PROTOCOL)
    return made


def default_paths(folder: Path) -> list[Path]:
    """The glossary files of a folder, by name; none where there is no such folder."""
    if not folder.is_dir():
        return []
    known = suffixes()
    return sorted(
        p for p in folder.iterdir() if p.suffix.lower() in known and p.is_file() and not p.name.startswith((".", "~$"))
    )
