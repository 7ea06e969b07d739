"""Engines: one module each, all of one shape (`Engine`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class TermHint:
    """A term in a request's source, offsets [start, end), and the English (or Korean) wanted for it, in base form."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Request:
    """One segment to translate.

    ``prefix`` is target text that every hypothesis must begin with (forced decoding); ``context`` the source segments
    just before; ``examples`` (source, target) pairs alike (fuzzy matches); ``n_best`` how many hypotheses are wanted.
    """

    source: str
    terms: tuple[TermHint, ...] = ()
    prefix: str = ""
    context: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    n_best: int = 1


@dataclass(frozen=True)
class Hypothesis:
    """A translation; ``score`` is the mean log-probability a token (0 where an engine gives none), with what the engine adds to
    it to put its hypotheses in order."""

    text: str
    score: float = 0.0


class Engine(Protocol):
    """What every engine is.

    ``name`` as the user calls it; ``model`` identifies the weights ("embedded sha256:…"); ``directions`` like
    ("ko-en",); ``takes_terms`` how TermHints reach the model; ``forces_prefix`` whether Request.prefix is obeyed.
    """

    name: str
    model: str
    directions: tuple[str, ...]
    takes_terms: Literal["inline", "prompt", "none"]
    forces_prefix: bool

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        """Hypotheses, best first, for each request in order; yields as they come (streaming by batch).

        ``source`` and ``target`` are language codes.  Raises TranslateError where the engine cannot work.
        """
        ...

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        """Mean log-probability of each text as what follows its request's prefix (higher is likelier).

        Engines that cannot score return 0.0 for every pair; the order of the pairs then decides.
        """
        ...
