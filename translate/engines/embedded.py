"""The embedded engine: our small Korean–English model on CTranslate2, offline, built on first use.

Prompt: ``<bos> <unused0> SOURCE <unused1>``.  In the source a glossary's term is annotated as
``<unused2> SOURCE TERM <unused3> TARGET <unused5>``, a suggestion of the engine's lexicon as
``<unused6> SOURCE WORD <unused7> TARGET <unused8>``; a forced prefix is a continuation of the prompt.
Training: ``training/``; figures: ``translate/models/embedded``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from translate.document import TranslateError
from translate.engines import Hypothesis, Request
from translate.engines.batching import in_batches
from translate.engines.embedded_build import MODEL_FOLDER, build, built
from translate.engines.lexicon import load_lexicon, soft_hints

_SOURCE, _TARGET = "<unused0>", "<unused1>"
_HARD = ("<unused2>", "<unused3>", "<unused5>")
_SOFT = ("<unused6>", "<unused7>", "<unused8>")
# Requests a batch of decoding: large enough to fill two cores, small enough to stream results; and the hypotheses followed at
# once, which are what takes memory.
_BATCH, _HYPOTHESES = 24, 24
# With two beams the outputs are 7 % too short; 1.4 gives 0.2 chrF++ on 150 FLORES lines, at the same BLEU.
_LENGTH_PENALTY = 1.4
# How a hypothesis that loops is decoded again.
_STERNER: tuple[dict[str, float], ...] = (
    {"no_repeat_ngram_size": 4, "repetition_penalty": 1.2},
    {"no_repeat_ngram_size": 3, "repetition_penalty": 1.5},
)


class EmbeddedEngine:
    """See `translate.engines.Engine`; ``beam`` 1 is greedy, and n-best lists take as many beams as hypotheses."""

    name = "embedded"
    directions: tuple[str, ...] = ("ko-en",)
    takes_terms: Literal["inline", "prompt", "none"] = "inline"
    forces_prefix = True

    def __init__(
        self, cache: Path, beam: int = 1, threads: int = 0, progress: Callable[[str], None] = lambda step: None
    ) -> None:
        import ctranslate2
        from sentencepiece import SentencePieceProcessor

        ready = built(cache) or build(cache, progress)
        self.model = f"embedded sha256:{ready.fingerprint}"
        self.beam = beam
        self._generator = ctranslate2.Generator(
            str(ready.folder), device="cpu", compute_type="int8", intra_threads=threads or os.cpu_count() or 1
        )
        self._pieces = SentencePieceProcessor(model_file=str(ready.folder / "koen.spm"))
        self._lexicon = load_lexicon(MODEL_FOLDER / "lexicon.tsv.xz")

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        """See `translate.engines.Engine.translate`."""
        if f"{source}-{target}" not in self.directions:
            raise TranslateError(
                f"the embedded engine translates {', '.join(self.directions)}, not {source}-{target}: "
                "choose another engine with -e"
            )
        prompted = [(request, self.prompt(request)) for request in requests]
        # By the prompts' own length: within a batch all beyond the shortest prompt is fed piece by piece.
        beams = max([self.beam, *(request.n_best for request in requests)])
        yield from in_batches(prompted, lambda p: len(p[1]), min(_BATCH, _HYPOTHESES // beams or 1), self._batch)

    def prompt(self, request: Request) -> list[str]:
        """The request as the model's pieces, forced prefix included."""
        hard = [(t.start, t.end, t.target, _HARD) for t in request.terms]
        soft = soft_hints(request.source, [(t.start, t.end) for t in request.terms], self._lexicon)
        spans = hard + [(t.start, t.end, t.target, _SOFT) for t in soft]
        pieces = ["<bos>", _SOURCE]
        at = 0
        for start, end, english, (opening, middle, close) in sorted(spans, key=lambda s: s[:2]):
            if start < at:
                continue
            pieces += self._encode(request.source[at:start])
            pieces += [opening, *self._encode(request.source[start:end]), middle, *self._encode(english), close]
            at = end
        return [*pieces, *self._encode(request.source[at:]), _TARGET, *self._encode(request.prefix)]

    def _encode(self, text: str) -> list[str]:
        pieces: list[str] = self._pieces.encode(text, out_type=str) if text else []
        return pieces

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        """See `translate.engines.Engine.score` (teacher forcing in batches)."""
        prompts = [self.prompt(request) for request, _ in pairs]
        texts = [self._pieces.encode(text, out_type=str) for _, text in pairs]
        order = sorted(range(len(pairs)), key=lambda i: len(prompts[i]) + len(texts[i]))
        scores = [0.0] * len(pairs)
        for at in range(0, len(order), 8):
            chosen = order[at : at + 8]
            # CTranslate2 4.8 fails on a batch of unequal lengths where all heads share one key-value head; what is
            # added after a causal model's text does not change the text's scores.
            length = max(len(prompts[i]) + len(texts[i]) for i in chosen)
            rows = [prompts[i] + texts[i] for i in chosen]
            scored = self._generator.score_batch([row + ["<eos>"] * (length - len(row)) for row in rows])
            for i, result in zip(chosen, scored, strict=True):
                begin = len(prompts[i]) - 1  # the first piece has no score
                tail = result.log_probs[begin : begin + len(texts[i])]
                scores[i] = sum(tail) / max(1, len(tail))
        return scores

    def _batch(self, prompted: list[tuple[Request, list[str]]]) -> list[tuple[Hypothesis, ...]]:
        requests, prompts = [request for request, _ in prompted], [prompt for _, prompt in prompted]
        n_best = max(r.n_best for r in requests)
        results = self._generate(prompts, n_best)
        hypotheses = [self._read(r, result) for r, result in zip(requests, results, strict=True)]
        # A loop or a run-away is decoded again with repeated n-grams forbidden, more sternly if need be; what still loops
        # keeps the shortest.
        for options in _STERNER:
            bad = [i for i, h in enumerate(hypotheses) if h and looping(h[0].text, requests[i].source)]
            if not bad:
                break
            again = self._generate([prompts[i] for i in bad], n_best, **options)
            for i, result in zip(bad, again, strict=True):
                other = self._read(requests[i], result)
                if other and (not looping(other[0].text, requests[i].source) or len(other[0].text) < len(hypotheses[i][0].text)):
                    hypotheses[i] = other
        return [h[: r.n_best] for h, r in zip(hypotheses, requests, strict=True)]

    def _generate(self, prompts: list[list[str]], n_best: int, **options: Any) -> list[Any]:
        longest = max(len(p) for p in prompts)
        generated: list[Any] = self._generator.generate_batch(
            prompts,
            beam_size=max(self.beam, n_best),
            num_hypotheses=n_best,
            max_length=int(longest * 1.6) + 24,
            sampling_topk=1,
            length_penalty=_LENGTH_PENALTY,
            return_scores=True,
            include_prompt_in_result=False,
            end_token="<eos>",
            suppress_sequences=[["<unk>"], *([mark] for mark in (_SOURCE, _TARGET, *_HARD, *_SOFT))],
            **options,
        )
        return generated

    def _continued(self, ids: Sequence[int]) -> str:
        """Decoded text of ids with the space that a decoder drops at its beginning."""
        text: str = self._pieces.decode(list(ids))
        if ids and self._pieces.id_to_piece(ids[0]).startswith("▁") and not text.startswith(" "):
            text = " " + text
        return text

    def _read(self, request: Request, result: Any) -> tuple[Hypothesis, ...]:
        found: list[Hypothesis] = []
        for ids, score in zip(result.sequences_ids, result.scores, strict=True):
            text = request.prefix + self._continued(ids)
            text = " ".join(text.split())
            if all(text != h.text for h in found):
                found.append(Hypothesis(text, score))
        return tuple(found)


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
