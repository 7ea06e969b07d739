"""Figures and dates kept: those of each source line looked for in its translation, read from the words on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import translate.english.numbers as english
import translate.korean.numbers as korean
from translate.checks import dates
from translate.document import Segment
from translate.quantity import Quantity

# Kinds whose value must reappear; dates and clock times are written too differently for a plain multiset.
_COMPARED = frozenset({"number", "percent", "money"})


def figure_fidelity(sources: Sequence[str], hypotheses: Sequence[str], target: str) -> dict[str, float]:
    """``kept``: share of the sources' amounts, percentages and numbers above ten whose value stands in the translation;
    ``figures``: how many there are."""
    read = (korean.quantities, english.quantities)
    of_source, of_target = read if target == "en" else read[::-1]
    total = kept = 0
    for source, hypothesis in zip(sources, hypotheses, strict=True):
        wanted = _values(of_source(source))
        found = _values(of_target(hypothesis), all_kinds=True)
        total += wanted.total()
        kept += (wanted & found).total()
    return {"figures": total, "kept": share(kept, total)}


def date_fidelity(sources: Sequence[str], hypotheses: Sequence[str], target: str) -> dict[str, float]:
    """``kept``: share of the sources' dates and clock times that the check on dates finds whole in the translation (year,
    month, day, hour, half of the day, as far as the source says them); ``dates``: how many there are."""
    source_language, read = ("ko", korean.quantities) if target == "en" else ("en", english.quantities)
    total = kept = 0
    for source, hypothesis in zip(sources, hypotheses, strict=True):
        segment = Segment("", source, 0, len(source), hypothesis)
        lost = {finding.source_span for finding in dates.check(segment, source_language, target)}
        said = [(q.start, q.end) for q in read(source) if q.kind in ("date", "time")]
        total += len(said)
        kept += sum(span not in lost for span in said)
    return {"dates": total, "kept": share(kept, total)}


def share(kept: int, total: int) -> float:
    """``kept`` of ``total`` to four places; 1.0 of none."""
    return round(kept / total, 4) if total else 1.0


def _values(quantities: Sequence[Quantity], all_kinds: bool = False) -> Counter[Decimal]:
    return Counter(q.value for q in quantities if all_kinds or (q.kind in _COMPARED and (q.value > 10 or q.kind != "number")))
