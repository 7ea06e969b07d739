"""Batches of like length, results in the order of the requests: what every engine that decodes in batches needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")


def in_batches(
    items: Sequence[Item],
    length: Callable[[Item], int],
    size: int,
    run: Callable[[list[Item]], Sequence[Out]],
    cost: Callable[[int, int, int], float] | None = None,
    workers: int = 1,
) -> Iterator[Out]:
    """``run``'s results for ``items``, one each, in order; ``run`` sees up to ``size`` items of like ``length`` at a time.

    With ``cost``, what a batch costs whose shortest and longest items are so long and that has so many, batches are cut where
    the whole costs least; without it all are full.  With ``workers``, ``run`` is called from so many threads at once, and no
    batch is larger than a worker's share.  Sorting happens inside windows of a few batches a worker, so that results stream
    while later items wait.
    """
    window = size * max(8, 4 * workers)
    with ThreadPoolExecutor(workers) as pool:
        for begin in range(0, len(items), window):
            part = items[begin : begin + window]
            order = sorted(range(len(part)), key=lambda i: length(part[i]))
            most = min(size, -(-len(part) // workers))
            ends = cuts([length(part[i]) for i in order], most, cost) if cost else [*range(most, len(part), most), len(part)]
            # The longest first: what is left for the end is short, and no worker waits long for another.
            batches = [order[at:end] for at, end in zip([0, *ends], ends, strict=False)][::-1]
            done: dict[int, Out] = {}
            for batch, results in zip(batches, pool.map(run, [[part[i] for i in b] for b in batches]), strict=True):
                done.update(zip(batch, results, strict=True))
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


def processors(asked: int = 0) -> int:
    """As many processors as are ``asked`` for, or (0) as this process may use."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return asked or here
