"""Documents of every shape for property tests: consistent as the pipeline makes them, nasty in every text."""

from __future__ import annotations

from hypothesis import strategies as st

from translate.document import (
    Alternative,
    Block,
    Change,
    Document,
    Finding,
    GlossaryUse,
    Kind,
    Level,
    Occurrence,
    Origin,
    Outcome,
    Provenance,
    Segment,
    State,
)

# Every code point there is, lone surrogates and control characters too, and what XML or our escape might trip on.
texts = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from(
        ["", " ", "\r\n", "\x0b", "]]>", "<mrk>", "&amp;", "\\u0041", "\\\\", "\ud800", "\ufffe", "가\x00나"]
    ),
)
spans = st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20))


@st.composite
def occurrences(draw: st.DrawFn, source: str, target: str) -> Occurrence:
    start, end = sorted((draw(st.integers(0, len(source))), draw(st.integers(0, len(source)))))
    at, to = sorted((draw(st.integers(0, len(target))), draw(st.integers(0, len(target)))))
    if draw(st.booleans()):
        at = to = -1
    return Occurrence(
        start=start,
        end=end,
        entry=draw(texts),
        term=draw(texts),
        wanted=tuple(draw(st.lists(texts, max_size=2))),
        forbidden=tuple(draw(st.lists(texts, max_size=2))),
        glossary=draw(texts),
        status=draw(texts),
        note=draw(texts),
        outcome=draw(st.none() | st.sampled_from(Outcome)),
        how=draw(texts),
        found=draw(texts),
        target_start=at,
        target_end=to,
    )


findings = st.lists(
    st.builds(Finding, texts, texts, st.sampled_from(Level), texts, spans, spans), max_size=2
).map(tuple)


@st.composite
def alternatives(draw: st.DrawFn, source: str) -> Alternative:
    text = draw(texts)
    return Alternative(text, draw(texts), tuple(draw(st.lists(occurrences(source, text), max_size=2))), draw(findings))


@st.composite
def segments(draw: st.DrawFn, name: str, source: str, start: int) -> Segment:
    target = draw(texts)
    return Segment(
        id=name,
        source=source,
        start=start,
        end=start + len(source),
        target=target,
        state=draw(st.sampled_from(State)),
        origin=draw(st.sampled_from(Origin)),
        engine=draw(texts),
        confidence=draw(st.none() | st.floats(0, 1)),
        occurrences=tuple(draw(st.lists(occurrences(source, target), max_size=3))),
        findings=draw(findings),
        alternatives=tuple(draw(st.lists(alternatives(source), max_size=2))),
        changes=tuple(draw(st.lists(st.builds(Change, texts, texts, texts, texts, texts), max_size=2))),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    blocks: list[Block] = []
    number = 0
    for index in range(draw(st.integers(1, 3))):
        text = draw(texts)
        parts: list[Segment] = []
        for _ in range(draw(st.integers(0, 3))):
            number += 1
            source = draw(texts)
            parts.append(draw(segments(f"s{number:04d}", source, len(text))))
            text += source + draw(texts)
        language = draw(st.sampled_from(["ko", "en", ""]))
        blocks.append(Block(f"b{index + 1:03d}", draw(st.sampled_from(Kind)), text, language, tuple(parts)))
    return Document(
        name="page",
        source_path=draw(texts),
        source_language=draw(st.sampled_from(["ko", "en", "ko-KR"])),
        target_language=draw(st.sampled_from(["ko", "en"])),
        blocks=tuple(blocks),
        source_sha256=draw(texts),
        encoding=draw(texts),
        provenance=Provenance(
            draw(texts),
            draw(texts),
            tuple(draw(st.lists(st.builds(GlossaryUse, texts, texts, st.integers(0, 10**9)), max_size=2))),
            draw(texts),
            draw(texts),
            tuple(draw(st.lists(st.tuples(texts, texts), max_size=2))),
        ),
    )
