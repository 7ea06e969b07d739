"""The termbase: concept entries merged from glossaries, as matching and enforcement use it.

A glossary is a TSV file, UTF-8, with a header row (``source target variants status part_of_speech domain note`` and
any further columns, which are kept).  Lines that begin with ``#`` are comments; ``# key: value`` lines before the
header row are the glossary's header block (title, owner, languages, priority, domain).

``variants`` is separated by ``|``.  A variant with Hangul or Chinese characters is another form of the source term, any
other an admitted target; ``ko:`` or ``en:`` before it says so where the script misleads (``ko:ICBM``).

A further column ``use`` with the word ``context`` marks an entry whose rendering depends on the sentence (정부:
government, administration): the engine is not told which, any accepted target will do, and where none came out the one
that the engine finds likeliest there is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """An entry's administrative status (TBX-Basic's, in the words of term management tools)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"  # the target is an old rendering: report it
    FORBIDDEN = "forbidden"  # the target must not appear
    DO_NOT_TRANSLATE = "do-not-translate"  # the source term stays as it is
    PROPOSED = "proposed"  # waits for review, never used


@dataclass(frozen=True)
class Row:
    """One row of a glossary file, as it stands there."""

    source: str
    target: str
    variants: tuple[str, ...] = ()
    status: Status = Status.PREFERRED
    part_of_speech: str = ""
    domain: str = ""
    note: str = ""
    more: tuple[tuple[str, str], ...] = ()  # unknown columns, kept
    comment: tuple[str, ...] = ()  # comment lines above the row, kept
    line: int = 0


@dataclass(frozen=True)
class Glossary:
    """A glossary file: its header block, rows and hash.

    ``tail`` are comment lines after the last row; ``notes`` what a reader mapped, changed or lost on the way in.
    """

    name: str
    path: str
    rows: tuple[Row, ...]
    header: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    sha256: str = ""
    tail: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def priority(self) -> int:
        """Higher wins between glossaries (header ``priority``, 0 where it has none)."""
        return int(dict(self.header).get("priority", "0"))


@dataclass(frozen=True)
class Entry:
    """A concept: every form of its source term, its accepted targets (preferred first) and its forbidden ones."""

    id: str  # "security:확장억제"
    source: str
    sources: tuple[str, ...]  # source and its variants
    targets: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    abbreviation: str = ""
    status: Status = Status.PREFERRED
    part_of_speech: str = ""
    domain: str = ""
    note: str = ""
    glossary: str = ""
    priority: int = 0
    context: bool = False  # resolved per occurrence among its targets


@dataclass(frozen=True)
class Termbase:
    """All entries of the glossaries in use, for one direction."""

    entries: tuple[Entry, ...]
    glossaries: tuple[Glossary, ...] = ()
    source_language: str = "ko"
    target_language: str = "en"
