"""Every command of the glossary guide does what the guide shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from translate.cli.glossary import app
from translate.document import Block, Document, Kind, Segment, State, TranslateError
from translate.publishing.xliff import render

GUIDE = Path(__file__).parents[2] / "docs" / "glossary-guide.md"
FOLDER = Path(__file__).parent / "guide"
_COMMAND = re.compile(r"\$ translate glossary (.*?)(?:\s{2,}# exit (\d))?$")


def record() -> bytes:
    """A record as an earlier translation left it in outputs/."""
    pairs = [("선창에 배가 닿았다.", "The ship reached the pier."), ("비가 왔다.", "It rained.")]
    segments, text = [], ""
    for number, (source, target) in enumerate(pairs, 1):
        text += " " if text else ""
        start = len(text)
        text += source
        segments.append(Segment(f"s{number:04}", source, start, len(text), target, State.TRANSLATED))
    block = Block("b001", Kind.PARAGRAPH, text, "ko", tuple(segments))
    return render(Document("rain", "rain.txt", "ko", "en", (block,)))


def steps() -> list[tuple[str, int, list[str]]]:
    """Commands of the guide in order, each with its exit code and the output shown."""
    found: list[tuple[str, int, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            match = _COMMAND.match(line)
            if match:
                found.append((match[1], int(match[2] or 0), []))
            elif line.strip():
                found[-1][2].append(line)
    return found


def test_every_command_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    (tmp_path / "desk" / "outputs").mkdir()
    (tmp_path / "desk" / "outputs" / "rain.xlf").write_bytes(record())
    commands = steps()
    assert len(commands) > 20
    for command, code, shown in commands:
        result = CliRunner().invoke(app, shlex.split(command))
        output = result.output
        if isinstance(result.exception, TranslateError):
            output += f"translate: {result.exception}\n"
        assert result.exit_code == code, f"{command}: exit {result.exit_code}\n{output}\n{result.exception!r}"
        lines = {line.rstrip() for line in output.splitlines()}
        for line in shown:
            cut = line.endswith("…") and any(printed.startswith(line[:-1]) for printed in lines)
            is_there = line.rstrip() in lines or cut
            assert is_there, f"{command}: the guide shows\n{line}\nthe command printed\n{output}"
