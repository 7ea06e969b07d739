"""A quantity read from Korean or English text, in a form in which the two can be compared."""

from __future__ import annotations

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
