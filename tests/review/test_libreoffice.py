"""Real edits: LibreOffice opens the DOCX, records changes (or not), comments, moves rows, and saves; see ``office.py``.

All documents go through one LibreOffice, driven through UNO by a Python that has it.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest
from rows import record
from typer.testing import CliRunner

from translate.cli import app
from translate.document import Document, Origin, State
from translate.memory import open_memory
from translate.publishing import docx, xliff
from translate.review.apply import Review, apply_review
from translate.review.docx import read_rows

DATE = "2026-12-01T00:00:00Z"
EDITOR = "Ha-na Kim"
RECORD = record()
TARGETS = {s.id: s.target for s in RECORD.segments()}
SOURCES = {s.id: s.source for s in RECORD.segments()}


@cache
def python_with_uno() -> str:
    """A Python that can drive LibreOffice, "" where there is none."""
    for python in (sys.executable, "/usr/bin/python3"):
        if shutil.which(python) and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
            return python
    return ""


pytestmark = [
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
    pytest.mark.skipif(shutil.which("soffice") is not None and not python_with_uno(), reason="no Python with LibreOffice's uno (python3-uno)"),
]


@dataclass(frozen=True)
class Case:
    """Steps of an editor, and what review must say it took: new texts, words of each refusal, of each note, comments."""

    name: str
    steps: tuple[tuple[object, ...], ...]
    changed: dict[str, str] = field(default_factory=dict)
    refused: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    comments: tuple[tuple[str, str, bool], ...] = ()
    edits: tuple[tuple[str, str], ...] | None = None
    sources: dict[str, str] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    tracked: bool = True


FOOTS = "Q. Who foots the bill?"
REST = (" 확장억제 협의체를 가동했다고 밝혔다.", " and launched the extended deterrence consultative body.")
SPLIT: tuple[tuple[object, ...], ...] = (
    ("replace", "s0006", REST[0], "", "B"),
    ("replace", "s0006", REST[1], ""),
    ("add_row", "s0006", REST[0].strip(), "and set up the extended deterrence body."),
)
JOINED = {"s0006": TARGETS["s0006"].replace(REST[1], " and set up the extended deterrence body.")}
CASES = (
    Case("nothing", ()),
    Case("a word replaced", (("replace", "s0014", "pays", "foots the bill"),), {"s0014": FOOTS}, edits=(("del", "pays"), ("ins", "foots the bill"))),
    Case("a word inserted", (("insert", "s0014", "Who", " really"),), {"s0014": "Q. Who really pays?"}, edits=(("ins", " really"),)),
    Case("words deleted", (("replace", "s0015", " pays", ""),), {"s0015": "A. Each side half."}, notes=("was reviewed before",), edits=(("del", " pays"),)),
    Case(
        "several rows",
        (("replace", "s0014", "pays", "paid"), ("insert", "s0001", "Seoul,", " Busan,"), ("replace", "s0003", "Published ", "")),
        {"s0014": "Q. Who paid?", "s0001": TARGETS["s0001"].replace("Seoul,", "Seoul, Busan,"), "s0003": TARGETS["s0003"].replace("Published ", "")},
    ),
    Case("a change of the look", (("bold", "s0009", "minister"),)),
    Case("Enter in a cell", (("enter", "s0015", "A. Each side"), ("replace", "s0015", "half", "50 %")), {"s0015": "A. Each side pays 50 %."},
         notes=("was reviewed before",)),
    Case(
        "comments",
        (("replace", "s0014", "pays", "paid"), ("comment", "s0014", "Who", "Is this right?"), ("comment", "s0008", "now", "Sure?", True)),
        {"s0014": "Q. Who paid?"}, comments=(("s0008", "Sure?", True), ("s0014", "Is this right?", False)), states={"s0014": State.TRANSLATED},
    ),
    Case(
        "some accepted, some rejected",
        (
            ("replace", "s0014", "pays", "paid"), ("accept", "s0014", "paid"), ("accept", "s0014", "pays"),
            ("replace", "s0015", "pays", "paid"), ("reject", "s0015", "paid"), ("reject", "s0015", "pays"),
        ),
        {"s0014": "Q. Who paid?"},
    ),
    Case("a row deleted", (("drop_row", "s0012"), ("replace", "s0014", "pays", "paid")), {"s0014": "Q. Who paid?"}, (("s0012", "its row was deleted"),)),
    Case("a row of the editor's own", (("add_row", "s0012", "덧붙인 문장이다.", "A sentence of my own."),), refused=(("", "belongs to no segment"),)),
    Case("a row split", SPLIT, JOINED, notes=("split into 2",)),
    Case("a row moved", (("move_row", "s0014", "s0012"),), notes=("rows were moved",)),
    Case("cells merged", (("merge", "s0012", "s0013"),), refused=(("s0012, s0013", "merged into one cell"),)),
    Case(
        "a typo in the Korean, and Korean in the English column",
        (("replace", "s0006", "첫 회의", "첫번째 회의", "B"), ("replace", "s0014", "Q. Who pays?", "비용은 누가 내는지 묻고 싶다")),
        {"s0006": TARGETS["s0006"]}, (("s0014", "not English"),), ("source corrected",), sources={"s0006": SOURCES["s0006"].replace("첫 회의", "첫번째 회의")},
    ),
    Case("the appendices deleted", (("drop_appendix",),)),
    Case("untracked: a word replaced", (("replace", "s0014", "pays", "foots the bill"),), {"s0014": FOOTS}, edits=(), tracked=False),
    Case("untracked: a row deleted", (("drop_row", "s0012"),), refused=(("s0012", "its row is not in the file"),), tracked=False),
    Case("untracked: a row split", SPLIT, JOINED, notes=("split into 2",), tracked=False),
    Case("untracked: a row moved", (("move_row", "s0014", "s0012"),), notes=("rows were moved",), tracked=False),
)  # fmt: skip


def published(case: Case) -> Document:
    """The record; without its findings, whose comments go into no window, where the steps need one."""
    return RECORD.map_segments(lambda s: replace(s, findings=())) if windowed(case) else RECORD


def windowed(case: Case) -> bool:
    """Whether there are steps that a menu's command does."""
    return any(step[0] in ("drop_row", "add_row", "merge", "move_row", "accept", "reject") for step in case.steps)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The DOCX of each case as LibreOffice saved it."""
    folder = tmp_path_factory.mktemp("office")
    documents = []
    for number, case in enumerate(CASES):
        before, after = folder / f"{number}.docx", folder / f"{number}.edited.docx"
        before.write_bytes(docx.render(published(case)))
        documents.append({"in": str(before), "out": str(after), "record": case.tracked, "window": windowed(case), "steps": case.steps})
    job = {"profile": str(folder / "profile"), "editor": EDITOR, "documents": documents}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    script = Path(__file__).with_name("office.py")
    done = subprocess.run([python_with_uno(), str(script), str(folder / "job.json")], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return {case.name: Path(str(d["out"])).read_bytes() for case, d in zip(CASES, documents, strict=True)}


def reviewed(case: Case, data: bytes) -> Review:
    return apply_review(published(case), read_rows(data), date=DATE)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_review_says_what_it_took(case: Case, edited: dict[str, bytes]) -> None:
    data = edited[case.name]
    assert b"LibreOffice" in zipfile.ZipFile(io.BytesIO(data)).read("docProps/app.xml")
    review = reviewed(case, data)
    assert {c.segment: c.after for c in review.changed} == case.changed
    assert all(c.author == EDITOR and c.date for c in review.changed)
    refused = [(u.segment, u.why) for u in review.unplaced]
    assert len(refused) == len(case.refused), refused
    for segment, words in case.refused:
        assert any(found == segment and words in why for found, why in refused), refused
    assert len(review.notes) == len(case.notes) and all(w in n for w, n in zip(case.notes, review.notes, strict=True)), review.notes
    assert tuple((s, r.text, r.done) for s, r in review.comments) == case.comments
    after = {s.id: s for s in review.document.segments()}
    for name, segment in after.items():
        assert segment.target == case.changed.get(name, TARGETS[name])
        assert segment.source == case.sources.get(name, SOURCES[name])
        if name in case.changed:
            assert segment.state is case.states.get(name, State.REVIEWED) and segment.origin is Origin.HUMAN
    refused_only = {s for names, _ in case.refused for s in names.split(", ")} - set(case.changed)
    assert set(review.untouched) | set(case.changed) | refused_only >= set(after) and not review.accepted
    if case.edits is not None:
        rows = [r for r in read_rows(data) if r.edits or r.target != r.original]
        assert [(e.kind, e.text) for r in rows for e in r.edits] == list(case.edits)
        assert all(r.original in TARGETS.values() for r in rows)
    assert xliff.parse(xliff.render(review.document)) == review.document


def test_the_command_on_a_file_from_libreoffice(edited: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deterrence.xlf").write_bytes(xliff.render(RECORD))
    (tmp_path / "deterrence.kim.docx").write_bytes(edited["comments"])
    (tmp_path / "deterrence.lee.docx").write_bytes(edited["several rows"])

    def run(name: str) -> list[str]:
        result = CliRunner().invoke(app, ["review", f"deterrence.{name}.docx", "--record", "deterrence.xlf", "--publish", "docx"])
        assert result.exit_code == 0, result.output
        return [line for line in result.output.splitlines() if "after translation" not in line]

    question = f"{EDITOR}: Is this right?"
    assert run("kim") == [
        "deterrence.xlf: 1 changed, 0 accepted as they were, 15 untouched; edit rate 0.3 %",
        f"  s0014 changed ({EDITOR}), edit rate 33.3 %",
        "    - Q. Who pays?",
        "    + Q. Who paid?",
        f"  s0008 comment by {EDITOR} (resolved): Sure?",
        f"  s0014 comment by {EDITOR} (open, the segment stays unreviewed): Is this right?",
    ]
    assert not (tmp_path / "translate.memory.sqlite").exists()  # nothing is reviewed yet
    # The other file has the same edit and knows nothing of the question, which stays.
    lines = run("lee")
    assert lines[0].startswith("deterrence.xlf: 2 changed, 0 accepted as they were, 14 untouched")
    assert [line for line in lines if "note: s0014" in line and line.endswith(question)]
    segments = {s.id: s for s in xliff.parse((tmp_path / "deterrence.xlf").read_bytes()).segments()}
    assert segments["s0014"].state is State.TRANSLATED and question in [f.message for f in segments["s0014"].findings]
    with open_memory(tmp_path / "translate.memory.sqlite") as memory:
        assert {u.source for u in memory.units()} == {SOURCES["s0001"], SOURCES["s0003"]}
        assert {u.author for u in memory.units()} == {EDITOR}
