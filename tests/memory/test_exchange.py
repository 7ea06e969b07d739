"""Tables of units, and the memory's commands for exchange."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_align import GOLD, paragraphs
from typer.testing import CliRunner

from translate.cli import app as translate
from translate.cli.memory import app
from translate.document import Origin, State, TranslateError
from translate.memory import Unit, open_memory
from translate.memory.tables import read_table, write_table
from translate.memory.tmx import read_tmx
from translate.publishing.xliff import parse
from translate.review.docx import read_rows

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20)
UNITS = st.lists(
    st.builds(
        Unit, TEXT, TEXT, st.just("ko"), st.just("en"), TEXT, TEXT, author=st.sampled_from(["", "한, 새봄", 'A "B" C']), date=st.just("2026-11-27T01:02:03Z"),
        state=st.sampled_from(State), origin=st.sampled_from([Origin.HUMAN, Origin.MACHINE, Origin.MEMORY]), document=TEXT,
        engine=TEXT, model=TEXT, settings_key=TEXT, confidence=st.none(), details=st.just(""),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(UNITS, st.sampled_from([".csv", ".tsv"]))
def test_a_table_gives_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, units: list[Unit], suffix: str) -> None:
    path = tmp_path_factory.mktemp("table") / f"m{suffix}"
    with path.open("wb") as stream:
        assert write_table(units, stream, suffix) == len(units)
    skipped: list[str] = []
    assert list(read_table(path, skipped=skipped.append)) == units and not skipped


def test_a_table_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "m.CSV"
    text = 'Note,Target, Source ,STATE\r\nx,"He said ""no"".\nTwice.",아니라고 했다.,\r\n,Rain.,비.,translated\r\n,,눈.,\r\n,Snow.,눈.,done\r\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    skipped: list[str] = []
    first, second = read_table(path, skipped=skipped.append)
    assert (first.source, first.target, first.state, first.origin) == ("아니라고 했다.", 'He said "no". Twice.', State.REVIEWED, Origin.HUMAN)
    assert second.state is State.TRANSLATED
    assert skipped == [f"{path}:5: a row with an empty side", f"{path}:6: 'done' is not State"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "m.csv:1: the first line must name"),
        ("원문,번역\n비.,Rain.\n".encode(), "m.csv:1: the first line must name"),
        ("source,target\n비.,Rain.\n".encode("cp949"), "m.csv: is not UTF-8; save it as CSV UTF-8"),
        (b'source,target\n"a"b,c\n', "m.csv:2: not well-formed"),
    ],
)
def test_a_broken_table_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "m.csv").write_bytes(data)
    with pytest.raises(TranslateError) as error:
        list(read_table(tmp_path / "m.csv"))
    assert words in str(error.value) and "\n" not in str(error.value)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, side in (("ko", 0), ("en", 1)):
        (tmp_path / f"{name}.txt").write_text("\n\n".join(" ".join(p) for p in paragraphs(side)) + "\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str, object]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output, result.exception


def test_align_into_a_file(folder: Path) -> None:
    code, output, _ = run("align", "ko.txt", "en.txt", "-o", "look.tmx")
    assert code == 0 and output.startswith("29 pairs (24 1-1, 3 2-1,") and "% sure on average; look.tmx" in output
    assert "nothing = Rough water makes the trip longer in spring." in output
    units = list(read_tmx(folder / "look.tmx"))
    assert [(u.source, u.target) for u in units] == [(" ".join(k), " ".join(e)) for k, e in GOLD if k and e]
    assert {(u.state, u.origin) for u in units} == {(State.TRANSLATED, Origin.HUMAN)}
    assert not (folder / "translate.memory.sqlite").exists()


def test_align_into_the_memory(folder: Path) -> None:
    code, _, _ = run("align", "ko.txt", "en.txt", "--from", "en")
    assert code == 0
    with open_memory(folder / "translate.memory.sqlite") as memory:
        (unit,) = memory.search("fossil fuel")
        assert (unit.source_language, unit.target, unit.state) == ("en", "환경단체는 LNG도 화석연료라고 지적한다.", State.TRANSLATED)
        assert unit.confidence is not None and 0.5 < unit.confidence <= 1
        assert memory.exact(unit.source, "en", "ko", unit.previous, unit.next) is None  # nobody has reviewed it


def test_aligned_pairs_go_through_the_reviews_docx(folder: Path) -> None:
    code, output, _ = run("align", "ko.txt", "en.txt", "-o", "old.docx")
    assert code == 0 and output.splitlines()[0].endswith("sure on average; old.docx")
    document = parse((folder / "old.xlf").read_bytes())
    segments = list(document.segments())
    assert [s.source for s in segments] == [" ".join(k) for k, _ in GOLD if k]
    assert {(s.state, s.origin) for s in segments if s.target} == {(State.TRANSLATED, Origin.HUMAN)}
    assert [s.source for s in segments if not s.target] == [" ".join(k) for k, e in GOLD if k and not e]
    unsure = [s.id for s in segments if s.findings]
    assert unsure and all(f.check == "alignment" for s in segments for f in s.findings)
    # The editor corrects one pair and passes the others.
    rows = {r.tags[0][0]: r for r in read_rows((folder / "old.docx").read_bytes())}
    assert [r.target for r in rows.values()] == [s.target for s in segments]
    result = CliRunner().invoke(translate, ["review", "old.docx", "--accept-untouched", "--author", "Kim"])
    assert result.exit_code == 0 and "29 accepted as they were, 1 untouched" in result.output
    with open_memory(folder / "translate.memory.sqlite") as memory:
        match = memory.exact(segments[5].source, "ko", "en")
        assert match is not None and (match.unit.target, match.unit.author) == (segments[5].target, "Kim")
        assert len(memory) == 29
    code, _, error = run("align", "ko.txt", "en.txt", "-o", "old.docx")
    assert code == 1 and "old.xlf: there is a record of that name already" in str(error)


def test_align_the_wrong_way_round(folder: Path) -> None:
    code, _, error = run("align", "en.txt", "ko.txt")
    assert code == 1 and isinstance(error, TranslateError) and "en.txt: is not in Korean" in str(error)
    assert run("align", "ko.txt", "en.txt", "--from", "fr")[0] == 2


@pytest.mark.parametrize("suffix", ["csv", "tsv", "tmx"])
def test_export_and_import_by_suffix(folder: Path, suffix: str) -> None:
    unit = Unit("비가 왔다.", "It rained.", state=State.REVIEWED, origin=Origin.HUMAN, author="Yun", date="2026-11-27T01:02:03Z")
    with open_memory(folder / "a.sqlite") as memory:
        memory.store([unit])
    assert run("export", f"m.{suffix}", "--memory", "a.sqlite")[1] == f"m.{suffix}: 1 units\n"
    assert "1 units taken, 0 skipped" in run("import", f"m.{suffix}", "--memory", "b.sqlite")[1]
    with open_memory(folder / "b.sqlite") as memory:
        assert list(memory.units()) == [unit]


def test_mistakes_are_one_line(folder: Path) -> None:
    (folder / "m.csv").write_text("source,target\n비.,Rain.\n", encoding="utf-8")
    assert run("import", "m.csv")[1] == "m.csv: 1 units taken, 0 skipped\n"
    (folder / "folder.tmx").mkdir()
    (folder / "m.xlsx").write_bytes(b"PK")
    for arguments, words in (
        (("export", "n.xlsx"), "n.xlsx: the memory is written as .tmx, .csv or .tsv"),
        (("export", "nowhere/m.tmx"), "nowhere/m.tmx: cannot be written"),
        (("import", "nothing.tmx"), "nothing.tmx: no such file"),
        (("import", "."), ".: units are read from .tmx, .csv and .tsv"),
        (("import", "m.xlsx"), "m.xlsx: units are read from .tmx, .csv and .tsv; save a spreadsheet as CSV UTF-8 and import that"),
        (("import", "folder.tmx"), "folder.tmx: cannot be read: Is a directory"),
        (("align", "ko.txt", "en.txt", "-o", "m.xlsx"), "m.xlsx: pairs are written as .docx or .tmx"),
    ):
        code, _, error = run(*arguments)
        assert code == 1 and isinstance(error, TranslateError) and words in str(error) and "\n" not in str(error), error
    for arguments in (("edit", "비.", " "), ("edit", "", "Rain.")):
        assert run(*arguments)[0] == 2
    assert not (folder / "n.xlsx").exists() and (folder / "m.xlsx").read_bytes() == b"PK"


def test_search_shows_earlier_versions(folder: Path) -> None:
    assert run("edit", "비.", "Rain.", "--author", "Kim")[0] == run("edit", "비.", "It rains.", "--author", "Lee")[0] == 0
    assert run("search", "비.")[1] == "[reviewed] 비.\n    It rains.\n    earlier, reviewed, Kim: Rain.\n"
    (unit,) = json.loads(run("search", "비.", "--json")[1])
    assert unit["target"] == "It rains." and [v["target"] for v in unit["earlier"]] == ["Rain."]
