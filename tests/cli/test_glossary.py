"""``translate glossary``: exit codes, outputs for machines, refusals, and no half-written file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from translate.cli.glossary import app
from translate.document import TranslateError

FOLDER = Path(__file__).parents[1] / "terminology" / "guide"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two glossaries."""
    shutil.copytree(FOLDER, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def run(*arguments: str) -> Result:
    """The command's result; a TranslateError is what main() prints."""
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("command", ["list", "stats", "check", "find 부두", "show 부두", "diff {0} {1}"])
def test_json_is_json_and_nothing_else(command: str, desk: Path) -> None:
    files = [str(p) for p in sorted((desk / "glossary").iterdir())]
    result = run(*command.format(*files).split(), "--json")
    assert result.exit_code == 0, result.output
    assert isinstance(json.loads(result.stdout), list)


def test_json_rows_have_every_field(desk: Path) -> None:
    row = json.loads(run("find", "SSFC", "--json").stdout)[0]
    assert row["source"] == "남해함대사령부"
    assert row["variants"] == ["남함사", "SSFC"]
    assert row["status"] == "preferred"
    assert (row["form"], row["score"]) == ("SSFC", 100.0)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["find", "교향악단"], 1),
        (["show", "교향악단"], 1),
        (["where", "교향악단"], 1),
        (["list", "--status", "good"], 2),
        (["add", "등대"], 2),
        (["add", "등대", "lighthouse"], 2),  # two glossaries: which?
        (["edit", "부두"], 2),
        (["export", "--for", "dbase"], 2),
        (["export", "--for", "deepl", "--from", "ja"], 2),
        (["check", "broken.tsv"], 1),
        (["check", "--strict", "broken.tsv"], 1),
        (["check"], 0),
        (["nothing"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, desk: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["list", "-g", "none.tsv"], "none.tsv: no such glossary"),
        (["edit", "부둣가", "--note", "x"], "no glossary has a row for '부둣가'"),
        (["edit", "해상풍력단지", "--note", "x"], "say which with --target"),
        (["import", "partner.csv", "-o", "glossary/ports.tsv"], "is there already"),
        (["add", "등대", "lighthouse", "-g", "partner.csv"], "bring it in with `translate glossary import`"),
        (["add", "등대", "lighthouse", "-g", "list.doc"], "unknown glossary format '.doc'"),
        (["merge", "glossary/ports.tsv", "article.txt"], "article.txt:1: "),
    ],
)
def test_mistakes_are_one_line_and_change_nothing(arguments: list[str], what: str, desk: Path) -> None:
    before = {p: p.read_bytes() for p in desk.rglob("*") if p.is_file()}
    result = run(*arguments)
    assert isinstance(result.exception, TranslateError), result.output
    assert what in str(result.exception)
    assert "\n" not in str(result.exception)
    assert {p: p.read_bytes() for p in desk.rglob("*") if p.is_file()} == before


def test_no_glossary_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "no glossary in glossary/" in str(run("list").exception)
    assert run("add", "등대", "lighthouse", "-g", "glossary/new.tsv").exit_code == 0
    assert run("check").exit_code == 0
    assert run("find", "lighthouse").exit_code == 0


def test_a_change_is_one_line_and_the_file_stays_whole(desk: Path) -> None:
    path = desk / "glossary" / "harbor.tsv"
    before = path.read_text(encoding="utf-8").splitlines()
    assert run("edit", "기뢰탐색함", "--note", "two classes").exit_code == 0
    after = path.read_text(encoding="utf-8").splitlines()
    assert [a for a, b in zip(after, before, strict=True) if a != b] == [
        "기뢰탐색함\tminehunter\t기뢰 탐색함\tpreferred\tnoun\tnavy\ttwo classes"
    ]
    assert not list(desk.rglob("*.part"))


def test_fix_tidies_but_never_drops_a_broken_row(desk: Path) -> None:
    bad = desk / "bad.tsv"
    bad.write_text("source\ttarget\n항구 \tport\n등대\t\n", encoding="utf-8")
    assert run("check", "--fix", "bad.tsv").exit_code == 1
    assert "등대" in bad.read_text(encoding="utf-8")
    bad.write_text("source\ttarget\n항구 \tport\n등대\tlight  house\n", encoding="utf-8")
    assert run("check", "--fix", "--strict", "bad.tsv").exit_code == 0
    assert bad.read_text(encoding="utf-8") == "source\ttarget\n등대\tlight house\n항구\tport\n"


def test_export_tells_losses_on_stderr_and_refuses_what_the_service_would(desk: Path) -> None:
    result = run("export", "--for", "deepl", "-o", "d.csv")
    assert "lost: 1 forbidden row left out" in result.stderr
    assert (desk / "d.csv").read_text(encoding="utf-8").startswith("기뢰탐색함,minehunter\n")
    run("add", "긴말", "long " * 250, "-g", "glossary/ports.tsv")
    refused = run("export", "--for", "deepl", "-o", "e.csv")
    assert "deepl takes 1,024 bytes a term" in str(refused.exception)
    assert not (desk / "e.csv").exists()


def test_export_from_english_turns_the_columns(desk: Path) -> None:
    run("export", "--for", "amazon", "--from", "en", "-o", "a.csv")
    lines = (desk / "a.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "en,ko"
    assert "minehunter,기뢰탐색함" in lines
    assert not any(line.startswith("marine wind complex") for line in lines)


def test_help_answers_without_heavy_imports() -> None:
    code = (
        "import sys; from translate.cli.glossary import app; "
        "heavy = {'kiwipiepy', 'lxml', 'openpyxl', 'rapidfuzz', 'rich.table', 'numpy'} & set(sys.modules); "
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_check_names_terms_that_the_memory_never_met(desk: Path) -> None:
    from translate.memory import Unit, open_memory

    with open_memory(desk / "m.sqlite") as memory:
        memory.store([Unit("부두에서는 남함사가 훈련했다.", "SSFC trained at the pier.")])
    result = run("check", "--memory", "m.sqlite", "--json")
    assert result.exit_code == 0, result.output
    unused = {i["message"].split("'")[1] for i in json.loads(result.stdout) if i["check"] == "use"}
    listed = {r["source"] for r in json.loads(run("list", "--status", "preferred", "--json").stdout)}
    assert unused
    assert {"부두", "남해함대사령부"} <= listed - unused
    missing = run("check", "--memory", "none.sqlite")
    assert isinstance(missing.exception, TranslateError)
    assert not (desk / "none.sqlite").exists()
