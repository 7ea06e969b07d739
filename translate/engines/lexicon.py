"""The embedded engine's lexicon: soft hints for words that a small model cannot remember.

``models/embedded/lexicon.tsv.xz`` holds Korean units (nouns and runs of nouns) and an English base form each, derived
from our corpora and word lists (``training/lexicon.py``).  The engine writes them into its prompt as suggestions, told
apart from the glossary's terms by other markers; the model has learned to weigh them, not to obey.  Verbs and adjectives
are left to the model: their suggestions, right for one sense in three, made translations worse.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from translate.engines import TermHint

_NOUNS = {"NNG", "NNP", "XPN", "XSN", "SL", "SH", "NR", "XR"}
_LONGEST = 5


@lru_cache(maxsize=1)
def analyser() -> Any:
    """The kiwipiepy analyser, loaded once (about a second)."""
    from kiwipiepy import Kiwi

    # Names of several words are the glossaries' business; without that list the analyser needs half the time to load and 190 MB less.
    return Kiwi(num_workers=1, load_multi_dict=False)


@lru_cache(maxsize=4096)
def analysed(text: str) -> tuple[Any, ...]:
    """kiwipiepy's tokens of ``text``; matching, names, hints and re-scoring all ask for those of the same segments."""
    return tuple(analyser().tokenize(text))


def units(tokens: Sequence[Any]) -> Iterator[tuple[str, int, int]]:
    """(unit, start, end) of every noun and run of up to five nouns in kiwipiepy's tokens of a text."""
    for i, token in enumerate(tokens):
        if token.tag not in _NOUNS:
            continue
        form = ""
        for other in tokens[i : i + _LONGEST]:
            if other.tag not in _NOUNS:
                break
            form += other.form
            yield form, token.start, other.start + other.len


@lru_cache(maxsize=1)
def load_lexicon(path: Path) -> dict[str, str]:
    """The lexicon file as ``{unit: English}``."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("\t")[:2] for line in file)


def soft_hints(source: str, taken: Sequence[tuple[int, int]], lexicon: dict[str, str]) -> tuple[TermHint, ...]:
    """Suggestions for ``source``, longest units first, none over ``taken`` spans, in order."""
    found = sorted(
        ((start, end, lexicon[unit]) for unit, start, end in units(analysed(source)) if unit in lexicon),
        key=lambda f: (f[0] - f[1], f[0]),
    )
    used = list(taken)
    hints = []
    for start, end, english in found:
        if end - start >= 2 and all(end <= s or e <= start for s, e in used):
            used.append((start, end))
            hints.append(TermHint(start, end, english))
    return tuple(sorted(hints, key=lambda h: h.start))
