"""Writing a file whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from translate.document import TranslateError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write that takes ``path``'s place, with its permissions, when the block ends without an error.

    It lies beside its place under a name of its own until then, and nothing is left of it after an error.  Raises OSError where
    the folder cannot be written; what to say of that is the caller's to know.
    """
    temporary = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with temporary.open("xb") as stream:
            yield stream
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """As `replacing`, for a file that a user named.  Raises TranslateError where it cannot be written."""
    try:
        with replacing(path) as stream:
            yield stream
    except OSError as error:
        raise TranslateError(f"{path}: cannot be written ({error.strerror}); check folder and permissions") from error
