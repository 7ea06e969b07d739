"""Every figure of docs/performance.md in one command: each benchmark in turn, in a process of its own.

    python -m benchmarks all [--docs] [--argos VENV/bin/python]        # takes hours on two cores
    python -m benchmarks all --quick                                   # the smallest sizes: does everything run here
    python -m benchmarks growth engines --docs                         # some of them

What fails (corpora or an engine that this machine lacks) is said at the end, the rest is measured all the same.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.timing import ROOT

# Each with the arguments of its smallest size.
QUICK = {
    "terminology": ("--lines", "2", "--rounds", "1"),
    "pages": ("--page", "budget", "--rounds", "1"),
    "matching": ("--entries", "10", "100", "--characters", "4000", "--rounds", "1"),
    "growth": ("--largest", "1000", "--rounds", "1"),
    "main_job": ("3",),
    "engines": ("--lines", "2", "--rounds", "1"),
    "hub": ("--lines", "20", "--rounds", "1"),
    "flores": ("--lines", "3"),
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="+", metavar="NAME", choices=["all", *QUICK], help=f"all, or some of: {', '.join(QUICK)}")
    parser.add_argument("--docs", action="store_true", help="put the results into docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="the smallest sizes, for a first try; not for the docs")
    parser.add_argument("--argos", metavar="PYTHON", help="Python of a virtual environment with argostranslate and its ko→en package")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "benchmarks")
    options = parser.parse_args(arguments)
    if options.quick and options.docs:
        parser.error("--quick measures nothing that belongs into the docs: leave out one of --quick and --docs")
    failed = []
    for name in QUICK if "all" in options.what else dict.fromkeys(options.what):
        print(f"\n== {name} ==", flush=True)
        began = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{name}", "--out", str(options.out.resolve())]
        command += [*(QUICK[name] if options.quick else ()), *(["--docs"] if options.docs else [])]
        command += ["--argos", options.argos] if options.argos and name == "engines" else []
        if subprocess.run(command, cwd=ROOT).returncode:
            failed.append(name)
        print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)
    if failed:
        print(f"failed, their own words are above: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
