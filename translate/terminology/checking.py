"""What is wrong with glossaries: errors that make translations wrong or files unreadable, and warnings to look at.

Each check is a function of all glossaries at once, because a termbase is what they make together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.document import Level, TranslateError
from translate.engines.lexicon import analyser
from translate.terminology.concepts import build_termbase, clean, languages, match_key, sides
from translate.terminology.formats import parse_glossary, read_bytes, tsv
from translate.terminology.matching import Matcher
from translate.terminology.termbase import Glossary, Row, Status

_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e"
                        "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufffc\ufffd]")  # fmt: skip
# Most values: words of plain letters with single spaces between them.
_SOUND = re.compile(r"[0-9A-Za-z가-힣.,&/-]+(?: [0-9A-Za-z가-힣.,&/-]+)*")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_HANGUL = re.compile("[ᄀ-ᇿ㄰-㆏가-힣]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】"}
# Particles that a source may have kept, with what the syllable before must end in: consonant, vowel, either.
_PARTICLES = {
    "은": "c", "는": "v", "이": "c", "가": "v", "을": "c", "를": "v", "과": "c", "와": "v", "의": "", "에": "",
    "도": "", "만": "", "에서": "", "에게": "", "으로": "c", "로": "v", "까지": "", "부터": "", "에는": "",
    "에서는": "", "이라고": "c",
}  # fmt: skip
# Those that nouns and names seldom end in: 한반도, 프라하의 and 포항제철로 are no terms with particles.
_PLAIN = {"은", "는", "을", "를", "에서", "에게", "으로", "까지", "부터", "에는", "에서는", "이라고"}
_ACCEPTED = (Status.PREFERRED, Status.ADMITTED, Status.DO_NOT_TRANSLATE)
_REJECTED = (Status.DEPRECATED, Status.FORBIDDEN)


@dataclass(frozen=True)
class Issue:
    """One thing wrong: where, how bad, which check says so, what and what to do."""

    path: str
    line: int
    level: Level
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level.value}: {self.message} [{self.check}]"


def check_files(paths: Sequence[Path]) -> list[Issue]:
    """Everything wrong with glossary files, by file and line; a file that cannot be read at all is one error."""
    issues: list[Issue] = []
    glossaries: list[Glossary] = []
    for path in paths:
        try:
            data = read_bytes(path)
            if path.suffix.lower() == ".tsv" and tsv.has_header(data):
                glossary, problems = tsv.scan(data, str(path))
                issues += [Issue(str(path), p.line, Level.ERROR, "row", p.message) for p in problems]
                if not any(p.message.startswith("priority") for p in problems):
                    glossaries.append(glossary)
            else:
                glossaries.append(parse_glossary(data, path))
        except TranslateError as error:
            match = re.match(rf"{re.escape(str(path))}(?::(\d+))?: (.*)", str(error), re.DOTALL)
            line, message = (int(match[1] or 1), match[2]) if match else (1, str(error))
            issues.append(Issue(str(path), line, Level.ERROR, "file", message))
    return sorted([*issues, *check_glossaries(glossaries)], key=lambda i: (i.path, i.line, i.level.value, i.check))


def check_glossaries(glossaries: Sequence[Glossary]) -> list[Issue]:
    """Everything wrong with glossaries that could be read."""
    return [issue for check in CHECKS for issue in check(glossaries)]


def check_use(glossaries: Sequence[Glossary], texts: Iterable[str]) -> list[Issue]:
    """Terms that stand in none of ``texts`` (a memory's source texts), for a terminologist who clears up."""
    termbase = build_termbase(glossaries)
    matcher = Matcher(termbase)
    seen = {occurrence.entry for text in texts for occurrence in matcher.match(text)}
    unused = {match_key(form) for entry in termbase.entries if entry.id not in seen for form in entry.sources[:1]}
    return [
        Issue(glossary.path, row.line, Level.INFO, "use", f"'{row.source}' stands in no source text of the memory")
        for glossary, row in _rows(glossaries)
        if row.status in _ACCEPTED and match_key(clean(row.source)) in unused
    ]


def check_header(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """The header's language pair must be one that we translate."""
    for glossary in glossaries:
        if set(languages(glossary)) != {"ko", "en"}:
            message = "the header's languages are not Korean and English; write `# languages: ko-en` (or en-ko)"
            yield Issue(glossary.path, 1, Level.ERROR, "languages", message)


def check_characters(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """Invisible characters, other spaces, full-width forms, spaces at the ends, decomposed Hangul."""
    for glossary, row in _rows(glossaries):
        for name, value in _values(row):
            for check, level, wrong in _character_faults(name, value):
                yield Issue(glossary.path, row.line, level, check, f"{name} '{_visible(clean(value))}' {wrong}")


def _character_faults(name: str, value: str) -> Iterator[tuple[str, Level, str]]:
    if not value or _SOUND.fullmatch(value):
        return
    found = _INVISIBLE.search(value)
    if found:
        yield "invisible", Level.ERROR, "has an invisible character; remove it"
    if _ODD_SPACE.search(value):
        yield "space", Level.WARNING, "has a no-break or wide space; use a plain one"
    if value != value.strip() or "  " in value:
        yield "space", Level.WARNING, "has spaces at its ends or two in a row; remove them"
    if not unicodedata.is_normalized("NFC", value):
        yield "unicode", Level.ERROR, "is not in Unicode NFC (Hangul in pieces?); `check --fix` composes it"
    if name == "target" and _FULL_WIDTH.search(value):
        yield "width", Level.WARNING, "has full-width characters; use plain ones"
    odd = _unbalanced(value)
    if odd:
        yield "quotes", Level.ERROR, f"has an unbalanced {odd}"


def check_scripts(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """Hangul in an English target; a Korean column without any Hangul or Chinese character needs no remark."""
    for glossary, row in _rows(glossaries):
        korean_first = languages(glossary)[0] == "ko"
        english = [row.target, *sides(row, "ko")[1]] if korean_first else [row.source, *sides(row, "ko")[1]]
        if korean_first and row.status is Status.DO_NOT_TRANSLATE:
            continue
        for value in english:
            if _HANGUL.search(value):
                yield Issue(glossary.path, row.line, Level.ERROR, "script", f"Hangul in the English '{value}'")


def check_do_not_translate(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """A term that stays as it is has no other target; one whose target is itself should say so."""
    for glossary, row in _rows(glossaries):
        same = clean(row.source) == clean(row.target)
        if row.status is Status.DO_NOT_TRANSLATE and row.target.strip() and not same:
            message = f"'{row.source}' is do-not-translate but has the target '{row.target}'; decide for one"
            yield Issue(glossary.path, row.line, Level.ERROR, "do-not-translate", message)
        elif same and row.status in (Status.PREFERRED, Status.ADMITTED) and _HANGUL.search(row.source):
            message = f"'{row.source}' is its own target; give it the status do-not-translate"
            yield Issue(glossary.path, row.line, Level.WARNING, "do-not-translate", message)


def check_duplicates(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """The same source with the same target twice: an error in one file, a warning between files."""
    first: dict[tuple[str, str, str], tuple[Glossary, Row]] = {}
    for glossary, row in _rows(glossaries):
        key = (match_key(clean(row.source)), clean(row.target), row.part_of_speech)
        if key not in first:
            first[key] = glossary, row
            continue
        other, earlier = first[key]
        same = other.path == glossary.path
        where = f"line {earlier.line}" if same else f"{other.path}:{earlier.line}"
        level = Level.ERROR if same else Level.WARNING
        message = f"'{row.source}' → '{row.target}' is there already ({where}); remove one"
        yield Issue(glossary.path, row.line, level, "duplicate", message)


def check_conflicts(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """Two preferred targets for a source where nothing says which wins; a target both wanted and rejected."""
    for rows in _by_source(glossaries).values():
        preferred: list[tuple[Glossary, Row]] = []
        for glossary, row in rows:
            if row.status not in (Status.PREFERRED, Status.DO_NOT_TRANSLATE):
                continue
            for other, earlier in preferred:
                apart = {earlier.part_of_speech, row.part_of_speech}
                if clean(earlier.target) == clean(row.target) or other.priority != glossary.priority:
                    continue
                if len(apart) == 2 and "" not in apart:
                    continue
                where = f"line {earlier.line}" if other.path == glossary.path else f"{other.path}:{earlier.line}"
                message = (
                    f"'{row.source}' is '{row.target}' here and '{earlier.target}' in {where}, which wins; "
                    "make one admitted, or give the glossaries priorities"
                )
                yield Issue(glossary.path, row.line, Level.ERROR, "conflict", message)
                break
            preferred.append((glossary, row))
        yield from _rejected(rows)


def _rejected(rows: list[tuple[Glossary, Row]]) -> Iterator[Issue]:
    accepted = {
        clean(form).casefold(): (glossary, row)
        for glossary, row in rows
        if row.status in _ACCEPTED
        for form in (row.target, *sides(row, languages(glossary)[0])[1])
    }
    for glossary, row in rows:
        if row.status not in _REJECTED:
            continue
        if clean(row.target).casefold() in accepted:
            other, earlier = accepted[clean(row.target).casefold()]
            message = f"'{row.target}' is {row.status.value} for '{row.source}' here, accepted in "
            message += f"{other.path}:{earlier.line}; decide for one"
            yield Issue(glossary.path, row.line, Level.ERROR, "conflict", message)
        elif not accepted:
            message = f"'{row.target}' is {row.status.value} for '{row.source}', but no target is preferred; add one"
            yield Issue(glossary.path, row.line, Level.ERROR, "no-preferred", message)


def check_targets(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """One target for two sources: from English into Korean the first one would win."""
    first: dict[str, tuple[Glossary, Row]] = {}
    for glossary, row in _rows(glossaries):
        if row.status is not Status.PREFERRED or not row.target.strip():
            continue
        other, earlier = first.setdefault(clean(row.target).casefold(), (glossary, row))
        if match_key(clean(earlier.source)) == match_key(clean(row.source)):
            continue
        message = (
            f"'{row.target}' is also the target of '{earlier.source}' ({other.path}:{earlier.line}); from English that "
            "one wins: make this a variant of it, or admitted, if it is the same thing"
        )
        yield Issue(glossary.path, row.line, Level.WARNING, "same-target", message)


def check_variants(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """A source variant that is another concept's term with another target; two terms that are each other's variants."""
    sources = _by_source(glossaries)
    owners: dict[str, tuple[Glossary, Row]] = {}
    links: dict[str, set[str]] = defaultdict(set)
    for glossary, row in _rows(glossaries):
        own = match_key(clean(row.source))
        seen: set[str] = set()
        for variant in sides(row, languages(glossary)[0])[0]:
            form = match_key(variant)
            if form == own:
                continue  # the same but for spaces or case, which matching allows for anyway
            if form in seen:
                message = f"variant '{variant}' is listed twice"
                yield Issue(glossary.path, row.line, Level.WARNING, "variant", message)
            seen.add(form)
            if row.status not in _ACCEPTED:
                continue
            links[own].add(form)
            clash = next(((g, r) for g, r in sources.get(form, []) if _clashes(row, r, glossary, g)), None)
            other = owners.setdefault(form, (glossary, row))
            clash = clash or (other if _clashes(row, other[1], glossary, other[0]) else None)
            if own in links.get(form, ()):
                message = f"'{row.source}' and '{variant}' are variants of each other; keep one as the term"
                yield Issue(glossary.path, row.line, Level.ERROR, "cycle", message)
            elif clash:
                message = f"variant '{variant}' is also a form of '{clash[1].source}' → '{clash[1].target}' "
                where = f"({clash[0].path}:{clash[1].line}); remove it from one"
                yield Issue(glossary.path, row.line, Level.ERROR, "variant", message + where)


def _clashes(row: Row, other: Row, mine: Glossary, theirs: Glossary) -> bool:
    ranked = row.status in _ACCEPTED and other.status in _ACCEPTED
    targets = clean(row.target) != clean(other.target)
    sources = match_key(clean(row.source)) != match_key(clean(other.source))
    return ranked and targets and sources and mine.priority == theirs.priority


def check_particles(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """Sources that kept a particle (확장억제를): they would match only with it."""
    known = set(_by_source(glossaries))
    for glossary, row in _rows(glossaries):
        korean = row.source if languages(glossary)[0] == "ko" else row.target
        name = row.part_of_speech.casefold().replace(" ", "") in ("propernoun", "name")
        for form in (korean, *sides(row, "ko")[0]):
            particle = _particle(clean(form), known, name)
            if particle:
                message = f"'{form}' seems to end in the particle {particle}; write '{clean(form)[: -len(particle)]}'"
                yield Issue(glossary.path, row.line, Level.WARNING, "particle", message)


def _particle(form: str, known: set[str], name: bool) -> str:
    for length in (3, 2, 1):
        particle = form[-length:]
        stem = form[:-length]
        if particle not in _PARTICLES or len(stem) < 2 or not ("가" <= stem[-1] <= "힣"):
            continue
        wanted = _PARTICLES[particle]
        closed = (ord(stem[-1]) - 0xAC00) % 28 != 0
        if wanted and (wanted == "c") != closed:
            continue
        if match_key(stem) in known and not (name and [t.tag for t in analyser().tokenize(form)] == ["NNP"]):  # 군함도
            return particle
        if len(form) >= (3 if particle in ("을", "를") else 4) and particle in _PLAIN and not name:
            tokens = analyser().tokenize(form)
            if tokens[-1].tag.startswith("J") and tokens[-1].form == particle and tokens[-2].tag.startswith("NN"):
                return particle
    return ""


def check_order(glossaries: Sequence[Glossary]) -> Iterator[Issue]:
    """Rows out of order: the first command that writes the file would move them, and the diff show it."""
    for glossary in glossaries:
        if not glossary.path.endswith(".tsv"):
            continue
        for row, wanted in zip(glossary.rows, tsv.in_order(glossary.rows), strict=True):
            if row is not wanted:
                message = f"'{row.source}' is out of order; `translate glossary check --fix` sorts the file"
                yield Issue(glossary.path, row.line, Level.WARNING, "order", message)
                break


CHECKS: tuple[Callable[[Sequence[Glossary]], Iterable[Issue]], ...] = (
    check_header, check_characters, check_scripts, check_do_not_translate, check_duplicates, check_conflicts,
    check_targets, check_variants, check_particles, check_order,
)  # fmt: skip


def _rows(glossaries: Sequence[Glossary]) -> Iterator[tuple[Glossary, Row]]:
    return ((glossary, row) for glossary in glossaries for row in glossary.rows)


def _values(row: Row) -> Iterator[tuple[str, str]]:
    yield "source", row.source
    yield "target", row.target
    yield from (("variant", variant) for variant in row.variants)
    yield "note", row.note


def _by_source(glossaries: Sequence[Glossary]) -> dict[str, list[tuple[Glossary, Row]]]:
    rows: dict[str, list[tuple[Glossary, Row]]] = defaultdict(list)
    for glossary, row in _rows(glossaries):
        rows[match_key(clean(row.source))].append((glossary, row))
    return rows


def _visible(value: str) -> str:
    return _INVISIBLE.sub(lambda match: f"<U+{ord(match[0]):04X}>", value)


def _unbalanced(value: str) -> str:
    """The first bracket or quotation mark without its partner, or ""."""
    waiting: list[str] = []
    for character in value:
        if character in _PAIRS:
            waiting.append(character)
        elif character in _PAIRS.values() and (not waiting or _PAIRS[waiting.pop()] != character):
            return character
    if waiting:
        return waiting[0]
    if value.count('"') % 2:
        return '"'
    return "‘" if value.count("‘") > value.count("’") else ""
