"""Terminology success, quality and time of the ways in which terms are brought into a translation today, beside ours.

    python -m benchmarks.terminology [--lines 100] [--rounds 5] [--file PAIRS.tsv]... [--engine embedded] [--untold]

Lines: any parallel TSV with term pairs (Korean, English, ``ko=en|ko=en``); by default the development files that
training/config.toml names, a line of each in turn.  Every pair's English is what its reference has, so a perfect
translator would have all of them.

The ways:

- *no terms*: the engine alone.
- *search and replace*: each term is translated alone; that rendering, where the translation has it, is replaced by the
  wanted one (what Amazon's documents describe for custom terminology).
- *placeholders*: the term in the source is replaced by X1, X2 …, and these in the output by the wanted rendering
  (Ebook-Translator, kiss-translator and others).
- *hints*: the terms given to the engine in the way it takes them (inline; a prompt's list for ``--engine chat:MODEL@URL``),
  nothing done afterwards.
- *hints, then …*: a single rescue step after the hints.
- *hints, cascade*: what ``translate`` does.
- *no hints, cascade* (``--untold``; slow): all rescue steps on an engine that is told nothing, which is what hub models get.

Silent misses are terms that a way's own ledger calls applied or repaired and that an independent look at the target does not
find; ways without a ledger have none to show.  One silent miss makes the exit code 1.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, Literal

from benchmarks.results import bars, fill, save, table
from benchmarks.timing import ROOT, alternating, machine
from training.data import Pair, authored, read_pairs
from translate.document import Occurrence, Outcome, TranslateError
from translate.engines import Engine, Hypothesis, Request, TermHint
from translate.engines.lexicon import analysed
from translate.engines.registry import open_engine
from translate.english.inflection import plural, singular
from translate.evaluation.quality import corpus_scores
from translate.evaluation.terms import term_scores
from translate.settings import load_settings
from translate.terminology.enforcement import Job, Result, enforce, hints

STEPS = ("replace", "n-best", "prefix")


@dataclass(frozen=True)
class Line:
    """A source line, its reference, and the occurrences of its term pairs."""

    source: str
    reference: str
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True)
class Output:
    """What one way made of the lines; ``ledger`` None where it keeps none."""

    hypotheses: list[str]
    ledger: list[tuple[Occurrence, ...]] | None = None


Way = Callable[[Engine, Sequence[Line]], Output]


# -- the lines ----------------------------------------------------------------------------------------------------


def read_lines(files: Sequence[Path], count: int) -> list[Line]:
    """The first ``count`` lines with term pairs, a line of each file in turn.  Raises TranslateError where there are none."""
    if files:
        absent = [f for f in files if not f.is_file()]
        if absent:
            raise TranslateError(f"{absent[0]}: no such file; it should be a TSV of Korean, English and ko=en|ko=en")
        groups = [list(read_pairs(f)) for f in files]
    else:
        with (ROOT / "training" / "config.toml").open("rb") as stream:
            config = tomllib.load(stream)
        groups = list(authored(config, development=True).values())
        if not groups:
            raise TranslateError(
                f"{config['data']['corpora']}/authored: not there. The authored corpora are no part of this repository (see "
                "training/README.md); give any TSV of Korean, English and term pairs (ko=en|ko=en) with --file"
            )
    turns = chain.from_iterable(zip_longest(*([p for p in pairs if p.terms] for pairs in groups)))
    lines = [Line(p.ko, p.en, occurrences_of(p)) for p in turns if p is not None]
    if not lines:
        raise TranslateError("no line with term pairs: the third column should hold ko=en|ko=en")
    return lines[:count]


def occurrences_of(pair: Pair) -> tuple[Occurrence, ...]:
    """The pair's terms as occurrences in its Korean text; of two that overlap the longer one."""
    found = [Occurrence(at, at + len(ko), f"pair:{ko}", ko, (en,)) for ko, en in pair.terms if (at := pair.ko.find(ko)) >= 0]
    kept: list[Occurrence] = []
    for one in sorted(found, key=lambda o: o.start - o.end):
        if all(one.end <= o.start or o.end <= one.start for o in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda o: o.start))


# -- the ways -----------------------------------------------------------------------------------------------------


def _best(engine: Engine, requests: Sequence[Request]) -> list[str]:
    return [h[0].text if h else "" for h in engine.translate(requests, "ko", "en")]


def no_terms(engine: Engine, lines: Sequence[Line]) -> Output:
    """The engine alone."""
    return Output(_best(engine, [Request(line.source) for line in lines]))


def search_and_replace(engine: Engine, lines: Sequence[Line]) -> Output:
    """Terms put in afterwards, where the engine's own rendering of the term can be found in its translation."""
    terms = sorted({o.term for line in lines for o in line.occurrences})
    alone = dict(zip(terms, _best(engine, [Request(t) for t in terms]), strict=True))
    plain = _best(engine, [Request(line.source) for line in lines])
    return Output([replaced(text, line.occurrences, alone) for text, line in zip(plain, lines, strict=True)])


def replaced(text: str, occurrences: Sequence[Occurrence], alone: dict[str, str]) -> str:
    """``text`` with each occurrence's rendering ``alone`` replaced, once, by the wanted one."""
    for occurrence in occurrences:
        rendering = re.sub(r"^(?:the|an?)\s+", "", alone[occurrence.term].strip().rstrip(".!?"), flags=re.IGNORECASE)
        if rendering:
            found = re.search(rf"(?<!\w){re.escape(rendering)}(?!\w)", text, re.IGNORECASE)
            if found:
                text = text[: found.start()] + occurrence.wanted[0] + text[found.end() :]
    return text


def placeholders(engine: Engine, lines: Sequence[Line]) -> Output:
    """Terms hidden behind X1, X2 … while the engine translates."""
    masked = _best(engine, [Request(mask(line)) for line in lines])
    return Output([unmask(text, line.occurrences) for text, line in zip(masked, lines, strict=True)])


def mask(line: Line) -> str:
    """The source with its n-th occurrence as Xn."""
    text = line.source
    for number, occurrence in reversed(list(enumerate(line.occurrences, 1))):
        text = f"{text[: occurrence.start]}X{number}{text[occurrence.end :]}"
    return text


def unmask(text: str, occurrences: Sequence[Occurrence]) -> str:
    """``text`` with every Xn that came through as the wanted rendering; what did not come through is lost."""

    def wanted(match: re.Match[str]) -> str:
        number = int(match[1])
        return occurrences[number - 1].wanted[0] if 0 < number <= len(occurrences) else match[0]

    return re.sub(r"\bX\s?(\d+)\b", wanted, text, flags=re.IGNORECASE)


def only_hints(engine: Engine, lines: Sequence[Line]) -> Output:
    """The engine told the terms, nothing after that."""
    return Output(_best(engine, [Request(line.source, hints(line.source, line.occurrences)) for line in lines]))


def cascade(steps: Sequence[str]) -> Way:
    """A way that enforces the terms with these rescue steps."""

    def way(engine: Engine, lines: Sequence[Line]) -> Output:
        results: list[Result] = list(enforce([Job(x.source, x.occurrences) for x in lines], engine, "ko", "en", steps))
        return Output([r.target for r in results], [r.occurrences for r in results])

    return way


class Untold:
    """An engine that is not told the terms: what a model that takes none would do."""

    takes_terms: Literal["inline", "prompt", "none"] = "none"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name, self.model, self.directions, self.forces_prefix = engine.name, engine.model, engine.directions, engine.forces_prefix

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        """See `translate.engines.Engine.translate`."""
        return self.engine.translate([replace(r, terms=_NONE) for r in requests], source, target)

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        """See `translate.engines.Engine.score`."""
        return self.engine.score([(replace(r, terms=_NONE), text) for r, text in pairs], source, target)


_NONE: tuple[TermHint, ...] = ()


def untold_cascade(engine: Engine, lines: Sequence[Line]) -> Output:
    """All rescue steps, no hints."""
    return cascade(STEPS)(Untold(engine), lines)


WAYS: dict[str, Way] = {
    "no terms": no_terms,
    "search and replace": search_and_replace,
    "placeholders": placeholders,
    "hints": only_hints,
    **{f"hints, then {step}": cascade((step,)) for step in STEPS},
    "hints, cascade": cascade(STEPS),
}
# Nearly every line must be rescued, some ten seconds each.
UNTOLD: dict[str, Way] = {"no hints, cascade": untold_cascade}


# -- the figures --------------------------------------------------------------------------------------------------


def silent_misses(ledger: Sequence[Sequence[Occurrence]], hypotheses: Sequence[str]) -> int:
    """Ledger lines that are `doubtful`, over all hypotheses."""
    return sum(len(doubtful(line, text)) for line, text in zip(ledger, hypotheses, strict=True))


def doubtful(line: Sequence[Occurrence], text: str) -> list[int]:
    """Numbers of the ledger's lines that say applied or repaired while the target's span is not there, is another term's too,
    or does not look like a wanted form.  It shares nothing but English plurals with translate.terminology.verification, which
    made the ledger."""
    out = []
    used: set[int] = set()
    for number, o in enumerate(line):
        if o.outcome not in (Outcome.APPLIED, Outcome.REPAIRED):
            continue
        span = set(range(o.target_start, o.target_end))
        there = bool(span) and o.target_start >= 0 and text[o.target_start : o.target_end] == o.found
        if not there or used & span or not any(_alike(o.found, form) for form in o.wanted):
            out.append(number)
        used |= span
    return out


def _alike(found: str, form: str) -> bool:
    """True if the words are the same but for their endings, capitals and punctuation."""
    a, b = ([re.sub(r"\W", "", w).casefold() for w in re.split(r"[\s-]+", re.sub("&", "and", text))] for text in (found, form))
    if "".join(a) == "".join(b):
        return True
    return len(a) == len(b) and all(_same_stem(x, y) for x, y in zip(a, b, strict=True))


def _same_stem(a: str, b: str) -> bool:
    if a == b or a in (plural(b), singular(b)):  # men, mice: little is shared
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 2 and max(len(a), len(b)) - shared <= 3


def measured(lines: Sequence[Line], output: Output) -> dict[str, Any]:
    """A row of the table, the time still to come."""
    references = [line.reference for line in lines]
    occurrences = [line.occurrences for line in lines]
    scores = term_scores(occurrences, output.hypotheses, references, "en")
    chrf = corpus_scores(output.hypotheses, references, "en")[1]
    return {
        "inflected %": round(100 * scores.inflected, 1),
        "exact %": round(100 * scores.exact, 1),
        "WMT21 exact %": round(100 * scores.wmt21_exact, 1),
        "1-TERm": round(scores.one_minus_term, 3),
        "chrF++": chrf.value,
        "missing": scores.occurrences - round(scores.inflected * scores.occurrences),
        "silent": None if output.ledger is None else silent_misses(output.ledger, output.hypotheses),
    }


def compare(engine: Engine, lines: Sequence[Line], rounds: int, ways: Mapping[str, Way] = WAYS) -> list[dict[str, Any]]:
    """A row for each way: figures, seconds for 100 lines (median), and what it saves and costs beside hints alone."""
    outputs: dict[str, Output] = {}

    def run(name: str) -> Callable[[], None]:
        def once() -> None:
            outputs[name] = ways[name](engine, lines)

        return once

    # The analyser's tokens are kept for a session; whoever comes first should not pay for them.
    for line in lines:
        analysed(line.source)
    no_terms(engine, lines[:2])
    times = alternating({name: run(name) for name in ways}, rounds)
    rows = [{"way": name, **measured(lines, outputs[name]), "s/100 lines": round(100 * times[name] / len(lines), 2)} for name in ways]
    base = next(row for row in rows if row["way"] == "hints")
    for row in rows:
        row["saves"] = base["missing"] - row["missing"]
        row["time ×"] = round(times[row["way"]] / times["hints"], 2)
        row["chrF++ ±"] = round(row["chrF++"] - base["chrF++"], 2)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--file", type=Path, action="append", default=[], help="TSV: Korean, English, ko=en|ko=en (repeatable)")
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5, help="timed rounds; the median counts")
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--untold", action="store_true", help="measure the cascade on an engine that is told no terms, too")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put table and picture into docs/performance.md")
    options = parser.parse_args()
    name = machine()
    try:
        lines = read_lines(options.file, options.lines)
        engine = open_engine(options.engine, load_settings(Path()))
    except TranslateError as error:
        print(error, file=sys.stderr)
        return 1
    rows = compare(engine, lines, options.rounds, WAYS | UNTOLD if options.untold else WAYS)
    terms = sum(len(line.occurrences) for line in lines)
    head = f"{len(lines)} lines, {terms} terms, {engine.name} ({engine.model[:28]}…), medians of {options.rounds}; {name}"
    text = f"{head}\n\n{table(rows)}"
    save(options.out, "terminology", {"machine": name, "lines": len(lines), "terms": terms, "rounds": options.rounds, "rows": rows}, text)
    folder = ROOT / "docs" if options.docs else options.out
    bars(
        folder / "terminology.png", [row["way"] for row in rows],
        {m: [row[m] for row in rows] for m in ("inflected %", "chrF++", "s/100 lines")},
    )  # fmt: skip
    if options.docs:
        fill("terminology", f"Measured on {head}.\n\n{table(rows)}\n\n![Terms, quality and time by way](terminology.png)")
    silent = sum(row["silent"] or 0 for row in rows)
    if silent:
        print(f"{silent} silent misses: the ledger must never say more than the target shows", file=sys.stderr)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
