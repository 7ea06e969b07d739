"""Decoding with a causal language model on CTranslate2: prompts in, hypotheses and scores out, loops guarded against."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.engines import Hypothesis, Request

# Numbers that scoring may hold at once, 4 bytes each: a row has one a piece of its text and a piece of the vocabulary.
_LOGITS = 100_000_000
# How a hypothesis that loops is decoded again.
_STERNER: tuple[dict[str, float], ...] = (
    {"no_repeat_ngram_size": 4, "repetition_penalty": 1.2},
    {"no_repeat_ngram_size": 3, "repetition_penalty": 1.5},
)


@dataclass(frozen=True)
class Prompted:
    """A request with its prompt in pieces, forced prefix included; ``room`` is how many pieces the answer may take."""

    request: Request
    prompt: list[str]
    room: int


class Decoder:
    """``read`` turns ids into text (a space at its beginning kept); decoding ends at one of the pieces ``ends`` and writes
    none of ``never``.  ``opening`` is what every prompt begins with; its state is computed once.  ``vocabulary`` is its size.  A
    ``length_penalty`` above 1 favours longer texts among several beams'.  ``rank`` says for a request what is to be added to the
    score of a text: all beams then end as hypotheses, and the best is chosen with it.
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
        rank: Callable[[Request], Callable[[str], float]] | None = None,
    ) -> None:
        import ctranslate2

        self._generator = ctranslate2.Generator(
            str(folder), device="cpu", compute_type="int8", intra_threads=threads or os.cpu_count() or 1
        )
        self._vocabulary, self._read = vocabulary, read
        self._ends, self._never, self._opening = list(ends), list(never), list(opening)
        self._length_penalty, self._rank = length_penalty, rank

    def hypotheses(self, asked: Sequence[Prompted], beam: int) -> list[tuple[Hypothesis, ...]]:
        """Hypotheses for each, best first; ``beam`` 1 is greedy, and n-best lists take as many beams as hypotheses."""
        n_best = max(a.request.n_best for a in asked)
        if self._rank:
            n_best = max(n_best, beam)
        found = [self._hypotheses(a.request, r) for a, r in zip(asked, self._generate(asked, beam, n_best), strict=True)]
        # A loop or a run-away is decoded again with repeated n-grams forbidden, more sternly if need be; what still loops
        # keeps the shortest.
        for options in _STERNER:
            bad = [i for i, h in enumerate(found) if h and looping(h[0].text, asked[i].request.source)]
            if not bad:
                break
            again = self._generate([asked[i] for i in bad], beam, n_best, **options)
            for i, result in zip(bad, again, strict=True):
                other = self._hypotheses(asked[i].request, result)
                sound = other and not looping(other[0].text, asked[i].request.source)
                if other and (sound or len(other[0].text) < len(found[i][0].text)):
                    found[i] = other
        return [h[: a.request.n_best] for h, a in zip(found, asked, strict=True)]

    def scores(self, prompts: Sequence[list[str]], texts: Sequence[list[str]]) -> list[float]:
        """Mean log-probability a piece of each text after its prompt (teacher forcing in batches)."""
        rows = [[*self._opening, *prompt, *text] for prompt, text in zip(prompts, texts, strict=True)]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        scores = [0.0] * len(rows)
        longest = max(map(len, rows), default=1)
        size = max(1, min(8, _LOGITS // (longest * self._vocabulary)))
        for at in range(0, len(order), size):
            chosen = order[at : at + size]
            # CTranslate2 4.8 fails on a batch of unequal lengths where all heads share one key-value head; what is
            # added after a causal model's text does not change the text's scores.
            length = max(len(rows[i]) for i in chosen)
            padded = [rows[i] + self._ends[:1] * (length - len(rows[i])) for i in chosen]
            scored = self._generator.score_batch(padded, max_input_length=0)
            for i, result in zip(chosen, scored, strict=True):
                # The first piece has no score.
                tail = result.log_probs[len(rows[i]) - len(texts[i]) - 1 : len(rows[i]) - 1]
                scores[i] = sum(tail) / max(1, len(tail))
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

    def _hypotheses(self, request: Request, result: Any) -> tuple[Hypothesis, ...]:
        found: list[Hypothesis] = []
        bonus = self._rank(request) if self._rank else lambda text: 0.0
        for ids, score in zip(result.sequences_ids, result.scores, strict=True):
            text = " ".join((request.prefix + self._read(list(ids))).split())
            if all(text != h.text for h in found):
                found.append(Hypothesis(text, score + bonus(text)))
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
