"""Files into the memory: the same whether they are read here or by a process of its own."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from translate.document import Origin, State, TranslateError
from translate.memory import Unit, open_memory, reading
from translate.memory.tables import write_table
from translate.memory.tmx import write_tmx

UNITS = [Unit(f"{i}번째 문장이다.", f"Sentence {i}.", state=State.REVIEWED, origin=Origin.HUMAN, author="Kim", date="2026-11-27") for i in range(5000)]


@pytest.fixture(params=["here", "another process"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(reading, "_LARGE", 10**9 if request.param == "here" else 0)
    return str(request.param)


@pytest.mark.parametrize("suffix", [".tmx", ".csv"])
def test_units_and_what_was_skipped(tmp_path: Path, where: str, suffix: str) -> None:
    path = tmp_path / f"all{suffix}"
    with path.open("wb") as stream:
        if suffix == ".csv":
            write_table(UNITS, stream, suffix)
            stream.write("비.,\n".encode())
        else:
            write_tmx(UNITS, stream)
    if suffix == ".tmx":
        path.write_bytes(path.read_bytes().replace(b"</body>", b'<tu><tuv xml:lang="ko"><seg>x</seg></tuv></tu>\n</body>'))
    skipped: list[str] = []
    with open_memory(tmp_path / "m.sqlite") as memory:
        assert reading.import_file(memory, path, "ko", "en", skipped.append) == 5000
        assert list(memory.units()) == UNITS
    assert len(skipped) == 1 and skipped[0].startswith(f"{path}:500")
    assert not multiprocessing.active_children()


def test_a_file_that_breaks_off(tmp_path: Path, where: str) -> None:
    path = tmp_path / "broken.tmx"
    with path.open("wb") as stream:
        write_tmx(UNITS, stream)
    path.write_bytes(path.read_bytes()[:-200])
    with open_memory(tmp_path / "m.sqlite") as memory, pytest.raises(TranslateError, match=r"broken\.tmx:\d+: not well-formed TMX"):
        reading.import_file(memory, path, "ko", "en")
    assert not multiprocessing.active_children()


def test_a_reader_that_dies_is_told(tmp_path: Path) -> None:
    messages = multiprocessing.get_context("spawn").Queue()
    with pytest.raises(TranslateError, match=r"m\.tmx: the process that read it was ended"):
        reading._next(messages, lambda: False, tmp_path / "m.tmx")
    messages.close()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with open_memory(tmp_path / "m.sqlite") as memory, pytest.raises(TranslateError, match=r"no\.tmx: no such file"):
        reading.import_file(memory, tmp_path / "no.tmx", "ko", "en")
