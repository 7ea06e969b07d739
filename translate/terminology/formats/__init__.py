"""Glossary files: one format a module, all of one shape.

``NAME``, ``SUFFIXES``, ``read(data, path) -> Glossary`` (with ``Glossary.notes``: what was mapped, changed or lost on
the way in), ``write(glossary) -> bytes`` and ``losses(glossary)``: what ``write`` cannot keep.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from translate.document import TranslateError
from translate.files import replacing
from translate.terminology.termbase import Glossary

# Modules are imported when a file of theirs is met: openpyxl and lxml are slow to start.
_BY_SUFFIX = {
    ".tsv": "tsv",
    ".csv": "delimited",
    ".txt": "delimited",
    ".utf8": "delimited",
    ".tab": "delimited",
    ".utx": "delimited",
    ".xlsx": "xlsx",
    ".tbx": "tbx",
    ".xml": "tbx",
}


class Format(Protocol):
    """What every format module is."""

    @property
    def NAME(self) -> str:
        """What `--for` and `--as` call it."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:
        """The suffixes of its files, the usual one first."""

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


def format_named(name: str) -> Format:
    """The format or service layout of that name.  Raises TranslateError for an unknown one."""
    from translate.terminology.formats import delimited, services, tbx, tsv, xlsx

    known = {f.NAME: cast(Format, f) for f in (tsv, delimited, xlsx, tbx, *tbx.STYLES)}
    known |= services.LAYOUTS
    if name not in known:
        raise TranslateError(f"unknown format '{name}'; known: {', '.join(known)}")
    return known[name]


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
    """The glossary in a file of any known format.

    A .tsv file without our header row is read as another tool's (see delimited).  Raises TranslateError naming file
    and line.
    """
    return parse_glossary(read_bytes(path), path)


def parse_glossary(data: bytes, path: Path) -> Glossary:
    """As `read_glossary`, for who has the file's bytes already."""
    chosen = format_of(path)
    if chosen.NAME == "tsv":
        from translate.terminology.formats import delimited, tsv

        if not tsv.has_header(data):
            return delimited.read(data, str(path))
    glossary = chosen.read(data, str(path))
    priority = dict(glossary.header).get("priority", "0")
    if not re.fullmatch(r"[+-]?[0-9]+", priority):
        raise TranslateError(f"{path}: the header's priority is '{priority}'; give a whole number")
    return glossary


def read_foreign(path: Path) -> Glossary:
    """The glossary in a file from anywhere: as read_glossary, but a .tsv in another encoding than UTF-8 is read as well."""
    from translate.terminology.formats import delimited

    data = read_bytes(path)
    if format_of(path).NAME == "tsv":
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return delimited.read(data, str(path))
    return read_glossary(path)


def write_glossary(glossary: Glossary, path: Path, chosen: Format | None = None) -> None:
    """Write a glossary to ``path`` (by its suffix, or in the ``chosen`` format), whole or not at all."""
    write_bytes((chosen or format_of(path)).write(glossary), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Put ``data`` at ``path`` through a temporary file beside it.  Raises TranslateError where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            stream.write(data)
    except OSError as error:
        raise TranslateError(f"{path}: cannot be written ({error.strerror}); check folder and permissions") from error
