"""Hub models beside transformers on the same weights: how fast, and whether they say the same.

    python -m benchmarks.hub [--model FOLDER] [--lines 200] [--beam 3] [--rounds 5] [--docs]

*pipeline* generates as transformers' translation pipeline did, a line at a time; *batches* gives transformers 16 lines of like
length at once; *hub* is the product's engine (CTranslate2, 8 bits).  All follow as many beams on the same processors.  ``--model``
names the folder of a Marian model; without it one of 6 + 6 layers is made here and taught the lines by heart (minutes), so that
the comparison needs no download.  The lines are those of ``training/text``.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.marian import save_marian, teach
from benchmarks.results import fill, save, table
from benchmarks.timing import ROOT, alternating, machine

_BATCH = 16


def lines_of(count: int) -> list[tuple[str, str]]:
    """``count`` pairs from all files of ``training/text`` in turn."""
    files = [path.read_text(encoding="utf-8").splitlines() for path in sorted((ROOT / "training" / "text").glob("*.tsv"))]
    rows = [file[i].split("\t") for i in range(max(map(len, files))) for file in files if i < len(file)]
    return [(row[0], row[1]) for row in rows if len(row) > 1 and 20 <= len(row[0]) <= 90][:count]


def compare(model: Path, sources: list[str], beam: int, rounds: int) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """A row a way, and each way's translations."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    from translate.engines import Request
    from translate.engines.hub import open_hub

    tokenizer: Any = AutoTokenizer.from_pretrained(str(model))
    plain: Any = AutoModelForSeq2SeqLM.from_pretrained(str(model)).eval()
    texts: dict[str, list[str]] = {}

    def generated(size: int) -> list[str]:
        out: dict[int, str] = {}
        order = sorted(range(len(sources)), key=lambda i: len(sources[i])) if size > 1 else range(len(sources))
        for at in range(0, len(sources), size):
            chosen = order[at : at + size]
            given = tokenizer([sources[i] for i in chosen], return_tensors="pt", padding=True)
            with torch.inference_mode():
                made = plain.generate(**given, num_beams=beam, do_sample=False)
            out.update(zip(chosen, tokenizer.batch_decode(made, skip_special_tokens=True), strict=True))
        return [" ".join(out[i].split()) for i in range(len(sources))]

    with tempfile.TemporaryDirectory() as cache:
        engine = open_hub(str(model), Path(cache), beam)

        def hub() -> None:
            texts["hub"] = [h[0].text for h in engine.translate([Request(s) for s in sources], "ko", "en")]

        ways = {
            "pipeline": lambda: texts.update(pipeline=generated(1)),
            "batches": lambda: texts.update(batches=generated(_BATCH)),
            "hub": hub,
        }
        taken = alternating(ways, rounds)
    rows = [
        {
            "way": name,
            "lines/s": round(len(sources) / taken[name], 2),
            "speed ×": round(taken["pipeline"] / taken[name], 2),
            "lines as pipeline": sum(a == b for a, b in zip(texts[name], texts["pipeline"], strict=True)),
        }
        for name in ways
    ]
    return rows, texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", type=Path, help="folder of a Marian model, Korean to English")
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--beam", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    name = machine()
    pairs = lines_of(options.lines)
    with tempfile.TemporaryDirectory() as folder:
        model = options.model or Path(folder) / "marian"
        about = f"the model in {model}"
        if not options.model:
            save_marian(model, [text for pair in pairs for text in pair], size=256, layers=6, vocabulary=4000)
            taught = teach(model, pairs)
            about = f"a Marian of 6 + 6 layers, 256 wide, that learned the lines by heart in {taught} rounds"
        rows, texts = compare(model, [source for source, _ in pairs], options.beam, options.rounds)
    text = f"{len(pairs)} lines, {options.beam} beams, {about}; medians of {options.rounds}; {name}.\n\n{table(rows)}"
    save(options.out, "hub", {"machine": name, "rows": rows, "texts": texts}, text)
    if options.docs:
        fill("hub", text)


if __name__ == "__main__":
    main()
