"""Whole news pages, translated as the product does it, with the glossaries and without: are the terms there, and at what price?

    python -m benchmarks.pages [--page summit]... [--rounds 5] [--engine embedded] [--docs]

The pages are those of ``benchmarks/pages/``, the glossaries those of ``glossary/``.  Both ways take the same road (read, match,
translate, rescue, check) with no memory; *without* has no glossary, so that nothing but persons' names and figures is told.

- *success*: approved terms that the ledger calls applied or repaired, of all that were to be there; *missing*: the others.
- *silent*: ledger lines that say a term is there while a recount does not find it.  The recount (`absent`) looks for accepted
  forms in the target by plain patterns, a place for each, and asks neither the ledger where they are nor the code that wrote it;
  what `benchmarks.terminology` has against a ledger's places counts too.  One silent miss makes the exit code 1.
- *found without*: how many of the same terms stand in the translation made without glossaries, by the product's own look.
- *chrF++* and *BLEU*: against the page's reference, all segments.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.results import fill, save, table
from benchmarks.terminology import doubtful
from benchmarks.timing import ROOT, alternating, machine
from translate.document import Document, Occurrence, Outcome, Segment, TranslateError
from translate.engines import Engine
from translate.engines.lexicon import analysed
from translate.engines.registry import open_engine
from translate.evaluation.quality import compare, corpus_scores
from translate.pipeline import translate_document
from translate.settings import Settings, load_settings
from translate.sources import read_document
from translate.terminology.enforcement import prove
from translate.terminology.loading import default_paths, load_termbase
from translate.terminology.matching import Matcher

FOLDER = ROOT / "benchmarks" / "pages"
_THERE = (Outcome.APPLIED, Outcome.REPAIRED)


@dataclass(frozen=True)
class Page:
    """A page as it is read, and its reference: an English line for each of its segments."""

    name: str
    document: Document
    references: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """A page's segments as they came out with the glossaries and without, and the median seconds of each way."""

    page: Page
    terms: tuple[Segment, ...]
    plain: tuple[Segment, ...]
    seconds: float
    plain_seconds: float


def read_pages(names: Sequence[str] = (), folder: Path = FOLDER) -> list[Page]:
    """The pages of ``folder`` (those called ``names``, or all), by name.

    Raises TranslateError for a name that is not there and for a reference that has more or fewer lines than its page segments.
    """
    found = {path.stem: path for path in sorted(folder.iterdir()) if path.with_name(f"{path.stem}.en.txt").is_file()}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise TranslateError(f"{folder}: no page called {unknown[0]}; there are {', '.join(found)}")
    pages = []
    for name in names or found:
        document = read_document(str(found[name]))
        reference = folder / f"{name}.en.txt"
        lines = tuple(reference.read_text(encoding="utf-8").splitlines())
        segments = sum(1 for _ in document.segments())
        if len(lines) != segments:
            raise TranslateError(f"{reference}: {len(lines)} lines for {segments} segments; give one line a segment")
        pages.append(Page(name, document, lines))
    return pages


def measure(pages: Sequence[Page], engine: Engine, glossaries: Sequence[Path], settings: Settings, rounds: int) -> list[Measured]:
    """Each page translated with ``glossaries`` and without, in turns."""
    bases = {"with": load_termbase(glossaries), "without": load_termbase([])}
    ready = {way: (base, Matcher(base)) for way, base in bases.items()}
    out = []
    for page in pages:
        outputs: dict[str, Document] = {}

        def run(way: str, page: Page = page, outputs: dict[str, Document] = outputs) -> Callable[[], None]:
            def once() -> None:
                outputs[way] = translate_document(page.document, *ready[way], lambda: engine, settings).document

            return once

        for segment in page.document.segments():  # the analyser's tokens are kept: whoever comes first should not pay for them
            analysed(segment.source)
        times = alternating({way: run(way) for way in ready}, rounds)
        made = {way: tuple(outputs[way].segments()) for way in ready}
        out.append(Measured(page, made["with"], made["without"], times["with"], times["without"]))
        print(f"{page.name}: {times['with']:.0f} s with, {times['without']:.0f} s without", file=sys.stderr)
    return out


# -- the recount ----------------------------------------------------------------------------------------------------


def absent(ledger: Sequence[Occurrence], text: str) -> list[int]:
    """Numbers of the ledger's lines that say applied or repaired while ``text`` has no place left for an accepted form.

    Places are dealt out so that as many lines as can be have one.
    """
    bare = _bare(text)
    claimed = [number for number, line in enumerate(ledger) if line.outcome in _THERE]
    places = {n: [m.span() for f in ledger[n].wanted if _bare(f) for m in re.finditer(_pattern(f), bare)] for n in claimed}
    return _without_place(sorted(claimed, key=lambda n: len(places[n])), places, [])


def _without_place(numbers: Sequence[int], places: Mapping[int, list[tuple[int, int]]], taken: list[tuple[int, int]]) -> list[int]:
    """The numbers for which nothing is left where the others have one of their ``places`` each, none over another."""
    if not numbers:
        return []
    number, *others = numbers
    fewest: list[int] | None = None
    for start, end in sorted(places[number], key=lambda p: p[1] - p[0]):
        if all(end <= s or e <= start for s, e in taken):
            left = _without_place(others, places, [*taken, (start, end)])
            if not left:
                return []
            fewest = left if fewest is None or len(left) < len(fewest) else fewest
    if fewest is None or len(fewest) > 1:
        left = [number, *_without_place(others, places, taken)]
        fewest = left if fewest is None or len(left) < len(fewest) else fewest
    return sorted(fewest)


def _bare(text: str) -> str:
    """Text without dots (U.S., US) and with a space for all that is no letter or digit."""
    return " ".join(re.sub(r"\W", " ", text.replace("&", " and ").replace(".", "").replace("’", "'").replace("'", "")).split())


def _pattern(form: str) -> str:
    """A form's words with whatever ending of three letters or less; capitals matter to acronyms alone."""
    words = []
    for word in _bare(form).split():
        if word.isupper():
            words.append(rf"{word}(?:e?s)?")
        else:
            stem = re.sub(r"m[ae]n$", "m[ae]n", re.sub(r"(?:ies|y|e?s)$", "", word) if len(word) > 3 else word)
            words.append(rf"(?i:{stem})\w{{0,3}}")
    return rf"\b{' '.join(words)}\b"


# -- the figures ----------------------------------------------------------------------------------------------------


def approved(segments: Iterable[Segment]) -> list[Occurrence]:
    """The ledger's lines that are to be there because a glossary says so (names spelled by rule are the document's own)."""
    return [o for s in segments for o in s.occurrences if o.glossary != "document" and o.outcome is not Outcome.WAIVED]


def silent(segment: Segment) -> list[Occurrence]:
    """The segment's ledger lines that are not as they say."""
    numbers = {*absent(segment.occurrences, segment.target), *doubtful(segment.occurrences, segment.target)}
    return [segment.occurrences[i] for i in sorted(numbers)]


def row(name: str, pages: Sequence[Measured]) -> dict[str, Any]:
    """The table's line for ``pages`` together."""
    segments = [s for m in pages for s in m.terms]
    plain = [s for m in pages for s in m.plain]
    ledger = approved(segments)
    there = sum(o.outcome in _THERE for o in ledger)
    without = approved(
        replace(p, occurrences=prove(s.occurrences, p.target, "en")) for s, p in zip(segments, plain, strict=True)
    )
    references = [line for m in pages for line in m.page.references]
    scores, plain_scores = (
        {score.metric: score.value for score in corpus_scores([s.target for s in way], references, "en")} for way in (segments, plain)
    )
    return {
        "page": name,
        "segments": len(segments),
        "terms": len(ledger),
        "success %": round(100 * there / max(1, len(ledger)), 2),
        "missing": len(ledger) - there,
        "silent": sum(len(silent(s)) for s in segments),
        "found without %": round(100 * sum(o.outcome in _THERE for o in without) / max(1, len(without)), 2),
        "chrF++": scores["chrF++"],
        "chrF++ without": plain_scores["chrF++"],
        "BLEU": scores["BLEU"],
        "BLEU without": plain_scores["BLEU"],
        "s": round(sum(m.seconds for m in pages), 1),
        "s without": round(sum(m.plain_seconds for m in pages), 1),
    }


def sentence(pages: Sequence[Measured]) -> str:
    """How sure the difference in chrF++ is."""
    references = [line for m in pages for line in m.page.references]
    ways = {"without": [s.target for m in pages for s in m.plain], "with": [s.target for m in pages for s in m.terms]}
    without, told = (next(s for s in scores if s.metric == "chrF++") for scores in compare(ways, references, "en").values())
    return f"chrF++ {told.value} with the glossaries, {without.value} without (paired bootstrap: p = {told.p_value:.3f})."


def faults(pages: Sequence[Measured]) -> list[dict[str, Any]]:
    """Every missing and every silently missing term, with where it is."""
    return [
        {"page": m.page.name, "segment": s.id, "what": what, "term": o.term, "wanted": o.wanted, "source": s.source, "target": s.target}
        for m in pages
        for s in m.terms
        for what, lines in (("missing", [o for o in approved([s]) if o.outcome is Outcome.MISSING]), ("silent", silent(s)))
        for o in lines
    ]


def outputs(pages: Sequence[Measured]) -> list[dict[str, str]]:
    """Source, reference and both translations of every segment."""
    return [
        {"page": m.page.name, "segment": s.id, "source": s.source, "reference": line, "with": s.target, "without": p.target}
        for m in pages
        for s, p, line in zip(m.terms, m.plain, m.page.references, strict=True)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--page", action="append", default=[], help="a page's name (repeatable); all by default")
    parser.add_argument("--rounds", type=int, default=5, help="timed rounds; the median counts")
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    name = machine()
    settings = load_settings(Path())
    try:
        pages = read_pages(options.page)
        engine = open_engine(options.engine, settings)
        done = measure(pages, engine, default_paths(ROOT / "glossary"), settings, options.rounds)
    except TranslateError as error:
        print(error, file=sys.stderr)
        return 1
    rows = [*(row(m.page.name, [m]) for m in done), *([row("all", done)] if len(done) > 1 else [])]
    found = faults(done)
    head = f"{engine.name} ({engine.model[:28]}…), medians of {options.rounds}; {name}"
    listed = "\n".join(f"{f['what']}: {f['page']} {f['segment']} {f['term']} ({f['wanted'][0]}): {f['target']}" for f in found)
    text = "\n\n".join(part for part in (head, table(rows), sentence(done), listed) if part)
    report = {"machine": name, "engine": engine.name, "model": engine.model, "rounds": options.rounds, "rows": rows}
    save(options.out, "pages", {**report, "faults": found, "outputs": outputs(done)}, text)
    if options.docs:
        fill("pages", f"Measured on {head}.\n\n{table(rows)}\n\n{sentence(done)}")
    return 1 if rows[-1]["silent"] else 0


if __name__ == "__main__":
    sys.exit(main())
