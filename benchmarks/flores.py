"""Scores on FLORES dev (Korean to English) beside the peers' published outputs on the same lines.

    python -m benchmarks.flores [--lines 0] [--engine embedded] [--hypothesis FILE=NAME]... [--folder ../shared/eval/flores-dev]

The folder holds ko.txt, en.txt and peers/*.en.  BLEU, chrF++ and TER with sacreBLEU's signatures; * marks a difference from
the first system that paired bootstrap finds (p < 0.05).  Kept: the source's figures, dates and names that stand in the
translation.  A development set: look at it, never train on it.
"""

from __future__ import annotations

import argparse
import html
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.results import fill, save, table
from benchmarks.timing import ROOT, machine
from translate.document import Occurrence, TranslateError
from translate.engines import Request
from translate.engines.registry import open_engine
from translate.evaluation.figures import date_fidelity, figure_fidelity
from translate.evaluation.names import name_fidelity, names_in
from translate.evaluation.quality import Score, compare
from translate.settings import load_settings

Names = Sequence[Sequence[Occurrence]]

WHERE = """\
{folder}: no ko.txt and en.txt there. FLORES (CC BY-SA 4.0): https://github.com/facebookresearch/flores or the data set
openlanguagedata/flores_plus on the Hugging Face hub; put kor_Hang.dev as ko.txt and eng_Latn.dev as en.txt into a folder and
name it with --folder. Peers' outputs, peers/NAME.en: the evaluation of https://github.com/mozilla/firefox-translations-models.\
"""


def read(folder: Path, lines: int) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """(sources, references, peers' lines by name).  Raises TranslateError where the folder is not what it should be."""
    paths = [folder / "ko.txt", folder / "en.txt"]
    if not all(p.is_file() for p in paths):
        raise TranslateError(WHERE.format(folder=folder))
    sources, references = (_lines(p, lines) for p in paths)
    # Google's file is as its interface answered, escaped for HTML; the apostrophe was right, &#39; is no mistake of the engine's.
    peers = {p.stem: [html.unescape(line) for line in _lines(p, lines)] for p in sorted((folder / "peers").glob("*.en"))}
    return sources, references, peers


def _lines(path: Path, count: int) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[: count or None]


def kept_by(lines: Sequence[str], sources: Sequence[str], references: Sequence[str], names: Names) -> dict[str, float]:
    """The shares of figures, dates and names that a system's lines keep, in per cent."""
    kept = {
        "figures": figure_fidelity(sources, lines, "en"), "dates": date_fidelity(sources, lines, "en"),
        "names": name_fidelity(names, lines, references, "en"),
    }  # fmt: skip
    return {f"{what} kept %": round(100 * found["kept"], 1) for what, found in kept.items()}


def rows_of(scores: dict[str, list[Score]], kept: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    """A row for each system: the metrics, marked where they differ from the first system's, and what is kept."""
    rows = []
    for name, found in scores.items():
        marked = {s.metric: f"{s.value:.1f}{'*' if s.p_value is not None and s.p_value < 0.05 else ''}" for s in found}
        rows.append({"system": name, **marked, **kept[name]})
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path, default=(ROOT / ".." / "shared" / "eval" / "flores-dev").resolve())
    parser.add_argument("--lines", type=int, default=0, help="only the first lines (0: all)")
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--hypothesis", action="append", default=[], metavar="FILE=NAME", help="further systems' lines (repeatable)")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    name = machine()
    try:
        sources, references, peers = read(options.folder, options.lines)
        engine = open_engine(options.engine, load_settings(Path()))
        began = time.perf_counter()
        ours = [h[0].text for h in engine.translate([Request(s) for s in sources], "ko", "en")]
        seconds = time.perf_counter() - began
    except TranslateError as error:
        print(error, file=sys.stderr)
        return 1
    systems = {engine.name: ours} | {n: _lines(Path(f), options.lines) for f, n in (h.rsplit("=", 1) for h in options.hypothesis)} | peers
    scores = compare(systems, references, "en")
    names = names_in(sources, "ko")
    kept = {n: kept_by(lines, sources, references, names) for n, lines in systems.items()}
    rows = rows_of(scores, kept)
    signatures = "; ".join(f"{s.metric} {s.signature}" for s in scores[engine.name])
    head = f"{len(sources)} lines of FLORES dev; {engine.name} ({engine.model}) took {seconds:.0f} s; {name}"
    report = {
        "machine": name, "lines": len(sources), "seconds": seconds,
        "scores": {n: [asdict(s) for s in found] for n, found in scores.items()}, "kept": kept, "hypotheses": ours,
    }  # fmt: skip
    save(options.out, "flores", report, f"{head}\n\n{table(rows)}\n\n{signatures}")
    if options.docs:
        fill("flores", f"Measured on {head}.\n\n{table(rows)}\n\n{signatures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
