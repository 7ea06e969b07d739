"""Units as CSV or TSV with a header, for spreadsheets: streamed like TMX, after the file's suffix."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from translate.document import Origin, State, TranslateError
from translate.memory import Unit

SUFFIXES: Final = {".csv": ",", ".tsv": "\t"}
# Only source and target must be there; the order is free, other columns are passed over.
COLUMNS: Final = (
    "source", "target", "state", "author", "date", "document", "source_language", "target_language", "origin", "engine", "model",
    "settings_key", "previous", "next",
)  # fmt: skip


def read_table(
    path: Path, source: str = "ko", target: str = "en", skipped: Callable[[str], None] = lambda why: None
) -> Iterator[Unit]:
    """Units of a CSV or TSV file; the languages are the arguments where the file does not say.

    Rows that cannot be used are told to ``skipped``.  Raises TranslateError with the line for a header without source or
    target, text that is not UTF-8 and broken quoting.
    """
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream, delimiter=SUFFIXES[path.suffix.lower()], strict=True)
            names = [n.strip().lower() for n in table.fieldnames or ()]
            if not {"source", "target"} <= set(names):
                raise TranslateError(f"{path}:1: the first line must name the columns, source and target among them")
            table.fieldnames = names
            for row in table:
                line = table.line_num
                unit = _unit({k: " ".join(v.split()) for k, v in row.items() if k in COLUMNS and v}, source, target)
                if isinstance(unit, Unit):
                    yield unit
                else:
                    skipped(f"{path}:{line}: {unit}")
    except UnicodeDecodeError as error:
        raise TranslateError(f"{path}: is not UTF-8; save it as CSV UTF-8 and import it again") from error
    except csv.Error as error:
        raise TranslateError(f"{path}:{line + 1}: not well-formed: {error}") from error
    except OSError as error:
        raise TranslateError(f"{path}: cannot be read: {error.strerror}") from error


def _unit(row: dict[str, str], source: str, target: str) -> Unit | str:
    if "source" not in row or "target" not in row:
        return "a row with an empty side"
    # What somebody keeps in a table was somebody's translation, unless it says what it is; as in TMX.
    values = {"source_language": source, "target_language": target, "state": "reviewed", "origin": "human"} | row
    try:
        state, origin = State(values.pop("state")), Origin(values.pop("origin"))
    except ValueError as error:
        return str(error).replace("a valid ", "")
    return Unit(**values, state=state, origin=origin)  # type: ignore[arg-type]  # all of them are text


def write_table(units: Iterable[Unit], out: IO[bytes], suffix: str) -> int:
    """Write units as a table into a binary file, streamed; returns how many.  CSV begins with a byte order mark, without
    which Excel takes Korean for something else."""
    stream = io.TextIOWrapper(out, "utf-8-sig" if suffix == ".csv" else "utf-8", errors="replace", newline="")
    table = csv.writer(stream, delimiter=SUFFIXES[suffix], lineterminator="\n")
    table.writerow(COLUMNS)
    count = 0
    for unit in units:
        table.writerow([getattr(unit, name) for name in COLUMNS])
        count += 1
    stream.flush()
    stream.detach()
    return count
