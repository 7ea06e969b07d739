"""Glossary files to a termbase: rows of one source become one concept entry, for one direction.

Rows meet by source form and part of speech (so that a noun and a verb of the same form stay apart).  Between
glossaries the higher priority wins, then the earlier file; a glossary that wants another preferred target than the
winner's is shadowed for that term, though its forbidden targets stay forbidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from translate.terminology.formats import read_glossary, suffixes
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


@dataclass
class _Group:
    """Concepts that share a source form, best glossary first."""

    concepts: list[Concept] = field(default_factory=list)


def load_termbase(paths: Sequence[Path], source: str = "ko", target: str = "en") -> Termbase:
    """The termbase of glossary files, for translation from ``source`` to ``target``.

    A glossary whose header says ``languages: ko-en`` (the default) serves both directions: for en→ko its targets and
    their admitted variants become the source forms.  One for another pair of languages is left out.  Proposed rows are
    never used.  Raises TranslateError (file and line) for a file or row that cannot be read.
    """
    return build_termbase([read_glossary(path) for path in paths], source, target)


def default_paths(folder: Path) -> list[Path]:
    """The glossary files of a folder, by name; none where there is no such folder."""
    if not folder.is_dir():
        return []
    known = suffixes()
    return sorted(
        p for p in folder.iterdir() if p.suffix.lower() in known and p.is_file() and not p.name.startswith((".", "~$"))
    )


def build_termbase(glossaries: Sequence[Glossary], source: str = "ko", target: str = "en") -> Termbase:
    """The termbase of glossaries already read (see load_termbase)."""
    serving = [g for g in glossaries if set(languages(g)) == {source, target}]
    concepts = [c for i, g in enumerate(serving) for c in concepts_of(g, source, i)]
    concepts.sort(key=lambda c: c.rank)  # stable: within a glossary as its statuses rank
    groups: dict[tuple[str, str], _Group] = {}
    parts: dict[str, list[str]] = {}
    for concept in concepts:
        form = match_key(concept.sources[0])
        part = _part(concept.row, parts.setdefault(form, []))
        groups.setdefault((form, part), _Group()).concepts.append(concept)
    entries: list[Entry] = []
    ids: set[str] = set()
    for group in groups.values():
        entry = _entry(group.concepts, target, ids)
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
    if text.isascii() and "  " not in text and not text.startswith(" ") and not text.endswith(" "):
        return text
    return " ".join(unicodedata.normalize("NFC", text).split())


def match_key(form: str) -> str:
    """What makes two source forms one: their letters, without case and spaces."""
    return form.replace(" ", "").casefold()


def sides(row: Row, first: str = "ko") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variants of a row as (further source forms, further targets); ``first`` is the source column's language.

    A variant with Hangul or Chinese characters is Korean, any other English, unless ``ko:`` or ``en:`` before it says.
    """
    korean: list[str] = []
    english: list[str] = []
    for variant in row.variants:
        head, colon, rest = variant.partition(":")
        if colon and head in ("ko", "en"):
            (korean if head == "ko" else english).append(clean(rest))
        else:
            (korean if _HANGUL_OR_HAN.search(variant) else english).append(clean(variant))
    pair = (tuple(f for f in korean if f), tuple(f for f in english if f))
    return pair if first == "ko" else (pair[1], pair[0])


def abbreviation(target: str, forms: Iterable[str]) -> str:
    """The first all-capitals form that abbreviates ``target`` ("JOC" for "Joint Operations Command"), or ""."""
    return next((form for form in forms if form != target and _abbreviates(form, target)), "")


def concepts_of(glossary: Glossary, source: str, order: int = 0) -> Iterator[Concept]:
    """The usable rows of a glossary for translation from ``source``, preferred ones first."""
    first = languages(glossary)[0]
    turned = first != source
    rank = (-glossary.priority, order)
    for row in sorted(glossary.rows, key=lambda r: r.status is not Status.PREFERRED):
        if row.status is Status.PROPOSED or (turned and row.status not in _USED):
            continue  # an old or wrong rendering is no evidence of what the original said
        more_sources, more_targets = sides(row, first) if row.variants else ((), ())
        term, rendering = clean(row.source), clean(row.target)
        forms = (term, *more_sources)
        targets = forms if row.status is Status.DO_NOT_TRANSLATE else (rendering, *more_targets)
        if turned:
            forms, targets = targets, forms
        yield Concept(tuple(dict.fromkeys(forms)), tuple(dict.fromkeys(targets)), row, glossary, rank)


def preferred_conflict(first: Concept, other: Concept) -> bool:
    """Whether ``other`` prefers a target that ``first``, which wins over it, neither prefers nor admits."""
    ranked = (Status.PREFERRED, Status.DO_NOT_TRANSLATE)
    return other.row.status in ranked and other.targets[0] not in first.targets


def _part(row: Row, parts: list[str]) -> str:
    """The group's part of speech: its own, or for a row without one that of the first group."""
    part = row.part_of_speech.strip().casefold()
    if part and parts == [""]:
        parts[0] = part
        return ""
    if part in parts:
        return "" if part == parts[0] else part
    if not part and parts:
        return ""
    parts.append(part)
    return "" if len(parts) == 1 else part


def _entry(concepts: list[Concept], target: str, ids: set[str]) -> Entry | None:
    winner = next((c for c in concepts if c.row.status in (Status.PREFERRED, Status.DO_NOT_TRANSLATE)), None)
    winner = winner or next((c for c in concepts if c.row.status is Status.ADMITTED), None)
    if winner is None:
        return None
    sources = list(winner.sources)
    targets = list(winner.targets)
    forbidden: list[str] = []
    shadowed: set[int] = set()
    for concept in concepts:
        file = id(concept.glossary)
        if concept.row.status not in _USED:
            forbidden.extend(concept.targets)
        elif concept is not winner and file not in shadowed:
            if concept.glossary is not winner.glossary and preferred_conflict(winner, concept):
                shadowed.add(file)
                continue
            targets.extend(concept.targets)
        sources.extend(concept.sources)
    targets = _preferred_first(targets, concepts, winner, shadowed)
    row, glossary = winner.row, winner.glossary
    name = f"{glossary.name}:{winner.sources[0]}"
    if name in ids:
        name = f"{name} ({row.part_of_speech or len(ids)})"
    accepted = {t.casefold() for t in targets}
    return Entry(
        id=name,
        source=winner.sources[0],
        sources=tuple(dict.fromkeys(sources)),
        targets=tuple(targets),
        forbidden=tuple(dict.fromkeys(f for f in forbidden if f.casefold() not in accepted)),
        abbreviation=abbreviation(targets[0], targets[1:]) if target == "en" else "",
        status=row.status,
        part_of_speech=row.part_of_speech.strip(),
        domain=row.domain.strip(),
        note=row.note.strip(),
        glossary=glossary.name,
        priority=glossary.priority,
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
    text = target.casefold()
    for word in re.finditer(r"\b\w", text):
        rest = iter(text[word.start() :])
        if all(letter in rest for letter in letters):
            return True
    return False
