"""The memory's file: its tables, and opening it beside other processes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from translate.document import TranslateError
from translate.memory import index

_APPLICATION: Final = 0x7472616E  # "tran": tells our files from other SQLite files
VERSION: Final = 2
OLD: Final = "unit_1"  # the units of a file of the first format, while they are brought over
_TABLES: Final = (
    # The hashes are of the normalised source, and of all else that makes a unit another one: integers are found and kept in
    # order at a fraction of the cost of texts.
    """CREATE TABLE unit (
  id INTEGER PRIMARY KEY, source_hash INTEGER NOT NULL, place_hash INTEGER NOT NULL,
  source TEXT NOT NULL, target TEXT NOT NULL, source_language TEXT NOT NULL DEFAULT 'ko', target_language TEXT NOT NULL DEFAULT 'en',
  previous TEXT NOT NULL DEFAULT '', next TEXT NOT NULL DEFAULT '', state TEXT NOT NULL, origin TEXT NOT NULL,
  engine TEXT NOT NULL DEFAULT '', model TEXT NOT NULL DEFAULT '', settings_key TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '', document TEXT NOT NULL DEFAULT '',
  confidence REAL, details TEXT NOT NULL DEFAULT ''
)""",
    "CREATE UNIQUE INDEX one_unit ON unit (source_hash, place_hash)",
    """CREATE TABLE earlier (
  unit INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
  target TEXT NOT NULL, state TEXT NOT NULL, author TEXT NOT NULL, date TEXT NOT NULL,
  PRIMARY KEY (unit, target)
) WITHOUT ROWID""",
    """CREATE TRIGGER keep_earlier AFTER UPDATE OF target ON unit WHEN old.target <> new.target BEGIN
  INSERT INTO earlier (unit, target, state, author, date)
    SELECT old.id, old.target, old.state, old.author, old.date WHERE old.state IN ('reviewed', 'final')
    ON CONFLICT (unit, target) DO UPDATE SET state = excluded.state, author = excluded.author, date = excluded.date;
  DELETE FROM earlier WHERE unit = new.id AND target = new.target;
END""",
    index.SCHEMA,
)


def connect(path: Path) -> tuple[sqlite3.Connection, int]:
    """The open file, made if there is none, and its format.  Raises TranslateError for a file that is no memory, is damaged or
    was made by a newer version."""
    try:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA busy_timeout=30000")
        if not _created(connection):
            connection.close()
            raise TranslateError(f"{path}: is not a translation memory of ours; name another file with --memory")
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        # In a large memory a batch touches the index everywhere: with less, its pages would be written many times over.
        connection.execute("PRAGMA cache_size=-65536")
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise TranslateError(
            f"{path}: the translation memory cannot be opened ({error}); move it away, or name another with --memory"
        ) from error
    if version > VERSION:
        raise TranslateError(f"{path}: made by a newer version of this program (format {version}); update it")
    return connection, version


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written in the block, or nothing of it; other writers wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # of some errors, a full disk among them, SQLite rolls back itself
            connection.execute("ROLLBACK")
        raise


def set_aside(connection: sqlite3.Connection) -> bool:
    """Make this version's tables beside the first version's units, which are called ``OLD`` then; False where the file is of
    this version."""
    if connection.execute("PRAGMA user_version").fetchone()[0] >= VERSION:
        return False
    for statement in ("DROP TABLE gram", "DROP INDEX one_unit", f"ALTER TABLE unit RENAME TO {OLD}", *_TABLES):
        connection.execute(statement)
    return True


def drop_old(connection: sqlite3.Connection) -> None:
    """Drop what ``set_aside`` has left; the file is of this version then."""
    connection.execute(f"DROP TABLE {OLD}")
    connection.execute(f"PRAGMA user_version={VERSION}")


def _created(connection: sqlite3.Connection) -> bool:
    """True if the file is a memory, made now if it was empty; False if it is another program's."""
    if connection.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION:
        return True
    with transaction(connection):
        # A second process may have been first while this one waited for the lock.
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not ours and empty:
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={_APPLICATION}")
            connection.execute(f"PRAGMA user_version={VERSION}")
    return bool(ours or empty)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Put the file into WAL mode; SQLite does not wait for other processes here, so this does."""
    until = time.monotonic() + 30
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
