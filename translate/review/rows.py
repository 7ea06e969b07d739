"""What an edited file says, row by row: the one shape that all readers give and that review applies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from translate.document import State

OURS: Final = "translate"  # the author of the comments and notes that publishing writes: findings, not remarks
_AGAIN: Final = re.compile(r"Info, comment: ([^:]*: )?(.*)", re.DOTALL)


@dataclass(frozen=True)
class Edit:
    """A tracked change in the translation: ``kind`` is ins, del, moveFrom or moveTo."""

    kind: str
    text: str
    author: str = ""
    date: str = ""


@dataclass(frozen=True)
class Remark:
    """An editor's comment or reply; ``done`` where its thread was marked as resolved."""

    text: str
    author: str = ""
    date: str = ""
    done: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the table: ``number`` from 1 in the file; ``tags`` are the segments it says it is, with source hashes.

    ``source`` and ``target`` are the final view, ``original_source`` and ``original`` the one before tracked changes;
    white space at the ends is no part of them.  ``author`` is the last who is known to have edited; ``continued`` marks
    a translation cell that was merged into the one above.  ``state`` is what the file itself says of the translation
    (initial: not finished), None where it says nothing; a DOCX never does.
    """

    number: int
    source: str
    target: str
    tags: tuple[tuple[str, str], ...] = ()
    bookmarks: tuple[str, ...] = ()
    original_source: str = ""
    original: str = ""
    edits: tuple[Edit, ...] = ()
    remarks: tuple[Remark, ...] = ()
    deleted: bool = False
    continued: bool = False
    cells: int = 3
    author: str = ""
    date: str = ""
    state: State | None = None


def published_remark(text: str) -> tuple[str, str]:
    """Author and text of a person's open comment that came back as a finding of ours; both "" for a true finding."""
    again = _AGAIN.fullmatch(text)
    return ((again[1] or "").removesuffix(": "), again[2]) if again else ("", "")
