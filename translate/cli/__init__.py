"""The command line: ``translate ARTICLE...`` and its command groups.

Each group is one thin module: it parses, calls the library and prints.  Nothing heavy is imported before a command
runs, so that ``translate --help`` answers at once.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from translate.cli import engine, evaluate, glossary, memory, publish, review, run
from translate.document import TranslateError


class _DefaultGroup(TyperGroup):
    """A group whose default command translates: ``translate article.txt`` is ``translate article article.txt``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if args and args[0] not in self.commands and args[0] not in own:
            args = ["article", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_DefaultGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Translate Korean and English news with proven terminology, published side by side.",
    epilog="`translate FILE...` is short for `translate article FILE...`.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from translate import __version__

        typer.echo(f"translate {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options before a command."""


app.command("article")(run.article)
app.command("review")(review.review)
app.command("publish")(publish.publish)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.add_typer(engine.app, name="engine")


def main() -> None:
    """Entry point: a user's mistake is one line on stderr and exit code 1, never a traceback."""
    try:
        app()
    except TranslateError as error:
        typer.echo(f"translate: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("translate: stopped; what was finished is in the memory, the same command goes on from there", err=True)
        sys.exit(130)
