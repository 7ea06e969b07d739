"""What the renderings say about a document beside its text: counts, the ledger by term, names of things."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from translate.document import ACCEPTED, LANGUAGES, Block, Document, Kind, Level, Origin, Outcome, Segment

# Below this confidence a machine's sentence is marked for a second look: of the embedded engine's, the lowest tenth.
LOW_CONFIDENCE: Final = 0.4


@dataclass
class LedgerLine:
    """One term, one outcome reached one way: what was wanted, what was found, in which segments."""

    term: str
    wanted: tuple[str, ...]
    forbidden: tuple[str, ...]
    glossary: str
    note: str
    outcome: str
    how: str
    found: list[str] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)


def ledger(document: Document) -> list[LedgerLine]:
    """The ledger by term and outcome, missing terms first, otherwise in the order of first appearance."""
    lines: dict[tuple[str, str, str], LedgerLine] = {}
    for segment in document.segments():
        for o in segment.occurrences:
            outcome = o.outcome.value if o.outcome else "open"
            key = (o.entry, outcome, o.how)
            line = lines.setdefault(key, LedgerLine(o.term, o.wanted, o.forbidden, o.glossary, o.note, outcome, o.how))
            if o.found and o.found not in line.found:
                line.found.append(o.found)
            if line.segments[-1:] != [segment.id]:
                line.segments.append(segment.id)
    return sorted(lines.values(), key=lambda line: line.outcome != Outcome.MISSING)


def outcomes(document: Document) -> dict[str, int]:
    """Occurrences by outcome, all four always there."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for segment in document.segments():
        for occurrence in segment.occurrences:
            if occurrence.outcome:
                counts[occurrence.outcome.value] += 1
    return counts


def levels(document: Document) -> dict[str, int]:
    """Findings by level, all three always there."""
    counts = {level.value: 0 for level in Level}
    for segment in document.segments():
        for finding in segment.findings:
            counts[finding.level.value] += 1
    return counts


def compared_engines(document: Document) -> list[str]:
    """The engines other than each segment's own whose texts the document has as alternatives, in order of appearance."""
    return list(
        dict.fromkeys(a.engine for s in document.segments() for a in s.alternatives if a.engine not in ("", s.engine))
    )


def made_by(segment: Segment, engine: str) -> Segment | None:
    """The segment as a compared engine would have it, None where that engine did not translate it."""
    for a in segment.alternatives:
        if a.engine == engine != segment.engine:
            return replace(segment, target=a.text, engine=engine, occurrences=a.occurrences, findings=a.findings)
    return None


def blocks(document: Document) -> list[Block]:
    """The blocks that are published: all but boilerplate and those without a segment."""
    return [b for b in document.blocks if b.kind is not Kind.BOILERPLATE and b.segments]


def headline(document: Document) -> tuple[str, str]:
    """Source and target of the headline; where there is none, the document's name and an empty text."""
    for block in blocks(document):
        if block.kind is Kind.HEADLINE:
            return block.text, joined(block)
    return document.name, ""


def joined(block: Block) -> str:
    """A block's translation as running text; what is not translated is said to be so, with its source."""
    return " ".join(s.target or f"[not translated: {s.source}]" for s in block.segments)


def language_name(code: str) -> str:
    """A language's English name, the code itself where it is none of ours."""
    return LANGUAGES.get(code.split("-")[0].lower(), code)


def remarks(block: Block, segment: Segment) -> list[str]:
    """Short words beside a row: what kind of text it is, where its translation is from, whether to look twice."""
    words = [] if block.kind is Kind.PARAGRAPH else [block.kind.value]
    if segment.origin is Origin.COPY:
        words.append("as in source")
    elif segment.origin is Origin.MEMORY:
        words.append("from memory")
    if not segment.target:
        words.append("not translated")
    if segment.state in ACCEPTED:
        words.append(segment.state.value)
    elif low_confidence(segment):
        words.append("low confidence")
    return words


def low_confidence(segment: Segment) -> bool:
    """Whether a machine's translation deserves a second look for the engine's own doubt."""
    doubt = segment.confidence is not None and segment.confidence < LOW_CONFIDENCE
    return doubt and segment.origin is Origin.MACHINE


def moment(date: str) -> str:
    """A provenance date as "2026-11-20T00:10:00Z" (UTC), "" where it is none."""
    try:
        parsed = datetime.fromisoformat(date)
    except ValueError:
        return ""
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    return parsed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def provenance(document: Document) -> list[tuple[str, str]]:
    """What made this translation, as labels and values; only what is known."""
    made = document.provenance
    lines = [
        ("Source file", document.source_path),
        ("Source SHA-256", document.source_sha256),
        ("Source encoding", document.encoding),
        ("Engine", made.engine),
        ("Model", made.model),
        *((f"Glossary {g.name}", f"{g.entries} entries, SHA-256 {g.sha256}") for g in made.glossaries),
        ("Version", made.version),
        ("Date", made.date),
        ("Settings", ", ".join(f"{key} = {value}" for key, value in made.settings)),
    ]
    return [(label, value) for label, value in lines if value]
