"""``translate ARTICLE...``: the main job."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.document import Level, TranslateError
from translate.settings import Settings, load_settings

if TYPE_CHECKING:
    from translate.document import Document
    from translate.engines import Engine
    from translate.memory import Memory
    from translate.pipeline import Progress, Summary
    from translate.terminology.matching import Matcher
    from translate.terminology.termbase import Termbase


def article(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Files to translate; - is standard input.")],
    outputs: Annotated[str | None, typer.Option("-o", "--outputs", help="Folder for the results. [default: outputs]")] = None,
    glossary: Annotated[
        list[Path] | None,
        typer.Option("-g", "--glossary", help="Glossary to use (repeatable). [default: every file in glossary/]"),
    ] = None,
    engine: Annotated[str | None, typer.Option("-e", "--engine", help="Engine to use. [default: auto]")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Formats, comma-separated. [default: docx,html]")] = None,
    source: Annotated[str, typer.Option("--from", help="Source language: auto, ko or en.")] = "auto",
    memory: Annotated[Path | None, typer.Option("--memory", help="Translation memory to use.")] = None,
    no_memory: Annotated[bool, typer.Option("--no-memory", help="Neither read nor write a memory.")] = False,
    keep_boilerplate: Annotated[
        bool, typer.Option("--keep-boilerplate", help="Translate the page's furniture too.")
    ] = False,
    compare: Annotated[
        str | None,
        typer.Option("--compare", metavar="A,B", help="Two engines: A's text, and B's beside it in the HTML and the record."),
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option("--max-cost", metavar="DOLLARS", help="Stop a chat engine before it has cost more in this run."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done and, for a chat engine, cost; translate nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON report and nothing else.")] = False,
    accept_licence: Annotated[
        bool, typer.Option("--accept-licence", help="Use a model whose licence does not cover everyone.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 3 if a term is missing or a finding is an error.")
    ] = False,
) -> None:
    """Translate articles; write them side by side as DOCX and HTML, with the XLIFF record."""
    settings = load_settings(Path())
    settings = replace(settings, **_given(outputs=outputs, engine=engine, formats=to, max_cost=max_cost))
    from translate.cli.wording import check_formats, check_language
    from translate.engines.registry import check_engine_name

    formats = check_formats(settings.formats)
    check_language(source)
    if max_cost is not None and not max_cost > 0:
        raise typer.BadParameter("--max-cost must be more than 0 dollars")
    engines = _engines(compare, engine) or [settings.engine]
    try:
        for name in engines:
            check_engine_name(name, settings, accept_licence)
    except TranslateError as error:
        raise typer.BadParameter(str(error)) from error
    kept = None if no_memory else memory or Path(settings.memory)
    job = _Job(settings, engines, glossary, formats, kept, keep_boilerplate)
    summaries: list[Summary] = []
    failures: list[str] = []
    with job.opened(dry_run, as_json):
        for path, name in _names(articles):
            try:
                summaries.append(job.dry(path, source) if dry_run else job.translate(path, source, name))
            except TranslateError as error:
                failures.append(str(error))
                typer.echo(f"translate: {error}", err=True)
    _print(summaries, failures, as_json, dry_run)
    if failures:
        raise typer.Exit(1)
    if strict and any(_fails_strictly(s) for s in summaries):
        raise typer.Exit(3)


def _given(**options: str | float | None) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _engines(compare: str | None, engine: str | None) -> list[str]:
    """The two engines of ``--compare``; an empty list without it."""
    if compare is None:
        return []
    if engine is not None:
        raise typer.BadParameter("--compare names both engines: leave -e out")
    names = [name.strip() for name in compare.split(",")]
    called = {name.rpartition("@")[0] or name for name in names}
    if len(names) != 2 or not all(names) or len(called) != 2:
        raise typer.BadParameter("--compare takes two engines of different names, such as --compare embedded,opus-mt-ko-en")
    return names


def _names(articles: list[str]) -> Iterator[tuple[str, str]]:
    """Each input with an output name that no other input of this run has."""
    taken: set[str] = set()
    for path in articles:
        stem = "stdin" if path == "-" else Path(path).stem
        name, number = stem, 2
        while name in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name)
        yield path, name


class _Job:
    """What is opened once for all articles of a run: termbase, matcher, memory, engines (on first need)."""

    def __init__(
        self,
        settings: Settings,
        engines: list[str],
        glossaries: list[Path] | None,
        formats: list[str],
        memory: Path | None,
        keep: bool,
    ) -> None:
        self.settings, self.names, self.glossaries, self.formats = settings, engines, glossaries, formats
        self.memory_path, self.keep = memory, keep
        self.memory: Memory | None = None
        self.termbases: dict[str, tuple[Termbase, Matcher]] = {}
        self.engines: dict[tuple[str, str], Engine] = {}
        self.show: Callable[[Progress], None] = lambda progress: None

    @contextmanager
    def opened(self, dry_run: bool, as_json: bool) -> Iterator[None]:
        """Memory and progress display for the run's length."""
        from translate.cli.wording import progress_display

        with progress_display(hidden=as_json or dry_run) as self.show:
            # A dry run asks the memory what is translated already, and leaves no file behind.
            if self.memory_path is None or (dry_run and not self.memory_path.exists()):
                yield
                return
            from translate.memory import open_memory

            with open_memory(self.memory_path) as self.memory:
                yield

    def terms(self, source: str) -> tuple[Termbase, Matcher]:
        """Termbase and matcher for a source language, loaded once."""
        if source not in self.termbases:
            from translate.terminology.loading import default_paths, load_matcher

            paths = self.glossaries or default_paths(Path(self.settings.glossary))
            folder = self.settings.cache_folder()
            self.termbases[source] = load_matcher(paths, folder, source, "en" if source == "ko" else "ko")
        return self.termbases[source]

    def open_engine(self, name: str, document: Document) -> Engine:
        """The engine, set up when the first segment needs it."""
        direction = f"{document.source_language}-{document.target_language}"
        key = (name, direction if name == "auto" else "")
        if key not in self.engines:
            from translate.engines.registry import open_engine
            from translate.pipeline import Progress

            def show(step: str) -> None:
                self.show(Progress(f"setting up the engine: {step}"))

            self.engines[key] = open_engine(name, self.settings, show, direction)
        return self.engines[key]

    def translate(self, path: str, source: str, name: str) -> Summary:
        """One article through the pipeline, by each engine."""
        from translate.pipeline import compare, publish_document, translate_document
        from translate.sources import read_document

        document = replace(read_document(path, source, self.keep), name=name)
        termbase, matcher = self.terms(document.source_language)
        summaries = [
            translate_document(
                document, termbase, matcher, partial(self.open_engine, engine, document), self.settings, self.memory, self.show
            )
            for engine in self.names
        ]
        summary = compare(*summaries) if len(summaries) > 1 else replace(summaries[0], advice=self.advice(summaries[0]))
        return publish_document(summary, Path(self.settings.outputs), self.formats, self.show)

    def advice(self, summary: Summary) -> str:
        """How to get a better engine than the one that ``auto`` took; empty where there is none or another was chosen."""
        if self.names != ["auto"] or not summary.document.provenance.model:
            return ""
        from translate.engines.registry import better_than

        direction = f"{summary.document.source_language}-{summary.document.target_language}"
        better = better_than(summary.document.provenance.engine, direction, self.settings.cache_folder())
        return f"a better one: translate engine pull {better.name} ({better.size_mb:,} MB, {better.licence})" if better else ""

    def dry(self, path: str, source: str) -> Summary:
        """What an article would need; only an endpoint is opened, which costs nothing, for it counts tokens."""
        from translate.engines.registry import is_endpoint
        from translate.pipeline import plan_document
        from translate.sources import read_document

        document = read_document(path, source, self.keep)
        _, matcher = self.terms(document.source_language)
        plans = [
            plan_document(
                document, matcher, self.open_engine(name, document) if is_endpoint(name) else None, self.settings, self.memory
            )
            for name in self.names
        ]
        return replace(plans[0], compared=plans[1]) if len(plans) > 1 else plans[0]


def _fails_strictly(summary: Summary) -> bool:
    errors = any(f.level is Level.ERROR for s in summary.document.segments() for f in s.findings)
    return errors or summary.terms()["missing"] > 0


def _print(summaries: list[Summary], failures: list[str], as_json: bool, dry_run: bool) -> None:
    if as_json:
        report: dict[str, object] = {"documents": [s.as_json() for s in summaries]}
        if failures:
            report["errors"] = failures
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return
    from translate.cli.wording import summary_table

    for summary in summaries:
        summary_table(summary, dry_run)
