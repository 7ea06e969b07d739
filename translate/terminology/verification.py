"""Verification: where in a target text the accepted forms of terms stand, each place used for one occurrence only.

A form is found with its English inflection: plural and possessive, capitalisation (an acronym keeps its case), a hyphen
for a space and the reverse, dots in initials or not (U.S., US), typographic apostrophes.  A Korean form is found with or
without its spaces, whatever particle follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from translate.document import Occurrence
from translate.english.inflection import plural, singular

_GAP = r"(?:[\s\u00a0]+|[\s]*[-‐‑–][\s]*)"


def _word(word: str, last: bool) -> str:
    if word.lower() in ("and", "&"):
        return r"(?:and|&)"
    pattern = re.escape(word).replace("'", "['’]").replace("’", "['’]")
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?\.?", word):  # U.S., U.N.
        pattern = r"\.?".join(word.replace(".", "")) + r"\.?"
        return pattern + ("s?" if last else "")
    acronym = len(word) > 1 and word.isupper()
    if re.fullmatch(r"[A-Z]{2}", word):
        pattern = r"\.?".join(word) + r"\.?"
    elif not acronym:
        forms = {word}
        if last and word[-1:].isalpha():
            forms |= {plural(word), singular(word)}
        pattern = "|".join(sorted((re.escape(f).replace("'", "['’]") for f in forms), key=len, reverse=True))
        return f"(?i:{pattern})"
    return pattern + ("(?:s|es)?" if last and word[-1:].isalpha() else "")


@lru_cache(maxsize=65536)
def _english(form: str) -> re.Pattern[str]:
    words = [w for w in re.split(r"[\s\-‐‑–]+", form.strip()) if w]
    # The head may stand before an "of": ministers of foreign affairs, chiefs of staff.
    of = next((i for i, w in enumerate(words) if w in ("of", "for", "in", "on", "to", "at") and i), len(words))
    parts = [_word(w, i in (len(words) - 1, of - 1)) for i, w in enumerate(words)]
    body = _GAP.join(parts)
    if len(words) == 1 and re.fullmatch(r"[A-Z][a-z]+", words[0]):
        # A family name alone is not the family name of somebody else: Kim is not in Kim Min-soo.
        body += r"(?!\s[A-Z][a-z]+-[a-z])"
    return re.compile(rf"(?<![\w]){body}(?![A-Za-z0-9À-ɏ])")


@lru_cache(maxsize=65536)
def _korean(form: str) -> re.Pattern[str]:
    letters = [re.escape(c) for c in form if not c.isspace()]
    return re.compile(r"(?<![가-힣A-Za-z0-9])" + r"[\s\u00a0]*".join(letters))


def find_form(text: str, form: str, language: str) -> Iterator[tuple[int, int]]:
    """Spans of ``form`` (inflected as the module says) in ``text``, in order."""
    if not form.strip():
        return
    for match in (_korean(form) if language == "ko" else _english(form)).finditer(text):
        yield match.start(), match.end()


def locate(occurrences: Sequence[Occurrence], target: str, language: str) -> list[tuple[int, int] | None]:
    """For each occurrence the span in ``target`` that renders it, or None.

    A span serves one occurrence.  Longer renderings choose first, so that "United States" inside
    "United States Forces Korea" does not count for another term; of one entry's occurrences the n-th takes the n-th place.
    """
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int] | None] = [None] * len(occurrences)
    candidates: list[tuple[int, int, str]] = []
    for entry in {o.entry: o for o in occurrences}.values():
        spans = {span for form in entry.wanted for span in find_form(target, form, language)}
        candidates += [(start, end, entry.entry) for start, end in spans]
    candidates.sort(key=lambda c: (c[0] - c[1], c[0]))
    places: dict[str, list[tuple[int, int]]] = {}
    waiting = {o.entry: sum(p.entry == o.entry for p in occurrences) for o in occurrences}
    for start, end, entry_id in candidates:
        if waiting[entry_id] == 0 or any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        waiting[entry_id] -= 1
        places.setdefault(entry_id, []).append((start, end))
    for place in places.values():
        place.sort()
    for i, occurrence in enumerate(occurrences):
        if places.get(occurrence.entry):
            found[i] = places[occurrence.entry].pop(0)
    return found


def forbidden_spans(occurrences: Sequence[Occurrence], target: str, language: str) -> list[tuple[int, int, Occurrence]]:
    """Spans of forbidden renderings of the occurrences' entries in ``target`` that are no accepted form's part.

    A form that differs from an accepted one in its capitals or dots alone (US Forces Japan) is forbidden as it is written.
    """
    spans: list[tuple[int, int, Occurrence]] = []
    for entry in {o.entry: o for o in occurrences}.values():
        if not entry.forbidden:
            continue
        accepted = [span for form in entry.wanted for span in find_form(target, form, language)]
        keys = {_plain(form) for form in entry.wanted}
        for form in entry.forbidden:
            if _plain(form) in keys:
                spans += [(*m.span(), entry) for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", target)]
                continue
            for start, end in find_form(target, form, language):
                if not any(s <= start and end <= e for s, e in accepted):
                    spans.append((start, end, entry))
    return spans


def _plain(form: str) -> str:
    return re.sub(r"[\W_]", "", form).casefold()
