"""Batches of like length: every item once, in order, whatever the sizes, the costs and the workers."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.batching import cuts, in_batches
from translate.engines.decoder import batch_cost


@given(
    lengths=st.lists(st.integers(1, 60), max_size=70),
    size=st.integers(1, 9),
    workers=st.integers(1, 4),
    priced=st.booleans(),
)
def test_results_come_once_and_in_order(lengths: list[int], size: int, workers: int, priced: bool) -> None:
    sizes = []

    def run(batch: list[tuple[int, int]]) -> list[int]:
        sizes.append(len(batch))
        return [i for i, _ in batch]

    items = list(enumerate(lengths))
    results = list(in_batches(items, lambda x: x[1], size, run, batch_cost if priced else None, workers))
    assert results == list(range(len(lengths)))
    assert sum(sizes) == len(lengths) and max(sizes, default=1) <= size


def test_workers_run_at_the_same_time() -> None:
    together = threading.Barrier(2, timeout=20)

    def run(batch: list[int]) -> list[int]:
        together.wait()
        return batch

    assert list(in_batches([3, 1, 2, 4], lambda n: n, 4, run, workers=2)) == [3, 1, 2, 4]


def test_what_a_worker_raises_is_raised() -> None:
    def run(batch: list[int]) -> list[int]:
        raise ValueError("no memory")

    with pytest.raises(ValueError, match="no memory"):
        list(in_batches([1, 2, 3], lambda n: n, 1, run, workers=2))


@given(lengths=st.lists(st.integers(1, 40), min_size=1, max_size=8), size=st.integers(1, 4))
def test_cuts_cost_least(lengths: list[int], size: int) -> None:
    lengths.sort()

    def price(ends: list[int]) -> float:
        return sum(batch_cost(lengths[a], lengths[b - 1], b - a) for a, b in zip([0, *ends], ends, strict=False))

    def ways(begin: int) -> list[list[int]]:
        if begin == len(lengths):
            return [[]]
        return [[e, *rest] for e in range(begin + 1, min(begin + size, len(lengths)) + 1) for rest in ways(e)]

    assert price(cuts(lengths, size, batch_cost)) == pytest.approx(min(map(price, ways(0))))
