"""The large engine: Qwen2.5-Coder 1.5B Instruct on CTranslate2, offline, built on first use; the ``[large]`` extra.

It was not trained for translation: a system line and the words of the sentence in the prompt make it translate.  The system
line is the same for every request and is read once.  Figures: ``docs/engines.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from translate.document import TranslateError
from translate.engines import Hypothesis, Request
from translate.engines.batching import in_batches
from translate.engines.building import build, built
from translate.engines.decoder import Decoder, Prompted
from translate.engines.embedded_build import MODEL_FOLDER
from translate.engines.large_build import LARGE, TOKENIZER
from translate.engines.lexicon import load_lexicon, soft_hints

_OPEN, _CLOSE = "<|im_start|>", "<|im_end|>"
# A line is all that is wanted: what a model adds on the next is talk.
_ENDS = (_CLOSE, "<|endoftext|>", "Ċ", "ĊĊ")
# Pieces a batch of decoding, all hypotheses together: each takes 344 kB of memory (keys and values, a copy a head).
_PIECES = 1000

# Raised when `LargeEngine.message` changes, so that memories do not take old translations for new ones.
_LAYOUT = 1
SYSTEM = "You translate Korean news into English. Write news English in AP style. Answer with the translation only."


class LargeEngine:
    """See `translate.engines.Engine`; ``beam`` 1 is greedy."""

    name = "large"
    directions: tuple[str, ...] = ("ko-en",)
    takes_terms: Literal["inline", "prompt", "none"] = "prompt"
    forces_prefix = True

    def __init__(
        self, cache: Path, beam: int = 1, threads: int = 0, progress: Callable[[str], None] = lambda step: None
    ) -> None:
        from tokenizers import Tokenizer

        ready = built(LARGE, cache) or build(LARGE, cache, progress)
        self.beam = beam
        self._tokenizer = Tokenizer.from_file(str(ready.folder / TOKENIZER))
        lexicon = MODEL_FOLDER / "lexicon.tsv.xz"
        self._lexicon = load_lexicon(lexicon)
        self._opening = self.opening()
        asked = hashlib.sha256(f"{_LAYOUT} {SYSTEM}".encode() + lexicon.read_bytes()).hexdigest()
        self.model = f"large sha256:{ready.fingerprint} prompt:{asked[:16]}"
        vocabulary = self._tokenizer.get_vocab_size()
        self._decoder = Decoder(ready.folder, threads, vocabulary, self._read, _ENDS, opening=self._opening)

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        """See `translate.engines.Engine.translate`."""
        if f"{source}-{target}" not in self.directions:
            raise TranslateError(
                f"the large engine translates {', '.join(self.directions)}, not {source}-{target}: choose another engine with -e"
            )
        prompted = [Prompted(r, self.prompt(r), 2 * len(self._encode(r.source)) + 24) for r in requests]
        longest = max((len(p.prompt) + p.room // 2 for p in prompted), default=0) + len(self._opening)
        size = max(1, _PIECES // (longest * max([self.beam, *(r.n_best for r in requests)])))
        yield from in_batches(prompted, lambda p: len(p.prompt), size, lambda batch: self._decoder.hypotheses(batch, self.beam))

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        """See `translate.engines.Engine.score`."""
        return self._decoder.scores([self.prompt(request) for request, _ in pairs], [self._encode(text) for _, text in pairs])

    def opening(self) -> list[str]:
        """What every prompt begins with: the system's turn."""
        return self._turn("system", SYSTEM)

    def prompt(self, request: Request) -> list[str]:
        """The request as the model's pieces: examples like it, the user's turn, the assistant's begun with the prefix."""
        pieces: list[str] = []
        for korean, english in request.examples:
            pieces += self._turn("user", self.message(Request(korean))) + self._turn("assistant", english)
        pieces += self._turn("user", self.message(request))
        return [*pieces, _OPEN, *self._encode("assistant\n"), *self._encode(request.prefix.rstrip(" "))]

    def message(self, request: Request) -> str:
        """What the user's turn says: the sentence before, the glossary's terms, the lexicon's suggestions, the sentence."""
        soft = soft_hints(request.source, [(t.start, t.end) for t in request.terms], self._lexicon)
        lines = [f"Before: {sentence}" for sentence in request.context[-1:]]
        for title, hints in (("Terms:", request.terms), ("Possible words:", soft)):
            told = {request.source[h.start : h.end]: h.target for h in hints}
            lines += [title, *(f"{korean} = {english}" for korean, english in told.items())] if told else []
        return "\n".join([*lines, f"Korean: {request.source}"])

    def _turn(self, role: str, text: str) -> list[str]:
        return [_OPEN, *self._encode(f"{role}\n{text}"), _CLOSE, *self._encode("\n")]

    def _encode(self, text: str) -> list[str]:
        pieces: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return pieces

    def _read(self, ids: list[int]) -> str:
        text: str = self._tokenizer.decode(ids)
        return text.partition("\n")[0]
