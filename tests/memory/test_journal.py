"""The memory as a run's journal: a run that is killed at any moment goes on with the next identical call and repeats nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from killed_runs import Slow, article

from translate.document import Level, Origin, State
from translate.memory import Unit, open_memory
from translate.pipeline import translate_document
from translate.settings import Settings
from translate.terminology.matching import Matcher
from translate.terminology.termbase import Termbase

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


def test_a_sentence_like_a_reviewed_one_is_shown_to_the_editor(tmp_path: Path) -> None:
    document = article(30)
    texts = [s.source for s in document.segments()]
    like = texts[7].replace("as long as the others", "as short as the others")
    with open_memory(tmp_path / "m.sqlite") as memory, Path(os.devnull).open("w") as notes:
        memory.store([Unit(t, "5번 문장은 짧다.", "en", "ko", state=State.FINAL, origin=Origin.HUMAN) for t in (texts[5], like)])
        engine = Slow(notes.fileno())
        runs = [translate_document(document, Termbase(()), Matcher(Termbase(())), lambda: engine, Settings(), memory) for _ in range(2)]
    first, second = (list(s.document.segments()) for s in runs)
    assert [s.findings for s in first] == [s.findings for s in second]
    assert first[5].origin is Origin.MEMORY and not [f for f in first[5].findings if f.check == "memory"]
    # Only figures differ, and can be put right; a machine's own sentences, as like as they are, are no reason to look twice.
    (finding,) = [f for f in first[7].findings if f.check == "memory"]
    assert finding.level is Level.INFO
    assert finding.message == f"99 % like “{texts[5]}”, translated “7번 문장은 짧다.” (figures substituted)"
