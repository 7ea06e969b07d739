"""The embedded engine beside transformers on the same weights and, where it is installed, argostranslate.

    python -m benchmarks.engines [--file LINES.txt] [--lines 0] [--rounds 5] [--argos VENV/bin/python] [--threads 0]

Each runs in a process of its own: start-up is the time from nothing to the first line's translation, memory the most that the
process has held.  Then all translate the same lines in turns; the median counts.  transformers gets the very prompts that the
embedded engine makes, batches of the same size, the weights (base with our adapter merged) in float32, greedy decoding; it is
spared making the prompts.  argostranslate needs a virtual environment of its own with its ko→en package installed there;
without that its row says what is missing.
By default the lines are the sentences of examples/article.txt.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.timing import ROOT, alternating, end_child, machine, start_child

Translate = Callable[[list[int]], list[str]]

# Sentences of an article, for articles a minute where other lines than the example's are given.
ARTICLE = 25
_BATCH = 24


# -- in a process of its own ------------------------------------------------------------------------------------------


def embedded(task: dict[str, Any]) -> Translate:
    """The embedded engine; lines are named by their numbers in ``task``."""
    from translate.engines import Request
    from translate.engines.embedded import EmbeddedEngine
    from translate.engines.lexicon import analysed

    engine = EmbeddedEngine(Path(task["cache"]), threads=task["threads"])

    def run(numbers: list[int]) -> list[str]:
        analysed.cache_clear()  # each call finds the lines new
        return [h[0].text for h in engine.translate([Request(task["lines"][i]) for i in numbers], "ko", "en")]

    return run


def transformers(task: dict[str, Any]) -> Translate:
    """transformers' generation on the merged weights."""
    import torch
    from sentencepiece import SentencePieceProcessor
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    from translate.engines.adapter import merge_adapter, read_adapter
    from translate.engines.base_weights import ARCHITECTURE as A
    from translate.engines.base_weights import trimmed_base
    from translate.engines.embedded_build import MODEL_FOLDER, output_bias

    if task["threads"]:
        torch.set_num_threads(task["threads"])
    processor = SentencePieceProcessor(model_file=str(MODEL_FOLDER / "koen.spm"))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    weights = trimmed_base(pieces)
    merge_adapter(weights, read_adapter(MODEL_FOLDER / "adapter.safetensors"))
    config = Gemma3TextConfig(
        vocab_size=len(pieces), hidden_size=A.hidden, intermediate_size=A.feed_forward, num_hidden_layers=A.layers,
        num_attention_heads=A.heads, num_key_value_heads=A.kv_heads, head_dim=A.head_dim, query_pre_attn_scalar=A.head_dim,
        sliding_window=A.sliding_window, rms_norm_eps=A.norm_eps, pad_token_id=0, eos_token_id=processor.eos_id(),
        layer_types=["full_attention" if A.is_global(i) else "sliding_attention" for i in range(A.layers)],
    )  # fmt: skip
    model: Any = Gemma3ForCausalLM(config).eval()
    model.load_state_dict({name: torch.from_numpy(w) for name, w in weights.items()}, strict=False)
    model.tie_weights()
    del weights
    banned = [i for i, bias in enumerate(output_bias(pieces)) if bias < 0]
    banned += [i for i, piece in enumerate(pieces) if piece.startswith("<unused")]

    def run(numbers: list[int]) -> list[str]:
        out: dict[int, str] = {}
        order = sorted(numbers, key=lambda i: len(task["prompts"][i]))
        for at in range(0, len(order), _BATCH):
            chosen = order[at : at + _BATCH]
            prompts = [task["prompts"][i] for i in chosen]
            width = max(map(len, prompts))
            ids = torch.tensor([[0] * (width - len(p)) + p for p in prompts])
            mask = torch.tensor([[0] * (width - len(p)) + [1] * len(p) for p in prompts])
            with torch.inference_mode():
                made = model.generate(
                    ids, attention_mask=mask, do_sample=False, max_new_tokens=int(width * 1.6) + 24, suppress_tokens=banned
                )
            for i, row in zip(chosen, made[:, width:].tolist(), strict=True):
                end = row.index(processor.eos_id()) if processor.eos_id() in row else len(row)
                out[i] = " ".join(processor.decode([p for p in row[:end] if p]).split())
        return [out[i] for i in numbers]

    return run


def argos(task: dict[str, Any]) -> Translate:
    """argostranslate, as its own users get it; runs in the virtual environment given with --argos."""
    model = _argos_model()
    return lambda numbers: [model.translate(task["lines"][i]) for i in numbers]


def _argos_model() -> Any:
    """Its ko→en model.  Ends the process, with the reason as its last word, where there is none."""
    try:
        from argostranslate import translate  # type: ignore[import-not-found]
    except ImportError:
        sys.exit("not installed there: pip install argostranslate")
    try:
        model = translate.get_translation_from_codes("ko", "en")
    except (AttributeError, LookupError, StopIteration):  # what its versions make of a language that they do not know
        model = None
    if model is None:
        sys.exit("no ko→en package there: argospm install translate-ko_en")
    return model


_CHILDREN = {"embedded": embedded, "transformers": transformers, "argostranslate": argos}


def child(name: str, path: str) -> None:
    """Load an engine, translate the first line and say so; then translate all lines for each line read from standard input.

    Without a task's ``path`` only look whether argostranslate is there.
    """
    if not path:
        _argos_model()
        return
    task = json.loads(Path(path).read_text(encoding="utf-8"))
    run = _CHILDREN[name](task)
    run([0])
    print("ready", flush=True)
    for _ in sys.stdin:
        print(json.dumps(run(list(range(len(task["lines"]))))), flush=True)


def argos_absent(python: str | None) -> str:
    """Why argostranslate cannot be measured with that Python; empty if it can."""
    if python is None:
        return "not measured, no --argos PYTHON given"
    command = [python, "-m", "benchmarks.engines", "--child", "argostranslate", ""]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    except OSError as error:
        return f"--argos {python}: {error.strerror}"
    lines = done.stderr.strip().splitlines()
    return "" if done.returncode == 0 else (lines[-1] if lines else f"--argos {python} ended with {done.returncode}")


# -- the comparison ---------------------------------------------------------------------------------------------------


def compare(task: dict[str, Any], rounds: int, pythons: dict[str, str]) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """A row for each engine, and each engine's translations."""
    from sentencepiece import SentencePieceProcessor

    from translate.engines.embedded_build import MODEL_FOLDER

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "task.json"
        path.write_text(json.dumps(task, ensure_ascii=False), encoding="utf-8")
        running: dict[str, subprocess.Popen[str]] = {}
        start_up: dict[str, float] = {}
        for name, python in pythons.items():
            began = time.perf_counter()
            running[name] = start_child("benchmarks.engines", ["--child", name, str(path)], python)
            _answer(running[name], name)
            start_up[name] = time.perf_counter() - began
        texts: dict[str, list[str]] = {}

        def translated(name: str) -> Callable[[], None]:
            def once() -> None:
                print("all lines", file=running[name].stdin, flush=True)
                texts[name] = json.loads(_answer(running[name], name))

            return once

        taken = alternating({name: translated(name) for name in running}, rounds)
        peaks = {name: end_child(process, name) for name, process in running.items()}
    pieces = SentencePieceProcessor(model_file=str(MODEL_FOLDER / "koen.spm"))
    rows = []
    for name in running:
        made = sum(len(pieces.encode(text)) for text in texts[name])
        rows.append(
            {
                "engine": name,
                "start-up s": round(start_up[name], 2),
                "target pieces/s": round(made / taken[name], 1),
                "articles/min": round(60 / taken[name] * task["articles"], 2),
                "peak MB": round(peaks[name]),
                "time ×": round(taken[name] / taken["embedded"], 2),
                "lines as ours": sum(a == b for a, b in zip(texts[name], texts["embedded"], strict=True)),
            }
        )
    return rows, texts


def _answer(process: subprocess.Popen[str], name: str) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{name} gave no answer; its own words are above")
    return line


def task_of(file: Path | None, lines: int, threads: int) -> dict[str, Any]:
    """What the processes are given: lines, their prompts as ids, how many articles they are, cache and threads."""
    from sentencepiece import SentencePieceProcessor

    from translate.document import Kind
    from translate.engines import Request
    from translate.engines.embedded import EmbeddedEngine
    from translate.engines.embedded_build import MODEL_FOLDER
    from translate.settings import load_settings
    from translate.sources import read_document

    if file:
        texts = [t for t in file.read_text(encoding="utf-8").splitlines() if t.strip()]
        articles = len(texts[: lines or None]) / ARTICLE
    else:
        document = read_document(str(ROOT / "examples" / "article.txt"))
        texts = [s.source for b in document.blocks if b.kind is not Kind.BOILERPLATE and b.language == "ko" for s in b.segments]
        articles = len(texts[: lines or None]) / len(texts)
    texts = texts[: lines or None]
    cache = load_settings(Path()).cache_folder()
    engine = EmbeddedEngine(cache, threads=threads)
    pieces = SentencePieceProcessor(model_file=str(MODEL_FOLDER / "koen.spm"))
    prompts = [[pieces.piece_to_id(p) for p in engine.prompt(Request(text))] for text in texts]
    return {"lines": texts, "prompts": prompts, "articles": articles, "cache": str(cache.resolve()), "threads": threads}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--file", type=Path, help="Korean lines; default: the example article's sentences")
    parser.add_argument("--lines", type=int, default=0, help="only the first lines (0: all)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0, help="threads for ours and transformers (0: all cores)")
    parser.add_argument("--argos", metavar="PYTHON", help="Python of a virtual environment with argostranslate and its ko→en package")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return
    from benchmarks.results import fill, save, table

    name = machine()
    task = task_of(options.file, options.lines, options.threads)
    pythons = {"embedded": sys.executable, "transformers": sys.executable}
    absent = argos_absent(options.argos)
    pythons |= {} if absent else {"argostranslate": options.argos}
    rows, texts = compare(task, options.rounds, pythons)
    if absent:
        rows.append({"engine": f"argostranslate: {absent}"})
    head = f"{len(task['lines'])} lines, medians of {options.rounds}; {name}"
    save(options.out, "engines", {"machine": name, "rounds": options.rounds, "rows": rows, "texts": texts}, f"{head}\n\n{table(rows)}")
    if options.docs:
        fill("engines", f"Measured on {head}.\n\n{table(rows)}")


if __name__ == "__main__":
    main()
