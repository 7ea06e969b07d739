"""Figures: every number, percentage and amount of the source must have its value in the translation.

Values are compared, not digits (5만5000 is 55,000; 3조 5000억 is 3.5 trillion).  Numbers up to ten are often said in words or
not at all (두 나라, the two), so a missing one is no error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from translate.document import Finding, Level, Segment
from translate.english import numbers as english
from translate.korean import numbers as korean
from translate.quantity import Quantity

NAME = "figures"
_COMPARED = ("number", "percent", "money")


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``."""
    read = {"ko": korean.quantities, "en": english.quantities}
    wanted = [q for q in read[source](segment.source) if q.kind in _COMPARED]
    found = read[target](segment.target)
    have = Counter(v for q in found for v in _values(q))
    missing: list[Quantity] = []
    for quantity in wanted:
        if have[quantity.value] > 0:
            have[quantity.value] -= 1
        else:
            missing.append(quantity)
    mentioned = {v for q in found for v in _values(q)}
    for quantity in missing:
        # The same figure once in the translation for twice in the source: said once is said.
        if quantity.value in mentioned or (quantity.value <= 10 and quantity.kind == "number"):
            continue
        strangers = [q for q in found if q.kind in _COMPARED and q.value not in {w.value for w in wanted} and q.value > 10]
        instead = f", which has {strangers[0].text}" if strangers else ""
        level = Level.ERROR if quantity.value > 12 or quantity.kind != "number" else Level.WARNING
        yield Finding(
            segment.id,
            NAME,
            level,
            f"the source says {quantity.text.strip()}{_unit(quantity)} ({quantity.value.normalize():,f}); not found in the "
            f"translation{instead}",
            (quantity.start, quantity.end),
            (strangers[0].start, strangers[0].end) if strangers else None,
        )


def _unit(quantity: Quantity) -> str:
    return quantity.unit if quantity.kind in ("money", "percent") else ""


def _values(quantity: Quantity) -> list[Decimal]:
    """The value, and for dates and times each number in them."""
    if quantity.kind in ("date", "time"):
        import re

        return [quantity.value, *(Decimal(n) for n in re.findall(r"\d+", quantity.text))]
    return [quantity.value]
