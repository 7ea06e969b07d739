"""Files of units into the memory, streamed; a large one is read in a process of its own while this one writes.

To read XML takes as long as to write what is in it, so that two processors halve the time.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty
from typing import Any, Final, TypeAlias

from translate.document import TranslateError
from translate.memory import Memory, Unit
from translate.memory.tables import SUFFIXES, read_table
from translate.memory.tmx import read_tmx

Skipped: TypeAlias = Callable[[str], None]
# Units as tuples with what was skipped before them; an error; or None at the end.
_Message: TypeAlias = tuple[list[tuple[Any, ...]], list[str]] | TranslateError | None

_TMX: Final = (".tmx", ".xml")
_LARGE: Final = 8_000_000  # bytes; below that the process would take longer to start than it saves
_UNITS, _AHEAD = 2_000, 20  # units a message, and messages that may wait: enough while one transaction is written


def import_file(memory: Memory, path: Path, source: str, target: str, skipped: Skipped = lambda why: None) -> int:
    """Take a file's units into the memory, TMX, CSV or TSV by its suffix; returns how many stand now.

    What cannot be used is told to ``skipped``.  Raises TranslateError for a file of another suffix and for one that cannot be
    read; the whole batches before that place are in the memory then.
    """
    try:
        large = path.stat().st_size >= _LARGE
    except OSError as error:
        raise TranslateError(f"{path}: no such file") from error
    if path.suffix.lower() not in (*_TMX, *SUFFIXES):
        raise TranslateError(f"{path}: units are read from .tmx, .csv and .tsv; save a spreadsheet as CSV UTF-8 and import that")
    read = _read_ahead if large else _read
    return memory.take_in(read(path, source, target, skipped))


def _read(path: Path, source: str, target: str, skipped: Skipped) -> Iterator[Unit]:
    return (read_table if path.suffix.lower() in SUFFIXES else read_tmx)(path, source, target, skipped)


def _read_ahead(path: Path, source: str, target: str, skipped: Skipped) -> Iterator[Unit]:
    """As ``_read``, by another process."""
    context = multiprocessing.get_context("spawn")
    messages: Queue[_Message] = context.Queue(_AHEAD)
    process = context.Process(target=_send, args=(messages, path, source, target), daemon=True)
    process.start()
    try:
        while (message := _next(messages, process.is_alive, path)) is not None:
            if isinstance(message, TranslateError):
                raise message
            rows, reasons = message
            for why in reasons:
                skipped(why)
            yield from map(Unit._make, rows)
    finally:
        process.kill()
        process.join()
        messages.close()


def _next(messages: Queue[_Message], alive: Callable[[], bool], path: Path) -> _Message:
    """The next message; TranslateError where the other process has died without a word."""
    while True:
        living = alive()
        try:
            return messages.get(timeout=1)
        except Empty:
            if not living:
                raise TranslateError(f"{path}: the process that read it was ended; import it again") from None


def _send(messages: Queue[_Message], path: Path, source: str, target: str) -> None:
    """What the other process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends this one
    reasons: list[str] = []
    try:
        units = _read(path, source, target, reasons.append)
        while rows := [tuple(unit) for unit in islice(units, _UNITS)]:
            messages.put((rows, reasons[:]))
            reasons.clear()
        messages.put(([], reasons))
        messages.put(None)
    except TranslateError as error:
        messages.put(error)
