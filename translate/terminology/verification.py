"""Verification: where in a target text the accepted forms of terms stand, each place used for one occurrence only.

A form is found with its English inflection: plural and possessive, capitalisation (an acronym and a name of one word keep
theirs: Moon is no moon), a hyphen for a space and the reverse, dots in initials or not (U.S., US), typographic apostrophes.
A name inside the name of something else does not count: Korea in North Korea, Kim in Kim Jong Un.  A Korean form is found
with or without its spaces, whatever particle follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from translate.document import Occurrence, Outcome
from translate.engines.lexicon import analysed
from translate.english.inflection import plural, singular
from translate.korean.particles import is_doubtful, is_particles

_SMALL = frozenset("the a an of and & for in on to at".split())
# Adjectives that stand after their noun: attorneys general, presidents-elect.
_AFTER_NOUN = frozenset(("general", "elect", "martial", "d'affaires"))
# Another country, state or sea with one of these words before it; only South Korea is Korea all the same.
_ELSEWHERE = re.compile(
    r"(?:Korea|Sudan|China|America|Africa|Ireland|Mexico|Guinea|Carolina|Dakota|Macedonia|Germany|Jersey)[a-z]{0,4}|Irish|Chinese|German"
)
_COMPASS = "".join(rf"(?<!{word}[\s-])" for word in ("North", "East", "West", "Northern", "Eastern", "New", "Latin", "Central"))
_SYLLABLE = r"(?:ch|kk|kw|hw|gw|th|tt|pp|[bkmghrn]y|[bcdghjklmnprstwy])?[aeiouwy]{1,3}(?:ng|ck|[hklmnprt])?"
# What makes a family name somebody's whole name: Kim Min-soo, Kim Jong Un.
_GIVEN = rf"(?!\s[A-Z][a-z]+-[a-z])(?!\s(?=[A-Z])(?i:{_SYLLABLE})\s(?=[A-Z])(?i:{_SYLLABLE})\b)"
# Family names that are words of every sentence: at its beginning they are not the name.
_WORDS_TOO = frozenset("He No An So Do In On My".split())
_BEGINS = re.compile(r"(?:^|[.?!:;…]|--|[–—])[\s\"'“”‘’()]*$|[\"“‘(]$")

_GAP = r"(?:[\s\u00a0]+|[\s]*[-‐‑–][\s]*)"


def _word(word: str, last: bool, capital: bool = False) -> str:
    if word.lower() in ("and", "&"):
        return r"(?:and|&)"
    pattern = re.escape(word).replace("'", "['’]").replace("’", "['’]")
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?\.?", word):  # U.S., U.N.
        pattern = r"\.?".join(word.replace(".", "")) + r"\.?"
        return pattern + ("s?" if last else "")
    if re.fullmatch(r"[A-Z][a-z]{1,3}\.", word):  # Rep., Gen.
        return re.escape(word[:-1]) + r"s?\."
    acronym = len(word) > 1 and word.isupper()
    if re.fullmatch(r"[A-Z]{2}", word):
        pattern = r"\.?".join(word) + r"\.?"
    elif not acronym:
        forms = {word}
        if last and word[-1:].isalpha():
            forms |= {plural(word), word if word[0].isupper() else singular(word)}  # Hamas has no singular
            if word.endswith("person"):
                forms.add(f"{word[:-6]}people")
        pattern = "|".join(sorted((re.escape(f).replace("'", "['’]") for f in forms), key=len, reverse=True))
        return (f"(?={word[0]})" if capital else "") + f"(?i:{pattern})" + ("s?" if last and word[-1:].isdigit() else "")
    return pattern + ("(?:s|es)?" if last and word[-1:].isalnum() else "")


@lru_cache(maxsize=65536)
def _english(form: str) -> re.Pattern[str]:
    words = [w for w in re.split(r"[\s\-‐‑–]+", form.strip()) if w]
    # The head may stand before an "of": ministers of foreign affairs, chiefs of staff.
    of = next((i for i, w in enumerate(words) if w in ("of", "for", "in", "on", "to", "at") and i), len(words))
    heads = {len(words) - 1, of - 1}
    if len(words) > 1 and words[-1].lower() in _AFTER_NOUN:
        heads.add(len(words) - 2)
    # A name of one word, with an article or without, differs from the common word by its capital alone.
    single = [w for w in words if w.lower() not in _SMALL]
    name = single[0] if len(single) == 1 and re.fullmatch(r"[A-Z][^\W\d_]*[^\W\d_A-Z][^\W\d_]*", single[0]) else ""
    body = _GAP.join(_word(w, i in heads, w == name) for i, w in enumerate(words))
    before = r"(?<![\w])"
    if _ELSEWHERE.fullmatch(name):
        before += _COMPASS + ("" if name.startswith("Korea") else r"(?<!South[\s-])")
    if name and len(words) == 1:
        body += _GIVEN
    return re.compile(rf"{before}{body}(?![A-Za-z0-9À-ɏ])")


@lru_cache(maxsize=65536)
def _korean(form: str) -> re.Pattern[str]:
    letters = [re.escape(c) for c in form if not c.isspace()]
    return re.compile(r"(?<![가-힣A-Za-z0-9])" + r"[\s\u00a0]*".join(letters))


def find_form(text: str, form: str, language: str) -> Iterator[tuple[int, int]]:
    """Spans of ``form`` (inflected as the module says) in ``text``, in order."""
    if not form.strip():
        return
    for match in (_korean(form) if language == "ko" else _english(form)).finditer(text):
        start, end = match.span()
        if language == "ko" and not _ends_word(text, form, end):
            continue
        if form in _WORDS_TOO and _BEGINS.search(text[:start]):
            continue
        yield start, end


def _ends_word(text: str, form: str, end: int) -> bool:
    """False where a short Korean form is only the beginning of another word: 인도 in 인도네시아."""
    rest = re.match(r"[가-힣]*", text[end:])
    after = rest[0] if rest else ""
    if not after or len(form) > 2 or (is_particles(after) and not is_doubtful(after)):
        return True
    return any(token.start == end for token in analysed(text))


def locate(occurrences: Sequence[Occurrence], target: str, language: str) -> list[tuple[int, int] | None]:
    """For each occurrence the span in ``target`` that renders it, or None.

    A span serves one occurrence.  Longer renderings choose first, so that "United States" inside
    "United States Forces Korea" does not count for another term; of one entry's occurrences the n-th takes the n-th place.
    Waived occurrences get what the others leave.
    """
    asked = [o for o in occurrences if o.outcome is not Outcome.WAIVED]
    waived = [o for o in occurrences if o.outcome is Outcome.WAIVED]
    taken: list[tuple[int, int]] = []
    places: dict[str, list[tuple[int, int]]] = {}
    for group in (asked, waived):
        _take(group, target, language, taken, places)
    spare = {entry: len(spans) - sum(o.entry == entry for o in asked) for entry, spans in places.items()}
    found: list[tuple[int, int] | None] = [None] * len(occurrences)
    for place in places.values():
        place.sort()
    for i, occurrence in enumerate(occurrences):
        if not places.get(occurrence.entry):
            continue
        if occurrence.outcome is Outcome.WAIVED:
            if spare[occurrence.entry] <= 0:
                continue
            spare[occurrence.entry] -= 1
        found[i] = places[occurrence.entry].pop(0)
    _share(occurrences, target, language, found)
    return found


def _take(
    occurrences: Sequence[Occurrence],
    target: str,
    language: str,
    taken: list[tuple[int, int]],
    places: dict[str, list[tuple[int, int]]],
) -> None:
    """Put a place for each of ``occurrences``, as far as there are any, into ``taken`` and, by entry, into ``places``."""
    candidates: list[tuple[int, int, str]] = []
    for entry in {o.entry: o for o in occurrences}.values():
        spans = {span for form in entry.wanted for span in find_form(target, form, language)}
        candidates += [(start, end, entry.entry) for start, end in spans]
    candidates.sort(key=lambda c: (c[0] - c[1], c[0]))
    waiting = {o.entry: sum(p.entry == o.entry for p in occurrences) for o in occurrences}
    for start, end, entry_id in candidates:
        if waiting[entry_id] == 0 or any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        waiting[entry_id] -= 1
        places.setdefault(entry_id, []).append((start, end))


def _share(
    occurrences: Sequence[Occurrence], target: str, language: str, found: list[tuple[int, int] | None]
) -> None:
    """Divide a place that renders two neighbours: 미국 연방준비제도 as U.S. Federal Reserve, all of which the latter admits too."""
    for i, occurrence in enumerate(occurrences):
        if found[i] is not None or occurrence.outcome is Outcome.WAIVED:
            continue
        for j in (i + 1, i - 1):
            other, place = (occurrences[j], found[j]) if 0 <= j < len(occurrences) else (None, None)
            if other is None or place is None or other.entry == occurrence.entry:
                continue
            # Side by side: with nothing between but a space and a particle of one syllable.
            if not 0 <= max(other.start - occurrence.end, occurrence.start - other.end) <= 2:
                continue
            mine, theirs = (
                [s for form in o.wanted for s in find_form(target, form, language) if place[0] <= s[0] and s[1] <= place[1]]
                for o in (occurrence, other)
            )
            both = next(((m, t) for m in mine for t in theirs if m[1] <= t[0] or t[1] <= m[0]), None)
            if both:
                found[i], found[j] = both
                break


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
