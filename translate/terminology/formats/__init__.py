"""Glossary files: one format a module, all of one shape.

``NAME``, ``SUFFIXES``, ``read(data, path) -> Glossary`` (with ``Glossary.notes``: what was mapped, changed or lost on
the way in), ``write(glossary) -> bytes`` and ``losses(glossary)``: what ``write`` cannot keep.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from translate.document import TranslateError
from translate.terminology.termbase import Glossary

# Modules are imported when a file of theirs is met: openpyxl and lxml are slow to start.
_BY_SUFFIX = {".tsv": "tsv"}


class Format(Protocol):
    """What every format module is."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def read(self, data: bytes, path: str) -> Glossary:
        """The glossary in ``data``.  Raises TranslateError naming the file (and line) where it cannot be read."""

    def write(self, glossary: Glossary) -> bytes:
        """The glossary as a file."""

    def losses(self, glossary: Glossary) -> list[str]:
        """What ``write`` would lose, one line each."""


def suffixes() -> tuple[str, ...]:
    """Every suffix that a glossary file may have."""
    return tuple(_BY_SUFFIX)


def format_of(path: Path) -> Format:
    """The format of a file by its suffix.  Raises TranslateError for an unknown one."""
    module = _BY_SUFFIX.get(path.suffix.lower())
    if module is None:
        raise TranslateError(f"{path}: unknown glossary format '{path.suffix}'; known: {', '.join(_BY_SUFFIX)}")
    return cast(Format, import_module(f"translate.terminology.formats.{module}"))


def read_bytes(path: Path) -> bytes:
    """The file's bytes.  Raises TranslateError where there is no reading it."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TranslateError(f"{path}: no such glossary; check the path") from error
    except IsADirectoryError as error:
        raise TranslateError(f"{path}: is a folder; name the glossary files in it") from error
    except OSError as error:
        raise TranslateError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def read_glossary(path: Path) -> Glossary:
    """The glossary in a file of any known format.  Raises TranslateError naming file and line."""
    return format_of(path).read(read_bytes(path), str(path))
