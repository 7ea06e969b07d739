"""``translate glossary``: keep the terms."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Keep glossaries: look up, change, check, exchange.")


@app.callback()
def group() -> None:
    """Keep glossaries: look up, change, check, exchange."""
