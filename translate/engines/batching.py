"""Batches of like length, results in the order of the requests: what every engine that decodes in batches needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")


def in_batches(
    items: Sequence[Item], length: Callable[[Item], int], size: int, run: Callable[[list[Item]], Sequence[Out]]
) -> Iterator[Out]:
    """``run``'s results for ``items``, one each, in order; ``run`` sees up to ``size`` items of like ``length`` at a time.

    Sorting happens inside windows of eight batches, so that results stream while later items wait.
    """
    window = size * 8
    for begin in range(0, len(items), window):
        part = items[begin : begin + window]
        order = sorted(range(len(part)), key=lambda i: length(part[i]))
        done: dict[int, Out] = {}
        for at in range(0, len(order), size):
            chosen = order[at : at + size]
            done.update(zip(chosen, run([part[i] for i in chosen]), strict=True))
        yield from (done[i] for i in range(len(part)))
