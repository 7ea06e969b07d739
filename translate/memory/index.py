"""Which stored sources share character pairs with a text: postings by pair, written in bulk and counted with numpy.

A pair is two neighbouring characters of one word, so that Korean words of two syllables are found (SQLite's own trigram
index does not find them).  A posting list is cut into blocks of unit numbers: those of a pair in a block are one row of two
bytes a unit.  A round of a run adds to some hundred rows, an import of many units writes hardly more rows than that for each
thousand of them, and rows of a full block are not touched again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]

SCHEMA: Final = (
    "CREATE TABLE posting (block INTEGER NOT NULL, pair INTEGER NOT NULL, units BLOB NOT NULL, PRIMARY KEY (block, pair)) WITHOUT ROWID"
)
_BLOCK: Final = 1 << 16  # unit numbers a block; a number's place in it takes two bytes
_BITS: Final = 21  # of a code point; a pair is two of them, and with a text's place among others it fills 63 bits
_WORD, _DIGIT, _UNKNOWN = 1, 2, 3
# What a look-up may cost whatever the memory's size: pairs asked of a text, and postings counted, rarest pairs first.
_PAIRS, _READ = 1_000, 1_000_000


def add(connection: sqlite3.Connection, units: Sequence[tuple[int, str]]) -> None:
    """Write the postings of units, given as numbers in rising order with normalised sources, inside the caller's transaction."""
    if not units:
        return
    connection.executemany(
        "INSERT INTO posting (block, pair, units) VALUES (?, ?, ?) "
        "ON CONFLICT (block, pair) DO UPDATE SET units = CAST(units || excluded.units AS BLOB)",
        list(_postings(units)),
    )


def alike(connection: sqlite3.Connection, key: str, limit: int) -> list[int]:
    """Numbers of up to ``limit`` units that share most of a normalised text's pairs, rare pairs being asked first.

    Numbers of units that have been removed may be among them.
    """
    pairs = (_pairs([key]) >> _BITS).tolist()[:_PAIRS]
    if not pairs:
        return []
    (last,) = connection.execute("SELECT coalesce(max(block), 0) FROM posting").fetchone()
    query = f"SELECT pair, sum(length(units)) / 2 AS count {_asked(pairs)} GROUP BY pair ORDER BY count"
    chosen: list[int] = []
    read = 0
    for pair, count in connection.execute(query, [last, *pairs]).fetchall():
        if read and read + count > _READ:
            break
        chosen.append(pair)
        read += count
    if not chosen:
        return []
    hits = np.zeros((last + 1, _BLOCK), np.uint16)  # a text has no more than _PAIRS of them
    rows = connection.execute(f"SELECT posting.block, units {_asked(chosen)} ORDER BY posting.block", [last, *chosen])
    for block, some in groupby(rows, itemgetter(0)):
        places = np.frombuffer(b"".join(units for _, units in some), "<u2")
        hits[block] = np.bincount(places, minlength=_BLOCK)
    hits = hits.ravel()
    # What not more than ``limit`` units share is in; of those that share one pair less, the newest: sorting all would take longest.
    having = np.cumsum(np.bincount(hits)[::-1])[::-1]
    least = int(np.count_nonzero(having > limit))
    sure = np.flatnonzero(hits >= max(least, 1))
    ties = np.flatnonzero(hits == least - 1)[::-1] if least > 1 else sure[:0]
    return [*sure.tolist(), *ties[: limit - len(sure)].tolist()]


def _asked(pairs: Sequence[int]) -> str:
    """The rows of as many pairs in all blocks up to the last one; the first parameter is that, the others are the pairs."""
    blocks = "WITH RECURSIVE blocks (block) AS (SELECT 0 UNION ALL SELECT block + 1 FROM blocks WHERE block < ?) SELECT block FROM blocks"
    marks = ",".join("?" for _ in pairs)
    return f"FROM ({blocks}) AS blocks CROSS JOIN posting ON posting.block = blocks.block WHERE pair IN ({marks})"


def _postings(units: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, bytes]]:
    """Rows of the table, in its order."""
    packed = _pairs([key for _, key in units])
    if not len(packed):
        return
    numbers = np.array([n for n, _ in units], np.int64)[packed & ((1 << _BITS) - 1)]
    pairs, blocks = packed >> _BITS, numbers // _BLOCK
    order = np.argsort(blocks, kind="stable")
    pairs, blocks = pairs[order], blocks[order]
    places = (numbers[order] % _BLOCK).astype("<u2").tobytes()
    begins = np.flatnonzero(_first(pairs) | _first(blocks))
    ends = np.append(begins[1:], len(pairs))
    for block, pair, begin, end in zip(
        blocks[begins].tolist(), pairs[begins].tolist(), begins.tolist(), ends.tolist(), strict=True
    ):
        yield block, pair, places[2 * begin : 2 * end]


def _pairs(keys: Sequence[str]) -> Integers:
    """The pairs of each text, in order and once: ``pair << 21 | place of the text``.

    Pairs are of characters inside words, in small letters, every figure a nought; a word of one character is a pair, too.
    """
    text = "".join(f"{key}\n" for key in keys).lower()
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), "<u4").astype(np.int64)
    kinds = _kinds(codes)
    codes[kinds == _DIGIT] = ord("0")
    kept = np.append(True, ~((kinds[1:] == _DIGIT) & (kinds[:-1] == _DIGIT)))
    codes, inside = codes[kept], kinds[kept] > 0
    place = np.cumsum(codes == ord("\n"))
    both = np.flatnonzero(inside[:-1] & inside[1:])
    alone = np.flatnonzero(inside & ~np.append(False, inside[:-1]) & ~np.append(inside[1:], False))
    pairs = (codes[both] << _BITS | codes[both + 1]) << _BITS | place[both]
    singles = codes[alone] << _BITS | place[alone]
    packed = np.sort(np.concatenate((pairs, singles)))
    return packed[_first(packed)]


def _first(values: Integers) -> NDArray[np.bool_]:
    """Where a value is another than the one before it."""
    return np.append(True, values[1:] != values[:-1])[: len(values)]


@cache
def _known() -> NDArray[np.uint8]:
    """What each code point is, as far as anybody has asked."""
    return np.full(1 << _BITS, _UNKNOWN, np.uint8)


def _kinds(codes: Integers) -> NDArray[np.uint8]:
    """Of each code point whether it stands in a word, and whether it is a digit."""
    known = _known()
    kinds = known[codes]
    if (kinds == _UNKNOWN).any():
        for code in np.unique(codes[kinds == _UNKNOWN]).tolist():
            character = chr(code)
            known[code] = _DIGIT if character.isdecimal() else _WORD if character.isalnum() or character == "_" else 0
        kinds = known[codes]
    return kinds
