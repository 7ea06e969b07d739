"""Latin names in Korean text (ICBM, F-35, SK하이닉스) must stand in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Finding, Level, Segment

NAME = "latin"
_NAME = re.compile(r"(?<![A-Za-z0-9@./])(?=[A-Za-z0-9-]*[A-Z])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?![A-Za-z0-9@])")
# Written out in English: units, ordinals in lists, and abbreviations that news English spells otherwise.
_SPELLED = frozenset("A Q B I No PD CEO TV AI AM PM KST km kg".split())


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``; Korean sources only."""
    if source != "ko":
        return
    letters = re.sub(r"[^a-z0-9]", "", segment.target.lower())
    covered = [(o.start, o.end) for o in segment.occurrences]
    for match in _NAME.finditer(segment.source):
        name = match[0]
        if len(name) < 2 or name in _SPELLED or any(s <= match.start() < e for s, e in covered):
            continue
        if re.sub(r"[^a-z0-9]", "", name.lower()) not in letters:
            yield Finding(
                segment.id, NAME, Level.WARNING, f"{name} stands in the source, not in the translation", match.span()
            )
