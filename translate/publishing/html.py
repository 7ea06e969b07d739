"""HTML: one self-contained page, both languages side by side, without JavaScript.

Follows WCAG 2.2 (language of parts, never colour alone, keyboard); a Content Security Policy lets nothing in but the
page's own style sheet, named by its hash.  The template is ``page.html.j2``, the style sheet ``page.css``.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from translate.document import Block, Document, Finding, Kind, Level, Occurrence, Outcome, Segment
from translate.publishing.marks import Piece, source_pieces, target_pieces, visible
from translate.publishing.summary import (
    blocks,
    headline,
    joined,
    language_name,
    ledger,
    levels,
    low_confidence,
    outcomes,
    provenance,
    remarks,
)

SUFFIX = ".html"

_FOLDER = Path(__file__).parent
_LEVELS = {Level.ERROR: "Error", Level.WARNING: "Warning", Level.INFO: "Note"}


@dataclass(frozen=True)
class Mark:
    """A piece of a cell's text; ``note`` is shown where the mark can be opened, which is once an occurrence."""

    text: str
    term: Occurrence | None = None
    opens: bool = False


@dataclass(frozen=True)
class Row:
    """A segment as the template needs it."""

    segment: Segment
    number: int
    kind: Kind
    language: str  # of the source: an agency's caption may be in the target language
    remarks: list[str]
    classes: str
    source: list[Mark]
    target: list[Mark]
    findings: list[tuple[str, str, Finding]]  # level as class, level in words


def render(document: Document) -> bytes:
    """The page as UTF-8."""
    css, digest = _style()
    title, original = headline(document)[::-1] if headline(document)[1] else (headline(document)[0], "")
    published = blocks(document)
    page = _template().render(
        document=document,
        title=title,
        original=original,
        byline=[joined(b) for b in published if b.kind in (Kind.BYLINE, Kind.TIME)],
        css=Markup(css),
        csp=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'",
        rows=(rows := _rows(document, published)),
        numbers={row.segment.id: row.number for row in rows},
        terms=ledger(document),
        outcomes=outcomes(document),
        levels=levels(document),
        provenance=provenance(document),
        source_name=language_name(document.source_language),
        target_name=language_name(document.target_language),
    )
    return page.encode("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    return environment.get_template("page.html.j2")


@cache
def _style() -> tuple[str, str]:
    """The style sheet and its SHA-256 for the policy, which is that of the text between the style tags."""
    css = (_FOLDER / "page.css").read_text(encoding="utf-8")
    return css, base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")


def _rows(document: Document, published: list[Block]) -> list[Row]:
    rows: list[Row] = []
    for block in published:
        for index, segment in enumerate(block.segments):
            source, target = _marks(segment)
            rows.append(
                Row(
                    segment=segment,
                    number=len(rows) + 1,
                    kind=block.kind,
                    language=block.language or document.source_language,
                    remarks=remarks(block, segment),
                    classes=_classes(block, segment, index == 0),
                    source=source,
                    target=target,
                    findings=[(f.level.value, _LEVELS[f.level], f) for f in segment.findings],
                )
            )
    return rows


def _classes(block: Block, segment: Segment, first: bool) -> str:
    missing = any(o.outcome is Outcome.MISSING for o in segment.occurrences)
    flags = {
        "first": first,
        "flagged": bool(segment.findings) or missing,
        "copied": segment.origin.value == "copy",
        "doubtful": low_confidence(segment),
    }
    return " ".join([block.kind.value, *(name for name, on in flags.items() if on)])


def _marks(segment: Segment) -> tuple[list[Mark], list[Mark]]:
    """Source and target; a term opens in the target, in the source only if it has no place in the target."""
    target = target_pieces(segment)
    placed = {piece.term for piece in target}
    return (
        [_mark(segment, piece, piece.term not in placed) for piece in source_pieces(segment)],
        [_mark(segment, piece, True) for piece in target],
    )


def _mark(segment: Segment, piece: Piece, opens: bool) -> Mark:
    if piece.term is None:
        return Mark(piece.text)
    return Mark(piece.text, segment.occurrences[piece.term], opens)
