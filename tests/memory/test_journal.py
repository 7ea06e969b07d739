"""The memory as a run's journal: a run that is killed at any moment goes on with the next identical call and repeats nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 20
ROUND = 24


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_runs_resume_and_repeat_nothing(tmp_path: Path, seed: int) -> None:
    script = Path(__file__).with_name("killed_runs.py")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "m.sqlite"), str(KILLS), str(seed)],
        capture_output=True, text=True, timeout=120, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *killed, last, again = map(json.loads, done.stdout.splitlines())
    assert len(killed) == KILLS and all(run["status"] == signal.SIGKILL for run in killed)
    moments = {len(run["after"]) for run in killed}
    assert len(moments) > 3, "the kills fell on too few moments to say anything"
    for run in (*killed, last, again):
        # What was in the memory is asked for by nobody, what was finished is in it but for the round in work.
        assert not set(run["before"]) & set(run["asked"])
        assert set(run["before"]) <= set(run["after"]) and len(run["after"]) % ROUND == 0
        assert len(run["asked"]) - (len(run["after"]) - len(run["before"])) <= ROUND
    assert last["status"] == 0 and len(last["after"]) == 720
    assert again["status"] == 0 and again["asked"] == []
