"""Publishing: a Document to files, one format a module, all of one shape (``SUFFIX`` and ``render``).

The XLIFF record is the truth and always written; the other formats are renderings of it, and the same record gives the
same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from translate.document import Document, TranslateError
from translate.files import replacing
from translate.publishing import docx, html, markdown, text, tmx, xliff, xliff12


class Format(Protocol):
    """What every format module is: the suffix of its files and a function from Document to their bytes."""

    SUFFIX: str

    def render(self, document: Document) -> bytes:
        """The document in this format; the same document gives the same bytes."""
        ...


RECORD: Final = "xlf"
FORMATS: Final[Mapping[str, Format]] = {
    "docx": docx,
    "html": html,
    RECORD: xliff,
    "txt": text,
    "md": markdown,
    "xliff12": xliff12,
    "tmx": tmx,
}


def publish(document: Document, folder: Path, formats: Sequence[str], record: bool = True) -> dict[str, Path]:
    """Write the formats asked for, and the document's record, to ``folder`` as NAME.SUFFIX; format to path.

    ``record`` False leaves the record alone unless it is asked for: the document was read from it.

    The folder is made if it is not there.  All formats are rendered before the first file is written, and each file is
    written beside its place and renamed, so that a failure leaves old files whole.  Raises TranslateError for an
    unknown format, a name that is no file name and a folder that cannot be written.
    """
    wanted = list(dict.fromkeys([*formats, RECORD] if record else formats))
    for name in wanted:
        if name not in FORMATS:
            raise TranslateError(f"unknown format '{name}'; known: {', '.join(FORMATS)}")
    if document.name in ("", ".", "..") or any(c in document.name for c in "/\\\0"):
        raise TranslateError(f"'{document.name}' cannot be a file's name; give the document another name")
    contents = {name: FORMATS[name].render(document) for name in wanted}
    paths = {name: folder / f"{document.name}{FORMATS[name].SUFFIX}" for name in wanted}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in wanted:
            with replacing(paths[name]) as stream:
                stream.write(contents[name])
    except OSError as error:
        reason = error.strerror or str(error)
        raise TranslateError(f"{folder}: cannot write there ({reason}); choose another folder with -o") from error
    return paths
