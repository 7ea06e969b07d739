"""Train the adapter: resumable at any step, on a CPU or one GPU, by the same code.

``WORK`` holds ``base.safetensors`` (stage trim); ``checkpoint.pt`` (adapter, its average, optimizer, position) is
written every ``checkpoint_steps`` and read on start; ``adapter.safetensors`` is the averaged adapter; ``log.jsonl`` has
a line every 25 steps.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.data import Corpus, batches
from training.model import Translator, save_adapter


def tensors(batch: list[tuple[list[int], list[int]]], multiple: int = 8) -> tuple[Tensor, Tensor]:
    """Ids and labels [batch, length], right-padded to a multiple; labels are -100 on the source and the padding."""
    length = max(len(s) + len(t) for s, t in batch)
    length = (length + multiple - 1) // multiple * multiple
    ids, labels = torch.zeros(len(batch), length, dtype=torch.long), torch.full((len(batch), length), -100)
    for row, (source, target) in enumerate(batch):
        end = len(source) + len(target)
        ids[row, :end] = torch.tensor(source + target)
        labels[row, len(source):end] = torch.tensor(target)
    return ids, labels


def rate(step: float, total: float, options: dict[str, Any]) -> float:
    """Learning rate: linear warm-up, constant, linear decay over the run's last ``decay_share``."""
    decay = options["decay_share"] * total
    left = max(0.0, total - step)
    factor = min(1.0, (step + 1) / options["warmup"], 0.05 + 0.95 * left / decay if decay else 1.0)
    return float(options["learning_rate"]) * factor


def mean_loss(model: Translator, batches: list[list[tuple[list[int], list[int]]]]) -> float:
    """The loss a target piece (nats) of all examples."""
    device = next(model.parameters()).device
    total = pieces = 0.0
    with torch.no_grad():
        for batch in batches:
            ids, labels = (t.to(device) for t in tensors(batch))
            count = int((labels[:, 1:] != -100).sum())
            total += model(ids, labels).item() * count
            pieces += count
    return total / max(1.0, pieces)


def train(work: Path, config: dict[str, Any], vocabulary: Path, start: Path | None, minutes: float, threads: int) -> None:
    """Run for ``minutes`` (the schedule's length), from ``checkpoint.pt`` where there is one, else from ``start``."""
    options = config["train"]
    torch.set_num_threads(threads)
    torch.manual_seed(config["seed"])
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Translator(work / "base.safetensors", options["rank"])
    if start:
        model.load_adapter(start)
    model.to(device)
    model.compile_blocks()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=0.0, betas=tuple(options["betas"]), weight_decay=0.0, fused=True
    )
    average = model.adapter()
    position = {"epoch": 0, "batch": 0, "step": 0, "tokens": 0, "seconds": 0.0}
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_tensors(saved["adapter"])
        average = {k: v.cpu() for k, v in saved["average"].items()}
        optimizer.load_state_dict(saved["optimizer"])
        position = saved["position"]
    stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stop.append(number))

    def tell(line: dict[str, Any]) -> None:
        with (work / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")

    def save() -> None:
        state = {"adapter": model.adapter(), "average": average, "optimizer": optimizer.state_dict(), "position": position}
        temporary = checkpoint.with_suffix(".tmp")
        torch.save(state, temporary)
        os.replace(temporary, checkpoint)
        save_adapter(average, work / "adapter.safetensors")

    corpus = Corpus(config, vocabulary)
    apart = batches(corpus.development(options["development_lines"]), options["tokens"], options["length"], random.Random(0))

    def development_loss() -> float:
        """The averaged adapter's on the lines kept apart."""
        current = model.adapter()
        model.load_tensors(average)
        loss = mean_loss(model, apart)
        model.load_tensors(current)
        return loss

    began, before, total = time.monotonic(), position["seconds"], minutes * 60
    losses: list[float] = []
    if not position["step"]:
        tell({**position, "development_loss": development_loss()})
    while True:
        rng = random.Random(config["seed"] + position["epoch"])
        plan = batches(corpus.epoch(position["epoch"]), options["tokens"], options["length"], rng)
        for batch in plan[position["batch"]:]:
            ids, labels = (t.to(device) for t in tensors(batch))
            loss = model(ids, labels)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            # The schedule runs on time, in units of steps so far, so that a run ends decayed whatever its speed.
            done = position["seconds"] / total
            steps = position["step"] / done if done > 0.001 else 1e9
            for group in optimizer.param_groups:
                group["lr"] = rate(position["step"], steps, options)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item())
            position["batch"] += 1
            position["step"] += 1
            position["tokens"] += sum(len(s) + len(t) for s, t in batch)
            position["seconds"] = before + time.monotonic() - began
            if position["step"] % 5 == 0:
                weight = min(options["average"] ** 5, position["step"] / (position["step"] + 50))
                current = model.adapter()
                for name, value in average.items():
                    value.lerp_(current[name], 1 - weight)
            if position["step"] % 25 == 0:
                line = {**position, "loss": sum(losses) / len(losses), "lr": optimizer.param_groups[0]["lr"]}
                line["tokens_per_second"] = position["tokens"] / position["seconds"]
                if position["step"] % options["checkpoint_steps"] == 0:
                    line["development_loss"] = development_loss()
                losses.clear()
                tell(line)
            over = position["seconds"] >= total or bool(stop)
            if position["step"] % options["checkpoint_steps"] == 0 or over:
                save()
            if over:
                return
        position["epoch"] += 1
        position["batch"] = 0
