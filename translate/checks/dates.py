"""Dates and times: the source's months, days, years and clock times must stand in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Finding, Level, Segment
from translate.english import numbers as english
from translate.korean import numbers as korean
from translate.quantity import Quantity

NAME = "dates"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


# What says which half of the day is meant.
_HALF = re.compile(r"오전|오후|새벽|아침|낮|저녁|밤|정오|자정|[ap]\.?m|noon|midnight|(?:1[3-9]|2[0-3])(?:시|:)", re.I)


def _named(found: list[Quantity]) -> set[int]:
    """The times that say which half of the day they mean, if all of them do."""
    times = [q for q in found if q.kind == "time"]
    return {int(q.value) for q in times} if all(_HALF.search(q.text) for q in times) else set()


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``."""
    read = {"ko": korean.quantities, "en": english.quantities}
    found = read[target](segment.target)
    numbers = {int(n) for q in found for n in re.findall(r"\d{1,4}", q.text)} | {int(q.value) for q in found if q.value < 10000}
    months = {m for q in found if q.kind == "date" for m in _parts(q).get("month", ())}
    wanted = read[source](segment.source)
    yield from _added(segment, wanted, found)
    times, named = {int(q.value) for q in found if q.kind == "time"}, _named(found)
    halves = {t % 1200 for t in times}
    hours = {n % 12 for n in numbers}
    for quantity in wanted:
        if quantity.kind == "date":
            yield from _date(segment, quantity, numbers, months)
        elif quantity.kind == "time":
            hour, minute = divmod(int(quantity.value), 100)
            if times and int(quantity.value) not in times and (hour % 12) * 100 + minute not in halves:
                yield Finding(
                    segment.id, NAME, Level.ERROR, f"the source says {quantity.text.strip()}; the translation has another time",
                    (quantity.start, quantity.end),
                )  # fmt: skip
            elif _HALF.search(quantity.text) and hour * 100 + minute not in named and named:
                yield Finding(
                    segment.id, NAME, Level.WARNING,
                    f"the source says {quantity.text.strip()}; the translation has the other half of the day",
                    (quantity.start, quantity.end),
                )  # fmt: skip
            elif not times and hour % 12 not in hours:
                yield Finding(
                    segment.id, NAME, Level.WARNING, f"the time {quantity.text.strip()} was not found in the translation",
                    (quantity.start, quantity.end),
                )  # fmt: skip


def _added(segment: Segment, wanted: list[Quantity], found: list[Quantity]) -> Iterator[Finding]:
    """Days that the translation names and the source does not."""
    days = {int(n) for n in re.findall(r"\d{1,2}[·.](\d{1,2})(?!\d)", segment.source)}  # 9·19 합의
    days |= {int(n) for q in wanted for n in re.findall(r"\d{1,2}(?!\d)", q.text)} | {int(q.value) for q in wanted if q.value < 100}
    for quantity in found:
        for day in _parts(quantity).get("day", ()) if quantity.kind == "date" else ():
            if day not in days:
                yield Finding(
                    segment.id, NAME, Level.WARNING, f"the translation says {quantity.text.strip()}; the source names no such day",
                    target_span=(quantity.start, quantity.end),
                )  # fmt: skip


def _date(segment: Segment, quantity: Quantity, numbers: set[int], months: set[int]) -> Iterator[Finding]:
    parts = _parts(quantity)
    missing = [f"{n}" for n in parts.get("year", ()) if n not in numbers]
    missing += [f"the {_nth(n)}" for n in parts.get("day", ()) if n not in numbers]
    lunar = re.search(r"\bmonth\b", segment.target) is not None  # the third day of the 11th lunar month
    missing += [_MONTHS[n - 1] for n in parts.get("month", ()) if n not in (months if months and not lunar else months | numbers)]
    if missing:
        wrong = bool(parts.get("month") and months and not set(parts["month"]) & months)
        yield Finding(
            segment.id,
            NAME,
            Level.ERROR if wrong else Level.WARNING,
            f"the source says {_shown(segment.source, quantity)}; not found in the translation: {', '.join(missing)}",
            (quantity.start, quantity.end),
        )


def _shown(source: str, quantity: Quantity) -> str:
    """The date as it stands in the source, with the 일 or 년 behind a bare figure."""
    counter = source[quantity.end : quantity.end + 1]
    return quantity.text.strip() + (counter if counter in ("일", "년") else "")


def _nth(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _parts(quantity: Quantity) -> dict[str, tuple[int, ...]]:
    """Year, month, day of a date by the names in its unit."""
    digits = f"{quantity.value:f}"
    out: dict[str, tuple[int, ...]] = {}
    for name in reversed(quantity.unit.split("-")):
        size = 4 if name in ("year", "decade") else 2
        out[name], digits = (int(digits[-size:] or 0),), digits[:-size]
    return out
