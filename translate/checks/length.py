"""Length: a translation that is empty, or far shorter or longer than translations of such a text are.

Bounds are the 0.05 % and 99.95 % quantiles of English characters a Korean character, 1.24 and 4.56, measured on 18,510 authored
pairs whose Korean has 20 characters and more (median 2.44; shorter ones vary more), a little widened.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate.document import Finding, Level, Segment

NAME = "length"
_LEAST, _MOST = 1.2, 4.6


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``."""
    length, other = len(segment.source.strip()), len(segment.target.strip())
    if length and not other:
        yield Finding(segment.id, NAME, Level.ERROR, "there is no translation")
        return
    if length < 20:
        return
    ratio = other / length if source == "ko" else length / other
    if ratio < _LEAST * 0.6 or ratio > _MOST * 1.5:
        yield Finding(segment.id, NAME, Level.ERROR, _message(ratio, source))
    elif ratio < _LEAST or ratio > _MOST:
        yield Finding(segment.id, NAME, Level.WARNING, _message(ratio, source))


def _message(ratio: float, source: str) -> str:
    short = (ratio < _LEAST) == (source == "ko")
    what = "short: something may be left out" if short else "long: something may be added or repeated"
    return f"the translation is unusually {what} ({ratio:.1f} English characters a Korean character)"
