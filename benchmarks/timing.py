"""Measuring: alternating medians, peak memory of a process of its own, and the machine's name.

Only the standard library is imported, so that another virtual environment's Python can use this module too.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def machine() -> str:
    """The machine in a line: processor, cores this process may use, memory, Python, and the load that was on it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    note = f"; busy: load {busy:.1f} on {cores} cores at the start" if busy > 0.5 * cores else ""
    return f"{_processor()}, {cores} cores, {gigabytes:.0f} GB, {platform.system()}, Python {platform.python_version()}{note}"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def seconds(task: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def alternating(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Each task's median seconds over ``rounds`` rounds, in each of which all have their turn: what slows the machine for
    a while slows them all.  The order turns round by round, so that none always follows the same one."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    names = list(tasks)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            taken[name].append(seconds(tasks[name]))
    return {name: statistics.median(times) for name, times in taken.items()}


def median(task: Callable[[], object], rounds: int = 5) -> float:
    """The median seconds of ``rounds`` calls."""
    return statistics.median(seconds(task) for _ in range(rounds))


def peak_mb() -> float:
    """The most memory that this process has held so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


@dataclass(frozen=True)
class Child:
    """What a process of its own printed, how long it ran and the most memory it held."""

    output: str
    seconds: float
    peak_mb: float


def in_child(module: str, arguments: Sequence[str], python: str = sys.executable) -> Child:
    """Run ``python -m module arguments`` and wait for it.  Raises RuntimeError with its last line if it fails."""
    began = time.perf_counter()
    process = start_child(module, arguments, python)
    assert process.stdout is not None
    output = process.stdout.read()
    return Child(output, time.perf_counter() - began, end_child(process, module))


def start_child(module: str, arguments: Sequence[str], python: str = sys.executable) -> subprocess.Popen[str]:
    """Start ``python -m module arguments`` at the repository's root, with pipes to talk with it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [python, "-m", module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env=environment,
    )  # fmt: skip


def end_child(process: subprocess.Popen[str], name: str) -> float:
    """Wait for a child, and its peak memory in MB (on Linux at least what this process had when it forked).

    Raises RuntimeError where it failed; its own words are on stderr.
    """
    if process.stdin is not None:
        process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{name} ended with {process.returncode}; see above")
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
