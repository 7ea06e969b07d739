"""Rows to concept entries: rows of one source become one entry, for one direction.

Rows meet by source form and part of speech (so that a noun and a verb of the same form stay apart).  Between
glossaries the higher priority wins, then the earlier file; a glossary that wants another preferred target than the
winner's is shadowed for that term, though its forbidden targets stay forbidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translate.terminology.termbase import Entry, Glossary, Row, Status, Termbase

_HANGUL_OR_HAN = re.compile("[ᄀ-ᇿ㄰-㆏ꥠ-꥿가-힣ힰ-퟿㐀-䶿一-鿿豈-﫿]")
_ALL_CAPS = re.compile(r"(?=[^A-Z]*[A-Z][^A-Z]*[A-Z])[A-Z][A-Z0-9&/-]*[A-Z0-9]$")
_USED = (Status.PREFERRED, Status.ADMITTED, Status.DO_NOT_TRANSLATE)


@dataclass(frozen=True)
class Concept:
    """One row seen from the side that is translated: source forms and targets, best first, all NFC and trimmed."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    row: Row
    glossary: Glossary
    rank: tuple[int, int]  # priority (higher first, so negative), file order


def build_termbase(glossaries: Sequence[Glossary], source: str = "ko", target: str = "en") -> Termbase:
    """The termbase of glossaries, for translation from ``source`` to ``target`` (see load_termbase)."""
    serving = [g for g in glossaries if set(languages(g)) == {source, target}]
    concepts = [c for i, g in enumerate(serving) for c in concepts_of(g, source, i)]
    concepts.sort(key=lambda c: c.rank)  # stable: within a glossary as its statuses rank
    groups: dict[tuple[str, str], list[Concept]] = {}
    parts: dict[str, list[str]] = {}
    for concept in concepts:
        form = match_key(concept.sources[0])
        part = _part(concept.row, parts.setdefault(form, []))
        groups.setdefault((form, part), []).append(concept)
    entries: list[Entry] = []
    ids: set[str] = set()
    for group in groups.values():
        entry = _entry(group, target, ids)
        if entry:
            ids.add(entry.id)
            entries.append(entry)
    return Termbase(tuple(entries), tuple(serving), source, target)


def languages(glossary: Glossary) -> tuple[str, str]:
    """The glossary's language pair, source column first: its header's ``languages`` ("ko-en", "ko, en", "ko → en")."""
    for key, value in glossary.header:
        if key.lower() in ("languages", "language_pair", "direction"):
            codes = re.findall(r"[A-Za-z]{2,3}(?:[-_][A-Z]{2}\b)?", value)
            if len(codes) == 2:
                return codes[0][:2].lower(), codes[1][:2].lower()
            return "", ""
    return "ko", "en"


def clean(text: str) -> str:
    """NFC, white space single and trimmed: what matching and enforcement are given."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def match_key(form: str) -> str:
    """What makes two source forms one: their letters without spaces, and without case but for capitals (US, us)."""
    form = form.replace(" ", "")
    return form if form.isupper() else form.casefold()


def sides(row: Row, first: str = "ko") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variants of a row as (further source forms, further targets); ``first`` is the source column's language.

    A variant with Hangul or Chinese characters is Korean, any other English, unless ``ko:`` or ``en:`` before it says.
    """
    korean: list[str] = []
    english: list[str] = []
    for variant in row.variants:
        if variant.startswith(("ko:", "en:")):
            form = clean(variant[3:])
            if form:
                (korean if variant[0] == "k" else english).append(form)
        elif variant.isascii() or not _HANGUL_OR_HAN.search(variant):
            english.append(clean(variant))
        else:
            korean.append(clean(variant))
    pair = tuple(korean), tuple(english)
    return pair if first == "ko" else (pair[1], pair[0])


def abbreviation(target: str, forms: Iterable[str]) -> str:
    """The first all-capitals form that abbreviates ``target`` ("JOC" for "Joint Operations Command"), or ""."""
    return next((form for form in forms if form != target and _abbreviates(form, target)), "")


def concepts_of(glossary: Glossary, source: str, order: int = 0) -> Iterator[Concept]:
    """The usable rows of a glossary for translation from ``source``, preferred ones first."""
    first = languages(glossary)[0]
    turned = first != source
    rank = (-glossary.priority, order)
    preferred = [row for row in glossary.rows if row.status is Status.PREFERRED]
    for row in [*preferred, *(row for row in glossary.rows if row.status is not Status.PREFERRED)]:
        if row.status is Status.PROPOSED or (turned and row.status not in _USED):
            continue  # an old or wrong rendering is no evidence of what the original said
        more_sources, more_targets = sides(row, first) if row.variants else ((), ())
        term, rendering = clean(row.source), clean(row.target)
        forms = (term, *more_sources)
        targets = forms if row.status is Status.DO_NOT_TRANSLATE else (rendering, *more_targets)
        if turned:
            forms, targets = targets, forms
        yield Concept(_once(forms), _once(targets), row, glossary, rank)


def preferred_conflict(first: Concept, other: Concept) -> bool:
    """Whether ``other`` prefers a target that ``first``, which wins over it, neither prefers nor admits."""
    ranked = (Status.PREFERRED, Status.DO_NOT_TRANSLATE)
    return other.row.status in ranked and other.targets[0] not in first.targets


def _once(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms)) if len(forms) > 1 else forms


def _part(row: Row, parts: list[str]) -> str:
    """The group's part of speech: its own, or for a row without one that of the first group."""
    part = row.part_of_speech.strip().casefold()
    if not parts:
        parts.append(part)
        return ""
    if part and parts == [""]:
        parts[0] = part
        return ""
    if part in parts:
        return "" if part == parts[0] else part
    if not part and parts:
        return ""
    parts.append(part)
    return part


def _entry(concepts: list[Concept], target: str, ids: set[str]) -> Entry | None:
    winner = next((c for c in concepts if c.row.status in (Status.PREFERRED, Status.DO_NOT_TRANSLATE)), None)
    winner = winner or next((c for c in concepts if c.row.status is Status.ADMITTED), None)
    if winner is None:
        return None
    sources = list(winner.sources)
    targets = list(winner.targets)
    forbidden: list[str] = []
    shadowed: set[int] = set()
    for concept in concepts if len(concepts) > 1 else ():
        file = id(concept.glossary)
        if concept.row.status not in _USED:
            forbidden.extend(concept.targets)
        elif concept is not winner and file not in shadowed:
            if concept.glossary is not winner.glossary and preferred_conflict(winner, concept):
                shadowed.add(file)
                continue
            targets.extend(concept.targets)
        sources.extend(concept.sources)
    if len(concepts) > 1:
        targets = _preferred_first(targets, concepts, winner, shadowed)
    row, glossary = winner.row, winner.glossary
    name = f"{glossary.name}:{winner.sources[0]}"
    if name in ids:
        name = f"{name} ({row.part_of_speech or len(ids)})"
    if forbidden:
        # A capital at the beginning is the sentence's; other capitals and dots are the word's own (US Forces Japan).
        accepted = {t[:1].casefold() + t[1:] for t in targets}
        forbidden = [f for f in dict.fromkeys(forbidden) if f[:1].casefold() + f[1:] not in accepted]
    return Entry(
        id=name,
        source=winner.sources[0],
        sources=tuple(dict.fromkeys(sources)) if len(concepts) > 1 else winner.sources,
        targets=tuple(targets),
        forbidden=tuple(forbidden),
        abbreviation=abbreviation(targets[0], targets[1:]) if target == "en" and len(targets) > 1 else "",
        status=row.status,
        part_of_speech=row.part_of_speech.strip(),
        domain=row.domain.strip(),
        note=row.note.strip(),
        glossary=glossary.name,
        priority=glossary.priority,
        context=dict(row.more).get("use", "").strip() == "context",
    )


def _preferred_first(targets: list[str], concepts: list[Concept], winner: Concept, shadowed: set[int]) -> list[str]:
    """Targets without repetition: the winner's own, other preferred ones, then the admitted and the variants."""
    leading = [winner.targets[0]] + [
        c.targets[0] for c in concepts if c.row.status is Status.PREFERRED and id(c.glossary) not in shadowed
    ]
    return list(dict.fromkeys(leading + targets))


def _abbreviates(form: str, target: str) -> bool:
    """Whether the letters of an all-capitals form stand in ``target`` in order, the first beginning a word."""
    if not _ALL_CAPS.match(form):
        return False
    letters = [c for c in form.casefold() if c.isalpha()]
    words = target.casefold().replace("-", " ").split(" ")
    for index, word in enumerate(words):
        if word.startswith(letters[0]):
            rest = iter(" ".join(words[index:]))
            if all(letter in rest for letter in letters):
                return True
    return False
