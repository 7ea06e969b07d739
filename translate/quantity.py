"""A quantity read from Korean or English text, in a form in which the two can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Quantity:
    """A figure in a text: its value, what it measures and where it stands.

    ``kind`` is one of number, percent, money, date, time, ordinal, fraction (``unit`` "2/3"), vague (수십만, "hundreds of
    thousands": ``value`` is the unit, 100000).
    ``value`` is exact (3조 5000억 is 3500000000000); a date or time is spelled in ``value`` as digits and told apart
    by ``kind`` and ``unit`` ("month-day", "year", "day", "hour-minute" ...).  ``start``/``end`` are offsets in the text.
    """

    kind: str
    value: Decimal
    unit: str
    start: int
    end: int
    text: str


class Reading:
    """The quantities read from one text so far; no character belongs to two of them, nor to one and to a name."""

    def __init__(self, text: str, names: re.Pattern[str]) -> None:
        self._text = text
        self._taken = bytearray(len(text))
        self.found: list[Quantity] = []
        for match in names.finditer(text):
            self._take(*match.span())

    def free(self, start: int, end: int) -> bool:
        """True if no character of [start, end) is taken."""
        return not any(self._taken[start:end])

    def add(self, kind: str, value: Decimal | int | str, unit: str, start: int, end: int) -> None:
        """A quantity over [start, end), white space at its ends left out."""
        whole = self._text[start:end]
        start, end = end - len(whole.lstrip()), start + len(whole.rstrip())
        self._take(start, end)
        self.found.append(Quantity(kind, Decimal(value), unit, start, end, self._text[start:end]))

    def _take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)
