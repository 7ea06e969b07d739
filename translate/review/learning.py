"""What editors teach: the same rendering of a term replaced by the same other one, again and again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from translate.document import Occurrence
from translate.review.apply import Changed
from translate.terminology.termbase import Row, Status

ENOUGH = 3  # segments that must agree
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*\.?(?<=\w)|[^\w\s]")


def proposals(edits: Iterable[tuple[str, Changed]], enough: int = ENOUGH) -> list[Row]:
    """Proposed glossary rows from edits, given with the name of their document.

    A row says: this source term's rendering was replaced by this one in at least ``enough`` segments; the segments, the
    old rendering and the editors are its note.
    """
    evidence: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for document, edit in edits:
        seen: set[tuple[str, str]] = set()
        for line in edit.terms:
            new = replacement(edit.before, edit.after, line)
            key = (line.term, new.lower())
            if new and key not in seen:
                seen.add(key)
                evidence[key].append((f"{document} {edit.segment}", line.found, edit.author))
                forms[key][new] += 1
    rows = []
    for (term, _), places in evidence.items():
        if len(places) >= enough:
            new = forms[term, _].most_common(1)[0][0]
            old = Counter(p[1] for p in places).most_common(1)[0][0]
            editors = ", ".join(sorted({p[2] for p in places if p[2]})) or "editors"
            shown = ", ".join(p[0] for p in places[:8]) + (f" and {len(places) - 8} more" if len(places) > 8 else "")
            note = f"{editors} changed “{old}” to this in {len(places)} segments: {shown}"
            rows.append(Row(term, new, status=Status.PROPOSED, note=note))
    return sorted(rows, key=lambda r: (r.source, r.target))


def replacement(before: str, after: str, line: Occurrence) -> str:
    """What stands in ``after`` in the place of the term's form in ``before``; "" where it is the same or not clear.

    Words are compared; a place is clear where the words around the form are the same or the text begins or ends there.
    """
    if line.target_start < 0 or line.target_start >= line.target_end:
        return ""
    old = [(m.start(), m.end()) for m in _WORD.finditer(before)]
    new = [(m.start(), m.end()) for m in _WORD.finditer(after)]
    inside = [i for i, (s, e) in enumerate(old) if s < line.target_end and e > line.target_start]
    if not inside:
        return ""
    matcher = SequenceMatcher(None, [before[s:e] for s, e in old], [after[s:e] for s, e in new], autojunk=False)
    begin = end = -1
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 <= inside[0] < i2:
            if kind != "equal" and i1 < inside[0]:
                return ""
            begin = j1 + (inside[0] - i1 if kind == "equal" else 0)
        if i1 <= inside[-1] < i2:
            if kind != "equal" and inside[-1] + 1 < i2:
                return ""
            end = j1 + (inside[-1] + 1 - i1) if kind == "equal" else j2
    # Words put in just before or after the form belong to it only if they stand inside it.
    if begin < 0 or end <= begin:
        return ""
    text = after[new[begin][0] : new[end - 1][1]]
    found = before[line.target_start : line.target_end]
    return "" if text.lower() == found.lower() or not re.search(r"\w", text) else text
