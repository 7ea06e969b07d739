"""The whole story: read, match, remember, translate with the terms, prove, check, record, publish."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from translate import __version__
from translate.checks import errors, run_checks
from translate.document import (
    Alternative,
    Block,
    Document,
    Finding,
    GlossaryUse,
    Kind,
    Level,
    Origin,
    Outcome,
    Provenance,
    Segment,
    State,
    TranslateError,
)
from translate.engines import Engine
from translate.engines.confidence import confidence, features, weights_of
from translate.engines.metering import DryRun, Metered, Usage
from translate.korean.bylines import byline
from translate.korean.timestamps import timestamps
from translate.memory import Memory, Unit
from translate.publishing import publish
from translate.review.keeping import with_earlier_work
from translate.settings import Settings
from translate.terminology.enforcement import Job, Result, enforce, figure_hints, prove
from translate.terminology.matching import Matcher
from translate.terminology.mentions import introduce_abbreviations
from translate.terminology.names import known_names, name_occurrences
from translate.terminology.termbase import Termbase

# Segments a round: after each the results are in the memory, so that a stop loses no more than one round.  A long document's
# rounds are longer, an eighth of it: batches of like length, which decode faster, need many segments to choose from.
# Endpoints are asked for several windows at once.
ROUND, LONGEST_ROUND, ENDPOINT_ROUND = 24, 96, 48


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
    """What a run did, or a dry run would do, as the command prints it.

    ``usage`` is that of an engine that counts, ``compared`` what a second engine did with the same document, ``advice`` how to
    get a better engine.
    """

    document: Document
    outputs: dict[str, Path] = field(default_factory=dict)
    seconds: float = 0.0
    remembered: int = 0
    usage: Usage | None = None
    compared: Summary | None = None
    advice: str = ""

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
        used = {"usage": asdict(self.usage) | {"dollars": self.usage.cost}} if self.usage else {}
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
            **used,
            **({"advice": self.advice} if self.advice else {}),
            **({"compared": self.compared.as_json()} if self.compared else {}),
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
    before = working.usage if isinstance(working, Metered) else None
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
    if memory is not None:
        document = document.map_segments(lambda s: _with_likeness(s, document, memory))
    document = replace(document, provenance=_provenance(termbase, working, settings, dates))
    used = working.usage - before if isinstance(working, Metered) and before else None
    return Summary(document, seconds=time.monotonic() - began, remembered=remembered, usage=used)


def compare(first: Summary, second: Summary) -> Summary:
    """``first`` with what the engine of ``second`` made of the same document as alternatives, ledger and findings with them.

    Segments that no engine translated (from the memory, by rule, copied) have no second text.
    """
    engine = second.document.provenance.engine
    made = {s.id: s for s in second.document.segments() if s.origin is Origin.MACHINE and s.engine == engine}

    def with_other(segment: Segment) -> Segment:
        if segment.id not in made or segment.origin is not Origin.MACHINE:
            return segment
        other = made[segment.id]
        alternative = Alternative(other.target, engine, other.occurrences, other.findings)
        return replace(segment, alternatives=(alternative, *segment.alternatives))

    provenance = first.document.provenance
    settings = (*provenance.settings, ("compared with", f"{engine}, {second.document.provenance.model}"))
    document = first.document.map_segments(with_other)
    document = replace(document, provenance=replace(provenance, settings=settings))
    return replace(first, document=document, seconds=first.seconds + second.seconds, compared=second)


def publish_document(summary: Summary, folder: Path, formats: Sequence[str], report: Report = quiet) -> Summary:
    """Write the document's outputs into ``folder``; the summary with their paths and the time it took.

    What people made of an earlier record there is kept.  Raises TranslateError where that cannot be read.
    """
    began = time.monotonic()
    report(Progress("publishing"))
    document = with_earlier_work(summary.document, folder)
    outputs = publish(document, folder, formats)
    return replace(summary, document=document, outputs=outputs, seconds=summary.seconds + time.monotonic() - began)


def plan_document(
    document: Document,
    matcher: Matcher,
    engine: Engine | None = None,
    settings: Settings | None = None,
    memory: Memory | None = None,
) -> Summary:
    """What translating the document would mean: its segments and the terms found in them; nothing is translated.

    With an engine that counts also what the memory has already, and what the requests for the rest would use.
    """
    document = _prepare(document, matcher)
    if not isinstance(engine, Metered):
        return Summary(document)
    waiting = [s for s in document.segments() if s.state is State.INITIAL]
    dry = DryRun(engine)
    translator = _Translator(document, dry, settings or Settings(), memory)
    remembered = translator.recall(waiting)
    translator.plan([s for s in waiting if s.id not in translator.done])
    document = replace(document, provenance=Provenance(engine=engine.name))
    return Summary(document, remembered=remembered, usage=dry.usage)


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
        wanted = [(o.start, o.end, o.wanted, o.forbidden) for o in segment.occurrences if o.outcome is not Outcome.WAIVED]
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
        count = 0
        for batch in _rounds(segments, self.engine):
            units: list[Unit] = []
            results = enforce([self.job(s) for s in batch], self.engine, source, target, faults=self.faults)
            for segment, result in zip(batch, results, strict=True):
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
                    confidence=self.confidence(segment.source, result),
                    occurrences=result.occurrences,
                    alternatives=tuple(Alternative(text, self.engine.name) for text in result.others[:3]),
                )
                units.append(self.unit(self.done[segment.id]))
            if self.memory is not None:
                self.memory.store(units)
            self.dates.add(self.today)
            count += len(batch)
            yield count

    def plan(self, segments: Sequence[Segment]) -> None:
        """Put the same questions to the engine as `run` would, without rescue and keeping nothing: for a dry run."""
        source, target = self.document.source_language, self.document.target_language
        for batch in _rounds(segments, self.engine):
            list(enforce([self.job(s) for s in batch], self.engine, source, target, steps=()))

    def job(self, segment: Segment) -> Job:
        context = (self.before[segment.id],) if self.before[segment.id] else ()
        examples: tuple[tuple[str, str], ...] = ()
        if self.memory is not None and self.engine.takes_terms == "prompt":
            matches = self.memory.fuzzy(segment.source, self.document.source_language, self.document.target_language)
            examples = tuple((m.unit.source, m.unit.target) for m in matches)
        figures = figure_hints(segment.source) if self.document.source_language == "ko" else ()
        return Job(segment.source, segment.occurrences, context, examples, figures)

    def faults(self, text: str, hypothesis: str) -> list[Finding]:
        """The errors for which another hypothesis is wanted; of an engine that costs money only missing terms are worth it."""
        if isinstance(self.engine, Metered):
            return []
        return errors(text, hypothesis, self.document.source_language, self.document.target_language)

    def confidence(self, text: str, result: Result) -> float:
        """How good ``result`` is likely to be as a translation of ``text`` (see `translate.engines.confidence`)."""
        source, target = self.document.source_language, self.document.target_language
        missing = sum(o.outcome is Outcome.MISSING for o in result.occurrences)
        found = len(errors(text, result.target, source, target))
        korean, english = (text, result.target) if source == "ko" else (result.target, text)
        values = features(result.score, missing, found, len(korean), len(english))
        return confidence(weights_of(self.engine.name), values)

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
                    "alternatives": [a.text for a in segment.alternatives],
                },
                ensure_ascii=False,
            ),
        )


def _rounds(segments: Sequence[Segment], engine: Engine) -> list[Sequence[Segment]]:
    longer = min(LONGEST_ROUND, max(ROUND, len(segments) // 8))
    size = ENDPOINT_ROUND if isinstance(engine, Metered | DryRun) else longer
    return [segments[i : i + size] for i in range(0, len(segments), size)]


def _with_likeness(segment: Segment, document: Document, memory: Memory) -> Segment:
    """A machine's segment with the reviewed translation of a sentence like it, for the editor to see."""
    if segment.origin is not Origin.MACHINE or segment.engine == "rule":
        return segment
    found = memory.fuzzy(segment.source, document.source_language, document.target_language, limit=1, reviewed=True)
    findings = tuple(
        Finding(
            segment.id, "memory", Level.INFO,
            f"{m.percent} % like “{m.unit.source}”, translated “{m.unit.target}”{f' ({m.note})' if m.note else ''}",
        )
        for m in found
    )  # fmt: skip
    return replace(segment, findings=(*segment.findings, *findings))


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
    alternatives = tuple(Alternative(text, segment.engine) for text in known.get("alternatives", ()))
    return replace(segment, occurrences=occurrences, alternatives=alternatives)


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
