"""The main job's cost: time and peak memory for articles of 10 to 1,000 sentences, and the steps apart.

    python -m benchmarks.main_job [10 100 1000] [--docs]

Sentences are made here from parts (original text); the embedded engine translates them.  Absolute times depend on the machine;
what to look at is how they grow.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.results import fill, save, table
from benchmarks.timing import ROOT, machine, peak_mb
from translate.engines import Engine
from translate.engines.embedded import EmbeddedEngine
from translate.pipeline import publish_document, translate_document
from translate.settings import Settings, load_settings
from translate.sources import read_document
from translate.terminology.loading import default_paths, load_termbase
from translate.terminology.matching import Matcher

WHO = ("정부는", "국방부는", "자위대는", "한국은행은", "전문가들은", "합동작전사령부는", "두 나라는", "시민들은")
WHAT = ("새 계획을", "확장억제 협의를", "예산 3조 5000억 원을", "합동훈련을", "물가 대책을", "240명 규모의 조직을", "공동성명을")
DID = ("발표했다", "검토하고 있다", "시작했다", "다음 달 확정한다", "12일 공개했다", "환영했다", "요구했다")
WHEN = ("이날", "지난달", "올해 안에", "회의가 끝난 뒤", "서울에서", "3월 12일")


def article(sentences: int, seed: int = 1) -> str:
    """An article of that many sentences, three a paragraph, no two alike where that can be."""
    rng = random.Random(seed)
    lines = [f"{rng.choice(WHEN)} {rng.choice(WHO)} {rng.choice(WHAT)} {i + 11}번째로 {rng.choice(DID)}." for i in range(sentences)]
    return "\n\n".join(" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)) + "\n"


def measure(sizes: Sequence[int], engine: Engine, settings: Settings) -> list[dict[str, Any]]:
    """A row for each size: seconds of the steps, the most memory held so far, and terms missing."""
    termbase = load_termbase(default_paths(ROOT / settings.glossary))
    matcher = Matcher(termbase)
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "article.txt"
            path.write_text(article(size), encoding="utf-8")
            t0 = time.monotonic()
            document = read_document(str(path))
            t1 = time.monotonic()
            summary = translate_document(document, termbase, matcher, lambda: engine, settings)
            t2 = time.monotonic()
            publish_document(summary, Path(folder), ["docx", "html"])
            t3 = time.monotonic()
        rows.append(
            {
                "sentences": size, "read s": t1 - t0, "translate s": t2 - t1, "s a sentence": (t2 - t1) / size, "publish s": t3 - t2,
                "peak MB": round(peak_mb()), "terms missing": summary.terms()["missing"],
            }
        )  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[10, 100, 1000], help="sentences")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    name = machine()
    settings = load_settings(Path())
    began = time.monotonic()
    engine = EmbeddedEngine(settings.cache_folder(), settings.beam, settings.threads)
    ready = time.monotonic() - began
    rows = measure(options.sizes, engine, settings)
    head = f"{engine.name} ({engine.model[:28]}…), beam {settings.beam}, ready after {ready:.1f} s; each size once; {name}"
    save(options.out, "main-job", {"machine": name, "ready": ready, "rows": rows}, f"{head}\n\n{table(rows)}")
    if options.docs:
        fill("main-job", f"Measured with {head}.\n\n{table(rows)}")


if __name__ == "__main__":
    main()
