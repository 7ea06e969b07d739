"""First and later mentions: "Joint Operations Command (JOC)" once, then "JOC", where the desk's settings ask for it.

Works on a whole document after enforcement, on machine text in the body only: a headline introduces nothing, and an
editor's wording is counted but never changed.  An entry is treated so where one of its accepted targets is an
abbreviation of the preferred one and the document names it more than once; an abbreviation used once is not introduced
(AP style).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from translate.document import Document, Kind, Occurrence, Origin, Outcome, Segment, State
from translate.english.inflection import SAID_AS_WORDS, article, plural, singular
from translate.terminology.concepts import abbreviation
from translate.terminology.enforcement import prove

_BODY = (Kind.PARAGRAPH, Kind.ITEM, Kind.QUESTION, Kind.ANSWER)
_DETERMINER = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|our|this|that|each|every|no|any)|['’]s?)\s+(?:[\w-]+\s+){0,2}$", re.I)


def introduce_abbreviations(document: Document) -> Document:
    """``document`` (English target, proven) with first mentions spelled out and later ones short."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind in _BODY:
            counts.update(o.entry for s in block.segments for o in s.occurrences if o.target_start >= 0)
    seen: set[str] = set()

    def changed(segment: Segment) -> Segment:
        for number, occurrence in enumerate(segment.occurrences):
            short = abbreviation(occurrence.wanted[0], occurrence.wanted[1:]) if occurrence.wanted else ""
            if not short or occurrence.target_start < 0 or counts[occurrence.entry] < 2:
                continue
            first = occurrence.entry not in seen
            seen.add(occurrence.entry)
            if segment.origin is Origin.MACHINE and segment.state is State.TRANSLATED:
                # Offsets move with each change: read the line anew.
                segment = _settled(segment, segment.occurrences[number], short, first)
        return segment

    blocks = tuple(
        replace(b, segments=tuple(changed(s) for s in b.segments)) if b.kind in _BODY else b for b in document.blocks
    )
    return replace(document, blocks=blocks)


def _settled(segment: Segment, occurrence: Occurrence, short: str, first: bool) -> Segment:
    """The segment with one mention put right; unchanged where that would cost another term its place."""
    text = (_spelled if first else _shortened)(segment.target, occurrence, short)
    if text == segment.target:
        return segment
    proven = prove(segment.occurrences, text, "en")
    if any(n.outcome is Outcome.MISSING and o.outcome is not Outcome.MISSING for n, o in zip(proven, segment.occurrences, strict=True)):
        return segment
    kept = tuple(
        n if n.outcome is Outcome.MISSING else replace(n, outcome=o.outcome, how=o.how)
        for n, o in zip(proven, segment.occurrences, strict=True)
    )
    return replace(segment, target=text, occurrences=kept)


def _spelled(text: str, occurrence: Occurrence, short: str) -> str:
    start, end = occurrence.target_start, occurrence.target_end
    found, full = text[start:end], occurrence.wanted[0]
    before, after = text[:start], text[end:]
    if re.match(rf"(?:['’]s?)?\s?\({re.escape(short)}s?\)", after):
        return text
    if _same(found, full):
        many = "s" if plural(full).casefold() == found.casefold() != full.casefold() else ""
        possessive = re.match(r"['’]s?(?=\s)", after)
        cut = possessive.end() if possessive else 0
        return f"{before}{found}{after[:cut]} ({short}{many}){after[cut:]}"
    if found.rstrip("s") != short:
        return text
    whole = plural(full) if found != short else full
    named = full[:1].isupper()
    opening = not before.strip(" \"“‘(")
    if named and not _DETERMINER.search(before):
        whole = f"{'The' if opening else 'the'} {whole}"
    elif opening:
        whole = whole[:1].upper() + whole[1:]
    return f"{_article(before, whole)}{whole} ({found}){after}"


def _shortened(text: str, occurrence: Occurrence, short: str) -> str:
    start, end = occurrence.target_start, occurrence.target_end
    found, full = text[start:end], occurrence.wanted[0]
    if not _same(found, full):
        return text
    before, after = text[:start], re.sub(rf"^\s?\({re.escape(short)}s?\)", "", text[end:])
    many = "s" if plural(full).casefold() == found.casefold() != full.casefold() else ""
    if short in SAID_AS_WORDS:  # the JOC, but NATO without an article
        before = re.sub(r"\b[Tt]he $", "", before)
    return f"{_article(before, short)}{short}{many}{after}"


def _same(found: str, full: str) -> bool:
    """True if ``found`` is the preferred form itself, in any inflection, case and hyphenation."""
    key = re.sub(r"[\s‐‑–-]+", " ", found).casefold()
    forms = {full, plural(full), singular(full)}
    return key in {re.sub(r"[\s‐‑–-]+", " ", f).casefold() for f in forms}


def _article(before: str, form: str) -> str:
    """``before`` with a closing a/an that fits ``form``."""
    match = re.search(r"\b([Aa])n? $", before)
    return f"{before[: match.start()]}{match[1]}{article(form)[1:]} " if match else before
