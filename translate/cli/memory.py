"""``translate memory``: look into the translation memory, exchange it, keep it tidy."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.document import TranslateError
from translate.files import replacing

if TYPE_CHECKING:
    from translate.memory import Memory

app = typer.Typer(no_args_is_help=True, help="The translation memory: import, export, search, tidy.")
MemoryPath = Annotated[Path | None, typer.Option("--memory", help="The memory's file. [default: as in translate.toml]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _open(path: Path | None, must_exist: bool = True) -> Memory:
    from translate.memory import open_memory
    from translate.settings import load_settings

    chosen = path or Path(load_settings(Path()).memory)
    if must_exist and not chosen.exists():
        raise TranslateError(f"{chosen}: no such translation memory; translate something first, or name one with --memory")
    return open_memory(chosen)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="TMX files.")],
    memory: MemoryPath = None,
    source: Annotated[str, typer.Option("--from", help="Source language: ko or en.")] = "ko",
) -> None:
    """Take units in from TMX files."""
    from translate.memory.tmx import read_tmx

    with _open(memory, must_exist=False) as opened:
        for file in files:
            if not file.exists():
                raise TranslateError(f"{file}: no such file")
            skipped: list[str] = []
            count, batch = 0, []
            for unit in read_tmx(file, source, "en" if source == "ko" else "ko", skipped.append):
                batch.append(unit)
                if len(batch) == 5000:
                    count += opened.store(batch)
                    batch = []
            count += opened.store(batch)
            typer.echo(f"{file}: {count} units taken, {len(skipped)} skipped")
            for why in skipped[:5]:
                typer.echo(f"  {why}", err=True)


@app.command("export")
def export(file: Annotated[Path, typer.Argument(help="The TMX file to write.")], memory: MemoryPath = None) -> None:
    """Write all units to a TMX file."""
    from translate.memory.tmx import write_tmx

    with _open(memory) as opened:
        try:
            with replacing(file) as out:
                count = write_tmx(opened.units(), out)
        except OSError as error:
            raise TranslateError(f"{file}: cannot be written ({error.strerror}); check folder and permissions") from error
    typer.echo(f"{file}: {count} units")


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Text in either language.")],
    memory: MemoryPath = None,
    like: Annotated[bool, typer.Option("--like", help="Fuzzy matches of a whole sentence instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find units."""
    with _open(memory) as opened:
        if like:
            language = "ko" if any("가" <= c <= "힣" for c in text) else "en"
            matches = opened.fuzzy(text, language, "en" if language == "ko" else "ko", limit=10, threshold=0.5)
            rows = [{"percent": m.percent, "note": m.note, **asdict(m.unit)} for m in matches]
        else:
            rows = [asdict(u) for u in opened.search(text)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        percent = f"{row['percent']} % " if "percent" in row else ""
        typer.echo(f"{percent}[{row['state']}] {row['source']}\n    {row['target']}")
    if not rows:
        typer.echo("nothing found", err=True)


@app.command()
def stats(memory: MemoryPath = None, as_json: AsJson = False) -> None:
    """How many units there are, by state and origin."""
    with _open(memory) as opened:
        counts = opened.stats()
    if as_json:
        typer.echo(json.dumps(counts))
        return
    for name, count in counts.items():
        typer.echo(f"{name}: {count}")


@app.command()
def edit(
    source: Annotated[str, typer.Argument(help="The exact source text.")],
    target: Annotated[str, typer.Argument(help="Its translation from now on.")],
    memory: MemoryPath = None,
    author: Annotated[str, typer.Option("--author", help="Who says so.")] = "",
) -> None:
    """Store a reviewed translation of a source text."""
    from translate.document import Origin, State
    from translate.memory import Unit

    language = "ko" if any("가" <= c <= "힣" for c in source) else "en"
    unit = Unit(
        source, target, language, "en" if language == "ko" else "ko", state=State.REVIEWED, origin=Origin.HUMAN, author=author
    )
    with _open(memory, must_exist=False) as opened:
        opened.store([unit])
    typer.echo("stored as reviewed")


@app.command()
def remove(source: Annotated[str, typer.Argument(help="The exact source text.")], memory: MemoryPath = None) -> None:
    """Remove all units of a source text."""
    with _open(memory) as opened:
        count = opened.remove(source)
    typer.echo(f"{count} units removed")


@app.command()
def vacuum(memory: MemoryPath = None) -> None:
    """Give unused space back to the disk."""
    with _open(memory) as opened:
        opened.vacuum()
