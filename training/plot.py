"""Plot a run's log (losses, learning rate over tokens) as PNG for the model card."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def plot(work: Path) -> Path:
    """Draw ``WORK/log.jsonl`` as ``WORK/run.png``; return its path."""
    lines = [json.loads(line) for line in (work / "log.jsonl").read_text().splitlines()]
    rows = [line for line in lines if "loss" in line]
    apart = [line for line in lines if "development_loss" in line]
    tokens = [r["tokens"] / 1e6 for r in rows]
    losses = [r["loss"] for r in rows]
    smooth = [sum(losses[max(0, i - 7) : i + 1]) / len(losses[max(0, i - 7) : i + 1]) for i in range(len(losses))]
    figure, axis = plt.subplots(figsize=(7, 3.6), dpi=130)
    axis.plot(tokens, losses, color="#9db4c8", linewidth=0.8, label="loss, mean of 25 steps")
    axis.plot(tokens, smooth, color="#12436d", linewidth=1.8, label="running mean")
    axis.plot([r["tokens"] / 1e6 for r in apart], [r["development_loss"] for r in apart], "o-", color="#2f7d4f", label="lines kept apart")
    axis.set_xlabel("training tokens (millions)")
    axis.set_ylabel("loss a target piece (nats)")
    other = axis.twinx()
    other.plot(tokens, [r["lr"] for r in rows], color="#c2703d", linewidth=1, linestyle="--", label="learning rate")
    other.set_ylabel("learning rate")
    axis.legend(loc="upper right", frameon=False)
    axis.grid(alpha=0.25)
    figure.tight_layout()
    figure.savefig(work / "run.png")
    return work / "run.png"
