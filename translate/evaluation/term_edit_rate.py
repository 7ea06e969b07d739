"""1-TERm: one minus a translation edit rate in which edits of terms' words count double.

Alam et al. 2021, arXiv 2106.11891, the WMT21 terminology task's measure of a sentence as a whole: a term put in at the price
of a broken sentence does not pay.  As there, a line's rate is its edits divided by its reference's words, and the figure is
one minus the mean of the lines' rates (a line far longer than its reference can make it negative).

Where ours differs:

- Edits, shifts among them, are counted by sacreBLEU's TER with Tercom's normalisation on words in small letters, not by the
  task's own script on tokenised text.
- A word that a term has in the reference weighs double wherever it stands in that line or its translation, as if it were
  written twice; of, the, and and the like inside a term weigh once, for they stand elsewhere too.
- There is no second run over lemmas made by Stanza whose mean with the first is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from translate.document import Occurrence
from translate.terminology.verification import locate

_WORD = re.compile(r"\w+(?:[.'’]\w+)*")
_LIGHT = frozenset("a an and at for from in of on or the to with".split())


def one_minus_term(
    occurrences: Sequence[Sequence[Occurrence]], hypotheses: Sequence[str], references: Sequence[str], target: str
) -> float:
    """1-TERm of ``hypotheses`` for the ``occurrences`` of each source line; 1.0 where there are no lines."""
    import sacrebleu

    metric = sacrebleu.TER(normalized=True, asian_support=target == "ko")
    rates = [
        _rate(metric, hypothesis, reference, _term_words(found, reference, target))
        for found, hypothesis, reference in zip(occurrences, hypotheses, references, strict=True)
    ]
    return 1 - sum(rates) / len(rates) if rates else 1.0


def _term_words(found: Sequence[Occurrence], reference: str, target: str) -> frozenset[str]:
    """The words, in small letters, on which the terms stand in ``reference``."""
    places = [p for p in locate(found, reference, target) if p is not None]
    words = {
        m[0].lower() for m in _WORD.finditer(reference) if any(m.start() < end and start < m.end() for start, end in places)
    }
    return frozenset(words - _LIGHT)


def _rate(metric: Any, hypothesis: str, reference: str, doubled: frozenset[str]) -> float:
    words = int(metric.sentence_score("", [reference]).ref_length)
    edits = int(metric.sentence_score(_written_twice(hypothesis, doubled), [_written_twice(reference, doubled)]).num_edits)
    return edits / words if words else float(edits > 0)


def _written_twice(text: str, doubled: frozenset[str]) -> str:
    return _WORD.sub(lambda m: f"{m[0]} {m[0]}" if m[0].lower() in doubled else m[0], text)
