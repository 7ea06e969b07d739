"""The translation memory as it grows: import, exact look-up, best fuzzy match, beside a plain scan with rapidfuzz.

    nice python -m benchmarks.growth memory

Sentences of 6 to 20 words are made of 20,000 invented stems, used as often as their rank says (Zipf), particles, endings and
figures (original text), no two alike.  They are written as TMX, which a process of its own takes in as ``translate memory
import`` does.  Then sentences of 20 words are looked up exactly, and with one to four words exchanged fuzzily, each beside a
scan, so that whatever else the machine does falls on both.  Files go to the folder for temporary ones (TMPDIR).
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from benchmarks.timing import in_child, peak_mb
from translate.document import Origin, State
from translate.memory import Memory, Unit, normalised, open_memory
from translate.memory.reading import import_file
from translate.memory.tmx import read_tmx, write_tmx

Result = TypeVar("Result")

WHEN = ("이날", "지난달", "올해", "새벽", "오전", "정오 무렵", "주말 동안", "회의 뒤")
PARTICLES = ("은", "는", "이", "가", "을", "를", "의", "에", "에서", "으로", "도", "과", "", "", "")
JOINS = ("하고", "했지만", "하면서", "한 뒤", "하는", "할", "했던")
ENDS = ("했다.", "했다고 밝혔다.", "할 계획이다.", "한다고 말했다.", "했다고 전했다.", "하기로 했다.", "할 것으로 보인다.")
# Onsets, vowels and codas of syllables by their numbers in Unicode's order, the frequent ones more than once.
ONSETS = (0, 0, 2, 3, 5, 6, 7, 9, 9, 11, 11, 12, 14, 16, 17, 18)
VOWELS = (0, 0, 1, 4, 4, 5, 6, 8, 8, 9, 13, 13, 18, 20, 20)
CODAS = (0, 0, 0, 0, 0, 1, 4, 4, 8, 16, 17, 21, 21)
STEMS = 20_000
LOOKUPS = 40
# An import that takes longer, in seconds, is not repeated.
LONG = 10.0


def stems() -> list[str]:
    """Invented words of two to four syllables, the frequent ones first."""
    rng = random.Random(7)
    out: dict[str, None] = {}
    while len(out) < STEMS:
        codes = [((rng.choice(ONSETS) * 21 + rng.choice(VOWELS)) * 28 + rng.choice(CODAS)) for _ in range(rng.choice((2, 2, 2, 3, 3, 4)))]
        out["".join(chr(0xAC00 + c) for c in codes)] = None
    return list(out)


def word(words: list[str], rng: random.Random) -> str:
    """A stem with its particle, or a figure now and then."""
    if rng.random() < 0.06:
        return f"{rng.randrange(2, 9000)}개"
    # The first hundred ranks are about as frequent as one another: grammar's words are not among the stems.
    rank = int(STEMS ** rng.random()) + rng.randrange(100)
    return words[min(rank, STEMS) - 1] + rng.choice(PARTICLES)


def sentence(words: list[str], rng: random.Random, length: int) -> str:
    """A sentence of as many words, in two clauses."""
    middle = [word(words, rng) for _ in range(length - 2)]
    middle[len(middle) // 2] += rng.choice(JOINS)
    return f"{rng.choice(WHEN)} {' '.join(middle)} {words[rng.randrange(STEMS)]}{rng.choice(ENDS)}"


def sources(count: int, seed: int = 1) -> Iterator[str]:
    """That many sentences, no two alike."""
    rng, words = random.Random(seed), stems()
    seen: set[int] = set()
    while len(seen) < count:
        text = sentence(words, rng, rng.randint(6, 20))
        if hash(text) not in seen:
            seen.add(hash(text))
            yield text


def units(texts: Iterable[str]) -> Iterator[Unit]:
    """Reviewed units of the texts."""
    for number, text in enumerate(texts):
        target = f"Sentence {number} says what is said in Korean beside it, in a little more than as many English words."
        yield Unit(text, target, state=State.REVIEWED, origin=Origin.HUMAN, author="Desk", date="2026-11-27")


def measure(size: int, rounds: int) -> dict[str, Any]:
    """What ``size`` units cost: seconds of the import, of an exact and a fuzzy look-up and of a scan; the import's units a
    second and its processes' peak memory; in how many look-ups fuzzy was as good as the scan's best."""
    with tempfile.TemporaryDirectory() as folder:
        tmx, path = Path(folder) / "memory.tmx", Path(folder) / "memory.sqlite"
        # In processes of their own, for this one's memory would count as theirs.
        in_child("benchmarks.memory", ["write", str(tmx), str(size)])
        taken = json.loads(in_child("benchmarks.memory", ["import", str(tmx), str(path), str(rounds)]).output)
        with open_memory(path) as memory:
            assert len(memory) == size, f"{len(memory)} of {size} units"
            return {
                "import, s": taken["seconds"],
                **look_up(memory, [unit.source for unit in memory.units()]),
                "units/s": round(size / taken["seconds"]),
                "peak MB": round(taken["peak MB"]),
            }


def take_in(tmx: Path, path: Path, rounds: int) -> dict[str, float]:
    """The median seconds in which a TMX file becomes a new memory, and the most that this process and the one that reads for
    it have held, in MB, as if both had held it at once."""
    next(read_tmx(tmx, "ko", "en"))  # what is loaded once does not count
    took: list[float] = []
    while len(took) < rounds and (not took or took[0] < LONG):
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        with open_memory(path) as memory:
            timed(lambda memory=memory: import_file(memory, tmx, "ko", "en"), took)  # type: ignore[misc]
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {"seconds": statistics.median(took), "peak MB": peak_mb() + reader}


def look_up(memory: Memory, texts: list[str]) -> dict[str, float | str]:
    """Median seconds of exact, fuzzy and scan; in how many look-ups fuzzy was as good as the scan's best."""
    rng, words = random.Random(2), stems()
    keys = [normalised(t) for t in texts]
    long = [t for t in texts if len(t.split()) >= 20]
    asked = rng.sample(long, min(LOOKUPS, len(long)))
    scanned = max(5, min(LOOKUPS, 2_000_000 // len(texts)))
    exact: list[float] = []
    fuzzy: list[float] = []
    scan: list[float] = []
    good = 0
    for number, text in enumerate(asked):
        parts = text.split()
        for place in rng.sample(range(len(parts) - 1), number % 4 + 1):
            parts[place] = word(words, rng)
        wanted = " ".join(parts)
        assert timed(lambda text=text: memory.exact(text, "ko", "en"), exact) is not None  # type: ignore[misc]
        found = timed(lambda wanted=wanted: memory.fuzzy(wanted, "ko", "en", limit=1, threshold=0.5), fuzzy)  # type: ignore[misc]
        if number < scanned:
            best = timed(lambda wanted=wanted: process.extractOne(normalised(wanted), keys, scorer=fuzz.ratio), scan)  # type: ignore[misc]
            score = fuzz.ratio(normalised(wanted), normalised(found[0].unit.source)) if found else 0.0
            good += score >= best[1] - 0.01
    medians = {"exact, s": exact, "fuzzy, s": fuzzy, "rapidfuzz scan, s": scan}
    return {**{name: statistics.median(took) for name, took in medians.items()}, "as good": f"{good}/{len(scan)}"}


def timed(call: Callable[[], Result], into: list[float]) -> Result:
    """The call's result; its seconds go into the list."""
    began = time.perf_counter()
    result = call()
    into.append(time.perf_counter() - began)
    return result


def main() -> None:
    what, tmx, *more = sys.argv[1:]
    if what == "write":
        with Path(tmx).open("wb") as stream:
            write_tmx(units(sources(int(more[0]))), stream)
    else:
        print(json.dumps(take_in(Path(tmx), Path(more[0]), int(more[1]))))


if __name__ == "__main__":
    main()
