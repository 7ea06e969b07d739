"""How cost grows: publishing with the article's length, terms with the glossary's, the memory with its units.

    python -m benchmarks.growth [publish] [glossary] [memory] [--largest 1000000] [--rounds 5]

- *publish*: 1 … 10,000 segments (terms, findings and alternatives in them) rendered as DOCX, HTML and XLIFF.
- *glossary*: a TSV of 10 … 100,000 entries read, made ready to match, and matched against the same 300 sentences.
- *memory*: 1,000 … 1,000,000 units taken in from TMX (import); sentences of 20 words looked up exactly and fuzzily then, beside
  a plain scan with rapidfuzz over a list of all sources (see `benchmarks.memory`).  The peak is the import's.

Every size runs in a process of its own, whose peak memory is told; times are medians, what takes long (a minute, an import
ten seconds) runs once.  The conclusion and the picture's labels have each step's x in n^x, taken between the two largest
sizes: n^1 is linear.  What was asked for at a million units is told beside what came out.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import memory
from benchmarks.main_job import article
from benchmarks.matching import entries_of
from benchmarks.results import curves, fill, save, table
from benchmarks.timing import ROOT, in_child, machine, seconds
from translate.document import Alternative, Document, Occurrence, Origin, Segment, State
from translate.evaluation import lines_document
from translate.korean.sentences import sentences
from translate.terminology.enforcement import prove
from translate.terminology.loading import load_termbase
from translate.terminology.matching import Matcher

SIZES = {
    "publish": (1, 10, 100, 1_000, 10_000),
    "glossary": (10, 100, 1_000, 10_000, 100_000),
    "memory": (1_000, 10_000, 100_000, 1_000_000),
}
NOUNS = {"publish": "segments", "glossary": "entries", "memory": "units"}
# What the largest size may cost at most, in seconds; for the import that is 20,000 units a second.
BARS = {"memory": {"import": 50.0, "exact": 0.001, "fuzzy": 0.05}}
# The largest exponent of each kind of growth; n log n, from 100,000 to 1,000,000, has 1.08, and a measurement is no proof.
_KINDS = ((0.15, "next to no"), (0.85, "slower than linear"), (1.15, "linear"), (math.inf, "faster than linear"))
# A call that takes longer than this is not repeated.
_LONG = 60.0


def repeated(task: Callable[[], object], rounds: int) -> float:
    """The median of ``rounds`` calls, or the first call's time where that is long already."""
    first = seconds(task)
    return first if first > _LONG else statistics.median([first, *(seconds(task) for _ in range(rounds - 1))])


# -- what is measured, in a process of its own ------------------------------------------------------------------------


# Terms of benchmarks.main_job's sentences; marked by hand, so that no analyser's memory is counted with publishing.
_TERMS = {
    "확장억제": "extended deterrence", "자위대": "Self-Defense Forces", "국방부": "defense ministry", "한국은행": "Bank of Korea",
    "합동작전사령부": "Joint Operations Command", "합동훈련": "joint exercise", "공동성명": "joint statement", "예산": "budget",
}  # fmt: skip


def publish(size: int, rounds: int) -> dict[str, Any]:
    """Seconds to render a translated document of ``size`` segments."""
    from translate.checks import run_checks
    from translate.publishing import FORMATS

    document = run_checks(_document(article(size)).map_segments(_translated))
    out = {}
    for name in ("docx", "html", "xlf"):
        render = FORMATS[name].render
        out[f"{name}, s"] = repeated(lambda render=render: render(document), rounds)  # type: ignore[misc]
    return out


def _translated(segment: Segment) -> Segment:
    """The segment as a run leaves it: a target with its terms, a ledger, another wording."""
    found = [
        Occurrence(at, at + len(ko), f"desk:{ko}", ko, (en,), glossary="desk")
        for ko, en in _TERMS.items()
        if (at := segment.source.find(ko)) >= 0
    ]
    text = f"The officials said on the 12th that {', '.join(o.wanted[0] for o in found) or 'it'} would be settled next month."
    return replace(
        segment, target=text, state=State.TRANSLATED, origin=Origin.MACHINE, engine="none", confidence=0.5,
        occurrences=prove(found, text, "en"), alternatives=(Alternative(text.replace("said", "announced"), "none"),),
    )  # fmt: skip


def _document(text: str) -> Document:
    """An article's text as a document, a paragraph a line."""
    return lines_document([p for p in text.split("\n\n") if p.strip()], "ko", sentences)


def glossary(size: int, rounds: int) -> dict[str, Any]:
    """Seconds to read a glossary of ``size`` entries, to make its matcher and to match 300 sentences."""
    from translate.engines.lexicon import analysed

    lines = article(300).replace("\n\n", " ").split(". ")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.tsv"
        rows = [f"{entry.source}\t{entry.targets[0] if entry.targets else entry.source}" for entry in entries_of(size)]
        path.write_text("\n".join(["source\ttarget", *rows]) + "\n", encoding="utf-8")
        read = repeated(lambda: load_termbase([path]), rounds)
        termbase = load_termbase([path])
    make = repeated(lambda: Matcher(termbase), rounds)
    matcher = Matcher(termbase)
    analysed(lines[0])  # the analyser loads once, not in anybody's time

    def match() -> None:
        analysed.cache_clear()
        matcher.match_document(lines)

    return {"read, s": read, "make ready, s": make, "match 300 sentences, s": repeated(match, rounds)}


# -- the sizes, and what they say -----------------------------------------------------------------------------------


def grown(what: str, sizes: tuple[int, ...], rounds: int) -> list[dict[str, Any]]:
    """A row for each size: seconds by step, and the peak memory of the process unless it has told its own."""
    rows = []
    for size in sizes:
        child = in_child("benchmarks.growth", ["--one", what, str(size), "--rounds", str(rounds)])
        measured = json.loads(child.output)
        rows.append({"size": size, **({"peak MB": round(child.peak_mb)} | measured)})
    return rows


def exponents(rows: list[dict[str, Any]]) -> dict[str, float]:
    """For each step the x of n^x, as which its time grows from the last but one size to the last; none for a single size."""
    if len(rows) < 2:
        return {}
    before, last = rows[-2:]
    factor = math.log(last["size"] / before["size"])
    return {step: math.log(last[f"{step}, s"] / before[f"{step}, s"]) / factor for step in steps(rows)}


def steps(rows: list[dict[str, Any]]) -> list[str]:
    """What was timed: the names of the columns of seconds."""
    return [c.removesuffix(", s") for c in rows[0] if c.endswith(", s")]


def sentence(what: str, rows: list[dict[str, Any]]) -> str:
    """The conclusion: how each step grows from the last but one size to the last, what is worst first, and what the last costs."""
    last = rows[-1]
    found = exponents(rows)
    costs = {step: _seconds(last[f"{step}, s"]) for step in steps(rows)}
    memory_used = f"at most {last['peak MB']:,} MB of memory."
    if not found:
        return f"{last['size']:,} {NOUNS[what]}: {listed([f'{step} {cost}' for step, cost in costs.items()])}; {memory_used}"
    kinds: dict[str, list[str]] = {}
    for step, exponent in sorted(found.items(), key=lambda item: -item[1]):
        kind = next(name for most, name in _KINDS if exponent <= most)
        kinds.setdefault(kind, []).append(f"{step} (n^{exponent:.2f}, {costs[step]})")
    told = "; ".join(f"{kind} growth of {listed(members)}" for kind, members in kinds.items())
    return f"From {rows[-2]['size']:,} to {last['size']:,} {NOUNS[what]}: {told}; {memory_used}"


def _seconds(value: float) -> str:
    if value < 0.1:
        return f"{value * 1000:.3g} ms"
    return f"{value:,.0f} s" if value >= 100 else f"{value:.3g} s"


def against_bars(what: str, rows: list[dict[str, Any]]) -> str:
    """What was asked for at the largest size and what came out, a sentence; nothing where that size was not measured."""
    size = SIZES[what][-1]
    last = next((r for r in rows if r["size"] == size), None)
    if last is None or what not in BARS:
        return ""
    told = [
        f"{step} at most {_seconds(most)} ({_seconds(last[f'{step}, s'])}: {'held' if last[f'{step}, s'] <= most else 'missed'})"
        for step, most in BARS[what].items()
    ]
    return f" Asked for at {size:,} {NOUNS[what]}: {listed(told)}."


def listed(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(part for part in (", ".join(items[:-1]), items[-1]) if part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="*", metavar="publish|glossary|memory", help="default: all three")
    parser.add_argument("--largest", type=int, default=10**6, help="sizes above this are left out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put sentences and pictures into docs/performance.md")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    tasks: dict[str, Callable[[int, int], dict[str, Any]]] = {"publish": publish, "glossary": glossary, "memory": memory.measure}
    if options.one:
        what, size = options.one
        print(json.dumps(tasks[what](int(size), options.rounds)))
        return
    unknown = set(options.what) - set(tasks)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(tasks)}")
    for what in options.what or tasks:
        name = machine()
        began = time.monotonic()
        rows = grown(what, tuple(s for s in SIZES[what] if s <= options.largest), options.rounds)
        said = sentence(what, rows) + against_bars(what, rows)
        text = f"{what}; medians of {options.rounds}; {name}\n\n{table(rows)}\n\n{said}\n({time.monotonic() - began:.0f} s in all)"
        save(options.out, f"growth-{what}", {"machine": name, "rounds": options.rounds, "rows": rows, "sentence": said}, text)
        folder = ROOT / "docs" if options.docs else options.out
        grows = {step: f" (n^{x:.2f})" for step, x in exponents(rows).items()}
        lines = {f"{step}{grows.get(step, '')}": [(r["size"], r[f"{step}, s"]) for r in rows] for step in steps(rows)}
        curves(folder / f"growth-{what}.png", lines, NOUNS[what], "seconds")
        if options.docs:
            picture = f"![Seconds by {NOUNS[what]}, both logarithmic: {listed(steps(rows))}](growth-{what}.png)"
            fill(f"growth-{what}", f"{said} Medians of {options.rounds}; {name}.\n\n{picture}")


if __name__ == "__main__":
    main()
