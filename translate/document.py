"""The data that everything else passes on: Document, Block, Segment, with the ledger and the findings.

All are frozen; a step returns a changed copy (``dataclasses.replace``).  Text is NFC.  Offsets are in code points of
the text they speak of, end exclusive.  States are XLIFF 2.1's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

# The languages translated between, by their ISO 639-1 codes.
LANGUAGES: Final = {"ko": "Korean", "en": "English"}


class TranslateError(Exception):
    """A user's mistake or a broken input: one line that says what, where and what to do; shown without a traceback."""


class State(StrEnum):
    """XLIFF 2.1 segment states."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


# The states that a person has given.
ACCEPTED: Final = frozenset({State.REVIEWED, State.FINAL})


class Kind(StrEnum):
    """What a block is in the anatomy of a news page."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"  # a headline's second line, or a heading inside the body
    TIME = "time"  # 등록/수정/입력 lines
    BYLINE = "byline"  # reporter, agency, e-mail; also with a dateline: (서울=연합뉴스) 홍길동 기자 =
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # ▲ △ ■ list lines
    QUESTION = "question"
    ANSWER = "answer"
    BOILERPLATE = "boilerplate"  # the page's furniture: not translated, kept in the record


class Origin(StrEnum):
    """Where a segment's target came from."""

    NONE = ""
    MACHINE = "mt"
    MEMORY = "tm"
    COPY = "copy"  # passed through: already in the target language, or nothing to translate
    HUMAN = "human"


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """What became of one occurrence of a term."""

    APPLIED = "applied"  # in the engine's own first hypothesis
    REPAIRED = "repaired"  # put right by a rescue step, named in Occurrence.how
    WAIVED = "waived"  # not asked for, with the reason in Occurrence.how
    MISSING = "missing"


@dataclass(frozen=True)
class Occurrence:
    """One line of the ledger: an entry's occurrence in a segment's source and what became of it in the target.

    ``start``/``end`` are offsets in the segment's source (the term alone, without particles); ``target_start`` and
    ``target_end`` in its target, both -1 where nothing was found.
    """

    start: int
    end: int
    entry: str  # the concept's id: "security:확장억제"
    term: str  # the entry's source term
    wanted: tuple[str, ...]  # accepted targets, preferred first
    forbidden: tuple[str, ...] = ()
    glossary: str = ""
    status: str = "preferred"
    note: str = ""
    outcome: Outcome | None = None
    how: str = ""
    found: str = ""
    target_start: int = -1
    target_end: int = -1


@dataclass(frozen=True)
class Finding:
    """What a check says of a segment; spans are offsets in source and target, empty where the whole is meant."""

    segment: str
    check: str
    level: Level
    message: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Alternative:
    """Another target for a segment's source: a hypothesis that its own engine did not choose, a compared engine's text, or
    an editor's that contradicts another's (``engine`` is then the editor's file).

    A compared engine's has ledger lines and findings of its own, with offsets in ``text``.
    """

    text: str
    engine: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Change:
    """One step of a segment's history after translation: who, when (ISO 8601, UTC), before and after."""

    author: str
    date: str
    before: str
    after: str
    comment: str = ""


@dataclass(frozen=True)
class Segment:
    """One unit of translation, a sentence as a rule.

    ``start``/``end`` are offsets in the block's text; ``source`` is ``block.text[start:end]``.  ``id`` is stable for a
    document ("s0001") and unique in it.
    """

    id: str
    source: str
    start: int
    end: int
    target: str = ""
    state: State = State.INITIAL
    origin: Origin = Origin.NONE
    engine: str = ""
    confidence: float | None = None  # 0..1
    occurrences: tuple[Occurrence, ...] = ()
    findings: tuple[Finding, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph of the page: its kind, whole text, language ("ko", "en" or "" for neither) and segments.

    Text between segments (the gaps) is white space; segments in order with the gaps give ``text`` back.
    """

    id: str  # "b001"
    kind: Kind
    text: str
    language: str
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class GlossaryUse:
    """A glossary that a translation used: name and SHA-256 of its file."""

    name: str
    sha256: str
    entries: int


@dataclass(frozen=True)
class Provenance:
    """What made the targets: enough to say later how a rendering came about.  ``date`` is ISO 8601 (UTC)."""

    engine: str = ""
    model: str = ""  # name and SHA-256 of the weights
    glossaries: tuple[GlossaryUse, ...] = ()
    version: str = ""
    date: str = ""
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Document:
    """An article on its way: blocks in page order, boilerplate among them.

    ``name`` is the output files' stem; ``source_sha256`` the input bytes' hash.
    """

    name: str
    source_path: str
    source_language: str
    target_language: str
    blocks: tuple[Block, ...]
    source_sha256: str = ""
    encoding: str = "utf-8"
    provenance: Provenance = field(default_factory=Provenance)

    def segments(self, boilerplate: bool = False) -> Iterator[Segment]:
        """Segments in page order, those of boilerplate only if asked for."""
        for block in self.blocks:
            if boilerplate or block.kind is not Kind.BOILERPLATE:
                yield from block.segments

    def map_segments(self, change: Callable[[Segment], Segment]) -> Document:
        """A copy with every segment passed through ``change``."""
        blocks = tuple(replace(b, segments=tuple(change(s) for s in b.segments)) for b in self.blocks)
        return replace(self, blocks=blocks)


def add_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append [start, end) of ``text`` to ``spans`` without the white space at its ends, unless nothing is left."""
    whole = text[start:end]
    if whole.strip():
        spans.append((end - len(whole.lstrip()), start + len(whole.rstrip())))
