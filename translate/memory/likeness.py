"""How like a stored source is to a text, and what its translation is worth for it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from translate.document import ACCEPTED
from translate.memory.units import Match, Unit

_PLAIN: Final = str.maketrans("“”‘’", "\"\"''")
_FIGURE: Final = r"\d+(?:[.,]\d+)*"


def normalised(text: str) -> str:
    """The form in which sources are compared: NFC, single spaces, plain quotation marks."""
    text = unicodedata.normalize("NFC", text)
    # Most texts have none, and translate() takes longer than all the rest.
    if "“" in text or "”" in text or "‘" in text or "’" in text:
        text = text.translate(_PLAIN)
    return " ".join(text.split())


def masked(key: str) -> str:
    """A normalised text with every figure the same."""
    return re.sub(_FIGURE, "0", key)


def scored(key: str, other: str, unit: Unit, ratio: float) -> Match:
    """The match that a unit is for a normalised text: ``other`` is its normalised source, ``ratio`` how like both are when
    masked, in per cent.  A machine's unit loses two points."""
    mine = unit.state in ACCEPTED
    if other == key:
        return Match(unit, 100 if mine else 98)
    penalty = 0 if mine else 2
    if ratio >= 99.9:
        changed = _with_figures(key, other, unit.target)
        if changed is not None:
            return Match(unit._replace(target=changed), 99 - penalty, "figures substituted")
        return Match(unit, 95 - penalty, "figures differ")
    return Match(unit, min(99, int(ratio)) - penalty)


def _with_figures(key: str, other: str, target: str) -> str | None:
    """The target with the other source's figures exchanged for this one's; None where they do not stand in it once each."""
    old, new = re.findall(_FIGURE, other), re.findall(_FIGURE, key)
    if len(old) != len(new):
        return None
    exchange = {o: n for o, n in zip(old, new, strict=True) if o != n}
    for figure in exchange:
        if len(re.findall(rf"(?<![\d.,]){re.escape(figure)}(?![\d]|[.,]\d)", target)) != 1 or old.count(figure) != 1:
            return None
    alternatives = "|".join(re.escape(f) for f in sorted(exchange, key=len, reverse=True))
    return re.sub(rf"(?<![\d.,])(?:{alternatives})(?!\d|[.,]\d)", lambda m: exchange[m[0]], target)
