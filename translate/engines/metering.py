"""What engines that are paid by the token use, before (estimated) and after: requests, tokens, dollars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, runtime_checkable

from translate.engines import Engine, Hypothesis, Request


@dataclass(frozen=True)
class Usage:
    """Requests and tokens; ``prices`` are dollars a million tokens in and out, None where nobody has told them.

    ``estimated`` where at least one figure is not the endpoint's own count.
    """

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    retries: int = 0
    prices: tuple[float, float] | None = None
    estimated: bool = False

    @property
    def cost(self) -> float | None:
        """Dollars; None where the prices are not known."""
        if self.prices is None:
            return None
        return (self.input_tokens * self.prices[0] + self.output_tokens * self.prices[1]) / 1e6

    def __add__(self, other: Usage) -> Usage:
        """Both together, at this one's prices."""
        return replace(
            self,
            requests=self.requests + other.requests,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            retries=self.retries + other.retries,
            estimated=self.estimated or other.estimated,
        )

    def __sub__(self, other: Usage) -> Usage:
        """What was used since ``other`` was read off the same engine."""
        return replace(
            self,
            requests=self.requests - other.requests,
            input_tokens=self.input_tokens - other.input_tokens,
            output_tokens=self.output_tokens - other.output_tokens,
            retries=self.retries - other.retries,
        )


@runtime_checkable
class Metered(Engine, Protocol):
    """An engine that counts what it uses."""

    usage: Usage

    def estimate(self, requests: Sequence[Request], source: str, target: str) -> Usage:
        """What ``requests`` would use if each were answered at the first try; nothing is sent."""
        ...


class DryRun:
    """Stands in for a metered engine: takes its requests, adds up what they would use, and translates nothing."""

    forces_prefix = False

    def __init__(self, engine: Metered) -> None:
        self.name, self.model, self.directions = engine.name, engine.model, engine.directions
        self.takes_terms: Literal["inline", "prompt", "none"] = engine.takes_terms
        self.usage = Usage(prices=engine.usage.prices, estimated=True)
        self._engine = engine

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        """An empty hypothesis for each request."""
        self.usage += self._engine.estimate(requests, source, target)
        return iter([(Hypothesis(""),)] * len(requests))

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        """0.0 for each."""
        return [0.0] * len(pairs)
