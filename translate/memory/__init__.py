"""The translation memory, which is also the run's journal: one SQLite file a project, in WAL mode.

Every finished round of segments is committed before the next begins, so that a run killed at any moment goes on where it was.
A reviewed unit is never overwritten by a machine; both may stand, the reviewed one wins.
"""

from __future__ import annotations

import re
import sqlite3
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any

from translate.document import Origin, State, TranslateError

_APPLICATION = 0x7472616E  # "tran": tells our files from other SQLite files
_VERSION = 1
_SCHEMA = """
CREATE TABLE unit (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
  source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  previous TEXT NOT NULL, next TEXT NOT NULL,
  state TEXT NOT NULL, origin TEXT NOT NULL, engine TEXT NOT NULL, model TEXT NOT NULL, settings_key TEXT NOT NULL,
  author TEXT NOT NULL, date TEXT NOT NULL, document TEXT NOT NULL, confidence REAL, details TEXT NOT NULL
);
CREATE UNIQUE INDEX one_unit ON unit (key, source_language, target_language, settings_key, author, previous, next);
CREATE TABLE gram (gram TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE, PRIMARY KEY (gram, unit))
  WITHOUT ROWID;
"""
_PLAIN = str.maketrans("“”‘’", "\"\"''")
# What a fuzzy match may cost whatever the memory's size: grams asked of the index, rarest first; index rows counted for a
# gram, and read for all of them; sources scored; units read beyond those shown, for sources that stand there several times.
_GRAMS, _COMMON, _READ, _CANDIDATES, _MARGIN = 24, 4_000, 10_000, 60, 20


@dataclass(frozen=True)
class Unit:
    """A translation unit.  ``settings_key`` is the hash of all that shaped a machine translation, "" for a person's;
    ``details`` is JSON of what a run must know to repeat itself (ledger, alternatives); ``date`` is ISO 8601."""

    source: str
    target: str
    source_language: str = "ko"
    target_language: str = "en"
    previous: str = ""
    next: str = ""
    state: State = State.TRANSLATED
    origin: Origin = Origin.MACHINE
    engine: str = ""
    model: str = ""
    settings_key: str = ""
    author: str = ""
    date: str = ""
    document: str = ""
    confidence: float | None = None
    details: str = ""


@dataclass(frozen=True)
class Match:
    """A unit found for a source: ``percent`` 101 in context, 100 exact, below that fuzzy; ``note`` says what was changed."""

    unit: Unit
    percent: int
    note: str = ""


_COLUMNS = tuple(f.name for f in fields(Unit))


def normalised(text: str) -> str:
    """The form in which sources are compared: NFC, single spaces, plain quotation marks."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def open_memory(path: Path) -> Memory:
    """The memory at ``path``, made if there is none.  Raises TranslateError for a file that is no memory or is damaged."""
    try:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA busy_timeout=30000")
        if not _created(connection):
            connection.close()
            raise TranslateError(f"{path}: is not a translation memory of ours; name another file with --memory")
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise TranslateError(
            f"{path}: the translation memory cannot be opened ({error}); move it away, or name another with --memory"
        ) from error
    if version > _VERSION:
        raise TranslateError(f"{path}: made by a newer version of this program (format {version}); update it")
    return Memory(connection, path)


def _created(connection: sqlite3.Connection) -> bool:
    """True if the file is a memory, made now if it was empty; False if it is another program's."""
    if connection.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION:
        return True
    connection.execute("BEGIN IMMEDIATE")
    # A second process may have been first while this one waited for the lock.
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not ours and empty:
        for statement in _SCHEMA.split(";"):
            if statement.strip():
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id={_APPLICATION}")
        connection.execute(f"PRAGMA user_version={_VERSION}")
    connection.execute("COMMIT")
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


class Memory:
    """An open memory; use as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self.path = connection, path

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM unit").fetchone()[0])

    # -- writing ------------------------------------------------------------------------------------------------

    def store(self, units: Iterable[Unit]) -> int:
        """Write units in one transaction (all or none); a unit with the same source, context, settings and author is
        replaced, except a reviewed one by one that is not.  Returns how many were written."""
        count = 0
        names = ", ".join(_COLUMNS)
        marks = ", ".join("?" for _ in range(len(_COLUMNS) + 1))
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for unit in units:
                key = normalised(unit.source)
                row = [getattr(unit, c) for c in _COLUMNS]
                cursor = self._connection.execute(
                    f"INSERT INTO unit (key, {names}) VALUES ({marks}) ON CONFLICT (key, source_language, "
                    "target_language, settings_key, author, previous, next) DO UPDATE SET target=excluded.target, "
                    "state=excluded.state, origin=excluded.origin, engine=excluded.engine, model=excluded.model, "
                    "date=excluded.date, document=excluded.document, confidence=excluded.confidence, "
                    "details=excluded.details WHERE excluded.state IN ('reviewed', 'final') OR unit.state NOT IN ('reviewed', 'final') "
                    "RETURNING id",
                    [key, *map(str, row[:-2]), row[-2], row[-1]],
                )
                written = cursor.fetchone()
                if written is None:  # a machine's, where a person's stands
                    continue
                number = written[0]
                self._connection.executemany(
                    "INSERT OR IGNORE INTO gram (gram, unit) VALUES (?, ?)", [(g, number) for g in grams(key)]
                )
                count += 1
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return count

    def remove(self, source: str) -> int:
        """Delete all units of a source text; returns how many."""
        cursor = self._connection.execute("DELETE FROM unit WHERE key = ?", [normalised(source)])
        return cursor.rowcount

    def vacuum(self) -> None:
        """Give unused space back to the disk."""
        self._connection.execute("VACUUM")

    # -- reading ------------------------------------------------------------------------------------------------

    def exact(
        self,
        source: str,
        source_language: str,
        target_language: str,
        previous: str = "",
        next: str = "",
        settings_key: str | None = None,
    ) -> Match | None:
        """The best unit for exactly this source: a person's first (in context before out of it, newest first), else a
        machine's made under the same ``settings_key``; None where there is neither."""
        rows = self._select(
            "key = ? AND source_language = ? AND target_language = ? ORDER BY id DESC",
            [normalised(source), source_language, target_language],
        )
        human = [u for u in rows if u.state in (State.REVIEWED, State.FINAL)]
        context = [u for u in human if (u.previous or u.next) and u.previous == previous and u.next == next]
        if context:
            return Match(context[0], 101)
        if human:
            return Match(human[0], 100)
        machine = [u for u in rows if settings_key is not None and u.settings_key == settings_key and u.source == source]
        machine.sort(key=lambda u: (u.previous == previous, u.next == next), reverse=True)
        return Match(machine[0], 100) if machine else None

    def fuzzy(
        self, source: str, source_language: str, target_language: str, limit: int = 3, threshold: float = 0.7
    ) -> list[Match]:
        """Units with a source like this one, best first, each source once.

        Candidates share the rarest character pairs; the score is rapidfuzz's normalised similarity.  Where only figures
        differ they are put right in the target and the match counts 99 %.  A machine's unit loses two points.
        """
        from rapidfuzz import fuzz

        key = normalised(source)
        counts = {gram: count for gram in grams(key) if (count := self._units_with(gram))}
        hits: Counter[int] = Counter()
        read = 0
        for gram in sorted(counts, key=lambda g: counts[g])[:_GRAMS]:
            if read and read + counts[gram] > _READ:
                break
            found = self._connection.execute("SELECT unit FROM gram WHERE gram = ? LIMIT ?", [gram, _COMMON])
            hits.update(map(itemgetter(0), found.fetchall()))
            read += counts[gram]
        if not hits:
            return []
        chosen = [unit for unit, _ in hits.most_common(_CANDIDATES)]
        rows = self._connection.execute(
            f"SELECT id, source FROM unit WHERE id IN ({','.join('?' for _ in chosen)}) "
            "AND source_language = ? AND target_language = ?",
            [*chosen, source_language, target_language],
        )
        masked = _masked(key)
        ratios = {unit: fuzz.ratio(masked, _masked(normalised(text))) for unit, text in rows}
        # Penalties take five points at most from what the ratio says; only what can still be shown is read whole.
        near = [u for u in sorted(ratios, key=lambda u: -ratios[u]) if ratios[u] >= threshold * 100][: limit + _MARGIN]
        matches: dict[str, Match] = {}
        for number in near:
            (unit,) = self._select("id = ?", [number])
            other = normalised(unit.source)
            match = _scored(key, other, unit, ratios[number])
            best = matches.get(other)
            if match.percent >= threshold * 100 and (best is None or match.percent > best.percent):
                matches[other] = match
        return sorted(matches.values(), key=lambda m: (-m.percent, m.unit.source))[:limit]

    def _units_with(self, gram: str) -> int:
        """How many units have a gram, counted no further than makes a difference."""
        query = "SELECT count(*) FROM (SELECT 1 FROM gram WHERE gram = ? LIMIT ?)"
        return int(self._connection.execute(query, [gram, _COMMON + 1]).fetchone()[0])

    def search(self, text: str, limit: int = 50) -> list[Unit]:
        """Units whose source or target contains ``text``."""
        return self._select("instr(source, ?) OR instr(lower(target), lower(?)) ORDER BY id LIMIT ?", [text, text, limit])

    def units(self) -> Iterator[Unit]:
        """All units, oldest first, streamed."""
        names = ", ".join(_COLUMNS)
        for row in self._connection.execute(f"SELECT {names} FROM unit ORDER BY id"):
            yield _unit(row)

    def stats(self) -> dict[str, int]:
        """Units by state and origin, and documents."""
        out = {"units": len(self)}
        for name in ("state", "origin"):
            for value, count in self._connection.execute(f"SELECT {name}, count(*) FROM unit GROUP BY {name}"):
                out[f"{name} {value}"] = int(count)
        out["documents"] = int(self._connection.execute("SELECT count(DISTINCT document) FROM unit").fetchone()[0])
        return out

    def _select(self, condition: str, values: list[Any]) -> list[Unit]:
        names = ", ".join(_COLUMNS)
        return [_unit(row) for row in self._connection.execute(f"SELECT {names} FROM unit WHERE {condition}", values)]


def _unit(row: tuple[Any, ...]) -> Unit:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Unit(**values | {"state": State(values["state"]), "origin": Origin(values["origin"])})


def grams(key: str) -> set[str]:
    """Character pairs inside the words of a normalised source, figures masked: they find two-syllable Korean words."""
    words = re.findall(r"\w+", re.sub(r"\d+", "0", key.lower()))
    return {w[i : i + 2] for w in words for i in range(len(w) - 1)} | {w for w in words if len(w) == 1}


def _masked(key: str) -> str:
    return re.sub(r"\d+(?:[.,]\d+)*", "0", key)


def _scored(key: str, other: str, unit: Unit, ratio: float) -> Match:
    if other == key:
        return Match(unit, 100 if unit.state in (State.REVIEWED, State.FINAL) else 98)
    percent = min(99, int(ratio))
    penalty = 0 if unit.state in (State.REVIEWED, State.FINAL) else 2
    if ratio >= 99.9:
        changed = _with_figures(key, other, unit.target)
        if changed is not None:
            return Match(replace(unit, target=changed), 99 - penalty, "figures substituted")
        return Match(unit, 95 - penalty, "figures differ")
    return Match(unit, percent - penalty)


def _with_figures(key: str, other: str, target: str) -> str | None:
    """The target with the other source's figures exchanged for this one's; None where they do not stand in it once each."""
    pattern = r"\d+(?:[.,]\d+)*"
    old, new = re.findall(pattern, other), re.findall(pattern, key)
    if len(old) != len(new):
        return None
    exchange = {o: n for o, n in zip(old, new, strict=True) if o != n}
    for figure in exchange:
        if len(re.findall(rf"(?<![\d.,]){re.escape(figure)}(?![\d]|[.,]\d)", target)) != 1 or old.count(figure) != 1:
            return None
    alternatives = "|".join(re.escape(f) for f in sorted(exchange, key=len, reverse=True))
    return re.sub(rf"(?<![\d.,])(?:{alternatives})(?!\d|[.,]\d)", lambda m: exchange[m[0]], target)
