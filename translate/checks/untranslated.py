"""Text left in the source language: Hangul in English, an English sentence unchanged in Korean.

The check every translation tool has ("untranslated residue"); a Hangul gloss in brackets may be an editor's wish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Finding, Level, Segment

NAME = "untranslated"
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+(?:\s[가-힣]+)*")


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``."""
    if target == "en":
        for match in _HANGUL.finditer(segment.target):
            before = segment.target[: match.start()].rstrip(" ‘“'\"")
            gloss = before.endswith("(")
            yield Finding(
                segment.id,
                NAME,
                Level.WARNING if gloss else Level.ERROR,
                f"Korean left in the translation: {match[0][:40]}",
                target_span=match.span(),
            )
    elif segment.target == segment.source and len(re.findall(r"[A-Za-z]{2,}", segment.source)) > 3:
        yield Finding(segment.id, NAME, Level.ERROR, "the English stands there unchanged")
