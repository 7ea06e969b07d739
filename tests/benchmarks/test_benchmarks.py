"""Benchmarks: what they compare does what it is said to do, figures come from where they should, places are kept for them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

import benchmarks.__main__ as everything
from benchmarks import engines, flores, growth, hub, main_job, marian, matching, memory, results, terminology, timing
from training.data import Pair
from translate.document import Occurrence, Outcome, TranslateError
from translate.engines import Hypothesis, Request
from translate.engines.embedded import EmbeddedEngine
from translate.settings import Settings
from translate.terminology.enforcement import prove

# -- timing and results ---------------------------------------------------------------------------------------------


def test_all_have_their_turn_in_every_round() -> None:
    order: list[str] = []
    times = timing.alternating({name: lambda name=name: order.append(name) for name in "abc"}, 3)  # type: ignore[misc]
    assert "".join(order) == "abcbcacab"
    assert set(times) == set("abc")
    assert all(t >= 0 for t in times.values())


def test_a_childs_memory_is_its_own() -> None:
    # From a small process, as the benchmarks are: this one has all the tests in memory.
    call = "in_child('timeit', ['-n', '1', '-r', '1', 'bytearray(80 * 2**20)'])"
    shown = subprocess.run(
        [sys.executable, "-c", f"from benchmarks.timing import in_child; c = {call}; print(c.peak_mb, c.output)"],
        cwd=timing.ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "1 loop" in shown
    assert 80 < float(shown.split()[0]) < 200
    with pytest.raises(RuntimeError, match="timeit ended with"):
        timing.in_child("timeit", ["no such name"])


def test_the_machine_is_named() -> None:
    assert re.search(r".+, \d+ cores, \d+ GB, \w+, Python 3\.\d+", timing.machine())


def test_a_table_is_markdown() -> None:
    lines = results.table([{"way": "ours", "n": 12345, "s": 0.04567}, {"way": "other", "n": None, "s": 12.0}]).splitlines()
    assert lines[0].split() == ["|", "way", "|", "n", "|", "s", "|"]
    assert lines[2].split() == ["|", "ours", "|", "12,345", "|", "0.0457", "|"]
    assert lines[3].split() == ["|", "other", "|", "–", "|", "12.0", "|"]
    assert len({len(line) for line in lines}) == 1


def test_the_page_has_a_place_for_every_figure(tmp_path: Path) -> None:
    page = Path(shutil.copy(results.PAGE, tmp_path))
    names = [
        "terminology", "pages", "matching", "matching-cases", "growth-publish", "growth-glossary", "growth-memory", "main-job",
        "engines", "hub", "flores",
    ]  # fmt: skip
    for name in names:
        results.fill(name, f"new {name} \\1", page)
    text = page.read_text(encoding="utf-8")
    assert [text.count(f"-->\nnew {name} \\1\n<!-- /{name} -->") for name in names] == [1] * len(names)
    assert "Not measured yet" not in text
    with pytest.raises(ValueError, match="no place called speed"):
        results.fill("speed", "", page)


def test_pictures_are_written(tmp_path: Path) -> None:
    results.bars(tmp_path / "new" / "bars.png", ["a", "b"], {"%": [1.0, None], "s": [2.0, 3.0]})
    results.curves(tmp_path / "curves.png", {"a": [(1, 0.1), (10, 1.0)]}, "entries", "seconds")
    for path in (tmp_path / "new" / "bars.png", tmp_path / "curves.png"):
        assert path.read_bytes().startswith(b"\x89PNG")


# -- terminology ----------------------------------------------------------------------------------------------------

PAIR = Pair("해군은 잠수함 구조함과 잠수함을 항구에 댔다.", "The navy moored a submarine rescue ship in port.", (
    ("잠수함 구조함", "submarine rescue ship"), ("구조함과 잠수함", "ship"), ("항구", "port"),
))  # fmt: skip


class Parrot:
    """An engine that says what it was written for a source, and its hints after it."""

    name = model = "parrot"
    directions: tuple[str, ...] = ("ko-en",)
    takes_terms: Literal["inline", "prompt", "none"] = "inline"
    forces_prefix = False

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        for request in requests:
            yield (Hypothesis(self.known.get(request.source, request.source) + "".join(f" ({t.target})" for t in request.terms)),)

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        return [0.0] * len(pairs)


LINE = terminology.Line(PAIR.ko, PAIR.en, terminology.occurrences_of(PAIR))


def test_of_two_terms_that_overlap_the_longer_one_is_measured() -> None:
    assert [(o.term, PAIR.ko[o.start : o.end]) for o in LINE.occurrences] == [("구조함과 잠수함",) * 2, ("항구",) * 2]


def test_search_and_replace_finds_the_terms_own_translation() -> None:
    engine = Parrot({PAIR.ko: "The Navy docked a rescue vessel at the Harbor.", "구조함과 잠수함": "A rescue vessel.", "항구": "The harbor"})
    assert terminology.search_and_replace(engine, [LINE]).hypotheses == ["The Navy docked a ship at the port."]
    engine.known[PAIR.ko] = "Harborside, a vessel was docked."
    assert terminology.search_and_replace(engine, [LINE]).hypotheses == ["Harborside, a vessel was docked."]


def test_placeholders_come_back_or_are_lost() -> None:
    masked = terminology.mask(LINE)
    assert masked == "해군은 잠수함 X1을 X2에 댔다."
    engine = Parrot({masked: "The navy put x 1 into X2, not X7."})
    assert terminology.placeholders(engine, [LINE]).hypotheses == ["The navy put ship into port, not X7."]


def test_hints_are_told_and_the_untold_engine_is_not() -> None:
    engine = Parrot({PAIR.ko: "The navy moored."})
    assert terminology.only_hints(engine, [LINE]).hypotheses == ["The navy moored. (ship) (port)"]
    assert terminology.no_terms(engine, [LINE]).hypotheses == ["The navy moored."]
    untold = terminology.untold_cascade(engine, [LINE])
    assert untold.hypotheses == ["The navy moored."]
    assert untold.ledger is not None
    assert [o.outcome for o in untold.ledger[0]] == [Outcome.MISSING] * 2


def test_rows_are_beside_hints_alone() -> None:
    rows = {r["way"]: r for r in terminology.compare(Parrot({PAIR.ko: "The navy moored."}), [LINE], 1, terminology.WAYS)}
    assert rows["hints"]["missing"] == rows["hints"]["saves"] == 0
    assert rows["no terms"]["missing"] == 2
    assert rows["no terms"]["saves"] == -2
    assert rows["no terms"]["silent"] is None
    assert rows["hints, cascade"]["silent"] == 0
    assert rows["hints"]["time ×"] == 1
    assert rows["hints, cascade"]["time ×"] > 0


def test_a_silent_miss_is_seen() -> None:
    text = "The ports hold a submarine-rescue ship and a port."
    port = Occurrence(0, 2, "pair:항구", "항구", ("port",))
    ship = Occurrence(3, 9, "pair:구조함", "구조함", ("submarine rescue ship",))
    ledger = prove([port, port, ship], text, "en")
    assert terminology.silent_misses([ledger], [text]) == 0
    first, second, third = ledger
    for wrong in (
        replace(second, target_start=first.target_start, target_end=first.target_end, found=first.found),  # one place twice
        replace(second, target_start=-1, target_end=-1, found=""),
        replace(second, target_end=second.target_end + 1),
        replace(second, target_start=10, target_end=14, found="hold"),
        replace(second, wanted=("harbor",)),
    ):
        assert terminology.silent_misses([(first, wrong, third)], [text]) == 1, wrong
    assert terminology.silent_misses([(first, replace(second, outcome=Outcome.MISSING, target_start=-1), third)], [text]) == 0


def test_lines_are_taken_from_each_file_in_turn(tmp_path: Path) -> None:
    for name in "ab":
        rows = [f"{name}{i} 항구가 크다.\tPort {name}{i}.\t항구=Port" for i in range(3)]
        (tmp_path / f"{name}.tsv").write_text("\n".join(["말이 없다.\tNo terms.", *rows]), encoding="utf-8")
    lines = terminology.read_lines([tmp_path / "a.tsv", tmp_path / "b.tsv"], 3)
    assert [line.source[:2] for line in lines] == ["a0", "b0", "a1"]
    (tmp_path / "c.tsv").write_text("말이 없다.\tNo terms.", encoding="utf-8")
    with pytest.raises(TranslateError, match="no line with term pairs"):
        terminology.read_lines([tmp_path / "c.tsv"], 3)
    with pytest.raises(TranslateError, match="no such file"):
        terminology.read_lines([tmp_path / "d.tsv"], 3)


# -- matching -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("translate", {(0, 2), (8, 11)}),
        ("naive in", {(0, 2), (8, 10), (8, 11), (18, 20)}),
        ("regex alternation", {(0, 2), (8, 11), (18, 20)}),
        ("pyahocorasick", {(0, 2), (8, 10), (8, 11), (18, 20)}),
    ],
)
def test_what_each_way_finds(way: str, found: matching.Spans) -> None:
    entries = [matching.Entry(f"t:{t}", t, (t,), (t,)) for t in ("한국", "한국어")]
    text = "한국은 넓다. 한국어를 배운다. 한국인은 많다."
    assert matching.WAYS[way](entries)(text) == found


def test_texts_of_several_lines_keep_their_offsets() -> None:
    entries = [matching.Entry("t:항구", "항구", ("항구",), ("port",))]
    text = "배가 왔다.\n\n항구는 넓다.\n큰 항구다."
    for way in matching.WAYS.values():
        assert {text[s:e] for s, e in way(entries)(text)} == {"항구"}
        assert len(way(entries)(text)) == 2


def test_the_simple_ways_are_wrong_where_ours_is_not() -> None:
    rows = {r["way"]: r for r in matching.accuracy()}
    assert rows["translate"]["precision"] == rows["translate"]["recall"] == 1
    assert all(rows[name]["precision"] < 0.9 and rows[name]["recall"] < 0.9 for name in rows if name != "translate")
    shown = results.PAGE.read_text(encoding="utf-8")
    assert results.table(list(rows.values())) in shown, "docs/performance.md: run python -m benchmarks.matching --docs"


def test_slow_ways_get_a_part_and_are_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "BUDGET", 10 * 500)
    few, many = matching.speed([10, 20], 1_000, 1)
    assert few["naive in, s"].startswith("≈")
    assert not few["pyahocorasick, s"].startswith("≈")
    assert many["entries"] == 20
    assert len(matching.entries_of(3_000)) == 3_000
    assert len({e.source for e in matching.entries_of(3_000)}) > 2_990


# -- growth, engines, FLORES ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "size", "columns", "more"),
    [
        ("publish", 20, {"docx", "html", "xlf"}, set()),
        ("glossary", 20, {"read", "make ready", "match 300 sentences"}, set()),
        ("memory", 300, {"import", "exact", "fuzzy", "rapidfuzz scan"}, {"units/s", "as good"}),
    ],
)
def test_a_size_is_measured_in_its_own_process(what: str, size: int, columns: set[str], more: set[str]) -> None:
    (row,) = growth.grown(what, (size,), 1)
    assert set(row) == {"size", "peak MB"} | more | {f"{c}, s" for c in columns}
    assert all(row[f"{c}, s"] > 0 for c in columns)
    assert row["peak MB"] > 20


def test_growth_is_told_in_a_sentence() -> None:
    rows = [
        {"size": 100, "docx, s": 0.1, "html, s": 0.2, "xlf, s": 0.1, "peak MB": 90},
        {"size": 10_000, "docx, s": 10.0, "html, s": 2.0, "xlf, s": 1000.0, "peak MB": 1200},
    ]
    assert growth.exponents(rows) == pytest.approx({"docx": 1.0, "html": 0.5, "xlf": 2.0})
    assert growth.sentence("publish", rows) == (
        "From 100 to 10,000 segments: faster than linear growth of xlf (n^2.00, 1,000 s); linear growth of docx (n^1.00, 10 s); "
        "slower than linear growth of html (n^0.50, 2 s); at most 1,200 MB of memory."
    )
    rows[1] |= {"html, s": 0.2, "xlf, s": 10.0}
    said = growth.sentence("publish", rows)
    assert "linear growth of docx (n^1.00, 10 s) and xlf (n^1.00, 10 s); next to no growth of html (n^0.00, 0.2 s);" in said
    assert growth.sentence("memory", rows[:1]) == "100 units: docx 0.1 s, html 0.2 s and xlf 0.1 s; at most 90 MB of memory."


def test_the_memorys_bars_are_told_at_their_size() -> None:
    row = {"size": 100_000, "import, s": 4.0, "exact, s": 0.0001, "fuzzy, s": 0.02, "peak MB": 250}
    assert growth.against_bars("memory", [row]) == growth.against_bars("publish", [row | {"size": 10_000}]) == ""
    assert growth.against_bars("memory", [row, row | {"size": 1_000_000, "import, s": 45.0, "fuzzy, s": 0.06}]) == (
        " Asked for at 1,000,000 units: import at most 50 s (45 s: held), exact at most 1 ms (0.1 ms: held) "
        "and fuzzy at most 50 ms (60 ms: missed)."
    )


def test_the_memorys_sentences_are_varied() -> None:
    texts = list(memory.sources(2_000))
    assert len(set(texts)) == 2_000 and texts == list(memory.sources(2_000))
    words = Counter(w for t in texts for w in t.split())
    # Neither the same few words over and over, nor words that no other sentence has.
    assert len(words) > 5_000 and 0.1 < sum(1 for w in words if words[w] > 1) / len(words) < 0.5


def test_growth_fills_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = Path(shutil.copy(results.PAGE, tmp_path))
    rows = [{"size": size, "read, s": size / 100, "peak MB": 90} for size in (10, 100)]
    monkeypatch.setattr(growth, "grown", lambda what, sizes, rounds: rows)
    monkeypatch.setattr(growth, "ROOT", tmp_path)
    monkeypatch.setattr(growth, "fill", lambda name, text: results.fill(name, text, page))
    monkeypatch.setattr(sys, "argv", ["growth", "glossary", "--docs", "--out", str(tmp_path / "out")])
    growth.main()
    text = page.read_text(encoding="utf-8")
    assert "From 10 to 100 entries: linear growth of read (n^1.00, 1 s); at most 90 MB of memory. Medians of 5;" in text
    (picture,) = re.findall(r"!\[Seconds by entries, both logarithmic: read\]\((.+)\)", text)
    assert (tmp_path / "docs" / picture).read_bytes().startswith(b"\x89PNG")


def test_the_embedded_engine_answers_from_its_own_process(engine_cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRANSLATE_CACHE", str(engine_cache))
    lines = tmp_path / "lines.txt"
    lines.write_text("비가 내렸다.\n\n회의가 끝났다.\n바람이 분다.\n", encoding="utf-8")
    task = engines.task_of(lines, 2, 0)
    assert task["lines"] == ["비가 내렸다.", "회의가 끝났다."]
    rows, texts = engines.compare(task, 1, {"embedded": timing.sys.executable})
    assert rows[0]["lines as ours"] == 2
    assert all(texts["embedded"])
    assert rows[0]["peak MB"] > 100
    json.dumps(rows)


def test_argostranslates_row_says_why_it_is_absent(tmp_path: Path) -> None:
    assert engines.argos_absent(None) == "not measured, no --argos PYTHON given"
    assert engines.argos_absent(str(tmp_path / "python")).endswith("No such file or directory")
    assert "not installed there" in engines.argos_absent(sys.executable)
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    broken.chmod(0o755)
    assert engines.argos_absent(str(broken)).endswith("ended with 7")


@pytest.mark.parametrize(("model", "reason"), [("None", "no ko→en package there"), ("1", "")])
def test_argostranslate_is_looked_for_in_its_own_environment(
    model: str, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "argostranslate").mkdir()
    (tmp_path / "argostranslate" / "__init__.py").touch()
    (tmp_path / "argostranslate" / "translate.py").write_text(f"get_translation_from_codes = lambda a, b: {model}\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = engines.argos_absent(sys.executable)
    assert reason in found
    assert bool(found) == bool(reason)


def test_flores_says_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match="openlanguagedata/flores_plus"):
        flores.read(tmp_path, 0)
    for name in ("ko.txt", "en.txt", "peers/other.en"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("하나\n둘\n셋\n", encoding="utf-8")
    (tmp_path / "peers" / "google.en").write_text("That&#39;s one\ntwo\nthree\n", encoding="utf-8")
    peers = {"google": ["That's one", "two"], "other": ["하나", "둘"]}
    assert flores.read(tmp_path, 2) == (["하나", "둘"], ["하나", "둘"], peers)


# -- all of them ----------------------------------------------------------------------------------------------------


def test_all_are_run_and_failures_do_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
        commands.append(command[2:])
        return subprocess.CompletedProcess(command, int("benchmarks.growth" in command))

    monkeypatch.setattr(everything.subprocess, "run", run)
    assert everything.main(["all", "--docs", "--argos", "venv/python"]) == 1
    assert [c[0].removeprefix("benchmarks.") for c in commands] == list(everything.QUICK)
    assert all("--docs" in c for c in commands)
    assert [c[-2:] for c in commands if "--argos" in c] == [["--argos", "venv/python"]]
    assert "above: growth" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        everything.main(["all", "--docs", "--quick"])


def test_every_benchmark_takes_what_all_gives_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert everything.main(["matching", "--quick", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "matching.json").is_file()
    text = results.PAGE.read_text(encoding="utf-8")
    for name, small in everything.QUICK.items():
        shown = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", "--help"], cwd=timing.ROOT, capture_output=True, text=True)
        assert {"--docs", "--out"} <= set(re.findall(r"--\w+", shown.stdout))
        assert re.search(rf"python -m benchmarks\.{name} --docs +#.*{' '.join(small)} for a first try", text), name


def test_the_main_job_is_measured(embedded: EmbeddedEngine) -> None:
    (row,) = main_job.measure([1], embedded, Settings())
    assert row["sentences"] == 1
    assert row["translate s"] == row["s a sentence"] > 0
    assert row["terms missing"] == 0


# -- hub ------------------------------------------------------------------------------------------------------------


def test_a_marian_that_knows_its_lines_says_the_same_in_eight_bits(tmp_path: Path) -> None:
    pairs = hub.lines_of(4)
    marian.save_marian(tmp_path / "model", [text for pair in pairs for text in pair] * 4, size=128, layers=1, vocabulary=500)
    assert marian.teach(tmp_path / "model", pairs) < 3000
    rows, texts = hub.compare(tmp_path / "model", [source for source, _ in pairs], beam=2, rounds=1)
    assert [row["way"] for row in rows] == ["pipeline", "batches", "hub"]
    assert texts["hub"] == texts["pipeline"] == [target for _, target in pairs]
