"""``python -m training STAGE WORK``: trim, lexicon, train, weigh, export, evaluate, calibrate, plot.  See training/README.md."""

from __future__ import annotations

import argparse
import os
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
VOCABULARY = HERE.parent / "translate" / "models" / "embedded" / "koen.spm"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("stage", choices=["trim", "lexicon", "train", "weigh", "export", "evaluate", "calibrate", "plot"])
    parser.add_argument("work", type=Path, help="folder for weights, checkpoints and logs")
    parser.add_argument("--minutes", type=float, default=60, help="train: length of the whole schedule")
    parser.add_argument("--start", type=Path, help="train: adapter to begin from where there is no checkpoint")
    parser.add_argument("--with", dest="other", type=Path, help="weigh, export: another adapter to mix in")
    parser.add_argument("--share", type=float, default=0.5, help="export: the other adapter's share")
    parser.add_argument("--scale", type=float, default=1.0, help="export: how many times as large the change is made")
    parser.add_argument("--lines", type=int, default=997, help="evaluate: FLORES lines; of authored ones half as many")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    with (HERE / "config.toml").open("rb") as file:
        config = tomllib.load(file)
    if arguments.stage == "trim":
        from training.trim import trim

        trim(arguments.work, VOCABULARY)
    elif arguments.stage == "lexicon":
        from training.lexicon import build_lexicon

        build_lexicon(config, VOCABULARY.parent / "lexicon.tsv.xz")
    elif arguments.stage == "train":
        from training.train import train

        train(arguments.work, config, VOCABULARY, arguments.start, arguments.minutes, arguments.threads)
    elif arguments.stage == "export":
        from training.export import export

        export(arguments.work, VOCABULARY, arguments.other, arguments.share, arguments.scale)
    elif arguments.stage == "weigh":
        from training.export import weigh

        if not arguments.other:
            parser.error("weigh needs --with ADAPTER")
        for share, scale, losses in weigh(arguments.work, config, VOCABULARY, arguments.other):
            print(f"share {share:.2f}  scale {scale:.1f}  " + "  ".join(f"{name} {loss:.4f}" for name, loss in losses.items()), flush=True)
    elif arguments.stage == "evaluate":
        from training.evaluate import evaluate

        evaluate(arguments.work, config, lines=arguments.lines)
    elif arguments.stage == "calibrate":
        from training.calibrate import calibrate

        calibrate(arguments.work, VOCABULARY.parent, HERE.parent / "docs" / "reliability.png")
    else:
        from training.plot import plot

        plot(arguments.work)


if __name__ == "__main__":
    main()
