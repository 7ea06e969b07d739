"""The large engine: Qwen2.5-Coder 1.5B Instruct on CTranslate2, offline, built on first use; the ``[large]`` extra.

It was not trained for translation: a system line, four examples and the words of the sentence in the prompt make it
translate.  The system line and the examples are the same for every request and are read once.  Figures: ``docs/engines.md``.
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
_PIECES = 2400

SYSTEM = "You translate Korean news into English. Write news English in AP style. Answer with the translation only."
# Written for this prompt: what the user says, what the assistant answers.  Short, since each piece costs time and memory.
EXAMPLES = (
    (
        "Possible words:\n정부 = government\n대중교통 = public transportation\n요금 = fare\n"
        "Korean: 정부는 다음 달부터 대중교통 요금을 평균 7% 올리기로 했다고 22일 밝혔다.",
        "The government said on the 22nd that it will raise public transportation fares by an average of 7 percent starting next "
        "month.",
    ),
    (
        "Terms:\n확장억제 = extended deterrence\nKorean: 양국은 이번 회의에서 확장억제의 실행력을 높이는 방안을 논의했다.",
        "The two countries discussed ways to make extended deterrence more effective at the meeting.",
    ),
    (
        "Possible words:\n환자 = patient\n병원 = hospital\n"
        "Korean: 박 교수는 “환자는 빠르게 느는데 지역 병원은 의사를 구하지 못하고 있다”고 지적했다.",
        "“The number of patients is rising fast, but local hospitals cannot find doctors,” Professor Park said.",
    ),
)


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
        asked = hashlib.sha256(" ".join(self._opening).encode() + lexicon.read_bytes()).hexdigest()
        self.model = f"large sha256:{ready.fingerprint} prompt:{asked[:16]}"
        self._decoder = Decoder(ready.folder, threads, self._read, _ENDS, opening=self._opening)

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
        """What every prompt begins with: the system line and the examples, as turns."""
        pieces = self._turn("system", SYSTEM)
        for asked, english in EXAMPLES:
            pieces += self._turn("user", asked) + self._turn("assistant", english)
        return pieces

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
