"""Repetition: an output that loops, or says a run of words twice that the source does not.

A run is an error where the Korean repeats nothing that could stand behind it: of 19,367 authored pairs one correct
translation has such a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Finding, Level, Segment

NAME = "repetition"
# Words that carry no content: "for the first time" may well be said twice.
_SMALL = frozenset(
    "the a an of to in on at by for and or but with from as than that this it its is are was were be been s has have had will would not "
    "he she they his her their which who said says those when more one first".split()
)


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``."""
    words = segment.target.split()
    plain = [w.strip(".,;:!?\"'“‘’”()-–—*·…").lower() for w in words]
    for i in range(len(plain) - 2):
        if plain[i] and plain[i] == plain[i + 1] == plain[i + 2]:
            yield Finding(segment.id, NAME, Level.ERROR, f"one word three times in a row: {words[i]}")
            return
    start, size = _longest_run(plain)
    of_source = segment.source.split()
    content = sum(word not in _SMALL and word != "" for word in plain[start : start + size])
    said = " ".join(words[start : start + size])
    if target == "en" and size + content >= 7 and size >= 4 and not _repeats(segment.source):
        yield Finding(segment.id, NAME, Level.ERROR, f"said twice: {said}", target_span=_second(segment.target, said))
    elif size >= 5 and len(of_source) - len(set(of_source)) < 4:
        yield Finding(segment.id, NAME, Level.WARNING, f"said twice: {said}", target_span=_second(segment.target, said))


def _longest_run(words: list[str]) -> tuple[int, int]:
    """(start, length) of the longest run of words that comes again later."""
    best, before = (0, 0), [0] * (len(words) + 1)
    for i in range(1, len(words) + 1):
        now = [0] * (len(words) + 1)
        for j in range(i + 1, len(words) + 1):
            if words[i - 1] and words[i - 1] == words[j - 1] and before[j - 1] < j - i:
                now[j] = before[j - 1] + 1
                if now[j] > best[1]:
                    best = (i - now[j], now[j])
        before = now
    return best


def _repeats(korean: str) -> bool:
    """Whether two words of a Korean text begin alike, or three syllables in a row come twice."""
    beginnings = [word[:2] for word in re.findall(r"[가-힣A-Za-z0-9]{2,}", korean)]
    letters = re.sub(r"[^가-힣A-Za-z]", "", korean)
    runs = [letters[i : i + 3] for i in range(len(letters) - 2)]
    return len(beginnings) > len(set(beginnings)) or len(runs) > len(set(runs))


def _second(text: str, said: str) -> tuple[int, int] | None:
    """Where ``said`` stands for the second time, as far as its marks are the same there."""
    at = text.lower().rfind(said.lower().strip(".,;:!?"))
    return (at, at + len(said.strip(".,;:!?"))) if at > 0 else None
