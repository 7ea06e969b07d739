"""``translate evaluate``: quality, terms, figures and speed on lines with references."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.document import TranslateError
from translate.settings import load_settings

if TYPE_CHECKING:
    from rich.table import Table

    from translate.evaluation import System
    from translate.terminology.matching import Matcher
    from translate.terminology.termbase import Termbase


def evaluate(
    source: Annotated[Path, typer.Option("--source", help="Source lines, one segment or paragraph a line.")],
    reference: Annotated[Path, typer.Option("--reference", help="Reference translations, line by line.")],
    hypothesis: Annotated[
        list[str] | None, typer.Option("--hypothesis", help="FILE=NAME: another system's lines (repeatable).")
    ] = None,
    engine: Annotated[list[str] | None, typer.Option("-e", "--engine", help="Engine to run (repeatable).")] = None,
    glossary: Annotated[
        list[Path] | None, typer.Option("-g", "--glossary", help="Glossary whose terms are given and measured.")
    ] = None,
    language: Annotated[str, typer.Option("--from", help="Source language: ko or en.")] = "ko",
    lines: Annotated[int, typer.Option("--lines", min=0, help="Only the first lines (0: all).")] = 0,
    comet: Annotated[
        Path | None,
        typer.Option("--comet", exists=True, dir_okay=False, help="COMET checkpoint (used if the package unbabel-comet is installed)."),
    ] = None,
    accept_licence: Annotated[
        bool, typer.Option("--accept-licence", help="Use a model whose licence does not cover everyone.")
    ] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a report with charts here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: figures, signatures, hypotheses.")] = False,
) -> None:
    """Measure engines, and other systems' outputs, on a test set."""
    from translate.cli.wording import check_language

    check_language(language)
    if language == "auto":
        raise typer.BadParameter("--from must be ko or en here")
    sources, references = _lines(source, lines), _lines(reference, lines)
    if len(sources) != len(references):
        raise TranslateError(f"{source} has {len(sources)} lines, {reference} has {len(references)}: they must agree")
    target = "en" if language == "ko" else "ko"
    termbase, matcher = _terms(glossary or [], language)
    from translate.engines.registry import check_engine_name

    names = engine or ([] if hypothesis else ["auto"])
    for name in names:
        check_engine_name(name, load_settings(Path()), accept_licence)
    systems = [_run(name, sources, language, termbase, matcher) for name in names]
    for item in hypothesis or []:
        file, _, name = item.rpartition("=") if "=" in item else (item, "", Path(item).stem)
        found = _lines(Path(file), lines)
        if len(found) != len(sources):
            raise TranslateError(f"{file} has {len(found)} lines, {source} has {len(sources)}: they must agree")
        from translate.evaluation import System

        systems.append(System(name, tuple(found)))
    report = _report(systems, sources, references, target, matcher, bool(glossary))
    if comet:
        _add_comet(report, sources, references, comet)
    if html:
        from translate.evaluation.report import write_report

        write_report(report, sources, references, html, language)
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    else:
        _table(report)


def _lines(path: Path, limit: int) -> list[str]:
    try:
        found = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise TranslateError(f"{path}: no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise TranslateError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    if not found:
        raise TranslateError(f"{path}: the file is empty")
    return found[:limit] if limit else found


def _terms(glossaries: list[Path], language: str) -> tuple[Termbase, Matcher]:
    from translate.terminology.loading import load_termbase
    from translate.terminology.matching import Matcher

    termbase = load_termbase(glossaries, language, "en" if language == "ko" else "ko")
    return termbase, Matcher(termbase)


def _run(name: str, sources: list[str], language: str, termbase: Termbase, matcher: Matcher) -> System:
    """An engine's translations of the lines, through the pipeline, without a memory."""
    from translate.cli.wording import progress_display
    from translate.engines.registry import open_engine
    from translate.evaluation import System, document_confidences, document_lines, lines_document
    from translate.pipeline import Progress, translate_document

    if language == "ko":
        from translate.korean.sentences import sentences
    else:
        from translate.english.sentences import sentences
    settings = replace(load_settings(Path()), engine=name)
    with progress_display(hidden=False) as show:
        target = "en" if language == "ko" else "ko"
        working = open_engine(
            name, settings, lambda step: show(Progress(f"setting up the engine: {step}")), f"{language}-{target}"
        )
        document = lines_document(sources, language, sentences)
        began = time.monotonic()
        summary = translate_document(document, termbase, matcher, lambda: working, settings, None, show)
        seconds = time.monotonic() - began
    done = summary.document
    return System(working.name, tuple(document_lines(done)), seconds, document_confidences(done))


def _report(
    systems: list[System],
    sources: list[str],
    references: list[str],
    target: str,
    matcher: Matcher,
    with_terms: bool,
) -> dict[str, Any]:
    from translate.evaluation.calibration import calibration
    from translate.evaluation.figures import date_fidelity, figure_fidelity
    from translate.evaluation.findings import finding_counts
    from translate.evaluation.names import name_fidelity, names_in
    from translate.evaluation.quality import compare, sentence_chrf
    from translate.evaluation.terms import term_scores

    scores = compare({s.name: s.hypotheses for s in systems}, references, target)
    occurrences = matcher.match_document(sources) if with_terms else []
    source = "ko" if target == "en" else "en"
    names = names_in(sources, source, occurrences)
    # The checks look at the reference, too: what they find there says how much to believe them.
    found_in_reference = finding_counts(sources, references, source, occurrences)
    out: dict[str, Any] = {"lines": len(sources), "reference": {"findings": found_in_reference}, "systems": []}
    for system in systems:
        entry: dict[str, Any] = {
            "name": system.name,
            "scores": {s.metric: {k: v for k, v in asdict(s).items() if k != "metric"} for s in scores[system.name]},
            "figures": figure_fidelity(sources, system.hypotheses, target),
            "dates": date_fidelity(sources, system.hypotheses, target),
            "names": name_fidelity(names, system.hypotheses, references, target),
            "findings": finding_counts(sources, system.hypotheses, source, occurrences),
        }
        if with_terms:
            entry["terms"] = asdict(term_scores(occurrences, system.hypotheses, references, target))
        if system.seconds is not None:
            words = sum(len(h.split()) for h in system.hypotheses)
            entry["speed"] = {"seconds": round(system.seconds, 2), "target words a second": round(words / system.seconds, 1)}
        if system.confidences is not None:
            entry["calibration"] = asdict(calibration(system.confidences, sentence_chrf(system.hypotheses, references)))
        entry["hypotheses"] = list(system.hypotheses)
        out["systems"].append(entry)
    return out


def _add_comet(report: dict[str, Any], sources: list[str], references: list[str], checkpoint: Path) -> None:
    """COMET beside each system's other scores, or a word on stderr that it is left out."""
    from translate.evaluation.comet import Comet, installed

    if not installed():
        typer.echo("COMET is left out: the package unbabel-comet is not installed here", err=True)
        return
    model = Comet(checkpoint)
    for system in report["systems"]:
        score = asdict(model.score(sources, system["hypotheses"], references))
        system["scores"][score.pop("metric")] = score


def _table(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from translate.evaluation.report import KEPT

    table = Table(title=f"{report['lines']} lines")
    first = report["systems"][0]
    names = list(first["scores"])
    for column in ("system", *names, "terms", *KEPT, "seconds"):
        table.add_column(column, justify="left" if column == "system" else "right")
    for system in report["systems"]:
        cells = []
        for name in names:
            score = system["scores"][name]
            mark = "*" if score["p_value"] is not None and score["p_value"] < 0.05 else ""
            cells.append(f"{score['value']:.1f}{mark}")
        terms = f"{system['terms']['inflected']:.1%}" if "terms" in system else "–"
        seconds = f"{system['speed']['seconds']:.0f}" if "speed" in system else "–"
        kept = [f"{system[what]['kept']:.1%}" if system[what][what] else "–" for what in KEPT]
        table.add_row(system["name"], *cells, terms, *kept, seconds)
    Console().print(table)
    if "terms" in first:
        Console().print(_terms_table(report))
    counted = [f"terms {first['terms']['occurrences']:,}"] if "terms" in first else []
    counted += [f"{what} {first[what][what]:,}" for what in KEPT]
    typer.echo(f"kept, of those in the source: {', '.join(counted)}")
    if len(report["systems"]) > 1:
        typer.echo("* differs from the first system (paired bootstrap, p < 0.05)")
    for system in report["systems"]:
        if "calibration" in system:
            found = system["calibration"]
            rank = "not defined" if found["rank_correlation"] is None else f"{found['rank_correlation']:.2f}"
            error = f"calibration error {found['expected_error']:.2f}"
            typer.echo(f"{system['name']}: confidence against chrF++: rank correlation {rank}, {error}")
    for name, score in first["scores"].items():
        typer.echo(f"{name}: {score['signature']}")


def _terms_table(report: dict[str, Any]) -> Table:
    """What the glossary's terms became: each measure of `translate.evaluation.terms` in a column."""
    from rich.table import Table

    table = Table(title="terms")
    for column in ("system", "inflected", "exact", "WMT21 exact", "window", "1-TERm", "consistent"):
        table.add_column(column, justify="left" if column == "system" else "right")
    for system in report["systems"]:
        found = system["terms"]
        shares = [f"{found[name]:.1%}" for name in ("inflected", "exact", "wmt21_exact", "window")]
        consistent = f"{found['consistency']:.1%} of {found['recurring']:,}" if found["recurring"] else "–"
        table.add_row(system["name"], *shares, f"{found['one_minus_term']:.3f}", consistent)
    return table
