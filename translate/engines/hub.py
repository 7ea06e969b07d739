"""Hub models: any Marian, NLLB, M2M-100, mBART-50 or MADLAD (T5) model that transformers knows, run by CTranslate2.

``-e hub:NAME``, ``-e hub:FOLDER`` or a named model; other kinds go to `translate.engines.plain`.  The model is converted once
to CTranslate2 (int8 on a CPU, float16 on a GPU) into the cache; text is tokenised by the model's own transformers tokenizer.
These models take no terms: the cascade of `translate.terminology.enforcement` stands behind them with n-best lists and forced
prefixes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from translate.document import TranslateError
from translate.engines import Engine, Hypothesis, Request
from translate.engines.batching import in_batches, processors

Progress = Callable[[str], None]
_BATCH = 16
# Language names as the multilingual models spell them.
_CODES = {
    "nllb": {"ko": "kor_Hang", "en": "eng_Latn"},
    "m2m_100": {"ko": "ko", "en": "en"},
    "mbart": {"ko": "ko_KR", "en": "en_XX"},
}
_CONVERTED = ("marian", "m2m_100", "mbart", "t5")
_CHECK = "The foreign ministers met in Seoul on Nov. 22. 외교장관들이 11월 22일 서울에서 만났다."


def open_hub(
    model: str, cache: Path, beam: int = 1, threads: int = 0, progress: Progress = lambda step: None, name: str = ""
) -> Engine:
    """The engine for a hub name or a model's folder; ``name`` is what the user calls it.

    Raises TranslateError where there is no model, or transformers does not know its kind.
    """
    from transformers import AutoConfig

    folder = model_folder(model, cache, progress)
    if not (folder / "config.json").exists():
        raise TranslateError(f"{folder} holds no model: config.json is missing")
    try:
        kind = AutoConfig.from_pretrained(str(folder)).model_type
    except (ValueError, OSError) as error:
        raise TranslateError(f"{folder}: transformers does not know this kind of model; run it behind -e chat:MODEL@URL") from error
    called = name or f"hub:{model}"
    if kind in _CONVERTED:
        return HubEngine(called, folder, kind, cache, beam, threads, progress)
    from translate.engines.plain import PlainEngine

    progress(f"CTranslate2 is not used for models of type {kind}: transformers generates, more slowly")
    return PlainEngine(called, folder, content_hash(folder), beam, threads)


def model_folder(name: str, cache: Path, progress: Progress) -> Path:
    """A local folder with the model: ``name`` itself if it is one, else downloaded from the hub."""
    if Path(name).expanduser().is_dir():
        return Path(name).expanduser()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    progress(f"fetching {name}")
    try:
        return Path(snapshot_download(name, cache_dir=cache / "hub"))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError, ValueError) as error:
        raise TranslateError(
            f"cannot fetch the model {name} from the hub ({type(error).__name__}); give a folder that holds it instead: "
            "-e hub:FOLDER"
        ) from error


def content_hash(folder: Path) -> str:
    """SHA-256 over a model folder's file names and contents (weights included)."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.name.encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def converted(folder: Path, cache: Path, quantization: str, progress: Progress) -> tuple[Path, str]:
    """(CTranslate2 folder, hash of the original), converted if it was not yet; renamed into place when whole."""
    from ctranslate2.converters import TransformersConverter
    from filelock import FileLock

    mark = content_hash(folder)
    final = cache / f"hub-{mark[:16]}-{quantization}"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(str(cache / "hub.lock")):
        if final.exists():
            return final, mark
        progress(f"converting {folder.name} to {quantization}")
        work = Path(tempfile.mkdtemp(prefix="converting-", dir=cache))
        try:
            TransformersConverter(str(folder), low_cpu_mem_usage=True).convert(
                str(work), quantization=quantization, force=True
            )
            os.replace(work, final)
        except ValueError as error:
            raise TranslateError(f"CTranslate2 has no converter for the model in {folder}: {error}") from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return final, mark


class HubEngine:
    """See `translate.engines.Engine`.  ``kind`` is transformers' name for the type of model."""

    directions: tuple[str, ...] = ("ko-en", "en-ko")
    takes_terms: Literal["inline", "prompt", "none"] = "none"
    forces_prefix = True

    def __init__(
        self, name: str, folder: Path, kind: str, cache: Path, beam: int, threads: int, progress: Progress
    ) -> None:
        import ctranslate2
        from transformers import AutoConfig, AutoTokenizer

        gpu = ctranslate2.get_cuda_device_count() > 0
        ready, mark = converted(folder, cache, "float16" if gpu else "int8", progress)
        config = AutoConfig.from_pretrained(str(folder))
        self._longest = min(256, getattr(config, "max_position_embeddings", 512) - 2)
        self.name = name
        self.model = f"{name} sha256:{mark}"
        self.beam = beam
        self._kind = "nllb" if kind == "m2m_100" and "nllb" in str(folder).lower() else kind
        self._tokenizer: Any = AutoTokenizer.from_pretrained(str(folder))
        # A sentence's products are too short to be shared between processors: each decodes a batch of its own.
        self._workers = 1 if gpu else processors(threads)
        self._translator = ctranslate2.Translator(
            str(ready),
            device="cuda" if gpu else "cpu",
            device_index=list(range(ctranslate2.get_cuda_device_count())) if gpu else 0,
            inter_threads=self._workers,
            intra_threads=0 if gpu else 1,
        )
        self._check_vocabulary(ready)

    def _check_vocabulary(self, ready: Path) -> None:
        """The tokenizer's pieces of a fixed text must be the converted model's pieces."""
        import json

        vocabulary: set[str] = set()
        for path in ready.glob("*vocabulary*.json"):
            vocabulary |= set(json.loads(path.read_text(encoding="utf-8")))
        pieces = self._tokenizer.convert_ids_to_tokens(self._tokenizer(_CHECK).input_ids)
        strangers = [p for p in pieces if vocabulary and p not in vocabulary]
        if strangers:
            raise TranslateError(f"{self.name}: the tokenizer does not fit the converted model ({strangers[0]!r})")

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        """See `translate.engines.Engine.translate`."""
        def run(batch: list[Request]) -> list[tuple[Hypothesis, ...]]:
            return self._batch(batch, source, target)

        yield from in_batches(requests, lambda r: len(r.source), _BATCH, run, workers=self._workers)

    def _batch(self, requests: list[Request], source: str, target: str) -> list[tuple[Hypothesis, ...]]:
        n_best = max(r.n_best for r in requests)
        prefixes = [self._prefix(r.prefix, target) for r in requests]
        results = self._translator.translate_batch(
            [self._source(r.source, source, target) for r in requests],
            target_prefix=prefixes,
            beam_size=max(self.beam, n_best),
            num_hypotheses=n_best,
            return_scores=True,
            max_decoding_length=self._longest,
            replace_unknowns=False,
        )
        out = []
        for request, result in zip(requests, results, strict=True):
            found: list[Hypothesis] = []
            for pieces, score in zip(result.hypotheses, result.scores, strict=True):
                text = self._text(pieces)
                if all(text != h.text for h in found):
                    found.append(Hypothesis(text, score))
            out.append(tuple(found[: request.n_best]))
        return out

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        """See `translate.engines.Engine.score`."""
        sources = [self._source(r.source, source, target) for r, _ in pairs]
        heads = [self._prefix(r.prefix, target) for r, _ in pairs]
        wholes = [self._prefix(r.prefix + text, target) for r, text in pairs]
        results = self._translator.score_batch(sources, wholes)
        scores = []
        for head, whole, result in zip(heads, wholes, results, strict=True):
            same = next((i for i, (a, b) in enumerate(zip(head, whole, strict=False)) if a != b), len(head))
            tail = result.log_probs[same : len(whole)]
            scores.append(sum(tail) / max(1, len(tail)))
        return scores

    def _source(self, text: str, source: str, target: str) -> list[str]:
        if self._kind in _CODES:
            self._tokenizer.src_lang = _CODES[self._kind][source]
        if self._kind == "t5":
            text = f"<2{target}> {text}"
        pieces: list[str] = self._tokenizer.convert_ids_to_tokens(self._tokenizer(text, truncation=True).input_ids)
        return pieces

    def _prefix(self, text: str, target: str) -> list[str]:
        first = [self._language(target)] if self._kind in _CODES else []
        if not text:
            return first
        # The target side is tokenised without the end mark; a space at the end would be a piece of its own.
        ids = self._tokenizer(text_target=text.rstrip(" "), add_special_tokens=False).input_ids
        return first + list(self._tokenizer.convert_ids_to_tokens(ids))

    def _language(self, target: str) -> str:
        code = _CODES[self._kind][target]
        if self._kind == "m2m_100":
            return f"__{code}__"
        return code

    def _text(self, pieces: Sequence[str]) -> str:
        ids = self._tokenizer.convert_tokens_to_ids(list(pieces))
        text: str = self._tokenizer.decode(ids, skip_special_tokens=True)
        return " ".join(text.split())
