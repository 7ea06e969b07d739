"""Evaluate the exported adapter on development data; writes ``WORK/evaluation.json`` and prints a table.

FLORES dev beside its peers' outputs (where ``../shared/eval`` is there), the authored files kept apart without and with
their term pairs annotated, obedience to swapped terms, and repeated or run-away outputs.
"""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import sacrebleu

from training.data import Pair, _shape, authored, development_pairs, flores_dev, flores_folder
from translate.engines import Request, TermHint
from translate.engines.decoder import looping
from translate.engines.embedded import EmbeddedEngine
from translate.terminology.verification import find_form


def scores(hypotheses: list[str], references: list[str]) -> dict[str, Any]:
    """BLEU and chrF++ with their sacreBLEU signatures."""
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF(word_order=2)
    return {
        "bleu": round(bleu.corpus_score(hypotheses, [references]).score, 2),
        "chrf++": round(chrf.corpus_score(hypotheses, [references]).score, 2),
        "signatures": [str(bleu.get_signature()), str(chrf.get_signature())],
        "lines": len(hypotheses),
    }


def annotated(pair: Pair, wanted: dict[str, str]) -> Request:
    """A pair's source with hints for its terms (keys of ``wanted``, each once in the source)."""
    hints = [TermHint(pair.ko.find(k), pair.ko.find(k) + len(k), v) for k, v in wanted.items()]
    hints.sort(key=lambda h: (h.start, -h.end))
    kept: list[TermHint] = []
    for hint in hints:
        if not kept or hint.start >= kept[-1].end:
            kept.append(hint)
    return Request(pair.ko, tuple(kept))


def stands(term: str, text: str) -> bool:
    """Whether a form of ``term``, exact or inflected, stands in ``text``."""
    return any(True for _ in find_form(text, term, "en"))


def success(requests: list[Request], hypotheses: list[str]) -> float:
    """Share of hints whose form, exact or inflected, stands in the hypothesis."""
    hits = [stands(t.target, h) for r, h in zip(requests, hypotheses, strict=True) for t in r.terms]
    return round(sum(hits) / max(1, len(hits)), 4)


def evaluate(work: Path, config: dict[str, Any], beam: int = 3, lines: int = 997) -> dict[str, Any]:
    """All figures of the module's docstring."""
    engine = EmbeddedEngine(work / "cache", beam=beam, progress=print)
    report: dict[str, Any] = {"beam": beam, "model": engine.model}

    kept = (work / "lines.jsonl").open("w", encoding="utf-8")

    def run(requests: list[Request], references: list[str] | None = None) -> list[str]:
        best = [h[0] for h in engine.translate(requests, "ko", "en")]
        # What the stage "calibrate" reads.
        for request, hypothesis, reference in zip(requests, best, references or (), strict=bool(references)):
            missing = sum(not stands(t.target, hypothesis.text) for t in request.terms)
            line = {"source": request.source, "reference": reference, "hypothesis": hypothesis.text}
            kept.write(json.dumps({**line, "score": hypothesis.score, "missing": missing}, ensure_ascii=False) + "\n")
            kept.flush()
        return [h.text for h in best]

    runaway = total = 0
    if flores := flores_dev(config)[:lines]:
        ko, en = [p.ko for p in flores], [p.en for p in flores]
        began = time.monotonic()
        hypotheses = run([Request(s) for s in ko], en)
        seconds = time.monotonic() - began
        report["flores dev"] = scores(hypotheses, en)
        report["target pieces a second"] = round(sum(len(engine._pieces.encode(h)) for h in hypotheses) / seconds, 1)
        (work / "flores-dev.en").write_text("\n".join(hypotheses) + "\n", encoding="utf-8")
        runaway += sum(looping(h, s) for h, s in zip(hypotheses, ko, strict=True))
        total += len(ko)
        for peer in sorted((flores_folder(config) / "peers").glob("*.en")):
            report[f"flores dev, {peer.stem}"] = scores(peer.read_text(encoding="utf-8").splitlines()[:lines], en)
    pairs = development_pairs(config)[: max(100, lines // 2 + 2)]
    references = [p.en for p in pairs]
    plain = run([Request(p.ko) for p in pairs], references)
    report["authored, no terms"] = scores(plain, references)
    requests = [annotated(p, dict(p.terms)) for p in pairs]
    hypotheses = run(requests, references)
    report["authored, terms"] = scores(hypotheses, references) | {"term success": success(requests, hypotheses)}
    rng = random.Random(config["seed"])
    pool: dict[tuple[int, bool, bool], list[str]] = {}
    for file in authored(config, development=False).values():
        for p in file:
            for _, english in p.terms:
                pool.setdefault(_shape(english), []).append(english)
    swapped = [annotated(p, {k: rng.choice(pool.get(_shape(v), [v])) for k, v in p.terms}) for p in pairs]
    report["obedience to swapped terms"] = success(swapped, run(swapped))
    runaway += sum(looping(h, p.ko) for h, p in zip(plain, pairs, strict=True))
    report["repeated or run-away"] = f"{runaway} of {total + len(pairs)}"
    kept.close()
    (work / "evaluation.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, value in report.items():
        print(f"{name}: {value}")
    return report
