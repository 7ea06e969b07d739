"""What the command line shows: progress, the summary table, and option values checked with a helpful word."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from translate.engines.metering import Usage
    from translate.pipeline import Progress, Summary


def check_formats(text: str) -> list[str]:
    """The formats of ``--to``; wrong use for an unknown one."""
    from translate.publishing import FORMATS

    formats = [f.strip().lower() for f in text.split(",") if f.strip()]
    unknown = [f for f in formats if f not in FORMATS]
    if unknown:
        raise typer.BadParameter(f"unknown format '{unknown[0]}' in --to; known: {', '.join(FORMATS)}")
    return formats


def check_language(code: str) -> None:
    """Wrong use for a ``--from`` that is not auto, ko or en."""
    if code not in ("auto", "ko", "en"):
        raise typer.BadParameter(f"unknown language '{code}' in --from; known: auto, ko, en")


@contextmanager
def progress_display(hidden: bool) -> Iterator[Callable[[Progress], None]]:
    """A progress bar on a terminal, plain lines elsewhere, nothing if hidden; always on stderr."""
    if hidden:
        yield lambda progress: None
        return
    if not sys.stderr.isatty():
        yield _plain_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"), TimeElapsedColumn(),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, speed="")
        began = time.monotonic()

        def show(progress: Progress) -> None:
            nonlocal began
            if progress.done == 0:
                began = time.monotonic()
            speed = f"{(time.monotonic() - began) / progress.done:.1f} s/segment" if progress.done else ""
            bar.update(task, description=progress.stage, completed=progress.done, total=progress.total or None, speed=speed)

        yield show


def _plain_lines() -> Callable[[Progress], None]:
    last = ""

    def show(progress: Progress) -> None:
        nonlocal last
        count = f" {progress.done}/{progress.total} segments" if progress.total else ""
        line = f"{progress.stage}{count}"
        if line != last:
            typer.echo(line, err=True)
        last = line

    return show


def summary_table(summary: Summary, dry_run: bool) -> None:
    """The run's summary on stdout: a table on a terminal, ``key: value`` lines elsewhere."""
    rows = list(_rows(summary, dry_run))
    if not sys.stdout.isatty():
        typer.echo(f"{summary.document.source_path}")
        for label, value in rows:
            typer.echo(f"  {label}: {value}")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=summary.document.source_path, title_justify="left", show_header=False, title_style="bold")
    table.add_column(style="dim")
    table.add_column()
    for label, value in rows:
        table.add_row(label, value)
    Console().print(table)


def _rows(summary: Summary, dry_run: bool) -> Iterator[tuple[str, str]]:
    document = summary.document
    segments = list(document.segments())
    boilerplate = sum(1 for _ in document.segments(boilerplate=True)) - len(segments)
    left_out = f" ({boilerplate} of the page's furniture left out)" if boilerplate else ""
    yield "segments", f"{len(segments)}{left_out}"
    yield "direction", f"{document.source_language} → {document.target_language}"
    if dry_run:
        yield "characters", f"{sum(len(s.source) for s in segments):,}"
        found = Counter(o.term for s in segments for o in s.occurrences)
        named = ", ".join(f"{term} ×{n}" if n > 1 else term for term, n in found.most_common(12))
        yield "terms found", f"{found.total()}{': ' + named if named else ''}"
        for plan in (summary, summary.compared):
            if plan and plan.usage:
                remembered = f", {plan.remembered} segments from the memory" if plan.remembered else ""
                yield plan.document.provenance.engine, _used(plan.usage) + remembered
        return
    yield from _results(summary)
    if summary.advice:
        yield "", summary.advice
    if summary.compared:
        yield from (("compared with" if k == "engine" else k, v) for k, v in _results(summary.compared))
    yield "time", f"{summary.seconds:.1f} s"
    for name, path in summary.outputs.items():
        yield name, str(path)


def _results(summary: Summary) -> Iterator[tuple[str, str]]:
    """What one engine did: its name, terms, findings, memory, tokens."""
    yield "engine", summary.document.provenance.engine
    yield "terms", ", ".join(f"{count} {outcome}" for outcome, count in summary.terms().items())
    levels = Counter(f.level.value for s in summary.document.segments() for f in s.findings)
    counts = [f"{n} {level}{'s' if n != 1 and level != 'info' else ''}" for level, n in sorted(levels.items())]
    yield "findings", ", ".join(counts) or "none"
    if summary.remembered:
        yield "from the memory", f"{summary.remembered} segments"
    if summary.usage:
        yield "usage", _used(summary.usage)


def _used(usage: Usage) -> str:
    about = "about " if usage.estimated else ""
    tokens = f"{about}{usage.input_tokens:,} tokens in, {about}{usage.output_tokens:,} out"
    cost = "price not known: see [prices] in docs/engines.md" if usage.cost is None else f"{about}${usage.cost:.4f}"
    requests = f"{usage.requests} request{'s' if usage.requests != 1 else ''}"
    return f"{requests}, {tokens}, {cost}"
