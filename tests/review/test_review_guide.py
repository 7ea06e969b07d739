"""Every command of "A day at the desk" does what the guide shows; the editors' work between them is done here."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from rows import cell, comments, edited, plain, put, xml
from typer.testing import CliRunner

from translate.cli import app
from translate.document import Block, Document, Kind, Occurrence, Origin, Outcome, Provenance, Segment, State, TranslateError
from translate.publishing import xliff, xliff12

GUIDE = Path(__file__).parents[2] / "docs" / "review.md"
TERM = ("여객선터미널", "ferry terminal")
TEXT = (
    ("나루항 여객선터미널 내년 3월 착공", "Naru Port ferry terminal to break ground next March"),
    ("나루시는 12일 여객선터미널을 새로 짓는다고 밝혔다.", "Naru City said on the 12th it would build a new ferry terminal."),
    ("여객선터미널에는 480억 원이 든다.", "The ferry terminal will cost 48 billion won."),
    ("솔섬에는 37가구가 산다.", "Thirty-seven households live on Sol Island."),
    ("지금 부두는 겨울마다 문을 닫는다.", "The present pier closes every winter."),
    ("주민들은 새 터미널을 반긴다.", "Residents welcome it."),
    ("시의회 표결은 28일이다.", "The council vote is on the 28th."),
)
OLD = (
    "나루항 방파제가 완공됐다. 길이는 350미터다. 공사는 4년이 걸렸다. 예산은 120억 원이었다. 어민들은 이제 태풍을 걱정하지 않는다.",
    "The breakwater at Naru Port is complete. It is 350 meters long and took four years to build. The budget was 12 billion "
    "won. Fishermen no longer worry about typhoons.",
)


def record() -> Document:
    """The record as the morning's translation left it."""
    blocks = []
    for number, (source, target) in enumerate(TEXT, 1):
        lines: tuple[Occurrence, ...] = ()
        if TERM[0] in source:
            start, at = source.index(TERM[0]), target.index(TERM[1])
            lines = (
                Occurrence(
                    start, start + len(TERM[0]), "city:여객선터미널", TERM[0], (TERM[1],), glossary="city", outcome=Outcome.APPLIED,
                    found=TERM[1], target_start=at, target_end=at + len(TERM[1]),
                ),
            )  # fmt: skip
        segment = Segment(
            f"s{number:04}", source, 0, len(source), target, State.TRANSLATED, Origin.MACHINE, "embedded", 0.8, occurrences=lines
        )
        kind = Kind.HEADLINE if number == 1 else Kind.PARAGRAPH
        blocks.append(Block(f"b{number:03}", kind, source, "ko", (segment,)))
    return Document("ferry", "ferry.txt", "ko", "en", tuple(blocks), provenance=Provenance(engine="embedded", date="2026-11-26T22:40:00Z"))


def kim(outputs: Path) -> None:
    """Word: "ferry terminal" thrice another way, one sentence of her own, a question on s0005."""

    def edit(rows):  # type: ignore[no-untyped-def]
        for name, (_, target) in zip(("s0001", "s0002", "s0003"), TEXT, strict=False):
            before, after = target.split(TERM[1])
            put(rows[name], f"T[{before}]<del>D[ferry]</del><ins>T[passenger]</ins>T[ terminal{after}]")
        put(rows["s0006"], plain("Residents are pleased with it."))
        cell(rows["s0005"]).extend(xml('<w:r><w:commentReference w:id="70"/></w:r>'))

    part = comments(("70", "Kim Ha-na", "Every winter, or last winter?", "0", ""))
    (outputs / "ferry.kim.docx").write_bytes(edited(record(), edit, part))


def lee(outputs: Path) -> None:
    """A CAT tool: s0004 approved, s0006 and s0007 rewritten."""
    root = etree.fromstring(xliff12.render(record()))
    space = f"{{{root.nsmap[None]}}}"
    units = {u.get("id"): u for u in root.iter(f"{space}trans-unit")}
    units["s0004"].set("approved", "yes")
    for name, text in (("s0006", "Residents welcome the new terminal."), ("s0007", "The council votes on the 28th.")):
        units[name].find(f"{space}target").text = text
    (outputs / "ferry.lee.xliff").write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def chief(outputs: Path) -> None:
    """The second round: the conflict decided, the answered question deleted."""

    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0006"], plain("Residents welcome the new terminal."))
        put(rows["s0005"], plain("The present pier closes every winter."))

    (outputs / "ferry.chief.docx").write_bytes(edited(xliff.parse((outputs / "ferry.xlf").read_bytes()), edit))


EDITORS: dict[str, Callable[[Path], None]] = {"kim": kim, "lee": lee, "chief": chief}


def steps() -> list[tuple[str, list[str]]]:
    """The guide's commands in order with the lines shown, and its editors (as "<!-- kim -->") between them."""
    found: list[tuple[str, list[str]]] = []
    text = GUIDE.read_text(encoding="utf-8")
    for editor, block in re.findall(r"<!-- (\w+) -->|```console\n(.*?)```", text, re.DOTALL):
        if editor:
            found.append((editor, []))
        for line in block.splitlines():
            if line.startswith("$ translate "):
                found.append((line.removeprefix("$ translate "), []))
            elif line.strip():
                found[-1][1].append(line)
    return found


def test_every_command_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outputs = tmp_path / "outputs"
    outputs.mkdir()
    (outputs / "ferry.xlf").write_bytes(xliff.render(record()))
    for name, text in zip(("ko", "en"), OLD, strict=True):
        (tmp_path / f"breakwater.{name}.txt").write_text(text + "\n", encoding="utf-8")
    commands = steps()
    assert {c for c, _ in commands} >= set(EDITORS) and len(commands) >= 11
    for command, shown in commands:
        if command in EDITORS:
            EDITORS[command](outputs)
            continue
        result = CliRunner().invoke(app, shlex.split(command))
        output = result.output
        if isinstance(result.exception, TranslateError):
            output += f"translate: {result.exception}\n"
        else:
            assert result.exit_code == 0, f"{command}: {output}\n{result.exception!r}"
        lines = {line.rstrip() for line in output.splitlines()}
        for line in shown:
            cut = line.endswith("…") and any(printed.startswith(line[:-1]) for printed in lines)
            assert line.rstrip() in lines or cut, f"{command}: the guide shows\n{line}\nthe command printed\n{output}"
