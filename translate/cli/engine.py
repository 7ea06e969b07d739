"""``translate engine``: which engines there are, what their licences allow; fetch, build, measure, remove them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Engines: list, licences, pull, build, measure, remove.")

Licence = Annotated[bool, typer.Option("--accept-licence", help="Use a model whose licence does not cover everyone.")]
Name = Annotated[str, typer.Argument(help="A model's name.")]


def _cache() -> Path:
    from translate.settings import load_settings

    return load_settings(Path()).cache_folder()


@app.command("list")
def list_engines(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Known models with size, licence and whether they are here; of one direction the best first."""
    from translate.engines.registry import is_here, models

    cache = _cache()
    rows = [asdict(m) | {"here": is_here(m, cache), "objection": m.objection()} for m in models().values()]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for column in ("model", "size", "licence", "directions", "takes terms by", "may be used"):
        table.add_column(column)
    for row in rows:
        size = f"{row['size_mb']:,} MB" + (" (here)" if row["here"] else "")
        table.add_row(row["name"], size, row["licence"], " ".join(row["languages"]), row["terms"], row["objection"] or "yes")
    Console().print(table)


@app.command()
def info(name: Name) -> None:
    """All that is known of one model."""
    from translate.engines.registry import named_model

    model = named_model(name)
    for key, value in asdict(model).items():
        if value not in ("", ()):
            typer.echo(f"{key}: {', '.join(value) if isinstance(value, tuple) else value}")
    typer.echo(f"may be used: {model.objection() or 'yes'}")


@app.command()
def pull(
    name: Name,
    mirror: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="Copy from this folder instead: the model's, or one with it inside."),
    ] = None,
    accept_licence: Licence = False,
) -> None:
    """Fetch a model, verified; go on where a broken-off fetch stopped."""
    from translate.engines.pulling import pull as fetch
    from translate.engines.pulling import size_of
    from translate.engines.registry import check_licence, named_model

    model = named_model(name)
    typer.echo(f"{model.title}: {model.size_mb:,} MB, {model.licence}, {model.source}")
    check_licence(model, accept_licence)
    folder = fetch(model, _cache(), lambda step: typer.echo(step, err=True), mirror)
    typer.echo(f"{folder} ({size_of(folder) / 1e6:,.0f} MB): translate ARTICLE -e {name}")


@app.command()
def build(name: Annotated[str, typer.Argument(help="embedded or large.")] = "embedded") -> None:
    """Build an engine whose base weights came with pip now (its first use would)."""
    from translate.engines.building import build as build_engine
    from translate.engines.pulling import size_of
    from translate.engines.registry import recipe

    done = build_engine(recipe(name), _cache(), lambda step: typer.echo(step, err=True))
    typer.echo(f"built {done.folder} ({size_of(done.folder) / 1e6:,.0f} MB)")


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Engines. [default: those that are here]")] = None,
    accept_licence: Licence = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure engines on a short Korean text: seconds to the first sentence, speed after it, memory."""
    from translate.engines.benchmark import measure
    from translate.engines.registry import check_engine_name, is_here, models
    from translate.settings import load_settings

    settings = load_settings(Path())
    cache = settings.cache_folder()
    chosen = names or [m.name for m in models().values() if "ko-en" in m.languages and not m.objection() and is_here(m, cache)]
    for name in chosen:
        check_engine_name(name, settings, accept_licence)
    speeds = [measure(name, settings) for name in chosen]
    if as_json:
        typer.echo(json.dumps([asdict(s) for s in speeds], indent=1))
        return
    for speed in speeds:
        memory = f", {speed.memory / 1e6:,.0f} MB of memory" if speed.memory is not None else ""
        typer.echo(f"{speed.engine}: ready in {speed.ready:.1f} s, {speed.characters:,.0f} characters a second{memory}")


@app.command()
def remove(name: Name) -> None:
    """Delete a model's files from the cache, and what was built or converted from them."""
    from translate.engines.pulling import remove as delete
    from translate.engines.registry import named_model

    gone = delete(named_model(name), _cache())
    for path, size in gone:
        typer.echo(f"deleted {path} ({size / 1e6:,.0f} MB)")
    typer.echo(f"{sum(size for _, size in gone) / 1e6:,.0f} MB freed" if gone else f"nothing of {name} is here")
