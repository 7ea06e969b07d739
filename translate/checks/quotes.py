"""Quotation marks: balanced in the translation, and as many direct quotations as in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Finding, Level, Segment

NAME = "quotes"
# News headlines quote in single marks or name the speaker alone (Kim: No time to lose); an apostrophe is no mark.
_HEADLINE_QUOTE = re.compile(r"^[^:]{2,40}:\s|\bsays\b|(?<!\w)['‘][^'’]{2,}(?:['’]\w[^'’]*)*['’](?!\w)")
_SENTENCE_END = re.compile(r"[.。][\"”’]?(?:\s|$)|[다요죠까][.?!][\"”’]?$")
_SPOKEN = re.compile(r"“[^”]{8,}”|\"[^\"]{8,}\"")


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``."""
    text = segment.target
    open_source = segment.source.count('"') % 2 or segment.source.count("“") != segment.source.count("”")
    if (text.count('"') % 2 or text.count("“") != text.count("”")) and not open_source:
        yield Finding(segment.id, NAME, Level.WARNING, "quotation marks do not pair in the translation")
        return
    spoken = len(_SPOKEN.findall(segment.source))
    # Korean puts titles and coinages in single marks or brackets where English has double ones.
    marks = "[\"“”]" if target == "en" else "[\"“”'‘’「『《〈<]"
    headline = target == "en" and not _SENTENCE_END.search(segment.source) and _HEADLINE_QUOTE.search(text)
    if spoken and not re.search(marks, text) and not headline:
        yield Finding(segment.id, NAME, Level.WARNING, "the source quotes somebody; the translation has no quotation marks")
    elif not spoken and not re.search("[\"“”'‘’「『《〈<]", segment.source) and _SPOKEN.search(text):
        yield Finding(segment.id, NAME, Level.WARNING, "the translation quotes somebody; the source does not")
