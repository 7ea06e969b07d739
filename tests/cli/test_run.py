"""The main job from the command line, and every mistake a user can make on the way."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_example_article(run: Run, desk: Path) -> None:
    done = run("article.txt", "--json", "--to", "docx,html,txt,md")
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(done.stdout)["documents"]
    assert set(report["outputs"]) == {"docx", "html", "txt", "md", "xlf"}
    assert all((desk / path).stat().st_size > 0 for path in report["outputs"].values())
    assert report["segments"] == 27
    assert report["terms"]["applied"] + report["terms"]["repaired"] >= 30
    assert report["terms"]["missing"] <= 1
    page = (desk / report["outputs"]["html"]).read_text(encoding="utf-8")
    english = (desk / report["outputs"]["txt"]).read_text(encoding="utf-8")
    for wanted in ("extended deterrence", "Joint Operations Command", "U.S. Forces Japan", "Self-Defense Forces", "55,000", "240"):
        assert wanted.lower() in english.lower(), wanted
    assert english.lower().count("joint operations command") >= 2
    assert "[Saebyeok Shinmun reporter Han Do-yun]" in english
    assert "Posted March 12, 2026, 4:31 p.m." in english
    for furniture in ("Taboola", "All rights reserved", "대표전화", "많이 본 뉴스"):
        assert furniture not in page
    assert "많이 본 뉴스" in (desk / report["outputs"]["xlf"]).read_text(encoding="utf-8")
    assert zipfile.ZipFile(desk / report["outputs"]["docx"]).testzip() is None
    # An English caption inside the Korean page is passed through.
    assert "pose for a photo before their talks" in english


def test_two_runs_give_the_same_bytes(run: Run, desk: Path) -> None:
    for folder in ("one", "two"):
        assert run("short.txt", "-o", folder, "--no-memory").returncode == 0
    for path in sorted((desk / "one").iterdir()):
        assert path.read_bytes() == (desk / "two" / path.name).read_bytes(), path.name


def test_a_second_run_takes_everything_from_the_memory(run: Run, desk: Path) -> None:
    first = run("short.txt", "-o", "one")
    second = run("short.txt", "-o", "two")
    assert first.returncode == second.returncode == 0
    assert "from the memory: 1 segments" in second.stdout
    for path in sorted((desk / "one").iterdir()):
        assert path.read_bytes() == (desk / "two" / path.name).read_bytes(), path.name


def test_a_changed_glossary_translates_only_what_it_touches(run: Run, desk: Path) -> None:
    (desk / "two.txt").write_text("비가 내렸다.\n\n합동작전사령부가 출범했다고 한다.\n\n눈도 내렸다고 한다.\n", encoding="utf-8")
    assert run("two.txt").returncode == 0
    path = desk / "glossary" / "security.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("합동작전사령부\tJoint Operations Command", "합동작전사령부\tUnified Operations Command"))
    again = run("two.txt", "--json")
    assert json.loads(again.stdout)["documents"][0]["terms"]["missing"] == 0
    assert "Unified Operations Command" in (desk / "outputs" / "two.xlf").read_text(encoding="utf-8")
    assert "from the memory: 2 segments" in run("two.txt", "-o", "x").stdout or "from the memory: 3 segments" in run("two.txt", "-o", "x").stdout


def test_republishing_from_the_record(run: Run, desk: Path) -> None:
    assert run("short.txt").returncode == 0
    before = (desk / "outputs" / "short.html").read_bytes()
    assert run("publish", "outputs/short.xlf", "--to", "html,docx", "-o", "again").returncode == 0
    assert (desk / "again" / "short.html").read_bytes() == before


def test_dry_run_translates_nothing(run: Run, desk: Path) -> None:
    done = run("article.txt", "--dry-run")
    assert done.returncode == 0
    assert re.search(r"terms found: \d+", done.stdout)
    assert not (desk / "outputs").exists()


def test_standard_input(run: Run, desk: Path) -> None:
    done = run("-", "--json", input="비가 내렸다.\n")
    assert done.returncode == 0, done.stderr
    assert (desk / "outputs" / "stdin.docx").exists()


def test_strict_fails_on_a_missing_term(run: Run, desk: Path) -> None:
    (desk / "odd.tsv").write_text("source\ttarget\n비가\tzzqx vwwk qqrt\n", encoding="utf-8")
    (desk / "rain.txt").write_text("어제 비가\n", encoding="utf-8")
    done = run("rain.txt", "-g", "odd.tsv", "--strict", "--json")
    terms = json.loads(done.stdout)["documents"][0]["terms"]
    assert (done.returncode == 3) == (terms["missing"] > 0)


@pytest.mark.parametrize(
    ("content", "arguments", "code", "message"),
    [
        (None, ["nothing.txt"], 1, "no such file"),
        (b"", ["bad.txt"], 1, "empty"),
        (b"\x7fELF\x00\x01\x02\xff\xfe", ["bad.txt"], 1, "not a text file"),
        ("가나다".encode() + b"\xff\xff" + "라마바".encode(), ["bad.txt"], 1, "offset"),
        (None, ["glossary/"], 1, "directory"),
        (None, ["short.txt", "-e", "nonsense"], 2, "unknown engine"),
        (None, ["short.txt", "-e", "nllb-600m"], 2, "forbids commercial use"),
        (None, ["short.txt", "--to", "pdf"], 2, "unknown format"),
        (None, ["short.txt", "--from", "fr"], 2, "unknown language"),
        (None, ["short.txt", "-g", "broken.tsv"], 1, "broken.tsv:"),
        (None, ["short.txt", "-o", "short.txt/x"], 1, "cannot write there"),
        (None, ["--nonsense"], 2, "no such option"),
    ],
)
def test_mistakes_are_one_line(run: Run, desk: Path, content: bytes | None, arguments: list[str], code: int, message: str) -> None:
    if content is not None:
        (desk / "bad.txt").write_bytes(content)
    (desk / "broken.tsv").write_text("source\ttarget\tstatus\n확장억제\textended deterrence\twrongstatus\n", encoding="utf-8")
    before = {p.name for p in desk.iterdir()}
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert message.lower() in " ".join(done.stderr.lower().replace("│", " ").split())
    assert "Traceback" not in done.stderr
    left = {p.name for p in desk.iterdir()} - before
    assert not [n for n in left if not n.startswith("translate.memory")]


def test_one_bad_file_does_not_stop_the_others(run: Run, desk: Path) -> None:
    done = run("nothing.txt", "short.txt", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert len(report["documents"]) == 1
    assert "no such file" in report["errors"][0]


def test_help_is_quick_and_loads_nothing_heavy(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in ("article", "glossary", "memory", "evaluate", "engine", "publish"):
        assert word in done.stdout


def test_nothing_heavy_is_imported_for_help() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from translate.cli import app; "
        "print([m for m in ('torch','transformers','ctranslate2','kiwipiepy','trafilatura','docx','lxml','sacrebleu') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
