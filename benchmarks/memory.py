"""What the translation memory costs as it grows: import, exact look-up, best fuzzy match, beside a plain scan with rapidfuzz.

    nice python -m benchmarks.memory [SIZE ...]    (default 1,000 10,000 100,000)

Sentences of 6 to 20 words are made of 20,000 invented stems, used as often as their rank says (Zipf), particles, endings and
figures (original text), no two alike.  They are written as TMX, which a process of its own takes in as ``translate memory
import`` does.  Then sentences of 20 words are looked up exactly, and with one word exchanged fuzzily, each beside a scan, so
that whatever else the machine does falls on both; medians are printed, and how often the fuzzy look-up found a source as good
as the scan's best.  Files go to the folder for temporary ones (TMPDIR).
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.timing import in_child, machine
from translate.document import Origin, State
from translate.memory import Memory, Unit, normalised, open_memory
from translate.memory.reading import import_file
from translate.memory.tmx import read_tmx, write_tmx

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


def units(texts: list[str]) -> Iterator[Unit]:
    """Reviewed units of the texts."""
    for number, text in enumerate(texts):
        target = f"Sentence {number} says what is said in Korean beside it, in a little more than as many English words."
        yield Unit(text, target, state=State.REVIEWED, origin=Origin.HUMAN, author="Desk", date="2026-11-27")


def timed(call: Callable[[], object], into: list[float]) -> object:
    """The call's result; its milliseconds go into the list."""
    began = time.perf_counter()
    result = call()
    into.append((time.perf_counter() - began) * 1000)
    return result


def look_up(memory: Memory, texts: list[str]) -> tuple[float, float, float, str]:
    """Median milliseconds of exact, fuzzy and scan; in how many look-ups fuzzy was as good as the scan's best."""
    rng, words = random.Random(2), stems()
    keys = [normalised(t) for t in texts]
    asked = rng.sample([t for t in texts if len(t.split()) >= 20], LOOKUPS)
    scanned = max(5, min(LOOKUPS, 2_000_000 // len(texts)))
    exact: list[float] = []
    fuzzy: list[float] = []
    scan: list[float] = []
    good = 0
    for number, text in enumerate(asked):
        parts = text.split()
        parts[rng.randrange(len(parts) - 1)] = word(words, rng)
        wanted = " ".join(parts)
        assert timed(lambda text=text: memory.exact(text, "ko", "en"), exact) is not None
        found = timed(lambda wanted=wanted: memory.fuzzy(wanted, "ko", "en", limit=1, threshold=0.5), fuzzy)
        if number < scanned:
            best = timed(lambda wanted=wanted: process.extractOne(normalised(wanted), keys, scorer=fuzz.ratio), scan)
            assert isinstance(found, list) and isinstance(best, tuple)
            score = fuzz.ratio(normalised(wanted), normalised(found[0].unit.source)) if found else 0.0
            good += score >= best[1] - 0.01
    return statistics.median(exact), statistics.median(fuzzy), statistics.median(scan), f"{good}/{scanned}"


def take_in(tmx: Path, path: Path) -> float:
    """Units a second that go from a TMX file into a new memory."""
    next(read_tmx(tmx))  # what is loaded once does not count
    with open_memory(path) as memory:
        began = time.perf_counter()
        count = import_file(memory, tmx, "ko", "en")
        return count / (time.perf_counter() - began)


def main() -> None:
    if sys.argv[1:2] == ["--import"]:
        print(take_in(Path(sys.argv[2]), Path(sys.argv[3])))
        return
    print(machine())
    print(f"{'units':>9} {'import/s':>9} {'peak MB':>8} {'file MB':>8} {'exact ms':>9} {'fuzzy ms':>9} {'scan ms':>9} {'as good':>8}")
    for size in [int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000]:
        texts = list(sources(size))
        with tempfile.TemporaryDirectory() as folder:
            tmx, path = Path(folder) / "memory.tmx", Path(folder) / "memory.sqlite"
            with tmx.open("wb") as stream:
                write_tmx(units(texts), stream)
            child = in_child("benchmarks.memory", ["--import", str(tmx), str(path)])
            with open_memory(path) as memory:
                exact, fuzzy, scan, good = look_up(memory, texts)
            megabytes = path.stat().st_size / 1e6
        print(
            f"{size:9,} {float(child.output):9,.0f} {child.peak_mb:8.0f} {megabytes:8.0f} {exact:9.3f} {fuzzy:9.2f} {scan:9.2f} {good:>8}",
            flush=True,
        )


if __name__ == "__main__":
    main()
