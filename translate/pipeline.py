"""The whole story: read, match, remember, translate with the terms, prove, check, record, publish."""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from translate import __version__
from translate.checks import run_checks
from translate.document import (
    Block,
    Document,
    GlossaryUse,
    Kind,
    Origin,
    Outcome,
    Provenance,
    Segment,
    State,
    TranslateError,
)
from translate.engines import Engine
from translate.korean.bylines import byline
from translate.korean.timestamps import timestamps
from translate.memory import Memory, Unit
from translate.publishing import publish
from translate.settings import Settings
from translate.terminology.enforcement import Job, enforce, figure_hints, prove
from translate.terminology.matching import Matcher
from translate.terminology.mentions import introduce_abbreviations
from translate.terminology.names import known_names, name_occurrences
from translate.terminology.termbase import Termbase

# Segments a round: after each the results are in the memory, so that a stop loses no more than one round.
ROUND = 24


@dataclass(frozen=True)
class Progress:
    """What a run tells while it works; ``done`` of ``total`` segments, in a stage named in words."""

    stage: str
    done: int = 0
    total: int = 0


Report = Callable[[Progress], None]


def quiet(progress: Progress) -> None:
    """A Report that says nothing."""


@dataclass(frozen=True)
class Summary:
    """What a run did, as the command prints it."""

    document: Document
    outputs: dict[str, Path] = field(default_factory=dict)
    seconds: float = 0.0
    remembered: int = 0

    def terms(self) -> dict[str, int]:
        """Ledger lines by outcome."""
        counts = {outcome.value: 0 for outcome in Outcome}
        for segment in self.document.segments():
            for occurrence in segment.occurrences:
                if occurrence.outcome:
                    counts[occurrence.outcome.value] += 1
        return counts

    def as_json(self) -> dict[str, object]:
        """The report's entry for this document (see docs/cli.md)."""
        return {
            "source": self.document.source_path,
            "outputs": {name: str(path) for name, path in self.outputs.items()},
            "engine": self.document.provenance.engine,
            "segments": sum(1 for _ in self.document.segments()),
            "terms": self.terms(),
            "findings": [
                {"segment": f.segment, "check": f.check, "level": f.level.value, "message": f.message}
                for s in self.document.segments()
                for f in s.findings
            ],
            "seconds": round(self.seconds, 3),
        }


def translate_document(
    document: Document,
    termbase: Termbase,
    matcher: Matcher,
    engine: Callable[[], Engine],
    settings: Settings,
    memory: Memory | None = None,
    report: Report = quiet,
) -> Summary:
    """The document with targets, states, ledger and findings, not yet published.

    ``engine`` is called only if there is something to translate.  Boilerplate stays as it is; text that is not in the source
    language is copied and marked so.
    """
    began = time.monotonic()
    document = _prepare(document, matcher)
    waiting = [s for s in document.segments() if s.state is State.INITIAL]
    report(Progress("translating", 0, len(waiting)))
    working = engine() if waiting else None
    done: dict[str, Segment] = {}
    dates: set[str] = set()
    remembered = 0
    if working:
        translator = _Translator(document, working, settings, memory)
        done, dates = translator.done, translator.dates
        remembered = translator.recall(waiting)
        left = [s for s in waiting if s.id not in done]
        for count in translator.run(left):
            report(Progress("translating", len(waiting) - len(left) + count, len(waiting)))
    document = document.map_segments(lambda s: done.get(s.id, s))
    if settings.introduce_abbreviations and document.target_language == "en":
        document = introduce_abbreviations(document)
    report(Progress("checking"))
    document = run_checks(document)
    document = replace(document, provenance=_provenance(termbase, working, settings, dates))
    return Summary(document, seconds=time.monotonic() - began, remembered=remembered)


def publish_document(summary: Summary, folder: Path, formats: Sequence[str], report: Report = quiet) -> Summary:
    """Write the document's outputs into ``folder``; the summary with their paths and the time it took."""
    began = time.monotonic()
    report(Progress("publishing"))
    outputs = publish(summary.document, folder, formats)
    return replace(summary, outputs=outputs, seconds=summary.seconds + time.monotonic() - began)


def plan_document(document: Document, matcher: Matcher) -> Summary:
    """What translating the document would mean: its segments and the terms found in them, no engine asked."""
    return Summary(_prepare(document, matcher))


def _prepare(document: Document, matcher: Matcher) -> Document:
    """Occurrences matched over the whole document; segments that need no translation copied."""
    translated = [b for b in document.blocks if _to_translate(b, document)]
    segments = [s for b in translated for s in b.segments]
    texts = [s.source for s in segments]
    found = matcher.match_document(texts)
    if document.source_language == "ko":
        found = name_occurrences(texts, found)
    matches = dict(zip((s.id for s in segments), found, strict=True))

    def prepared(block: Block) -> Block:
        if block.kind is Kind.BOILERPLATE:
            return block
        if not _to_translate(block, document):
            return replace(
                block,
                segments=tuple(
                    replace(s, target=s.source, state=State.TRANSLATED, origin=Origin.COPY) for s in block.segments
                ),
            )
        segments = tuple(replace(s, occurrences=matches[s.id]) for s in block.segments)
        if document.source_language == "ko" and block.kind in (Kind.TIME, Kind.BYLINE):
            segments = tuple(_by_rule(s, block.kind) for s in segments)
        return replace(block, segments=segments)

    return replace(document, blocks=tuple(prepared(b) for b in document.blocks))


def _by_rule(segment: Segment, kind: Kind) -> Segment:
    """A time line or byline put into English by rule where it is nothing but that: no engine spells names better."""
    if kind is Kind.TIME:
        english = timestamps(segment.source)
    else:
        known = {segment.source[o.start : o.end]: o.wanted[0] for o in segment.occurrences}
        english = byline(segment.source, ChainMap(known, known_names()))
    if english is None:
        return segment
    return replace(
        segment,
        target=english,
        state=State.TRANSLATED,
        origin=Origin.MACHINE,
        engine="rule",
        confidence=1.0,
        occurrences=prove(segment.occurrences, english, "en"),
    )


def _to_translate(block: Block, document: Document) -> bool:
    return block.kind is not Kind.BOILERPLATE and block.language == document.source_language


class _Translator:
    """One document's way through memory and engine; ``done`` and ``dates`` are filled as it goes."""

    def __init__(self, document: Document, engine: Engine, settings: Settings, memory: Memory | None) -> None:
        self.document, self.engine, self.settings, self.memory = document, engine, settings, memory
        self.done: dict[str, Segment] = {}
        self.dates: set[str] = set()
        sources = [s for b in document.blocks if _to_translate(b, document) for s in b.segments]
        self.before = {s.id: sources[i - 1].source if i else "" for i, s in enumerate(sources)}
        self.after = {s.id: sources[i + 1].source if i + 1 < len(sources) else "" for i, s in enumerate(sources)}
        self.today = run_date()

    def key(self, segment: Segment) -> str:
        """Hash of all that shapes this segment's machine translation."""
        wanted = [(o.start, o.end, o.wanted, o.forbidden) for o in segment.occurrences]
        return hashlib.sha256(repr((self.engine.model, self.settings.beam, wanted)).encode()).hexdigest()

    def recall(self, segments: Iterable[Segment]) -> int:
        """Take what the memory has: reviewed translations, and machine ones made under the same settings."""
        count = 0
        if self.memory is None:
            return 0
        for segment in segments:
            match = self.memory.exact(
                segment.source,
                self.document.source_language,
                self.document.target_language,
                self.before[segment.id],
                self.after[segment.id],
                self.key(segment),
            )
            if match is None:
                continue
            unit = match.unit
            machine = unit.origin is Origin.MACHINE
            self.done[segment.id] = replace(
                segment,
                target=unit.target,
                state=unit.state,
                origin=Origin.MACHINE if machine else Origin.MEMORY,
                engine=unit.engine,
                confidence=unit.confidence,
                occurrences=prove(segment.occurrences, unit.target, self.document.target_language),
            )
            self.done[segment.id] = _with_details(self.done[segment.id], unit.details)
            self.dates.add(unit.date)
            count += 1
        return count

    def run(self, segments: Sequence[Segment]) -> Iterator[int]:
        """Translate in rounds; yields how many are done, each round being in the memory by then."""
        source, target = self.document.source_language, self.document.target_language
        for begin in range(0, len(segments), ROUND):
            batch = segments[begin : begin + ROUND]
            jobs = [self.job(s) for s in batch]
            units: list[Unit] = []
            for segment, result in zip(batch, enforce(jobs, self.engine, source, target), strict=True):
                if not result.target.strip():
                    raise TranslateError(
                        f"{self.document.source_path}: segment {segment.id}: the engine {self.engine.name} gave no text"
                    )
                self.done[segment.id] = replace(
                    segment,
                    target=result.target,
                    state=State.TRANSLATED,
                    origin=Origin.MACHINE,
                    engine=self.engine.name,
                    confidence=confidence(result.score),
                    occurrences=result.occurrences,
                    alternatives=result.others[:3],
                )
                units.append(self.unit(self.done[segment.id]))
            if self.memory is not None:
                self.memory.store(units)
            self.dates.add(self.today)
            yield begin + len(batch)

    def job(self, segment: Segment) -> Job:
        context = (self.before[segment.id],) if self.before[segment.id] else ()
        examples: tuple[tuple[str, str], ...] = ()
        if self.memory is not None and self.engine.takes_terms == "prompt":
            matches = self.memory.fuzzy(segment.source, self.document.source_language, self.document.target_language)
            examples = tuple((m.unit.source, m.unit.target) for m in matches)
        figures = figure_hints(segment.source) if self.document.source_language == "ko" else ()
        return Job(segment.source, segment.occurrences, context, examples, figures)

    def unit(self, segment: Segment) -> Unit:
        return Unit(
            source=segment.source,
            target=segment.target,
            source_language=self.document.source_language,
            target_language=self.document.target_language,
            previous=self.before[segment.id],
            next=self.after[segment.id],
            state=segment.state,
            origin=segment.origin,
            engine=self.engine.name,
            model=self.engine.model,
            settings_key=self.key(segment),
            author="",
            date=self.today,
            document=self.document.name,
            confidence=segment.confidence,
            details=json.dumps(
                {
                    "repaired": {str(i): o.how for i, o in enumerate(segment.occurrences) if o.outcome is Outcome.REPAIRED},
                    "alternatives": list(segment.alternatives),
                },
                ensure_ascii=False,
            ),
        )


def _with_details(segment: Segment, details: str) -> Segment:
    """A remembered machine segment with what its first run knew: which terms were repaired and how, the alternatives."""
    if not details:
        return segment
    known = json.loads(details)
    repaired = known.get("repaired", {})
    occurrences = tuple(
        replace(o, outcome=Outcome.REPAIRED, how=repaired[str(i)])
        if str(i) in repaired and o.outcome is Outcome.APPLIED
        else o
        for i, o in enumerate(segment.occurrences)
    )
    return replace(segment, occurrences=occurrences, alternatives=tuple(known.get("alternatives", ())))


def confidence(score: float) -> float:
    """A segment's confidence, 0..1, from its hypothesis' mean log-probability a token."""
    return round(min(1.0, math.exp(score)), 4)


def run_date() -> str:
    """Today (UTC) as ISO 8601, or the day of SOURCE_DATE_EPOCH (reproducible builds' convention)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return datetime.now(UTC).date().isoformat()


def _provenance(termbase: Termbase, engine: Engine | None, settings: Settings, dates: set[str]) -> Provenance:
    return Provenance(
        engine=engine.name if engine else "none (nothing to translate)",
        model=engine.model if engine else "",
        glossaries=tuple(GlossaryUse(g.name, g.sha256, len(g.rows)) for g in termbase.glossaries),
        version=__version__,
        date=max(dates) if dates else run_date(),
        settings=(
            ("beam", str(settings.beam)),
            *((("introduce_abbreviations", "true"),) if settings.introduce_abbreviations else ()),
        ),
    )
