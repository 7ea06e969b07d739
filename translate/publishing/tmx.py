"""TMX 1.4b: a document's translated segments for another program's translation memory."""

from __future__ import annotations

import io
from collections.abc import Iterator

from translate.document import Document, Origin
from translate.publishing.summary import blocks
from translate.tmx import Pair, write

SUFFIX = ".tmx"


def render(document: Document) -> bytes:
    """Segments that have a translation, with state and neighbours as properties; what was only copied is left out."""
    stream = io.BytesIO()
    write(_pairs(document), stream, document.source_language)
    return stream.getvalue()


def _pairs(document: Document) -> Iterator[Pair]:
    segments = [s for b in blocks(document) if b.language == document.source_language for s in b.segments]
    for index, segment in enumerate(segments):
        if not segment.target or segment.origin is Origin.COPY:
            continue
        last = segment.changes[-1] if segment.changes else None
        yield Pair(
            source=segment.source,
            target=segment.target,
            source_language=document.source_language,
            target_language=document.target_language,
            author=last.author if last else "",
            date=last.date if last else document.provenance.date,
            properties=(
                ("x-state", segment.state.value),
                ("x-origin", segment.origin.value),
                ("x-engine", segment.engine),
                ("x-document", document.name),
                ("x-previous", segments[index - 1].source if index else ""),
                ("x-next", segments[index + 1].source if index + 1 < len(segments) else ""),
            ),
        )
