"""Looking up, changing, merging, comparing, checking and suggesting."""



from __future__ import annotations

from pathlib import Path

import pytest
from glossary_samples import SAMPLE, rows, sample
from hypothesis import given

from translate.document import Level, TranslateError
from translate.terminology import maintenance as m
from translate.terminology.checking import check_files, check_glossaries
from translate.terminology.formats import tsv
from translate.terminology.suggestion import propose_target, proposed_rows, suggest
from translate.terminology.termbase import Glossary, Row, Status


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("기뢰탐색함", "minehunter"),
        ("기뢰 탐색함", "minehunter"),
        ("Mine Hunter", "minehunter"),
        ("SSFC", "South Sea Fleet Command"),
        ("남함사", "South Sea Fleet Command"),
        ("남해함대", "South Sea Fleet Command"),
        ("minehuntr", "minehunter"),
        ("기로탐색함", "minehunter"),
        ("uuv", "underwater robot"),
    ],
)
def test_find(query: str, found: str) -> None:
    assert m.find([sample()], query)[0].row.target == found


def test_find_nothing() -> None:
    assert m.find([sample()], "교향악단") == []
    assert m.find([sample()], "  ") == []


def test_list_and_stats() -> None:
    assert [r.target for _, r in m.listed([sample()], Status.FORBIDDEN)] == ["mine searching ship"]
    assert {r.source for _, r in m.listed([sample()], domain="Weather")} == {"해무"}
    figures = m.stats([sample()])[0]
    assert (figures.rows, figures.concepts, figures.statuses["preferred"]) == (9, 5, 4)


def test_a_concept_by_any_of_its_forms() -> None:
    for form in ("기뢰탐색함", "minehunter", "mine searching ship", "기뢰 탐색함"):
        (entry, kept) = m.concept([sample()], form)[0]
        assert entry.targets[0] == "minehunter"
        assert len(kept) == 2


def test_add_puts_a_row_in_order_and_tidies_it() -> None:
    after = m.add(sample(), Row(" 등대\u200b", "light  house", ("등 대", "등 대")))
    row = next(r for r in after.rows if r.target == "light house")
    assert (row.source, row.variants) == ("등대", ("등 대",))
    assert [r.source for r in after.rows] == sorted(r.source for r in after.rows)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (Row("기뢰 탐색함", "minehunter"), r"fleet.tsv:8: '기뢰 탐색함' → 'minehunter' is there already"),
        (Row("기뢰탐색함", "mine finder"), "has the preferred target 'minehunter'"),
    ],
)
def test_add_refuses_what_would_clash(row: Row, what: str) -> None:
    with pytest.raises(TranslateError, match=what):
        m.add(sample(), row)


def test_edit_changes_what_is_given() -> None:
    after = m.edit(sample(), "수중로봇", "undersea robot", status=Status.DEPRECATED, note="2026 style")
    row = m.the_row(after, "수중로봇", "undersea robot")
    assert (row.status, row.note, row.domain) == (Status.DEPRECATED, "2026 style", "navy")
    assert len(m.diff(sample(), after)) == 1


@pytest.mark.parametrize(
    ("source", "target", "changes", "what"),
    [
        ("수중로봇", "", {"note": "x"}, "has 2 rows.*say which with --target"),
        ("수중로보트", "", {"note": "x"}, "did you mean 수중로봇"),
        ("해무", "", {"status": Status.PREFERRED}, "needs a target before it is preferred"),
        ("해무", "", {"source": " "}, "source cannot be empty"),
        ("해무", "", {"colour": "grey"}, "unknown column 'colour'"),
    ],
)
def test_edit_refuses(source: str, target: str, changes: dict[str, object], what: str) -> None:
    with pytest.raises(TranslateError, match=what):
        m.edit(sample(), source, target, **changes)


def test_remove_keeps_the_comment() -> None:
    after = m.remove(sample(), "남해함대사령부", "South Sea Fleet Command")
    assert m.the_row(after, "남해함대사령부").comment == ("# the fleet was renamed in spring",)
    last = m.remove(m.remove(after, "남해함대사령부"), "돌고래호")
    assert "# the fleet was renamed in spring" in tsv.write(last).decode()


def test_merge_takes_a_row_that_comes_twice_once() -> None:
    twice = (Row("예인선", "tugboat"), Row("예인선", "tugboat", ("끌배",)), Row("예인선", "tow boat"))
    after, said = m.merge(sample(), Glossary("navy", "navy.tsv", twice))
    assert [(r.target, r.variants, r.status) for r in after.rows if r.source == "예인선"] == [
        ("tugboat", ("끌배",), Status.PREFERRED), ("tow boat", (), Status.PROPOSED),
    ]  # fmt: skip
    assert said == ["added 예인선 → tugboat", "completed 예인선 → tugboat", "proposed 예인선 → tow boat (preferred is tugboat)"]


def test_merge_completes_and_overturns_nothing() -> None:
    other = Glossary(
        "navy",
        "navy.tsv",
        (
            Row("돌고래호", "", ("돌핀호",), Status.DO_NOT_TRANSLATE, note="a patrol boat"),
            Row("기뢰탐색함", "mine detector ship"),
            Row("기뢰탐색함", "mine searching ship"),
            Row("등대", "lighthouse"),
        ),
    )
    after, said = m.merge(sample(), other)
    assert m.the_row(after, "돌고래호").note == "a patrol boat"
    assert m.the_row(after, "기뢰탐색함", "mine detector ship").status is Status.PROPOSED
    assert m.the_row(after, "기뢰탐색함", "mine searching ship").status is Status.FORBIDDEN
    assert said == [
        "completed 돌고래호 → ",
        "proposed 기뢰탐색함 → mine detector ship (preferred is minehunter)",
        "kept 기뢰탐색함 → mine searching ship as forbidden (navy: preferred)",
        "added 등대 → lighthouse",
    ]
    assert m.merge(after, other)[1] == [
        "kept 기뢰탐색함 → mine detector ship as proposed (navy: preferred)",
        "kept 기뢰탐색함 → mine searching ship as forbidden (navy: preferred)",
    ]


def test_diff_pairs_a_changed_target_with_its_row() -> None:
    after = m.add(m.remove(sample(), "해무"), Row("등대", "lighthouse"))
    changed = m.edit(after, "기뢰탐색함", "minehunter", target="mine-hunter")
    found = m.diff(sample(), changed)
    assert [(d.before and d.before.target, d.after and d.after.target) for d in found] == [
        ("minehunter", "mine-hunter"),
        (None, "lighthouse"),
        ("", None),
    ]
    assert found[0].changed == ("target",)


@given(rows())
def test_merging_a_glossary_into_itself_changes_nothing(made: list[Row]) -> None:
    glossary = Glossary("a", "a.tsv", tuple(tsv.in_order(made)))
    assert m.merge(glossary, glossary) == (glossary, [])
    assert m.diff(glossary, glossary) == []


def test_where_finds_every_form_in_both_texts() -> None:
    segments = [
        ("a", "s1", "기뢰 탐색함을 건조한다.", "It will build a minehunter."),
        ("a", "s2", "함정 두 척이다.", "Two mine hunters sailed."),
        ("b", "s1", "그는 웃었다.", "He hunted mines."),
    ]
    found = [(p.document, p.segment, p.side, p.form) for p in m.where([sample()], "minehunter", segments)]
    assert found == [
        ("a", "s1", "source", "기뢰 탐색함"),
        ("a", "s1", "target", "minehunter"),
        ("a", "s2", "target", "mine hunter"),
    ]
    assert [p.segment for p in m.where([sample()], "척", segments)] == ["s2"]


def test_turned_and_together() -> None:
    back = m.turned(m.turned(sample()))
    assert {(r.source, r.target) for r in back.rows if r.status is Status.PREFERRED} == {
        (r.source, r.target) for r in sample().rows if r.status is Status.PREFERRED
    }
    whole = m.together([Glossary("a", "a.tsv", (Row("등대", "lighthouse"),)), sample()])
    assert len(whole.rows) == len(sample().rows) + 1
    assert whole.rows[0].source == sample().rows[0].source  # the higher priority first


HEAD = "source\ttarget\tvariants\tstatus\tpart_of_speech\n"

# Faulty rows, the line, level and check that must be reported.
FAULTS = [
    ("등대\tlighthouse\n등대\tlighthouse\n", 3, "error", "duplicate"),
    ("등대\tlighthouse\n등대\tlight tower\n", 3, "error", "conflict"),
    ("등대\tlighthouse\n등대\tlighthouse\t\tforbidden\n", 3, "error", "conflict"),
    ("등대\tlighthouse\tpharos\n등대\tpharos\t\tdeprecated\n", 3, "error", "conflict"),
    ("등대\tbeacon\t\tforbidden\n", 2, "error", "no-preferred"),
    ("등대\tlighthouse\t등탑\n등탑\tlight tower\t등대\n", 3, "error", "cycle"),
    ("등대\tlighthouse\t등탑\n등탑\tlight tower\n", 2, "error", "variant"),
    ("등대\tlighthouse\t등\n전등\tlamp\t등\n", 3, "error", "variant"),
    ("등대\tlighthouse\t등탑|등탑\n", 2, "warning", "variant"),
    ("등대\tlighthouse\n등탑\tlighthouse\n", 3, "warning", "same-target"),
    ("등대\tlighthouse\n등대를\tlight tower\n", 3, "warning", "particle"),
    ("해상등대에서\tsea lighthouse\n", 2, "warning", "particle"),
    ("등\u200b대\tlighthouse\n", 2, "error", "invisible"),
    ("등대\tlight\u00adhouse\n", 2, "error", "invisible"),
    ("등대\tlight\u00a0house\n", 2, "warning", "space"),
    ("등대 \tlighthouse\n", 2, "warning", "space"),
    ("등대\tlight  house\n", 2, "warning", "space"),
    ("\u1103\u1173\u11bc\u1103\u1162\tlighthouse\n", 2, "error", "unicode"),
    ("등대\t“lighthouse\n", 2, "error", "quotes"),
    ('등대\tthe "light\n', 2, "error", "quotes"),
    ("등대(항로표지\tlighthouse\n", 2, "error", "quotes"),
    ("등대\tlighthouse 등대\n", 2, "error", "script"),
    ("등대\tlighthouse\ten:등대\n", 2, "error", "script"),
    ("등대\t등대\n", 2, "warning", "do-not-translate"),
    ("등대\tlighthouse\t\tdo-not-translate\n", 2, "error", "do-not-translate"),
    ("등대\tＬ７\n", 2, "warning", "width"),
    ("항구\tport\n등대\tlighthouse\n", 2, "warning", "order"),
    ("등대\tlighthouse\t\tgood\n", 2, "error", "row"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "line", "level", "check"), FAULTS)
def test_faults_are_reported_with_line_and_level(body: str, line: int, level: str, check: str, tmp_path: Path) -> None:
    path = tmp_path / "sea.tsv"
    path.write_text(HEAD + body, encoding="utf-8")
    issues = check_files([path])
    assert (line, level, check) in [(i.line, i.level.value, i.check) for i in issues], [str(i) for i in issues]


SOUND = [
    "국민의힘\tPeople Power Party\n",
    "한반도\tKorean Peninsula\n",
    "제주도\tJeju Island\n",
    "배\tdouble\t\tpreferred\tsuffix\n배\tship\t\tpreferred\tnoun\n",
    "등대\tlighthouse keeper's house\t등 대\n",
    "김 위원장의 ‘등대’\tKim's ‘lighthouse’\n",
    "등대\tlighthouse\n등대\tlight house\t\tforbidden\n",
    "나노\tnano\n프라하\tPrague\n",
    "울릉도\tUlleung Island\n유럽의회\tEuropean Parliament\n",
]


@pytest.mark.parametrize("body", SOUND)
def test_sound_rows_are_not_reported(body: str, tmp_path: Path) -> None:
    path = tmp_path / "sea.tsv"
    path.write_text(HEAD + body, encoding="utf-8")
    assert [str(i) for i in check_files([path])] == []


def test_between_files(tmp_path: Path) -> None:
    for name, text in (("a", "등대\tlighthouse\n"), ("b", "등대\tlight tower\n"), ("c", "등대\tlighthouse\n")):
        (tmp_path / f"{name}.tsv").write_text(HEAD + text, encoding="utf-8")
    paths = [tmp_path / f"{name}.tsv" for name in "abc"]
    issues = check_files(paths)
    found = [(Path(i.path).name, i.level, i.check) for i in issues]
    assert found == [
        ("b.tsv", Level.ERROR, "conflict"),
        ("c.tsv", Level.ERROR, "conflict"),
        ("c.tsv", Level.WARNING, "duplicate"),
    ]
    paths[1].write_text("# priority: 2\n" + HEAD + "등대\tlight tower\n", encoding="utf-8")
    assert all(i.check != "conflict" for i in check_files(paths))


def test_files_that_cannot_be_read_are_one_error_each(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes("source\ttarget\n등대\t".encode() + b"\xb5\xee\n")
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    issues = check_files([tmp_path / "a.tsv", tmp_path / "b.xlsx", tmp_path / "none.tsv"])
    assert [(i.line, i.check) for i in issues] == [(2, "file"), (1, "file"), (1, "file")]


def test_tidied_has_nothing_left_to_tidy(tmp_path: Path) -> None:
    bad = Glossary("a", "a.tsv", (Row("항구 ", "port"), Row("\u1103\u1173\u11bc\u1103\u1162", "light  house\u200b")))
    assert check_glossaries([m.tidied(bad)]) == []
    assert tsv.write(m.tidied(sample())).decode() == SAMPLE


ARTICLE = """\
남해시, 부유식 해상등대 세운다
남해시는 부유식 해상등대 세 기를 내년 봄까지 세운다고 밝혔다. 부유식 해상등대는 수심이 깊은 곳에 띄우는 등대다.
시는 항로표지관리단(항표단)을 새로 꾸려 해상등대의 고장을 살핀다. 관계자는 "해무가 짙은 날 사고가 줄어들 것"이라고 말했다.
이어 파력발전장치(WEC)도 해상등대에 붙인다. 시장은 예산을 발표했다.
"""


def test_suggestions_are_terms_and_not_words() -> None:
    found = {c.term: c for c in suggest([ARTICLE])}
    assert {"부유식 해상등대", "항로표지관리단", "파력발전장치"} <= set(found)
    assert found["항로표지관리단"].variants == ("항표단",)
    assert found["파력발전장치"].variants == ("WEC",)
    assert not {"관계자", "시장", "예산", "사고", "내년", "말", "발표"} & set(found)


def test_known_terms_are_not_suggested() -> None:
    known = Glossary("a", "a.tsv", (Row("부유식해상등대", "floating lighthouse"),))
    assert "부유식 해상등대" not in {c.term for c in suggest([ARTICLE], [known])}


def test_suggestions_become_proposed_rows() -> None:
    made = proposed_rows(suggest([ARTICLE], limit=3))
    assert len(made) == 3
    assert {r.status for r in made} == {Status.PROPOSED}
    assert check_glossaries([Glossary("a", "a.tsv", tuple(tsv.in_order(made)))]) == []


PAIRS = [
    ("부유식 해상등대를 세운다.", "It will build floating lighthouses."),
    ("부유식 해상등대는 처음이다.", "It is the first floating lighthouse."),
    ("부유식 해상등대가 섰다.", "The floating lighthouse now stands."),
    ("등대는 낡았다.", "The lighthouse is old."),
]


def test_a_target_is_proposed_where_translations_agree() -> None:
    assert propose_target("부유식 해상등대", PAIRS) == "floating lighthouse"
    assert propose_target("항구", PAIRS) == ""
    assert (
        next(c for c in suggest([ARTICLE], pairs=PAIRS) if c.term == "부유식 해상등대").target == "floating lighthouse"
    )
