"""``translate publish``: render a record again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from translate.document import TranslateError


def publish(
    records: Annotated[list[Path], typer.Argument(metavar="RECORD.xlf...", help="XLIFF records that translate wrote.")],
    to: Annotated[str, typer.Option("--to", help="Formats, comma-separated: docx, html, txt, md, xliff12, tmx.")] = "docx,html",
    outputs: Annotated[Path | None, typer.Option("-o", "--outputs", help="Folder. [default: the record's]")] = None,
) -> None:
    """Publish records as DOCX, HTML and other formats, without translating anything."""
    from translate.cli.wording import check_formats
    from translate.publishing import publish as write
    from translate.publishing.xliff import parse

    formats = [name for name in check_formats(to) if name != "xlf"]
    for record in records:
        try:
            data = record.read_bytes()
        except OSError as error:
            raise TranslateError(f"{record}: cannot be read: {error.strerror}") from error
        document = replace(parse(data), name=record.stem)
        for path in write(document, outputs or record.parent, formats, record=False).values():
            typer.echo(str(path))
