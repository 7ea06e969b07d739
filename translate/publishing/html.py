"""HTML: one self-contained page, both languages side by side, without JavaScript.

Follows WCAG 2.2 (language of parts, never colour alone, keyboard); a Content Security Policy lets nothing in but the
page's own style sheet, named by its hash.  The template is ``page.html.j2``, the style sheet ``page.css``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from translate.document import Block, Document, Finding, Kind, Level, Occurrence, Outcome, Segment
from translate.publishing.marks import Piece, Span, source_pieces, target_pieces
from translate.publishing.pages import page_style, page_template
from translate.publishing.summary import (
    blocks,
    compared_engines,
    headline,
    joined,
    language_name,
    ledger,
    levels,
    low_confidence,
    made_by,
    outcomes,
    provenance,
    remarks,
)

SUFFIX = ".html"

_FOLDER = Path(__file__).parent
_LEVELS = {Level.ERROR: "Error", Level.WARNING: "Warning", Level.INFO: "Note"}


@dataclass(frozen=True)
class Mark:
    """A piece of a cell's text: under a term, which opens once an occurrence, and under a finding of some level."""

    text: str
    term: Occurrence | None = None
    opens: bool = False
    level: str = ""


@dataclass(frozen=True)
class Version:
    """What one engine made of a segment; ``engine`` is named only beside another's, ``same`` marks the first one's text."""

    engine: str
    text: list[Mark]
    findings: list[tuple[str, str, Finding]]  # level as class, level in words
    same: bool = False


@dataclass(frozen=True)
class Row:
    """A segment as the template needs it; ``versions`` has the target first, then the compared engines' texts."""

    segment: Segment
    number: int
    kind: Kind
    language: str  # of the source: an agency's caption may be in the target language
    remarks: list[str]
    classes: str
    source: list[Mark]
    versions: list[Version]


def render(document: Document) -> bytes:
    """The page as UTF-8."""
    css, digest = page_style(_FOLDER)
    title, original = headline(document)[::-1] if headline(document)[1] else (headline(document)[0], "")
    published = blocks(document)
    page = page_template(_FOLDER).render(
        document=document,
        title=title,
        original=original,
        byline=[joined(b) for b in published if b.kind in (Kind.BYLINE, Kind.TIME)],
        css=Markup(css),
        csp=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'",
        rows=(rows := _rows(document, published, others := compared_engines(document))),
        engines=[document.provenance.engine, *others],
        others=[(engine, *_counts(document, engine)) for engine in others],
        numbers={row.segment.id: row.number for row in rows},
        terms=ledger(document),
        outcomes=outcomes(document),
        levels=levels(document),
        provenance=provenance(document),
        source_name=language_name(document.source_language),
        target_name=language_name(document.target_language),
    )
    return page.encode("utf-8")


def _rows(document: Document, published: list[Block], others: list[str]) -> list[Row]:
    rows: list[Row] = []
    for block in published:
        for index, segment in enumerate(block.segments):
            compared = [v for v in (made_by(segment, engine) for engine in others) if v]
            source, target = _marks(segment)
            first = Version(segment.engine if compared else "", target, _findings(segment))
            rows.append(
                Row(
                    segment=segment,
                    number=len(rows) + 1,
                    kind=block.kind,
                    language=block.language or document.source_language,
                    remarks=remarks(block, segment),
                    classes=_classes(block, [segment, *compared], index == 0),
                    source=source,
                    versions=[first, *(_version(v, segment) for v in compared)],
                )
            )
    return rows


def _version(made: Segment, first: Segment) -> Version:
    return Version(made.engine, _marks(made)[1], _findings(made), same=made.target == first.target)


def _findings(segment: Segment) -> list[tuple[str, str, Finding]]:
    return [(f.level.value, _LEVELS[f.level], f) for f in segment.findings]


def _counts(document: Document, engine: str) -> tuple[dict[str, int], dict[str, int]]:
    """Outcomes and levels of the document with the compared engine's texts where there are any."""
    other = document.map_segments(lambda s: made_by(s, engine) or s)
    return outcomes(other), levels(other)


def _classes(block: Block, versions: list[Segment], first: bool) -> str:
    segment = versions[0]
    missing = any(o.outcome is Outcome.MISSING for v in versions for o in v.occurrences)
    flags = {
        "first": first,
        "flagged": any(v.findings for v in versions) or missing,
        "copied": segment.origin.value == "copy",
        "doubtful": low_confidence(segment),
    }
    return " ".join([block.kind.value, *(name for name, on in flags.items() if on)])


def _marks(segment: Segment) -> tuple[list[Mark], list[Mark]]:
    """Source and target; a term opens in the target, in the source only if it has no place in the target."""
    in_source = [(f.source_span, f.level.value) for f in segment.findings if f.source_span]
    in_target = [(f.target_span, f.level.value) for f in segment.findings if f.target_span]
    source = source_pieces(segment, [border for span, _ in in_source for border in span])
    target = target_pieces(segment, [border for span, _ in in_target for border in span])
    placed = {piece.term for piece in target}
    unplaced = {piece.term for piece in source} - placed
    return _side(segment, source, in_source, unplaced), _side(segment, target, in_target, placed)


def _side(
    segment: Segment, pieces: list[Piece], findings: list[tuple[Span, str]], opens: set[int | None]
) -> list[Mark]:
    """Marks of one text; a term that a finding's border cuts is put together again, for it opens as a whole."""
    marks: list[Mark] = []
    last: int | None = None
    for piece in pieces:
        level = next((name for (start, end), name in findings if start <= piece.start and piece.end <= end), "")
        if piece.term is not None and piece.term == last:
            marks[-1] = replace(marks[-1], text=marks[-1].text + piece.text, level=marks[-1].level or level)
            continue
        last = piece.term
        term = None if last is None else segment.occurrences[last]
        marks.append(Mark(piece.text, term, term is not None and last in opens, level))
    return marks
