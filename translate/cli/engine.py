"""``translate engine``: which engines there are, what their licences allow, and building the embedded one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from translate.document import TranslateError

app = typer.Typer(no_args_is_help=True, help="Engines: list, licences, build.")


@app.command("list")
def list_engines(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Known models with size, licence and whether they are here."""
    from translate.engines.embedded_build import built
    from translate.engines.registry import models
    from translate.settings import load_settings

    here = built(load_settings(Path()).cache_folder()) is not None
    rows = [asdict(m) | {"here": m.kind == "embedded" and here, "objection": m.objection()} for m in models().values()]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for column in ("model", "size", "licence", "directions", "takes terms by", "may be used"):
        table.add_column(column)
    for row in rows:
        size = f"{row['size_mb']:,} MB" + (" (built)" if row["here"] else "")
        table.add_row(row["name"], size, row["licence"], " ".join(row["languages"]), row["terms"], row["objection"] or "yes")
    Console().print(table)


@app.command()
def info(name: Annotated[str, typer.Argument(help="A model's name.")]) -> None:
    """All that is known of one model."""
    from translate.engines.registry import models

    model = models().get(name)
    if model is None:
        raise TranslateError(f"unknown model '{name}'; known: {', '.join(models())}")
    for key, value in asdict(model).items():
        if value not in ("", ()):
            typer.echo(f"{key}: {', '.join(value) if isinstance(value, tuple) else value}")
    typer.echo(f"may be used: {model.objection() or 'yes'}")


@app.command()
def build(name: Annotated[str, typer.Argument(help="Only embedded is built.")] = "embedded") -> None:
    """Build the embedded engine now (its first use would)."""
    if name != "embedded":
        raise typer.BadParameter(f"'{name}' is not built here; hub models are converted on first use")
    from translate.engines.embedded_build import build as build_embedded
    from translate.settings import load_settings

    done = build_embedded(load_settings(Path()).cache_folder(), lambda step: typer.echo(step, err=True))
    size = sum(p.stat().st_size for p in done.folder.iterdir()) / 1e6
    typer.echo(f"built {done.folder} ({size:.0f} MB)")
