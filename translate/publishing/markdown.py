"""Markdown (CommonMark): both languages by paragraph, the translation first and its source as a quotation beneath.

Paragraphs rather than a table: sentences of a news article are too long for cells, and a table's source text cannot be
read at all.  Findings and missing terms follow as lists.
"""

from __future__ import annotations

import re

from translate.document import Block, Document, Kind
from translate.publishing.summary import blocks, joined, ledger, provenance

SUFFIX = ".md"

# Escaped where they can mean something: "_" not inside a word, "&" only before what looks like an entity.
_SPECIAL = re.compile(r"([\\`*\[<|~]|(?<!\w)_|_(?!\w)|&(?=#|\w+;))")
_LINE_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=#>])")


def render(document: Document) -> bytes:
    """Both languages as CommonMark in UTF-8, with findings, terms and provenance after them."""
    ordered = sorted(blocks(document), key=lambda block: block.kind is not Kind.HEADLINE)
    parts = [_block(block) for block in ordered]
    if findings := [(s.id, f) for s in document.segments() for f in s.findings]:
        parts.append("## Findings")
        parts.append("\n".join(f"- **{f.level}** {s}, {escape(f.check)}: {escape(f.message)}" for s, f in findings))
    if lines := ledger(document):
        parts.append("## Terms used")
        rows = [(line.term, "; ".join(line.wanted), line.outcome, line.how, ", ".join(line.segments)) for line in lines]
        table = ["| Term | Wanted | Outcome | How | Segments |", "| --- | --- | --- | --- | --- |"]
        parts.append("\n".join([*table, *("| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows)]))
    parts.append("## Provenance")
    parts.append("\n".join(f"- {label}: {escape(value)}" for label, value in provenance(document)))
    return ("\n\n".join(parts) + "\n").encode("utf-8", errors="replace")


def escape(text: str) -> str:
    """Text on one line in which nothing means anything to a Markdown reader."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def _block(block: Block) -> str:
    target, source = escape(joined(block)), escape(block.text)
    if block.kind is Kind.HEADLINE:
        target = f"# {target}"
    elif block.kind is Kind.SUBHEAD:
        target = f"## {target}"
    elif block.kind in (Kind.CAPTION, Kind.TIME, Kind.BYLINE):
        target = f"*{target}*"
    if source == escape(joined(block)):
        return target
    return f"{target}\n\n> {source}"
