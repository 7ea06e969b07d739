"""Repetition: an output that loops, or says a run of words twice that the source does not."""

from __future__ import annotations

from collections.abc import Iterator

from translate.document import Finding, Level, Segment

NAME = "repetition"


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``."""
    words = segment.target.split()
    plain = [w.strip(".,;:!?\"'“”‘’()-–—*·…").lower() for w in words]
    for i in range(len(plain) - 2):
        if plain[i] and plain[i] == plain[i + 1] == plain[i + 2]:
            yield Finding(segment.id, NAME, Level.ERROR, f"one word three times in a row: {words[i]}")
            return
    of_source = segment.source.split()
    repeats = len(of_source) - len(set(of_source))
    seen: dict[tuple[str, ...], int] = {}
    for i in range(len(plain) - 4):
        gram = tuple(plain[i : i + 5])
        first = seen.setdefault(gram, i)
        if i >= first + 5 and repeats < 4:
            yield Finding(segment.id, NAME, Level.WARNING, f"said twice: {' '.join(words[i : i + 5])}")
            return
