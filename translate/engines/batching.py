"""Batches of like length, results in the order of the requests: what every engine that decodes in batches needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")


def in_batches(
    items: Sequence[Item],
    length: Callable[[Item], int],
    size: int,
    run: Callable[[list[Item]], Sequence[Out]],
    cost: Callable[[int, int, int], float] | None = None,
) -> Iterator[Out]:
    """``run``'s results for ``items``, one each, in order; ``run`` sees up to ``size`` items of like ``length`` at a time.

    With ``cost``, what a batch costs whose shortest and longest items are so long and that has so many, batches are cut where
    the whole costs least; without it all are full.  Sorting happens inside windows of eight batches, so that results stream
    while later items wait.
    """
    window = size * 8
    for begin in range(0, len(items), window):
        part = items[begin : begin + window]
        order = sorted(range(len(part)), key=lambda i: length(part[i]))
        ends = cuts([length(part[i]) for i in order], size, cost) if cost else [*range(size, len(part), size), len(part)]
        done: dict[int, Out] = {}
        for at, end in zip([0, *ends], ends, strict=False):
            chosen = order[at:end]
            done.update(zip(chosen, run([part[i] for i in chosen]), strict=True))
        yield from (done[i] for i in range(len(part)))


def cuts(lengths: Sequence[int], size: int, cost: Callable[[int, int, int], float]) -> list[int]:
    """Ends of the batches of at most ``size`` into which ascending ``lengths`` are cut at the least sum of ``cost(shortest,
    longest, count)`` (dynamic programming over the last batch's beginning)."""
    best, begins = [0.0], [0]
    for end in range(1, len(lengths) + 1):
        options = [
            (best[begin] + cost(lengths[begin], lengths[end - 1], end - begin), begin)
            for begin in range(max(0, end - size), end)
        ]
        least, begin = min(options)
        best.append(least)
        begins.append(begin)
    ends: list[int] = []
    at = len(lengths)
    while at:
        ends.append(at)
        at = begins[at]
    return ends[::-1]
