"""Every command of docs/memory.md does what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from translate.cli import app, memory
from translate.document import TranslateError

GUIDE = Path(__file__).parents[2] / "docs" / "memory.md"
FILES = {
    "desk.csv": """source,target,state,author,date
나루시는 12일 여객선터미널을 새로 짓는다고 밝혔다.,Naru City said on the 12th it would build a new ferry terminal.,final,Lee Min-ho,2026-11-12
솔섬에는 37가구가 산다.,Sol Island is home to 37 households.,reviewed,Park Da-on,2026-11-12
시의회 표결은 28일이다.,,,,
""",
    "other.tmx": """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="ko-KR" segtype="sentence"/><body>
<tu creationid="Kim Ha-na" creationdate="20261110T090000Z">
<tuv xml:lang="ko-KR"><seg>솔섬에는 37가구가 산다.</seg></tuv><tuv xml:lang="en-US"><seg>37 households live on Sol Island.</seg></tuv></tu>
<tu creationid="Kim Ha-na" creationdate="20261110T090000Z">
<tuv xml:lang="ko-KR"><seg>주민들은 <bpt i="1"/>새 터미널<ept i="1"/>을 반긴다.</seg></tuv>
<tuv xml:lang="en-US"><seg>Residents welcome the new terminal.</seg></tuv></tu>
</body></tmx>
""",
    "desk.xlsx": "PK",
    "notes.csv": "what,when\nnothing,never\n",
    "terms.tsv": "source\ttarget\tnote\n방조제\tseawall\tThe long one.\n방파제\tbreakwater\tThe harbor's.\n",
    "old.ko.txt": (
        "나루항 방파제가 완공됐다. 길이는 350미터다. 공사는 4년이 걸렸다. 예산은 120억 원이었다. "
        "어민들은 이제 태풍을 걱정하지 않는다. 시는 내년에 등대를 새로 짓는다.\n"
    ),
    "old.en.txt": (
        "The breakwater at Naru Port is complete. It is 350 meters long and took four years to build. The budget was 12 billion "
        "won. Fishermen no longer worry about typhoons.\n"
    ),
}


def steps() -> list[tuple[str, list[str]]]:
    """The page's commands in order, each with the output shown."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ translate "):
                found.append((line.removeprefix("$ translate "), []))
            else:
                found[-1][1].append(line)
    return found


def test_every_command_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    commands = steps()
    # The page shows each of the group's commands.
    assert {c.split()[1] for c, _ in commands if c.startswith("memory ")} == {c.name or c.callback.__name__ for c in memory.app.registered_commands}
    for command, shown in commands:
        result = CliRunner().invoke(app, shlex.split(command))
        if isinstance(result.exception, TranslateError):
            output = f"translate: {result.exception}\n"
        else:
            output = result.output
            assert result.exit_code == 0, f"{command}: {output}\n{result.exception!r}"
        assert output.splitlines() == shown, command
