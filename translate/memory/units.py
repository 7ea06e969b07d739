"""What the memory keeps and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from translate.document import Origin, State


class Unit(NamedTuple):
    """A translation unit.  ``settings_key`` is the hash of all that shaped a machine translation, "" for a person's;
    ``details`` is JSON of what a run must know to repeat itself (ledger, alternatives); ``date`` is ISO 8601.

    A tuple, for it is a row of a table, and a frozen data class of so many fields takes four times as long to make, which tells
    in an import.
    """

    source: str
    target: str
    source_language: str = "ko"
    target_language: str = "en"
    previous: str = ""
    next: str = ""
    state: State = State.TRANSLATED
    origin: Origin = Origin.MACHINE
    engine: str = ""
    model: str = ""
    settings_key: str = ""
    author: str = ""
    date: str = ""
    document: str = ""
    confidence: float | None = None
    details: str = ""


@dataclass(frozen=True)
class Match:
    """A unit found for a source: ``percent`` 101 in context, 100 exact, below that fuzzy; ``note`` says what was changed."""

    unit: Unit
    percent: int
    note: str = ""


@dataclass(frozen=True)
class Version:
    """A person's translation in whose place another stands now: kept to be read, never used."""

    target: str
    state: State
    author: str
    date: str
