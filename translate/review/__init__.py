"""Reading an edited record back, and learning from it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from translate.document import TranslateError

if TYPE_CHECKING:
    from translate.review.rows import Row

_XML: Final = (b"<", codecs.BOM_UTF8 + b"<", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_rows(data: bytes, path: str = "the file") -> list[Row]:
    """The rows of an edited file, read as DOCX or XLIFF after its content, whatever its name.

    Raises TranslateError for a file that is neither, or that is damaged.
    """
    if data.startswith(b"PK"):
        from translate.review import docx

        return docx.read_rows(data, path)
    if data.lstrip().startswith(_XML):
        from translate.review import xliff

        return xliff.read_rows(data, path)
    raise TranslateError(f"{path}: is neither a DOCX nor an XLIFF file; send it as the editor's program saved it")
