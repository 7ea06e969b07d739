"""Decoding with a causal language model on CTranslate2: prompts in, hypotheses and scores out, loops guarded against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.engines import Hypothesis, Request
from translate.engines.batching import in_batches, processors

# Numbers that scoring may hold at once, 4 bytes each: a row has one a piece of its text and a piece of the vocabulary.
_LOGITS = 100_000_000
# How a hypothesis that loops is decoded again.
_STERNER: tuple[dict[str, float], ...] = (
    {"no_repeat_ngram_size": 4, "repetition_penalty": 1.2},
    {"no_repeat_ngram_size": 3, "repetition_penalty": 1.5},
)


@dataclass(frozen=True)
class Prompted:
    """A request with its prompt in pieces, forced prefix included; ``room`` is how many pieces the answer may take.

    ``rank`` says what is to be added to the score of a text: all beams then end as hypotheses, and the best is chosen with it.
    """

    request: Request
    prompt: list[str]
    room: int
    rank: Callable[[str], float] | None = None


class Decoder:
    """``read`` turns ids into text (a space at its beginning kept); decoding ends at one of the pieces ``ends`` and writes
    none of ``never``.  ``opening`` is what every prompt begins with; its state is computed once.  ``vocabulary`` is its size.  A
    ``length_penalty`` above 1 favours longer texts among several beams'.  ``workers`` batches are decoded at a time, on the share
    of ``threads`` (0: all processors) that each then has.
    """

    def __init__(
        self,
        folder: Path,
        threads: int,
        vocabulary: int,
        read: Callable[[list[int]], str],
        ends: Sequence[str],
        never: Sequence[str] = (),
        opening: Sequence[str] = (),
        length_penalty: float = 1.0,
        workers: int = 1,
    ) -> None:
        import ctranslate2

        self._generator = ctranslate2.Generator(
            str(folder), device="cpu", compute_type="int8", inter_threads=workers, intra_threads=processors(threads) // workers
        )
        self._vocabulary, self._read = vocabulary, read
        self._ends, self._never, self._opening = list(ends), list(never), list(opening)
        self._length_penalty, self.workers = length_penalty, workers

    def hypotheses(self, asked: Sequence[Prompted], beam: int) -> list[tuple[Hypothesis, ...]]:
        """Hypotheses for each, best first; ``beam`` 1 is greedy, and n-best lists take as many beams as hypotheses."""
        n_best = max(a.request.n_best for a in asked)
        if any(a.rank for a in asked):
            n_best = max(n_best, beam)
        found = [self._hypotheses(a, r) for a, r in zip(asked, self._generate(asked, beam, n_best), strict=True)]
        # A loop or a run-away is decoded again with repeated n-grams forbidden, more sternly if need be; what still loops
        # keeps the shortest.
        for options in _STERNER:
            bad = [i for i, h in enumerate(found) if h and looping(h[0].text, asked[i].request.source)]
            if not bad:
                break
            again = self._generate([asked[i] for i in bad], beam, n_best, **options)
            for i, result in zip(bad, again, strict=True):
                other = self._hypotheses(asked[i], result)
                sound = other and not looping(other[0].text, asked[i].request.source)
                if other and (sound or len(other[0].text) < len(found[i][0].text)):
                    found[i] = other
        return [h[: a.request.n_best] for h, a in zip(found, asked, strict=True)]

    def scores(self, prompts: Sequence[list[str]], texts: Sequence[list[str]]) -> list[float]:
        """Mean log-probability a piece of each text after its prompt (teacher forcing in batches)."""
        rows = [([*self._opening, *prompt, *text], len(text)) for prompt, text in zip(prompts, texts, strict=True)]
        longest = max((len(row) for row, _ in rows), default=1)
        size = max(1, min(8, _LOGITS // (self.workers * longest * self._vocabulary)))
        return list(in_batches(rows, lambda row: len(row[0]), size, self._scored, workers=self.workers))

    def _scored(self, rows: list[tuple[list[str], int]]) -> list[float]:
        # CTranslate2 4.8 fails on a batch of unequal lengths where all heads share one key-value head; what is
        # added after a causal model's text does not change the text's scores.
        length = max(len(row) for row, _ in rows)
        padded = [row + self._ends[:1] * (length - len(row)) for row, _ in rows]
        scores = []
        for (row, count), result in zip(rows, self._generator.score_batch(padded, max_input_length=0), strict=True):
            # The first piece has no score.
            tail = result.log_probs[len(row) - count - 1 : len(row) - 1]
            scores.append(sum(tail) / max(1, len(tail)))
        return scores

    def _generate(self, asked: Sequence[Prompted], beam: int, n_best: int, **options: Any) -> list[Any]:
        generated: list[Any] = self._generator.generate_batch(
            [a.prompt for a in asked],
            static_prompt=self._opening or None,
            beam_size=max(beam, n_best),
            num_hypotheses=n_best,
            max_length=max(a.room for a in asked),
            sampling_topk=1,
            length_penalty=self._length_penalty,
            return_scores=True,
            include_prompt_in_result=False,
            end_token=self._ends,
            suppress_sequences=[[piece] for piece in self._never],
            **options,
        )
        return generated

    def _hypotheses(self, asked: Prompted, result: Any) -> tuple[Hypothesis, ...]:
        found: list[Hypothesis] = []
        for ids, score in zip(result.sequences_ids, result.scores, strict=True):
            text = " ".join((asked.request.prefix + self._read(list(ids))).split())
            if all(text != h.text for h in found):
                found.append(Hypothesis(text, score + (asked.rank(text) if asked.rank else 0.0)))
        return tuple(sorted(found, key=lambda h: -h.score))


def batch_cost(shortest: int, longest: int, rows: int) -> float:
    """What decoding a batch costs, in steps of a single row: prompts of ``shortest`` to ``longest`` pieces, ``rows`` hypotheses.

    CTranslate2 reads a batch's prompts at once up to the shortest one's length; what others have beyond it is fed a piece a
    step, like the answer.  A step reads all weights whatever the rows; each row adds some work (measured on two cores without
    AVX-512: 50 ms for one row, 180 for twelve), and a piece read at once costs a tenth of a step.
    """
    answer = 0.6 * longest
    return (0.8 + 0.2 * rows) * (longest - shortest + answer) + 0.1 * rows * shortest


def looping(text: str, source: str) -> bool:
    """True for a degenerate output: one word run three times in a row, an n-gram far too often, or a run-away length."""
    words = text.split()
    if len(text) > 6 * len(source) + 60:
        return True
    for i in range(len(words) - 2):
        if words[i] == words[i + 1] == words[i + 2] and words[i].isalpha():
            return True
    for n in (3, 4, 6):
        grams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
        if grams and len(grams) - len(set(grams)) > max(3, len(grams) // 5):
            return True
    return False
