"""Quality against references: BLEU, chrF++ and TER through sacreBLEU, with signatures and paired bootstrap significance.

Papineni et al. 2002 (BLEU), Popović 2017 (chrF++), Snover et al. 2006 (TER), Post 2018 (sacreBLEU signatures), Koehn 2004
(paired bootstrap resampling).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Score:
    """One metric of one system: its value, the sacreBLEU signature that makes it repeatable, and, against the first
    system of a comparison, the bootstrap's p-value and 95 % interval half-width (None for a single system)."""

    metric: str
    value: float
    signature: str
    p_value: float | None = None
    interval: float | None = None


def metrics(target: str) -> dict[str, Any]:
    """sacreBLEU metric objects for a target language (Korean is tokenised by characters for BLEU)."""
    import sacrebleu

    return {
        "BLEU": sacrebleu.BLEU(tokenize="char" if target == "ko" else "13a"),
        "chrF++": sacrebleu.CHRF(word_order=2),
        "TER": sacrebleu.TER(),
    }


def corpus_scores(hypotheses: Sequence[str], references: Sequence[str], target: str) -> list[Score]:
    """The three metrics of one system's lines."""
    out = []
    for name, metric in metrics(target).items():
        result = metric.corpus_score(list(hypotheses), [list(references)])
        out.append(Score(name, round(float(result.score), 2), str(metric.get_signature())))
    return out


def compare(
    systems: dict[str, Sequence[str]], references: Sequence[str], target: str, samples: int = 300
) -> dict[str, list[Score]]:
    """Scores of each system with significance against the first one (paired bootstrap, ``samples`` resamples, seed 12345)."""
    if len(systems) == 1:
        return {name: corpus_scores(lines, references, target) for name, lines in systems.items()}
    from sacrebleu.significance import PairedTest

    named: list[Any] = [(name, list(lines)) for name, lines in systems.items()]
    results: Any
    # TER on the pruned search is slow to resample; its plain value is enough.
    chosen = {name: metric for name, metric in metrics(target).items() if name != "TER"}
    signatures, results = PairedTest(
        named, chosen, references=[list(references)], test_type="bs", n_samples=samples, n_jobs=1
    )()
    out: dict[str, list[Score]] = {name: [] for name in systems}
    # sacreBLEU names its columns itself (chrF++ is "chrF2++"); their order is ours.
    columns = [name for name in results if name != "System"]
    for metric, column in zip(chosen, columns, strict=True):
        for name, result in zip(systems, results[column], strict=True):
            out[name].append(
                Score(
                    metric, round(float(result.score), 2), str(signatures[column]), _plain(result.p_value), _plain(result.ci)
                )
            )
    for name, lines in systems.items():
        out[name].append(corpus_scores(lines, references, target)[2])
    return out


def _plain(number: Any) -> float | None:
    return None if number is None else round(float(number), 5)


def sentence_chrf(hypotheses: Sequence[str], references: Sequence[str]) -> list[float]:
    """chrF++ of each line (for worst-sentence lists and plots)."""
    import sacrebleu

    metric = sacrebleu.CHRF(word_order=2)
    return [
        round(float(metric.sentence_score(h, [r]).score), 1) for h, r in zip(hypotheses, references, strict=True)
    ]
