"""The translation memory's look-ups as it grows, beside a plain scan of all its sources with rapidfuzz.

    python benchmarks/memory.py [1000 10000 100000 1000000]

Units are made here from parts (original text), no two alike.  For each size the look-ups of one sentence follow each other (exact,
fuzzy, scan), so that whatever else the machine does falls on all of them; medians are printed, and how often the fuzzy look-up found a
source as good as the scan's best.
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

from translate.document import Origin, State
from translate.memory import Memory, Unit, normalised, open_memory

WHEN = ("이날", "지난달", "올해 안에", "회의가 끝난 뒤", "주말 동안", "새벽 안개 속에서", "선거를 앞두고", "비가 그치자", "정오 무렵")
PLACE = ("서울에서", "부산항에서", "국회에서", "제네바에서", "솔섬에서", "나루시에서", "시청 앞에서", "접경 지역에서", "본사에서")
WHO = (
    "정부는", "국방부는", "자위대는", "한국은행은", "전문가들은", "합동작전사령부는", "두 나라는", "시민들은", "어민들은", "수협은",
    "노동조합은", "환경단체는", "시의회는", "검찰은", "연구진은", "외교부 당국자는", "조선소 직원들은", "이장 박다온 씨는",
)  # fmt: skip
WHAT = (
    "새 계획을", "확장억제 협의를", "예산 지원을", "합동훈련을", "물가 대책을", "조직 개편을", "공동성명을", "여객선 부두를", "조사 결과를",
    "보상 기준을", "전기 요금을", "항로 변경을", "학교 급식을", "군수 지원을", "위성 사진을", "재판 일정을", "임금 협상을",
)  # fmt: skip
# Without their last syllable, which joins the clauses or ends the sentence.
DID = ("발표했", "검토하고 있", "시작했", "다음 달 확정하기로 했", "공개했", "환영했", "요구했", "연기했", "거부했", "다시 논의하기로 했")
LOOKUPS = 40


def sentence(rng: random.Random) -> str:
    """A sentence of two clauses, eleven words or so."""
    first = f"{rng.choice(WHEN)} {rng.choice(WHO)} {rng.choice(PLACE)} {rng.choice(WHAT)} {rng.randrange(2, 9000)}번째로"
    return f"{first} {rng.choice(DID)}고, {rng.choice(WHO)} {rng.choice(WHAT)} {rng.choice(DID)}다."


def sources(count: int, seed: int = 1) -> list[str]:
    """That many sentences, no two alike."""
    rng = random.Random(seed)
    out: dict[str, None] = {}
    while len(out) < count:
        out[sentence(rng)] = None
    return list(out)


def changed(text: str, rng: random.Random) -> str:
    """The sentence with one of its words exchanged, as a later article has it."""
    words = text.split()
    words[rng.randrange(len(words) - 1)] = rng.choice(WHAT)
    return " ".join(words)


def timed(call: Callable[[], object], into: list[float]) -> object:
    """The call's result; its milliseconds go into the list."""
    began = time.perf_counter()
    result = call()
    into.append((time.perf_counter() - began) * 1000)
    return result


def units(texts: list[str]) -> Iterator[Unit]:
    """Reviewed units of the texts."""
    for text in texts:
        yield Unit(text, f"Translation of {text}", state=State.REVIEWED, origin=Origin.HUMAN)


def look_up(memory: Memory, texts: list[str]) -> tuple[float, float, float, int]:
    """Median milliseconds of exact, fuzzy and scan; how many fuzzy matches were as good as the scan's best."""
    rng = random.Random(2)
    keys = [normalised(t) for t in texts]
    exact: list[float] = []
    fuzzy: list[float] = []
    scan: list[float] = []
    good = 0
    for _ in range(LOOKUPS):
        text = rng.choice(texts)
        wanted = changed(text, rng)
        assert timed(lambda text=text: memory.exact(text, "ko", "en"), exact) is not None
        found = timed(lambda wanted=wanted: memory.fuzzy(wanted, "ko", "en", limit=1, threshold=0.5), fuzzy)
        best = timed(lambda wanted=wanted: process.extractOne(normalised(wanted), keys, scorer=fuzz.ratio), scan)
        assert isinstance(found, list) and isinstance(best, tuple)
        score = fuzz.ratio(normalised(wanted), normalised(found[0].unit.source)) if found else 0.0
        good += score >= best[1] - 0.01
    return statistics.median(exact), statistics.median(fuzzy), statistics.median(scan), good


def main() -> None:
    sizes = [int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print(f"{'units':>9} {'store/s':>9} {'MB':>6} {'exact ms':>9} {'fuzzy ms':>9} {'scan ms':>9} {'scan/fuzzy':>10} {'as good':>8}")
    for size in sizes:
        texts = sources(size)
        with tempfile.TemporaryDirectory() as folder, open_memory(Path(folder) / "memory.sqlite") as memory:
            began = time.perf_counter()
            batch: list[Unit] = []
            for unit in units(texts):
                batch.append(unit)
                if len(batch) == 5000:
                    memory.store(batch)
                    batch = []
            memory.store(batch)
            rate = size / (time.perf_counter() - began)
            weight = (Path(folder) / "memory.sqlite").stat().st_size / 1e6
            exact, fuzzy, scan, good = look_up(memory, texts)
        print(
            f"{size:9,} {rate:9,.0f} {weight:6.0f} {exact:9.3f} {fuzzy:9.2f} {scan:9.2f} {scan / fuzzy:10.2f} {good:4}/{LOOKUPS}",
            flush=True,
        )


if __name__ == "__main__":
    main()
