"""Runs of the pipeline killed at random moments, for test_journal: ``python killed_runs.py MEMORY KILLS SEED``.

Each run is a process of its own, forked so that what is imported once serves all; its engine notes every sentence it is asked
for in a pipe.  Prints a JSON line a run: how many sentences the memory had before, and which the engine was asked for.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from translate import pipeline
from translate.document import Block, Document, Kind, Segment
from translate.engines import Hypothesis, Request
from translate.memory import open_memory
from translate.settings import Settings
from translate.terminology.matching import Matcher
from translate.terminology.termbase import Termbase

SENTENCES = 720


class Slow:
    """An engine that takes its time and notes what it is asked for."""

    name, model, directions, forces_prefix = "slow", "slow 1", ("en-ko",), False
    takes_terms = "none"

    def __init__(self, notes: int) -> None:
        self.notes = notes

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        for request in requests:
            os.write(self.notes, f"{request.source}\n".encode())
            time.sleep(0.001)
            yield (Hypothesis(f"{request.source.split()[1]}번 문장이다."),)

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        return [0.0 for _ in pairs]


def article(sentences: int = SENTENCES) -> Document:
    """An article of numbered sentences, each a paragraph."""
    texts = [f"Sentence {i} of the article is as long as the others." for i in range(sentences)]
    blocks = [Block(f"b{i}", Kind.PARAGRAPH, t, "en", (Segment(f"s{i}", t, 0, len(t)),)) for i, t in enumerate(texts)]
    return Document("article", "article.txt", "en", "ko", tuple(blocks))


def run(path: Path, notes: int) -> None:
    """One run from beginning to end."""
    termbase = Termbase(())
    with open_memory(path) as memory:
        summary = pipeline.translate_document(article(), termbase, Matcher(termbase), lambda: Slow(notes), Settings(), memory)
    assert all(s.target for s in summary.document.segments())


def main() -> None:
    pipeline.LONGEST_ROUND = pipeline.ROUND  # many short rounds, so that kills fall on all their moments
    path, kills, rng = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    for number in range(kills + 2):
        before = stored(path)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            run(path, write)
            os._exit(0)
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as stream:
            asked = []
            if number < kills:
                # A moment by the work done, and a little later: during a sentence, between rounds, while a round is stored.
                asked = [line for line, _ in zip(stream, range(rng.randrange(50)), strict=False)]
                time.sleep(rng.uniform(0.0, 0.004))
                os.kill(child, signal.SIGKILL)
            asked = [line.rstrip("\n") for line in (*asked, *stream)]
        _, status = os.waitpid(child, 0)
        print(json.dumps({"before": before, "asked": asked, "status": status, "after": stored(path)}), flush=True)


def stored(path: Path) -> list[str]:
    """The sentences that the memory has."""
    if not path.exists():
        return []
    with open_memory(path) as memory:
        return [unit.source for unit in memory.units()]


if __name__ == "__main__":
    main()
