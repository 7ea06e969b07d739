"""``translate review``: take an editor's DOCX or XLIFF back into the record."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.document import ACCEPTED, Document, Kind, Origin, TranslateError
from translate.settings import load_settings

if TYPE_CHECKING:
    from translate.memory import Unit
    from translate.review.apply import Review
    from translate.terminology.termbase import Row


def review(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Edited DOCX files, or XLIFF 2.1 or 1.2 from a CAT tool.")],
    record: Annotated[
        Path | None, typer.Option("--record", help="The record they belong to. [default: FILE.xlf beside each]")
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="Changed rows are final, not just reviewed.")] = False,
    author: Annotated[str, typer.Option("--author", help="Who edited. [default: as the file says]")] = "",
    accept_untouched: Annotated[
        bool, typer.Option("--accept-untouched", help="Rows that were left as they were count as reviewed.")
    ] = False,
    memory: Annotated[Path | None, typer.Option("--memory", help="Translation memory to write.")] = None,
    no_memory: Annotated[bool, typer.Option("--no-memory", help="Write no memory.")] = False,
    publish: Annotated[str, typer.Option("--publish", help="Formats to publish anew, comma-separated.")] = "",
    html: Annotated[Path | None, typer.Option("--html", help="Write the report as an HTML page, too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON report and nothing else.")] = False,
) -> None:
    """Read edited DOCX and XLIFF files back into their records and the memory; say what was taken and what not.

    Files of the same record are read together: where they changed a segment differently, neither is taken.
    """
    from translate.cli.wording import check_formats
    from translate.publishing import publish as write
    from translate.review import learning, report

    formats = [name for name in check_formats(publish) if name != "xlf"]
    settings = load_settings(Path())
    groups: dict[Path, list[Path]] = {}
    for file in dict.fromkeys(files):
        groups.setdefault(record or file.with_suffix(".xlf"), []).append(file)
    # All are read before the first is written: a mistake in one leaves nothing half done.
    done = [_reviewed(path, edited, author, final, accept_untouched) for path, edited in groups.items()]
    proposed = learning.proposals((d.path.stem, c) for d in done for c in d.review.changed)
    # The record last: if something fails before, the same command does all of it again.
    if not no_memory:
        _remember([u for d in done for u in _units(d.review)], memory or Path(settings.memory))
    new = _propose(proposed, Path(settings.glossary) / "proposed.tsv") if proposed else []
    kept = []
    for each in done:
        kept += _kept(each.path, groups[each.path], formats)
        write(each.review.document, each.path.parent, formats)
    if html:
        _page(done, html)
    if as_json:
        reports = [report.as_json(d.path.stem, d.review) for d in done]
        terms = [{"source": r.source, "target": r.target, "note": r.note} for r in new]
        sys.stdout.write(json.dumps({"records": reports, "proposed_terms": terms}, ensure_ascii=False, indent=2) + "\n")
        return
    for each in done:
        typer.echo(report.as_text(each.path.name, each.review))
    for old, place in kept:
        typer.echo(f"{old} was published anew; the edited file is {place}")
    for row in new:
        typer.echo(f"proposed: {row.source} = {row.target} ({row.note})")


@dataclass(frozen=True)
class _Done:
    path: Path
    review: Review


def _reviewed(path: Path, files: list[Path], author: str, final: bool, accept_untouched: bool) -> _Done:
    from translate.publishing.xliff import parse
    from translate.review import read_rows
    from translate.review.apply import apply_files

    if not path.exists():
        raise TranslateError(f"{path}: no such record for {files[0].name}; name it with --record")
    for file in files:
        if file.exists() and file.samefile(path):
            raise TranslateError(f"{file}: is the record itself; keep the edited file under another name and name the record with --record")
    document = replace(parse(_read(path)), name=path.stem)
    rows = {str(file): read_rows(_read(file), str(file)) for file in files}
    return _Done(
        path, apply_files(document, rows, author=author, date=_now(), final=final, accept_untouched=accept_untouched)
    )


def _page(done: list[_Done], path: Path) -> None:
    from translate.files import replacing
    from translate.review.page import render

    try:
        with replacing(path) as stream:
            stream.write(render([(d.path.stem, d.review) for d in done]))
    except OSError as error:
        reason = error.strerror or str(error)
        raise TranslateError(f"{path}: the report cannot be written ({reason}); all else was done; name another with --html") from error


def _kept(record: Path, files: list[Path], formats: list[str]) -> list[tuple[Path, Path]]:
    """Copies of edited files in whose place a new rendering will be written: what was not taken is in them alone."""
    import shutil

    from translate.publishing import FORMATS

    out = []
    for new in (record.with_suffix(FORMATS[name].SUFFIX) for name in formats):
        for file in files:
            if new.exists() and file.samefile(new):
                number = 1
                while (place := file.with_name(f"{file.stem}.edited-{number}{file.suffix}")).exists():
                    number += 1
                try:
                    shutil.copy2(file, place)
                except OSError as error:
                    raise TranslateError(f"{place}: the edited file cannot be kept there: {error.strerror}") from error
                out.append((file, place))
    return out


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TranslateError(f"{path}: cannot be read: {error.strerror}") from error


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _units(result: Review) -> list[Unit]:
    """The memory's units of what this review made reviewed or final, with their neighbours as a run looks for them."""
    from translate.memory import Unit

    document: Document = result.document
    taken = {c.segment for c in result.changed} | set(result.accepted)
    segments = [
        s
        for b in document.blocks
        if b.kind is not Kind.BOILERPLATE and b.language == document.source_language
        for s in b.segments
    ]
    units = []
    for index, segment in enumerate(segments):
        if segment.id not in taken or segment.state not in ACCEPTED:
            continue
        last = segment.changes[-1] if segment.changes else None
        units.append(
            Unit(
                source=segment.source,
                target=segment.target,
                source_language=document.source_language,
                target_language=document.target_language,
                previous=segments[index - 1].source if index else "",
                next=segments[index + 1].source if index + 1 < len(segments) else "",
                state=segment.state,
                origin=Origin.HUMAN,
                author=last.author if last else "",
                date=last.date if last else "",
                document=document.name,
            )
        )
    return units


def _remember(units: list[Unit], path: Path) -> None:
    from translate.memory import open_memory

    if units:
        with open_memory(path) as memory:
            # The record has taken these: whatever stood there before is history.
            memory.store(units, latest=True)


def _propose(rows: list[Row], path: Path) -> list[Row]:
    """Add rows to the file of proposals, those that are there already left out; returns what was added."""
    from translate.terminology.formats import tsv, write_bytes
    from translate.terminology.termbase import Glossary

    glossary = tsv.read(_read(path), str(path)) if path.exists() else Glossary(path.stem, str(path), ())
    known = {(r.source, r.target) for r in glossary.rows}
    new = [r for r in rows if (r.source, r.target) not in known]
    if not new:
        return []
    write_bytes(tsv.write(replace(glossary, rows=(*glossary.rows, *new))), path)
    return new
