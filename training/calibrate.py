"""Calibrate: fit the weights of the engine's confidence to the development lines that ``evaluate`` translated.

Reads ``WORK/lines.jsonl``; writes ``confidence.json`` beside the adapter and the reliability plot ``docs/reliability.png``.  The
curve is fitted on every second line (logistic regression with the sentence's chrF++ as a soft label, Newton's method) and looked at
on the others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import sacrebleu

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from translate.checks import errors
from translate.engines.confidence import confidence, features
from translate.evaluation.calibration import calibration

# The least that a missing term or an error takes away (in logits).
_FAULT = -0.2


def fitted(rows: np.ndarray[Any, Any], labels: np.ndarray[Any, Any], ridge: float = 1.0) -> np.ndarray[Any, Any]:
    """Weights of a logistic curve over ``rows`` [line, feature] for soft ``labels`` [line] (0..1)."""
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (labels - p) - ridge * weights
        hessian = (rows * (p * (1 - p))[:, None]).T @ rows + ridge * np.eye(rows.shape[1])
        weights = weights + np.linalg.solve(hessian, gradient)
    return weights


def calibrate(work: Path, model: Path, picture: Path) -> None:
    """See the module's docstring; prints the error and the rank correlation before and after."""
    lines = [json.loads(line) for line in (work / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    chrf = sacrebleu.CHRF(word_order=2)
    scores = [chrf.sentence_score(line["hypothesis"], [line["reference"]]).score for line in lines]
    rows = [
        features(
            line["score"], line["missing"], len(errors(line["source"], line["hypothesis"], "ko", "en")),
            len(line["source"]), len(line["hypothesis"]),
        )
        for line in lines
    ]  # fmt: skip
    weights = fitted(np.array(rows[::2]), np.array(scores[::2]) / 100)
    # A missing term hardly moves chrF++, but the reader wants it there: no fault may raise the confidence.
    weights[2:4] = np.minimum(weights[2:4], _FAULT)
    (model / "confidence.json").write_text(
        json.dumps({"weights": [round(float(w), 4) for w in weights], "lines": len(rows[::2])}) + "\n", encoding="utf-8"
    )
    figure, axis = plt.subplots(figsize=(5, 4.4), dpi=130)
    axis.plot([0, 1], [0, 1], color="#888888", linewidth=1, linestyle="--")
    for label, chosen, colour in (("score as a probability", None, "#c2703d"), ("calibrated", weights, "#12436d")):
        found = calibration([confidence(chosen, row) for row in rows[1::2]], scores[1::2])
        print(f"{label}: expected error {found.expected_error:.3f}, rank correlation {found.rank_correlation}, {len(rows[1::2])} lines")
        sizes = [12 + 160 * b.lines / len(rows[1::2]) for b in found.bins]
        axis.scatter([b.confidence for b in found.bins], [b.score / 100 for b in found.bins], sizes, colour, label=label)
        axis.plot([b.confidence for b in found.bins], [b.score / 100 for b in found.bins], color=colour, linewidth=1.2)
    axis.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="mean chrF++ of the lines, / 100")
    axis.legend(frameon=False, loc="upper left")
    axis.grid(alpha=0.25)
    figure.tight_layout()
    figure.savefig(picture)
