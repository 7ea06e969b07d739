"""The translation memory, which is also the run's journal: one SQLite file a project, in WAL mode.

Every finished round of segments is committed before the next begins, so that a run killed at any moment goes on where it was.
A reviewed unit is never overwritten by a machine; both may stand, the reviewed one wins.  Of a sentence between the same
neighbours one person's version stands: a final one before a reviewed one, of equals the later; the others are its history.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from translate.document import ACCEPTED, Origin, State, TranslateError
from translate.memory import index, schema
from translate.memory.likeness import masked, normalised, scored
from translate.memory.units import Match, Unit, Version

__all__ = ["Match", "Memory", "Unit", "Version", "normalised", "open_memory"]

_COLUMNS: Final = Unit._fields
_NAMES: Final = ", ".join(_COLUMNS)
_STATE, _ORIGIN = _COLUMNS.index("state"), _COLUMNS.index("origin")
_PLACE: Final = ("source_language", "target_language", "settings_key", "previous", "next")
_IDENTITY: Final = attrgetter(*_PLACE)
_DEFAULTS: Final = Unit._field_defaults
_ALWAYS: Final = frozenset({"source", "target", "state", "origin"})
_ENUMS: Final = {member: member.value for member in (*State, *Origin)}
_IS_PERSONS: Final = "state IN ('reviewed', 'final')"
_RANK: Final = "CASE {0}.state WHEN 'final' THEN 2 WHEN 'reviewed' THEN 1 ELSE 0 END"
_NEW, _OLD = _RANK.format("excluded"), _RANK.format("unit")
# What comes to a place where another stands: a person's before a machine's always; then a final one, then the later.
_LATEST: Final = f"({_NEW} > 0 OR {_OLD} = 0)"
_BETTER: Final = f"({_NEW} > {_OLD} OR ({_NEW} = {_OLD} AND ({_NEW} = 0 OR excluded.date >= unit.date OR excluded.date = '')))"
_BEST_FIRST: Final = "state = 'final' DESC, state = 'reviewed' DESC, date DESC, id DESC"
# Units a transaction where there are many: each touches much of the index, a larger one takes more memory.
BATCH: Final = 1 << 15
# Sources read and scored for a fuzzy look-up.
_CANDIDATES: Final = 200


def open_memory(path: Path) -> Memory:
    """The memory at ``path``, made if there is none, brought to this version's format if it is older.

    Raises TranslateError for a file that is no memory, is damaged or was made by a newer version.
    """
    connection, version = schema.connect(path)
    memory = Memory(connection, path)
    if version < schema.VERSION:
        memory._upgrade()
    return memory


class Memory:
    """An open memory; use as a context manager.  All that writes raises TranslateError where the disk is full, and where another
    process has been writing for half a minute."""

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

    def store(self, units: Iterable[Unit], latest: bool = False) -> int:
        """Write units in one transaction (all or none); returns how many stand now.

        A unit with the same source, neighbours and settings is replaced, except a person's (reviewed or final) by a
        machine's, a final one by a reviewed one, and one by an older one; with ``latest`` a person's unit replaces whatever
        stands there, for it is known to be the last word.  A person's text that is replaced, or that comes and is not
        taken, is kept among the ``earlier`` ones.
        """
        with self._writing():
            return self._write(list(units), latest)

    def take_in(self, units: Iterable[Unit]) -> int:
        """Write any number of units, a transaction for each `BATCH`, in memory that does not grow with their number; returns
        how many stand now."""
        rest = iter(units)
        count = 0
        while batch := list(islice(rest, BATCH)):
            count += self.store(batch)
        return count

    def revise(self, unit: Unit) -> None:
        """Store a person's unit as the translation of its source from now on, between whatever neighbours it stands."""
        with self._writing():
            changed = self._connection.execute(
                "UPDATE unit SET target = ?, state = ?, origin = ?, author = ?, date = ?, engine = '', model = '', "
                f"confidence = NULL, details = '' WHERE source_hash = ? AND source_language = ? AND target_language = ? AND {_IS_PERSONS}",
                [unit.target, unit.state.value, unit.origin.value, unit.author, unit.date, _hash(normalised(unit.source)),
                 unit.source_language, unit.target_language],
            )  # fmt: skip
            if not changed.rowcount:
                self._write([unit], latest=True)

    def remove(self, source: str) -> int:
        """Delete all units of a source text, and their earlier versions; returns how many units."""
        with self._writing():
            return self._connection.execute("DELETE FROM unit WHERE source_hash = ?", [_hash(normalised(source))]).rowcount

    def vacuum(self) -> None:
        """Write the index anew, without what was removed, and give unused space back to the disk."""
        with self._writing():
            self._connection.execute("DELETE FROM posting")
            rows = self._connection.execute("SELECT min(id), source FROM unit GROUP BY source_hash ORDER BY 1")
            while some := rows.fetchmany(BATCH):
                index.add(self._connection, [(number, normalised(source)) for number, source in some])
        with self._told():
            self._connection.execute("VACUUM")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction.  Raises TranslateError where the file cannot be written."""
        with self._told(), schema.transaction(self._connection):
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        """SQLite's errors that are no mistake of the program in the user's words."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise TranslateError(
                    f"{self.path}: another process is writing this memory and was waited for long enough; give the same command "
                    "again when it has ended"
                ) from error
            raise TranslateError(
                f"{self.path}: the memory cannot be written ({error}); what was finished before is in it"
            ) from error

    def _write(self, units: Sequence[Unit], latest: bool = False) -> int:
        """Write units inside a transaction; see ``store``."""
        if not units:
            return 0
        keys = [normalised(unit.source) for unit in units]
        hashes = [_hash(key) for key in keys]
        places = [_place(_IDENTITY(unit)) for unit in units]
        (first,) = self._connection.execute("SELECT coalesce(max(id), -1) + 1 FROM unit").fetchone()
        known = self._known(hashes) if first else set()
        columns = dict(zip(_COLUMNS, zip(*units, strict=True), strict=True))
        columns["state"] = tuple(map(_ENUMS.__getitem__, columns["state"]))
        columns["origin"] = tuple(map(_ENUMS.__getitem__, columns["origin"]))
        # Columns in which no unit says anything are left to the table: binding them would take half the time.
        given = [c for c in _COLUMNS if c in _ALWAYS or set(columns[c]) != {_DEFAULTS[c]}]
        rows = zip(range(first, first + len(units)), hashes, places, *(columns[c] for c in given), strict=True)
        written = self._connection.executemany(_upsert(tuple(given), latest), rows).rowcount
        if written < len(units):
            self._keep_lost(zip(units, hashes, places, strict=True))
        # One unit of each source is in the index: its other versions are found through that one.
        new: dict[int, tuple[int, str]] = {}
        for number, (source, key) in enumerate(zip(hashes, keys, strict=True), first):
            if source not in known:
                new.setdefault(source, (number, key))
        index.add(self._connection, list(new.values()))
        return written

    def _known(self, hashes: Sequence[int]) -> set[int]:
        """Those of some sources that the memory has."""
        rows = self._connection.execute(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM unit WHERE source_hash = value)", [json.dumps(hashes)]
        )
        return {number for (number,) in rows}

    def _keep_lost(self, units: Iterable[tuple[Unit, int, int]]) -> None:
        """Keep those persons' units among the earlier versions that found a better one in their place."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO earlier (unit, target, state, author, date) SELECT id, ?1, ?2, ?3, ?4 FROM unit "
            f"WHERE source_hash = ?5 AND place_hash = ?6 AND target <> ?1 AND {_IS_PERSONS}",
            [(u.target, u.state.value, u.author, u.date, h, place) for u, h, place in units if u.state in ACCEPTED],
        )

    def _upgrade(self) -> None:
        """Bring a file of the first format, which had a row a character pair, to this one: whole, or not at all."""
        with self._writing():
            if not schema.set_aside(self._connection):  # another process was first
                return
            old = self._connection.execute(f"SELECT {_NAMES} FROM {schema.OLD} ORDER BY id")
            while rows := old.fetchmany(BATCH):
                self._write([_unit(row) for row in rows])
            schema.drop_old(self._connection)

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
        """The best unit for exactly this source: a person's first (in context before out of it, final before reviewed, then
        the latest), else a machine's made under the same ``settings_key``; None where there is neither."""
        asked = [_hash(normalised(source)), source_language, target_language]
        same = "source_hash = ? AND source_language = ? AND target_language = ?"
        human = self._select(
            f"{same} AND {_IS_PERSONS} ORDER BY (previous = ? AND next = ? AND previous || next <> '') DESC, {_BEST_FIRST} LIMIT 1",
            [*asked, previous, next],
        )
        if human:
            context = previous or next
            return Match(human[0], 101 if context and (human[0].previous, human[0].next) == (previous, next) else 100)
        machine = self._select(
            f"{same} AND settings_key = ? AND source = ? ORDER BY previous = ? DESC, next = ? DESC, id DESC LIMIT 1",
            [*asked, settings_key, source, previous, next],
        )
        return Match(machine[0], 100) if machine else None

    def fuzzy(
        self,
        source: str,
        source_language: str,
        target_language: str,
        limit: int = 3,
        threshold: float = 0.7,
        reviewed: bool = False,
    ) -> list[Match]:
        """Units with a source like this one, best first, each source once; only persons' with ``reviewed``.

        Candidates share the rarest character pairs; the score is rapidfuzz's normalised similarity.  Where only figures
        differ they are put right in the target and the match counts 99 %.  A machine's unit loses two points.
        """
        from rapidfuzz import fuzz

        key = normalised(source)
        chosen = index.alike(self._connection, key, _CANDIDATES)
        rows = self._connection.execute(
            f"SELECT source_hash, source FROM unit WHERE id IN ({','.join('?' for _ in chosen)})", chosen
        )
        asked = masked(key)
        likes = sorted(((fuzz.ratio(asked, masked(other := normalised(text))), other, number) for number, text in rows), reverse=True)
        matches: list[Match] = []
        for ratio, other, number in likes:
            # Penalties take five points at most: nothing below can come before what is there.
            if ratio < threshold * 100 or (len(matches) >= limit and ratio + 5 < sorted(m.percent for m in matches)[-limit]):
                break
            found = self._select(
                f"source_hash = ? AND source_language = ? AND target_language = ? AND ({_IS_PERSONS} OR NOT ?) "
                f"ORDER BY {_BEST_FIRST} LIMIT 1",
                [number, source_language, target_language, reviewed],
            )
            matches += [m for u in found if (m := scored(key, other, u, ratio)).percent >= threshold * 100]
        return sorted(matches, key=lambda m: (-m.percent, m.unit.source))[:limit]

    def earlier(self, unit: Unit) -> list[Version]:
        """Persons' other versions of a unit that stands in the memory, latest first."""
        rows = self._connection.execute(
            "SELECT earlier.target, earlier.state, earlier.author, earlier.date FROM earlier JOIN unit ON unit.id = earlier.unit "
            "WHERE source_hash = ? AND place_hash = ? ORDER BY earlier.date DESC",
            [_hash(normalised(unit.source)), _place(_IDENTITY(unit))],
        )
        return [Version(target, State(state), author, date) for target, state, author, date in rows]

    def search(self, text: str, limit: int = 50) -> list[Unit]:
        """Units whose source or target contains ``text``."""
        return self._select("instr(source, ?) OR instr(lower(target), lower(?)) ORDER BY id LIMIT ?", [text, text, limit])

    def units(self) -> Iterator[Unit]:
        """All units, oldest first, streamed; without earlier versions."""
        for row in self._connection.execute(f"SELECT {_NAMES} FROM unit ORDER BY id"):
            yield _unit(row)

    def stats(self) -> dict[str, int]:
        """Units by state and origin, earlier versions, and documents."""
        out = {"units": len(self)}
        for name in ("state", "origin"):
            for value, count in self._connection.execute(f"SELECT {name}, count(*) FROM unit GROUP BY {name}"):
                out[f"{name} {value}"] = int(count)
        out["earlier versions"] = int(self._connection.execute("SELECT count(*) FROM earlier").fetchone()[0])
        out["documents"] = int(self._connection.execute("SELECT count(DISTINCT document) FROM unit WHERE document <> ''").fetchone()[0])
        return out

    def _select(self, condition: str, values: list[Any]) -> list[Unit]:
        return [_unit(row) for row in self._connection.execute(f"SELECT {_NAMES} FROM unit WHERE {condition}", values)]


def _unit(row: tuple[Any, ...]) -> Unit:
    values = list(row)
    values[_STATE], values[_ORIGIN] = State(row[_STATE]), Origin(row[_ORIGIN])
    return Unit._make(values)


def _hash(text: str) -> int:
    """A text's place in the index.  Of 64 bits: among a million texts two are alike once in forty million memories."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)


@lru_cache(1_000)  # many units of a file have no neighbours
def _place(identity: tuple[str, ...]) -> int:
    return _hash("\0".join(identity))


def _upsert(columns: tuple[str, ...], latest: bool) -> str:
    changes = ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS if c not in _PLACE)
    marks = ", ".join("?" for _ in range(len(columns) + 3))
    return (
        f"INSERT INTO unit (id, source_hash, place_hash, {', '.join(columns)}) VALUES ({marks}) "
        f"ON CONFLICT (source_hash, place_hash) DO UPDATE SET {changes} WHERE {_LATEST if latest else _BETTER}"
    )
