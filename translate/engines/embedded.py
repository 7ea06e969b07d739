"""The embedded engine: our small Korean–English model on CTranslate2, offline, built on first use.

Prompt: ``<bos> <unused0> SOURCE <unused1>``.  In the source a glossary's term is annotated as
``<unused2> SOURCE TERM <unused3> TARGET <unused5>``, a suggestion of the engine's lexicon as
``<unused6> SOURCE WORD <unused7> TARGET <unused8>``; a forced prefix is a continuation of the prompt.
Training: ``training/``; figures: ``translate/models/embedded``.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from translate.document import TranslateError
from translate.engines import Hypothesis, Request, TermHint
from translate.engines.batching import in_batches, processors
from translate.engines.building import build, built
from translate.engines.confidence import length_ratio
from translate.engines.decoder import Decoder, Prompted, batch_cost
from translate.engines.embedded_build import EMBEDDED, MODEL_FOLDER
from translate.engines.lexicon import load_lexicon, soft_hints

_SOURCE, _TARGET = "<unused0>", "<unused1>"
_HARD = ("<unused2>", "<unused3>", "<unused5>")
_SOFT = ("<unused6>", "<unused7>", "<unused8>")
_LEXICON = MODEL_FOLDER / "lexicon.tsv.xz"
# Hypotheses that a batch follows at once; a processor has little use for more, and they are what takes memory.
_HYPOTHESES = 6
# With two beams the outputs are 7 % too short; 1.4 gives 0.2 chrF++ on 150 FLORES lines, at the same BLEU.
_LENGTH_PENALTY = 1.4
# What the order of a request's hypotheses owes to the suggestions that they use and to a length that is too short: 0.7 chrF++ with
# three beams on 80 FLORES lines (`_rank`).
_USED, _SHORT = 0.2, 0.3
# And to terms that are missing, and to five words in a row that it says again.
_MISSING, _AGAIN = 0.3, 0.3


class EmbeddedEngine:
    """See `translate.engines.Engine`; ``beam`` 1 is greedy, and n-best lists take as many beams as hypotheses."""

    name = "embedded"
    directions: tuple[str, ...] = ("ko-en",)
    takes_terms: Literal["inline", "prompt", "none"] = "inline"
    forces_prefix = True

    def __init__(
        self, cache: Path, beam: int = 1, threads: int = 0, progress: Callable[[str], None] = lambda step: None
    ) -> None:
        from sentencepiece import SentencePieceProcessor

        ready = built(EMBEDDED, cache) or build(EMBEDDED, cache, progress)
        # A memory must not take translations made with another lexicon or chosen otherwise for this engine's.
        asked = hashlib.sha256(f"{_LENGTH_PENALTY} {_USED} {_SHORT} {_MISSING} {_AGAIN}".encode() + _LEXICON.read_bytes()).hexdigest()
        self.model = f"embedded sha256:{ready.fingerprint} prompt:{asked[:16]}"
        self.beam = beam
        self._pieces = SentencePieceProcessor(model_file=str(ready.folder / "koen.spm"))
        self._lexicon = load_lexicon(_LEXICON)
        never = ["<unk>", _SOURCE, _TARGET, *_HARD, *_SOFT]
        size = self._pieces.get_piece_size()
        # A small model's products are too short to be shared between processors: one batch on each is two to three times as fast.
        self._decoder = Decoder(
            ready.folder, threads, size, self._continued, ["<eos>"], never,
            length_penalty=_LENGTH_PENALTY, workers=processors(threads),
        )  # fmt: skip

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        """See `translate.engines.Engine.translate`."""
        if f"{source}-{target}" not in self.directions:
            raise TranslateError(
                f"the embedded engine translates {', '.join(self.directions)}, not {source}-{target}: "
                "choose another engine with -e"
            )
        prompts = [self.prompt(request) for request in requests]
        prompted = [Prompted(r, p, int(len(p) * 1.6) + 24, self._rank(r)) for r, p in zip(requests, prompts, strict=True)]
        beams = max([self.beam, *(request.n_best for request in requests)])
        yield from in_batches(
            prompted, lambda p: len(p.prompt), _HYPOTHESES // beams or 1,
            run=lambda batch: self._decoder.hypotheses(batch, self.beam),
            cost=lambda shortest, longest, count: batch_cost(shortest, longest, count * beams),
            workers=self._decoder.workers,
        )  # fmt: skip

    def prompt(self, request: Request) -> list[str]:
        """The request as the model's pieces, forced prefix included."""
        hard = [(t.start, t.end, t.target, _HARD) for t in request.terms]
        spans = hard + [(t.start, t.end, t.target, _SOFT) for t in self._suggestions(request)]
        pieces = ["<bos>", _SOURCE]
        at = 0
        for start, end, english, (opening, middle, close) in sorted(spans, key=lambda s: s[:2]):
            if start < at:
                continue
            pieces += self._encode(request.source[at:start])
            pieces += [opening, *self._encode(request.source[start:end]), middle, *self._encode(english), close]
            at = end
        return [*pieces, *self._encode(request.source[at:]), _TARGET, *self._encode(request.prefix)]

    def _suggestions(self, request: Request) -> tuple[TermHint, ...]:
        """What the lexicon suggests for a request's source, beside its terms."""
        return soft_hints(request.source, [(t.start, t.end) for t in request.terms], self._lexicon)

    def _rank(self, request: Request) -> Callable[[str], float]:
        """What is added to the score of a hypothesis of ``request``: a clause that it drops takes its words and its length with it."""
        soft = [_stems(hint.target, 5) for hint in self._suggestions(request)]
        hard = [_stems(term.target, 7) for term in request.terms]

        def bonus(text: str) -> float:
            low = text.lower()
            used = sum(all(stem in low for stem in stems) for stems in soft) / math.sqrt(max(1, len(soft)))
            missing = sum(not all(stem in low for stem in stems) for stems in hard)
            short = min(0.0, length_ratio(len(request.source), len(text)))
            return _USED * used + _SHORT * short - _MISSING * missing - _AGAIN * said_again(low)

        return bonus

    def _encode(self, text: str) -> list[str]:
        pieces: list[str] = self._pieces.encode(text, out_type=str) if text else []
        return pieces

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        """See `translate.engines.Engine.score`."""
        return self._decoder.scores([self.prompt(request) for request, _ in pairs], [self._encode(text) for _, text in pairs])

    def _continued(self, ids: list[int]) -> str:
        """Decoded text of ids with the space that a decoder drops at its beginning."""
        text: str = self._pieces.decode(ids)
        if ids and self._pieces.id_to_piece(ids[0]).startswith("▁") and not text.startswith(" "):
            text = " " + text
        return text


def _stems(english: str, length: int) -> list[str]:
    """The beginnings of a term's words, which its inflected forms share."""
    return [word[: max(length, len(word) - 2)] if len(word) > length else word for word in english.lower().split()]


def said_again(text: str) -> int:
    """How many runs of five words ``text`` has twice, those that overlap counted once."""
    words = text.split()
    seen: set[tuple[str, ...]] = set()
    again, free = 0, 0
    for i in range(len(words) - 4):
        run = tuple(words[i : i + 5])
        if run in seen and i >= free:
            again, free = again + 1, i + 5
        seen.add(run)
    return again
