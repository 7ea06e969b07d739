"""What the glossary commands share: which files they mean, and how rows are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from translate.document import TranslateError

if TYPE_CHECKING:
    from translate.terminology.termbase import Glossary, Row, Status


def folder() -> Path:
    """The folder of the project's glossaries."""
    from translate.settings import load_settings

    return Path(load_settings(Path()).glossary)


def glossary_paths(glossary: list[Path] | None) -> list[Path]:
    """The glossaries named, or all of the folder.  Raises TranslateError where there are none."""
    from translate.terminology.loading import default_paths

    paths = glossary or default_paths(folder())
    if not paths:
        raise TranslateError(f"no glossary in {folder()}/; name one with -g, or begin one with `add -g FILE`")
    return paths


def read_all(glossary: list[Path] | None) -> list[Glossary]:
    """The glossaries named, or all of the folder."""
    from translate.terminology.formats import read_glossary

    return [read_glossary(path) for path in glossary_paths(glossary)]


def only(glossary: Path | None) -> Path:
    """The glossary named, or the only one there is; wrong use where there are several."""
    if glossary:
        return glossary
    paths = glossary_paths(None)
    if len(paths) > 1:
        raise typer.BadParameter(f"say which glossary with -g: {', '.join(map(str, paths))}")
    return paths[0]


def read_one(path: Path, create: bool = False) -> Glossary:
    """A glossary; with ``create`` an empty one where there is no such file."""
    from translate.terminology.formats import format_of, read_glossary
    from translate.terminology.termbase import Glossary

    if create and not path.exists():
        format_of(path)
        return Glossary(path.stem, str(path), (), (("title", path.stem), ("languages", "ko-en")))
    return read_glossary(path)


def holding(glossary: Path | None, source: str, target: str) -> Glossary:
    """The glossary named, or the one of all that has the row."""
    from translate.terminology import maintenance

    return read_one(glossary) if glossary else maintenance.holding(read_all(None), source, target)


def save(glossary: Glossary) -> None:
    """Write a changed glossary back to where it came from."""
    from translate.terminology.formats import format_of, write_glossary

    path = Path(glossary.path)
    chosen = format_of(path)
    if chosen.NAME in ("csv", "tbx"):
        raise TranslateError(f"{path}: is in an exchange format; bring it in with `translate glossary import` first")
    for loss in chosen.losses(glossary):
        typer.echo(f"lost: {loss}", err=True)
    write_glossary(glossary, path)


def tidy_files(paths: Sequence[Path]) -> None:
    """Tidy TSV files whose rows can all be read."""
    from translate.terminology.formats import read_bytes, tsv, write_bytes
    from translate.terminology.maintenance import tidied

    for path in paths:
        data = read_bytes(path)
        if path.suffix.lower() == ".tsv" and tsv.has_header(data):
            glossary, problems = tsv.scan(data, str(path))
            after = tsv.write(tidied(glossary))
            if not problems and after != data:  # a row that cannot be read would be lost
                write_bytes(after, path)
                typer.echo(f"tidied {path}", err=True)


def segments(records: Path | None) -> Iterator[tuple[str, str, str, str]]:
    """Segments of the outputs' XLIFF records: document, id, source, target."""
    from translate.publishing.xliff_reading import parse
    from translate.settings import load_settings

    folder = records or Path(load_settings(Path()).outputs)
    for path in sorted(folder.glob("*.xlf")) if folder.is_dir() else ():
        try:
            document = parse(path.read_bytes())
        except (TranslateError, OSError) as error:
            typer.echo(f"{path}: left out: {error}", err=True)
            continue
        for segment in document.segments():
            yield document.name, segment.id, segment.source, segment.target


def status_of(value: str) -> Status:
    """The status of that name; wrong use for an unknown one."""
    from translate.terminology.termbase import Status

    try:
        return Status(value.casefold())
    except ValueError as error:
        raise typer.BadParameter(f"unknown status '{value}'; one of {', '.join(Status)}") from error


def record(row: Row | None) -> dict[str, Any] | None:
    """A row as JSON has it."""
    if row is None:
        return None
    names = ("source", "target", "variants", "status", "part_of_speech", "domain", "note", "line")
    return {name: getattr(row, name) for name in names} | dict(row.more)


def shown_value(row: Row, name: str) -> str:
    """A field of a row in words."""
    value = getattr(row, name)
    if name == "more":
        return ", ".join(f"{k}={v}" for k, v in value if v) or "(none)"
    return ("|".join(value) if isinstance(value, tuple) else str(value)) or "(none)"


def print_rows(rows: list[tuple[Glossary, Row]], as_json: bool, more: list[dict[str, Any]] | None = None) -> None:
    """Print rows as a table or as JSON, with ``more`` fields there."""
    if as_json:
        extra = more or [{} for _ in rows]
        print_json([{"glossary": g.path} | (record(r) or {}) | e for (g, r), e in zip(rows, extra, strict=True)])
        return
    head = ("source", "target", "variants", "status", "domain", "note", "where")
    print_table(
        head,
        [(r.source, r.target, "|".join(r.variants), r.status.value, r.domain, r.note, f"{g.name}:{r.line}")
         for g, r in rows],
    )  # fmt: skip


def print_table(head: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    """A table on a terminal, tab-separated lines elsewhere."""
    if not body:
        return
    if not sys.stdout.isatty():
        for line in (head, *body):
            typer.echo("\t".join(" ".join(cell.split()) for cell in line))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*head, header_style="bold", show_edge=False)
    for line in body:
        table.add_row(*(escape(cell) for cell in line))
    Console().print(table)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def number(count: int, what: str, plural: str = "") -> str:
    """A count with its noun."""
    return f"{count:,} {what if count == 1 else plural or what + 's'}"
