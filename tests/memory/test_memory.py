"""The translation memory: what is found, what is never overwritten, and that no kill and no second writer damages it."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate.document import Origin, State, TranslateError
from translate.memory import Memory, Unit, Version, index, normalised, open_memory
from translate.memory.tmx import read_tmx, write_tmx

SOURCE = "국방부는 함정 12척을 새로 들여온다고 16일 밝혔다."
TARGET = "The defense ministry said on the 16th that it would bring in 12 new ships."


def _person(source: str = SOURCE, target: str = TARGET, **more: str) -> Unit:
    return Unit(source, target, state=State.REVIEWED, origin=Origin.HUMAN, **({"author": "Yun"} | more))  # type: ignore[arg-type]


def _machine(source: str = SOURCE, target: str = "The ministry said so.", key: str = "k1", **more: str) -> Unit:
    return Unit(source, target, settings_key=key, engine="embedded", **more)  # type: ignore[arg-type]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return open_memory(tmp_path / "m.sqlite")


# -- exact ------------------------------------------------------------------------------------------------------


def test_nothing_is_found_in_an_empty_memory(memory: Memory) -> None:
    assert memory.exact(SOURCE, "ko", "en", settings_key="k1") is None
    assert memory.fuzzy(SOURCE, "ko", "en") == []
    assert len(memory) == 0


def test_a_persons_unit_is_found_whatever_the_settings(memory: Memory) -> None:
    memory.store([_person()])
    match = memory.exact(SOURCE, "ko", "en", settings_key="other")
    assert match is not None
    assert (match.percent, match.unit.target) == (100, TARGET)
    assert memory.exact(SOURCE, "en", "ko") is None


def test_a_machines_unit_is_found_only_under_its_settings(memory: Memory) -> None:
    memory.store([_machine()])
    assert memory.exact(SOURCE, "ko", "en", settings_key="k1") is not None
    assert memory.exact(SOURCE, "ko", "en", settings_key="k2") is None
    assert memory.exact(SOURCE, "ko", "en") is None


def test_the_unit_of_the_same_context_comes_first(memory: Memory) -> None:
    memory.store([_person(target="A", previous="앞", next="뒤"), _person(target="B", previous="다른 앞", next="뒤")])
    at = memory.exact(SOURCE, "ko", "en", previous="앞", next="뒤")
    assert at is not None and (at.percent, at.unit.target) == (101, "A")
    out = memory.exact(SOURCE, "ko", "en", previous="없음", next="뒤")
    assert out is not None and (out.percent, out.unit.target) == (100, "B")


def test_quotation_marks_spaces_and_composition_do_not_matter(memory: Memory) -> None:
    memory.store([_person("그는 “끝났다”고  했다.", "He said it was over.")])
    assert memory.exact('그는 "끝났다"고 했다.', "ko", "en") is not None
    assert normalised("가 \u00a0나") == "가 나"


@pytest.mark.parametrize("state", [State.REVIEWED, State.FINAL])
def test_a_machine_never_overwrites_a_person(memory: Memory, state: State) -> None:
    memory.store([Unit(SOURCE, TARGET, state=state, origin=Origin.HUMAN)])
    # The very same key: no author, no settings.
    memory.store([Unit(SOURCE, "Machine.")])
    memory.store([_machine()])
    match = memory.exact(SOURCE, "ko", "en", settings_key="k1")
    assert match is not None
    assert (match.unit.target, match.unit.state, match.unit.origin) == (TARGET, state, Origin.HUMAN)


def test_a_person_overwrites_a_machine_and_herself(memory: Memory) -> None:
    memory.store([Unit(SOURCE, "Machine.")])
    memory.store([_person(target="First.", author="")])
    memory.store([_person(target="Second.", author="")])
    match = memory.exact(SOURCE, "ko", "en")
    assert match is not None and match.unit.target == "Second."
    assert len(memory) == 1


# -- versions of one sentence ---------------------------------------------------------------------------------------------


def _at(target: str, author: str, date: str, state: State = State.REVIEWED, **more: str) -> Unit:
    """A person's version of the sentence between the same neighbours of one record."""
    more = {"previous": "앞", "next": "뒤", "document": "ships"} | more
    return Unit(SOURCE, target, state=state, origin=Origin.HUMAN, author=author, date=date, **more)  # type: ignore[arg-type]


KIM = _at("Kim's.", "Kim", "2026-11-27T01:00:00Z")
LEE = _at("Lee's.", "Lee", "2026-11-27T02:00:00Z")
CHIEF = _at("The chief's.", "Park", "2026-11-27T01:30:00Z", State.FINAL)


@pytest.mark.parametrize(
    ("order", "stands"),
    [
        ((KIM, LEE), LEE),
        ((LEE, KIM), LEE),  # an older file that comes in late
        ((KIM, CHIEF), CHIEF),
        ((CHIEF, LEE), CHIEF),  # final, though somebody has reviewed it later
        ((KIM, CHIEF, LEE), CHIEF),
        ((KIM, KIM._replace(author="Lee", target="Undated.", date="")), KIM._replace(author="Lee", target="Undated.", date="")),
        ((_machine(previous="앞", next="뒤", key=""), KIM), KIM),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_of_two_versions_one_stands_and_the_other_is_history(memory: Memory, order: tuple[Unit, ...], stands: Unit, at_once: bool) -> None:
    for batch in [order] if at_once else [(unit,) for unit in order]:
        memory.store(batch)
    assert list(memory.units()) == [stands]
    for previous, percent in (("앞", 101), ("", 100)):
        match = memory.exact(SOURCE, "ko", "en", previous=previous, next="뒤", settings_key="k1")
        assert match is not None and (match.unit, match.percent) == (stands, percent)
    (match,) = memory.fuzzy(SOURCE, "ko", "en")
    assert match.unit == stands
    persons = [u for u in order if u.state is not State.TRANSLATED and u != stands]
    others = sorted((Version(u.target, u.state, u.author, u.date) for u in persons), key=lambda v: v.date, reverse=True)
    assert memory.earlier(stands) == others and memory.stats()["earlier versions"] == len(others)


def test_the_last_word_stands_whatever_was_there(memory: Memory) -> None:
    memory.store([CHIEF])
    memory.store([KIM], latest=True)
    assert list(memory.units()) == [KIM]
    assert [v.target for v in memory.earlier(KIM)] == [CHIEF.target]
    memory.store([_machine(previous="앞", next="뒤", key="")], latest=True)
    assert list(memory.units()) == [KIM]


def test_a_text_that_comes_back_is_no_earlier_version_of_itself(memory: Memory) -> None:
    for unit in (KIM, LEE, KIM._replace(date="2026-11-28"), LEE._replace(date="2026-11-29")):
        memory.store([unit])
    (unit,) = memory.units()
    assert unit.target == LEE.target and [v.target for v in memory.earlier(unit)] == [KIM.target]


def test_in_other_contexts_other_versions_stand(memory: Memory) -> None:
    memory.store([CHIEF, LEE._replace(previous="다른 앞")])
    assert len(memory) == 2 and memory.stats()["earlier versions"] == 0
    elsewhere = memory.exact(SOURCE, "ko", "en", previous="다른 앞", next="뒤")
    nowhere = memory.exact(SOURCE, "ko", "en", previous="새 앞", next="뒤")
    assert elsewhere is not None and (elsewhere.percent, elsewhere.unit.target) == (101, LEE.target)
    assert nowhere is not None and (nowhere.percent, nowhere.unit.target) == (100, CHIEF.target)


def test_a_translation_from_now_on_is_used_in_every_context(memory: Memory) -> None:
    memory.store([CHIEF, LEE._replace(previous="다른 앞"), _machine()])
    memory.revise(_person(target="From now on.", date="2026-12-01"))
    for previous in ("앞", "다른 앞", "새 앞"):
        match = memory.exact(SOURCE, "ko", "en", previous=previous, next="뒤", settings_key="k1")
        assert match is not None and (match.unit.target, match.unit.author, match.unit.state) == ("From now on.", "Yun", State.REVIEWED)
    assert memory.stats()["earlier versions"] == 2 and len(memory) == 3
    assert [u.target for u in memory.search(SOURCE)].count("From now on.") == 2
    assert memory.remove(SOURCE) == 3 and memory.stats()["earlier versions"] == 0


def test_a_translation_from_now_on_of_a_new_sentence(memory: Memory) -> None:
    memory.store([_machine()])
    memory.revise(_person())
    match = memory.exact(SOURCE, "ko", "en", previous="앞", settings_key="k1")
    assert match is not None and match.unit == _person()


def test_remove_and_search(memory: Memory) -> None:
    memory.store([_person(), _person("다른 문장이다.", "Another sentence.")])
    assert [u.target for u in memory.search("함정")] == [TARGET]
    assert [u.target for u in memory.search("another")] == ["Another sentence."]
    assert memory.remove(SOURCE) == 1
    assert memory.exact(SOURCE, "ko", "en") is None
    assert memory.fuzzy(SOURCE, "ko", "en", threshold=0.9) == []
    memory.vacuum()
    assert memory.stats()["units"] == len(memory) == 1


def test_a_batch_is_written_whole_or_not_at_all(memory: Memory) -> None:
    def broken() -> object:
        yield _person()
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        memory.store(broken())  # type: ignore[arg-type]
    assert len(memory) == 0
    assert memory.store([_person()]) == 1


def test_many_units_are_taken_in_batch_by_batch(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.memory.BATCH", 100)
    waiting: list[int] = []

    def read() -> Iterator[Unit]:
        for number in range(1050):
            waiting.append(number - len(memory))
            yield _person(f"{number}번째 문장이다.", f"Sentence {number}.")

    assert memory.take_in(read()) == len(memory) == 1050
    assert max(waiting) <= 100


# -- fuzzy ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "percent", "target"),
    [
        (SOURCE, 100, TARGET),
        (SOURCE.replace("12척", "15척"), 99, TARGET.replace("12 ", "15 ")),
        (SOURCE.replace("12척", "1,200척").replace("16일", "3일"), 99, TARGET.replace("12 ", "1,200 ").replace("16th", "3th")),
    ],
)
def test_figures_are_put_right(memory: Memory, asked: str, percent: int, target: str) -> None:
    memory.store([_person()])
    (match,) = memory.fuzzy(asked, "ko", "en")
    assert (match.percent, match.unit.target) == (percent, target)
    assert match.note == ("figures substituted" if percent == 99 else "")


def test_figures_that_change_places_are_put_right(memory: Memory) -> None:
    memory.store([_person("찬성 20표, 반대 30표로 부결됐다.", "It failed with 20 in favor and 30 against.")])
    (match,) = memory.fuzzy("찬성 30표, 반대 20표로 부결됐다.", "ko", "en")
    assert match.unit.target == "It failed with 30 in favor and 20 against."


@pytest.mark.parametrize("target", ["Twelve ships were bought.", "It bought 12 of 12 ships.", "It bought 120 ships.", "It bought 12.5 ships."])
def test_figures_that_do_not_stand_once_each_are_left_and_told(memory: Memory, target: str) -> None:
    memory.store([_person("해군은 함정 12척을 샀다.", target)])
    (match,) = memory.fuzzy("해군은 함정 15척을 샀다.", "ko", "en")
    assert (match.unit.target, match.note) == (target, "figures differ")
    assert match.percent < 99


def test_like_sentences_are_found_and_others_not(memory: Memory) -> None:
    filler = [_person(f"시장은 {w} 시장을 찾아 상인들과 인사했다.", f"The mayor visited market {w}.") for w in "가나다라마바사아자차"]
    memory.store([_person(), _machine(key="k9"), *filler])
    found = memory.fuzzy("국방부는 함정 12척을 새로 들여올 계획이라고 16일 밝혔다.", "ko", "en")
    assert found[0].unit.target == TARGET
    assert 75 <= found[0].percent < 99
    assert memory.fuzzy("올해 쌀 수확은 태풍으로 크게 줄었다.", "ko", "en") == []
    assert memory.fuzzy("!?", "ko", "en") == []


def test_a_machines_unit_loses_to_a_persons(memory: Memory) -> None:
    memory.store([_machine(), _person()])
    (match,) = memory.fuzzy(SOURCE + " ", "ko", "en")
    assert (match.unit.origin, match.percent) == (Origin.HUMAN, 100)


def test_the_rarest_words_lead_where_all_share_the_rest(memory: Memory) -> None:
    memory.store([_person(f"시장은 {i}일 시청에서 예산안을 발표했다.", f"{i}.") for i in range(300)])
    memory.store([_person("시장은 3일 시청에서 태풍 복구안을 발표했다.", "Typhoon.")])
    (match, *_) = memory.fuzzy("시장은 5일 시청에서 태풍 복구안을 발표했다고 말했다.", "ko", "en")
    assert match.unit.target == "Typhoon."


def test_one_source_many_times_crowds_nothing_out(memory: Memory) -> None:
    memory.store([_person("정부는 대책을 곧 내놓는다.", "Soon.", previous=str(i)) for i in range(500)])
    memory.store([_person("정부는 대책을 내놓는다.", "It does.")])
    assert [m.unit.target for m in memory.fuzzy("정부는 대책을 곧 내놓는다고.", "ko", "en")] == ["Soon.", "It does."]
    memory.remove("정부는 대책을 곧 내놓는다.")
    for _ in range(2):
        assert [m.unit.target for m in memory.fuzzy("정부는 대책을 곧 내놓는다고.", "ko", "en")] == ["It does."]
        memory.vacuum()


def _plain_pairs(key: str) -> set[str]:
    """Pairs as their definition has them."""
    words = re.findall(r"\w+", re.sub(r"\d+", "0", key.lower()))
    return {w[i : i + 2] for w in words for i in range(len(w) - 1)} | {w for w in words if len(w) == 1}


_KEYS = st.text(st.one_of(st.sampled_from("가나다라 abA1２3_.-'·é漢あ"), st.characters(exclude_categories=("Cs",))), max_size=30).map(normalised)


@given(st.lists(_KEYS, max_size=8), st.integers(0, 70_000), st.integers(1, 40_000))
@settings(deadline=None)
def test_the_index_holds_each_sources_pairs(keys: list[str], first: int, step: int) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(index.SCHEMA)
    units = [(first + i * step, key) for i, key in enumerate(keys)]
    for some in (units[:3], units[3:]):
        index.add(connection, some)
    found = set()
    for block, pair, blob in connection.execute("SELECT * FROM posting"):
        text = "".join(chr(c) for c in (pair >> 21, pair & 0x1FFFFF) if c)
        found |= {(text, (block << 16) + place) for place in array("H", blob)}
    assert found == {(pair, number) for number, key in units for pair in _plain_pairs(key)}
    for number, key in units:
        assert bool(_plain_pairs(key)) == (number in index.alike(connection, key, 100))


# -- files that are none of ours --------------------------------------------------------------------------------


def test_a_file_that_is_no_memory_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("just text, and long enough to be looked at " * 40)
    with pytest.raises(TranslateError, match=r"notes\.txt"):
        open_memory(path)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    with pytest.raises(TranslateError, match=r"other\.sqlite"):
        open_memory(other)
    assert other.exists()


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    open_memory(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(TranslateError, match="newer"):
        open_memory(path)


_FORMAT_1 = """
CREATE TABLE unit (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
  source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  previous TEXT NOT NULL, next TEXT NOT NULL,
  state TEXT NOT NULL, origin TEXT NOT NULL, engine TEXT NOT NULL, model TEXT NOT NULL, settings_key TEXT NOT NULL,
  author TEXT NOT NULL, date TEXT NOT NULL, document TEXT NOT NULL, confidence REAL, details TEXT NOT NULL
);
CREATE UNIQUE INDEX one_unit ON unit (key, source_language, target_language, settings_key, author, previous, next);
CREATE TABLE gram (gram TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE, PRIMARY KEY (gram, unit))
  WITHOUT ROWID;
PRAGMA application_id=1953653102;
PRAGMA user_version=1;
PRAGMA journal_mode=WAL;
"""


def _format_1(path: Path, units: list[Unit]) -> None:
    """A memory as the first version of its format had it."""
    names = ", ".join(Unit._fields)
    marks = ", ".join("?" * (len(Unit._fields) + 1))
    with sqlite3.connect(path) as connection:
        connection.executescript(_FORMAT_1)
        for number, unit in enumerate(units, 1):
            row = [v.value if isinstance(v, State | Origin) else v for v in unit]
            connection.execute(f"INSERT INTO unit (key, {names}) VALUES ({marks})", [normalised(unit.source), *row])
            connection.execute("INSERT INTO gram VALUES ('국방', ?)", [number])
    connection.close()


def test_a_file_of_the_first_format_is_brought_over(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    machine = _machine("다른 문장이다.", "Another.", confidence=0.5, details='{"a": 1}')
    _format_1(path, [KIM, machine, LEE])
    for _ in range(2):
        with open_memory(path) as memory:
            assert list(memory.units()) == [LEE, machine]
            assert [v.author for v in memory.earlier(LEE)] == ["Kim"]
            assert [m.unit for m in memory.fuzzy(SOURCE, "ko", "en")] == [LEE]
    with sqlite3.connect(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {"unit", "earlier", "posting"} and connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_several_that_open_an_old_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    _format_1(path, [_person(f"{i}번째 문장이다.", f"Sentence {i}.") for i in range(3000)])
    writers = [_writer(path, name, 2) for name in "가나다"]
    assert [w.wait(timeout=60) for w in writers] == [0, 0, 0]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    with open_memory(path) as memory:
        assert len(memory) == 3000 + 3 * 2 * 20


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_upgrade_leaves_the_old_file_or_the_new_one(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "m.sqlite"
    units = [_person(f"{i}번째 문장이다.", f"Sentence {i}.") for i in range(4000)]
    _format_1(path, units)
    writer = _writer(path, "가", 1)
    time.sleep(random.Random(seed).uniform(0.1, 0.6))
    writer.kill()
    writer.wait()
    assert writer.stdout is not None
    writer.stdout.close()
    with open_memory(path) as memory:
        assert list(memory.units())[:4000] == units


# -- TMX --------------------------------------------------------------------------------------------------------

_PRINTABLE = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1, max_size=40)
_LINES = _PRINTABLE.map(lambda s: " ".join(s.split())).filter(bool)


@given(
    st.lists(
        st.builds(
            Unit, _LINES, _LINES, st.just("ko"), st.just("en"), _LINES, _LINES, confidence=st.none(), details=st.just(""), state=st.sampled_from([State.TRANSLATED, State.REVIEWED, State.FINAL]),
            origin=st.sampled_from([Origin.MACHINE, Origin.HUMAN]), engine=st.sampled_from(["", "embedded"]), model=_LINES,
            settings_key=st.sampled_from(["", "abc"]), author=_LINES, date=st.dates().map(lambda d: d.isoformat()), document=_LINES,
        ),
        max_size=5,
    )
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_tmx_gives_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, units: list[Unit]) -> None:
    path = tmp_path_factory.mktemp("tmx") / "m.tmx"
    with path.open("wb") as file:
        assert write_tmx(units, file) == len(units)
    assert list(read_tmx(path)) == units


def test_tmx_of_another_tool(tmp_path: Path) -> None:
    path = tmp_path / "other.tmx"
    path.write_text(
        """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="ko-KR" segtype="sentence"/><body>
<tu creationid="park" creationdate="20260314T101500Z">
 <tuv xml:lang="ko-KR"><seg>배가 <bpt i="1">&lt;b&gt;</bpt>떠났다.</seg></tuv>
 <tuv xml:lang="EN_us"><seg>The ship
   left.</seg></tuv>
</tu>
<tu><tuv lang="ko"><seg>영어가 없다.</seg></tuv></tu>
<tu><tuv xml:lang="ko"><seg>빈 쪽</seg></tuv><tuv xml:lang="en"><seg/></tuv></tu>
</body></tmx>""",
        encoding="utf-8",
    )
    skipped: list[str] = []
    (unit,) = read_tmx(path, skipped=skipped.append)
    assert unit.target == "The ship left."
    assert "떠났다." in unit.source
    assert (unit.author, unit.date, unit.state) == ("park", "2026-03-14T10:15:00Z", State.REVIEWED)
    assert [s.split(":")[1] for s in skipped] == ["8", "9"]


@pytest.mark.parametrize("text", ["<tmx><body><tu>", "no xml", ""])
def test_broken_tmx_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.tmx"
    path.write_text(text)
    with pytest.raises(TranslateError, match=r"broken\.tmx:\d+: not well-formed"):
        list(read_tmx(path))


def test_tmx_expands_no_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    path = tmp_path / "evil.tmx"
    path.write_text(
        f'<!DOCTYPE tmx [<!ENTITY s SYSTEM "{secret.as_uri()}">]><tmx><body><tu><tuv xml:lang="ko"><seg>값 &s;</seg></tuv>'
        '<tuv xml:lang="en"><seg>value &s;</seg></tuv></tu></body></tmx>'
    )
    assert all("SECRET" not in unit.source + unit.target for unit in read_tmx(path))


# -- kills and rivals -------------------------------------------------------------------------------------------

_WRITER = """
import sys
from pathlib import Path
from translate.memory import Unit, open_memory
path, name, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with open_memory(path) as memory:
    for number in range(rounds):
        memory.store([Unit(f"{name} 문장 {number} 가운데 {i}번째", f"{name} {number} {i}", document=f"{name}-{number}") for i in range(20)])
        print(number, flush=True)
"""


def _writer(path: Path, name: str, rounds: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), name, str(rounds)], stdout=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_killed_writer_leaves_whole_batches(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "m.sqlite"
    writer = _writer(path, "가", 100000)
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.0, 0.25))
    writer.send_signal(signal.SIGKILL)
    told = writer.stdout.read().splitlines()
    writer.wait()
    writer.stdout.close()
    with open_memory(path) as memory:
        stored = len(memory)
        # Every batch that the writer reported is there, at most one more, and none in part.
        reported = (int(told[-1]) if told else 0) + 1
        assert stored % 20 == 0
        assert reported <= stored // 20 <= reported + 1
        assert memory.store([_person()]) == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    writers = [_writer(path, name, 12) for name in "가나다라"]
    assert [w.wait(timeout=60) for w in writers] == [0, 0, 0, 0]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    with open_memory(path) as memory:
        assert len(memory) == 4 * 12 * 20
        assert memory.stats()["documents"] == 48


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    with open_memory(path) as memory, open_memory(path) as other:
        memory.store([_person()])
        other._connection.execute("BEGIN IMMEDIATE")
        memory._connection.execute("PRAGMA busy_timeout=50")
        for write in (lambda: memory.store([KIM]), lambda: memory.revise(KIM), lambda: memory.remove(SOURCE), memory.vacuum):
            with pytest.raises(TranslateError, match=r"m\.sqlite: another process is writing this memory"):
                write()
        assert memory.exact(SOURCE, "ko", "en") is not None
        other._connection.execute("COMMIT")
        memory._connection.execute("PRAGMA max_page_count=12")
        with pytest.raises(TranslateError, match=r"m\.sqlite: the memory cannot be written \(database or disk is full\)"):
            memory.store([_person(f"{i}번째 문장이다.", "Sentence. " * 50) for i in range(500)])
        assert list(memory.units()) == [_person()]


@pytest.mark.parametrize("seed", range(4))
def test_a_writer_killed_while_the_file_is_made(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "m.sqlite"
    writer = _writer(path, "가", 100000)
    until = time.monotonic() + 30
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.0005)
    time.sleep(random.Random(seed).uniform(0.0, 0.01))
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert writer.stdout is not None
    writer.stdout.close()
    with open_memory(path) as memory:
        assert len(memory) % 20 == 0
        assert memory.store([_person()]) == 1
        assert memory.exact(SOURCE, "ko", "en") is not None
