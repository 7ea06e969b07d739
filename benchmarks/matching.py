"""Matching: our Matcher beside a naive ``in``, a regex alternation and plain pyahocorasick.

    python -m benchmarks.matching [--entries 10 100 1000 10000 100000] [--characters 400000] [--rounds 5]

Speed: entries (the shipped glossaries' terms, then made-up compounds) over 400,000 characters of made-up news, which is about
1 MB of UTF-8.  Ours does more work: it knows particles, spaces and words within words.  ``in`` and the alternation grow with
entries × text, so above a budget they get only the first part of the text and their time is multiplied (marked ≈); all take
turns, and the median counts.

Wrong hits: tests/terminology/cases.tsv says what must be matched and what must not; precision and recall over exact spans.
The Matcher was made with this table, whose every line is a test of it: its own figures there are a promise kept, no surprise.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import ahocorasick

from benchmarks.main_job import article
from benchmarks.results import curves, fill, save, table
from benchmarks.timing import ROOT, alternating, machine
from translate.engines.lexicon import analysed
from translate.terminology.loading import default_paths, load_termbase
from translate.terminology.matching import Matcher
from translate.terminology.termbase import Entry, Termbase

Spans = set[tuple[int, int]]
Find = Callable[[str], Spans]

# Entries × characters that the slow ways are given at once; about ten seconds of theirs.
BUDGET = 2_000_000_000
_SYLLABLES = (
    "가강경고공관광교구국군기남대도동류명무문미민방법보부비사산서선성세수시안양여연"
    "영예우원유음의이인일자장전정제조주중지진천청체총추통특평표학한항해행현호화환회"
)


# -- the ways -----------------------------------------------------------------------------------------------------


def ours(entries: Sequence[Entry]) -> Find:
    """What translate does; texts of several lines are a document."""
    matcher = Matcher(Termbase(tuple(entries)))

    def find(text: str) -> Spans:
        analysed.cache_clear()  # each call finds the text new
        lines = text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        found = matcher.match_document(lines)
        return {(at + o.start, at + o.end) for at, occurrences in zip(starts, found, strict=False) for o in occurrences}

    return find


def naive(entries: Sequence[Entry]) -> Find:
    """Every entry looked for by itself."""
    forms = _forms(entries)

    def find(text: str) -> Spans:
        found: Spans = set()
        for form in forms:
            at = text.find(form)
            while at >= 0:
                found.add((at, at + len(form)))
                at = text.find(form, at + 1)
        return found

    return find


def alternation(entries: Sequence[Entry]) -> Find:
    """One regular expression, the longest forms first."""
    pattern = re.compile("|".join(re.escape(f) for f in sorted(_forms(entries), key=len, reverse=True)))
    return lambda text: {m.span() for m in pattern.finditer(text)}


def automaton(entries: Sequence[Entry]) -> Find:
    """pyahocorasick on the text as it stands, all hits."""
    made = ahocorasick.Automaton()
    for form in _forms(entries):
        made.add_word(form, len(form))
    made.make_automaton()
    return lambda text: {(last - length + 1, last + 1) for last, length in made.iter(text)}


def _forms(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(form for entry in entries for form in entry.sources))


WAYS: dict[str, Callable[[Sequence[Entry]], Find]] = {
    "translate": ours, "naive in": naive, "regex alternation": alternation, "pyahocorasick": automaton,
}  # fmt: skip
_SLOW = ("naive in", "regex alternation")


# -- speed --------------------------------------------------------------------------------------------------------


def entries_of(count: int) -> list[Entry]:
    """``count`` entries: terms of the shipped glossaries, then compounds of three to six syllables, always the same."""
    shipped = load_termbase(default_paths(ROOT / "glossary")).entries
    rng = random.Random(7)
    chosen = rng.sample(shipped, min(count, len(shipped)))
    known = set(_forms(shipped))
    while len(chosen) < count:
        form = "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(3, 6)))
        if form not in known:
            known.add(form)
            chosen.append(Entry(f"made:{form}", form, (form,), (f"term {len(chosen)}",)))
    return chosen


def speed(counts: Sequence[int], characters: int, rounds: int) -> list[dict[str, Any]]:
    """A row for each number of entries: seconds for the text by way, and how many times as long ours takes."""
    text = (article(characters // 20))[:characters]
    rows = []
    for count in counts:
        entries = entries_of(count)
        parts = {name: min(1.0, BUDGET / (count * len(text))) if name in _SLOW else 1.0 for name in WAYS}
        finds = {name: way(entries) for name, way in WAYS.items()}
        tasks = {name: _task(finds[name], text[: int(len(text) * part)]) for name, part in parts.items()}
        times = {name: taken / parts[name] for name, taken in alternating(tasks, rounds).items()}
        row: dict[str, Any] = {"entries": count}
        row |= {f"{name}, s": _rounded(times[name], parts[name] < 1) for name in WAYS}
        row |= {f"ours ÷ {name}": float(f"{times['translate'] / times[name]:.2g}") for name in WAYS if name != "translate"}
        rows.append(row | {"seconds": times})
    return rows


def _task(find: Find, text: str) -> Callable[[], object]:
    return lambda: find(text)


def _rounded(value: float, estimated: bool) -> str:
    return f"{'≈ ' if estimated else ''}{value:.3g}"


# -- wrong hits ---------------------------------------------------------------------------------------------------


def cases() -> list[tuple[list[Entry], str, Spans]]:
    """(entries, text, spans to be found) of every case in tests/terminology/cases.tsv."""
    out = []
    rows = (ROOT / "tests" / "terminology" / "cases.tsv").read_text(encoding="utf-8").splitlines()
    for row in [r for r in rows if r and not r.startswith("#")][1:]:
        family, terms, marked, _ = row.split("\t")
        text = unicodedata.normalize("NFD", marked) if family == "decomposed" else marked
        text = text.replace("\\n", " ")
        entries = [Entry(f"case:{t[0]}", t[0], tuple(t), (f"<{t[0]}>",)) for t in (term.split("=") for term in terms.split("|"))]
        spans: Spans = set()
        plain = ""
        for piece in re.split("([【】])", text):
            if piece == "【":
                start = len(plain)
            elif piece == "】":
                spans.add((start, len(plain)))
            else:
                plain += piece
        out.append((entries, plain, spans))
    return out


def accuracy() -> list[dict[str, Any]]:
    """A row for each way: hits, wrong ones, misses, precision and recall over the cases."""
    table_of = cases()
    rows = []
    for name, way in WAYS.items():
        right = wrong = missed = 0
        for entries, text, wanted in table_of:
            found = way(entries)(text)
            right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
        rows.append(
            {"way": name, "right": right, "wrong": wrong, "missed": missed,
             "precision": round(right / (right + wrong), 3), "recall": round(right / (right + missed), 3)}
        )  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[10, 100, 1000, 10_000, 100_000])
    parser.add_argument("--characters", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put tables and picture into docs/performance.md")
    options = parser.parse_args()
    name = machine()
    hits = accuracy()
    times = speed(options.entries, options.characters, options.rounds)
    plain = [{k: v for k, v in row.items() if k != "seconds"} for row in times]
    head = f"{options.characters:,} characters, medians of {options.rounds}; {name}"
    accurate = f"Exact spans on tests/terminology/cases.tsv, {len(cases())} cases (no timing: the same on every machine).\n\n{table(hits)}"
    save(
        options.out, "matching", {"machine": name, "rounds": options.rounds, "speed": times, "cases": hits},
        f"{head}\n\n{table(plain)}\n\n{accurate}",
    )  # fmt: skip
    folder = ROOT / "docs" if options.docs else options.out
    lines = {way: [(row["entries"], row["seconds"][way]) for row in times] for way in WAYS}
    curves(folder / "matching.png", lines, "entries", f"seconds for {options.characters:,} characters")
    if options.docs:
        fill("matching", f"Measured on {head}.\n\n{table(plain)}\n\n![Seconds by entries](matching.png)")
        fill("matching-cases", accurate)


if __name__ == "__main__":
    main()
