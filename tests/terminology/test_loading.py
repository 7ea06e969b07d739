"""Rows of glossary files become concept entries, for either direction."""



from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from glossary_samples import SAMPLE, sample

from translate.document import TranslateError
from translate.terminology.concepts import abbreviation, build_termbase, clean, languages, sides
from translate.terminology.formats import format_named, tsv
from translate.terminology.loading import default_paths, load_matcher, load_termbase
from translate.terminology.termbase import Entry, Glossary, Row, Status


def entries(*files: str, source: str = "ko", target: str = "en") -> dict[str, Entry]:
    """Entries of glossaries written as ``source<tab>target<tab>variants<tab>status<tab>part_of_speech`` lines."""
    read = []
    for number, text in enumerate(files):
        head, _, body = text.rpartition("---\n")
        columns = "source\ttarget\tvariants\tstatus\tpart_of_speech\n"
        read.append(tsv.read((head + columns + body).encode(), f"g{number}.tsv"))
    return {e.source: e for e in build_termbase(read, source, target).entries}


def test_preferred_first_then_its_variants_then_admitted() -> None:
    entry = entries("등대\tlight tower\t\tadmitted\n등대\tlighthouse\t등 대|lamp house|항로등\tpreferred\n")["등대"]
    assert entry.targets == ("lighthouse", "lamp house", "light tower")
    assert entry.sources == ("등대", "등 대", "항로등")
    assert entry.id == "g0:등대"


def test_deprecated_and_forbidden_targets_are_forbidden_unless_accepted() -> None:
    text = "등대\tlighthouse\n등대\tlight house\tlight-house\tforbidden\n등대\tbeacon\t\tdeprecated\n등대\tLighthouse\t\tforbidden\n"
    assert entries(text)["등대"].forbidden == ("light house", "light-house", "beacon")


def test_proposed_rows_are_never_used_and_rejected_ones_make_no_entry() -> None:
    assert entries("등대\tlighthouse\t\tproposed\n항구\tharbour\t\tforbidden\n") == {}


def test_do_not_translate_keeps_every_form_as_it_is() -> None:
    entry = entries("돌고래호\t\t돌고래 호\tdo-not-translate\n")["돌고래호"]
    assert entry.targets == ("돌고래호", "돌고래 호")
    assert entry.status is Status.DO_NOT_TRANSLATE


def test_homographs_stay_apart_by_part_of_speech() -> None:
    termbase = build_termbase(
        [
            Glossary(
                "g", "g.tsv", (Row("배", "ship", part_of_speech="noun"), Row("배", "double", part_of_speech="suffix"))
            )
        ]
    )
    assert [(e.id, e.targets) for e in termbase.entries] == [("g:배", ("ship",)), ("g:배 (suffix)", ("double",))]


def test_a_row_without_part_of_speech_joins_the_first() -> None:
    assert entries("등대\tlighthouse\t\t\tnoun\n등대\tlight tower\t\tadmitted\t\n")["등대"].targets == (
        "lighthouse",
        "light tower",
    )


def test_spacing_does_not_make_another_term() -> None:
    found = entries("해상 등대\tsea lighthouse\n해상등대\tsea light\t\tadmitted\n")
    assert list(found) == ["해상 등대"]
    assert found["해상 등대"].sources == ("해상 등대", "해상등대")


@pytest.mark.parametrize(
    ("first", "second", "wanted", "forbidden"),
    [
        ("등대\tlighthouse\n", "등대\tlight tower\n", ("lighthouse",), ()),
        ("등대\tlighthouse\n", "# priority: 5\n---\n등대\tlight tower\n", ("light tower",), ()),
        ("등대\tlighthouse\n", "등대\tlighthouse\n등대\tpharos\t\tadmitted\n", ("lighthouse", "pharos"), ()),
        ("등대\tlighthouse\n", "등대\tlight tower\n등대\tpharos\t\tforbidden\n", ("lighthouse",), ("pharos",)),
        ("등대\tpharos\t\tadmitted\n", "등대\tlighthouse\n", ("lighthouse", "pharos"), ()),
    ],
)
def test_between_files(first: str, second: str, wanted: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    entry = entries(first, second)["등대"]
    assert (entry.targets, entry.forbidden) == (wanted, forbidden)


def test_reversed_targets_and_their_variants_become_sources() -> None:
    found = entries(SAMPLE_BODY, source="en", target="ko")
    assert found["minehunter"].sources == ("minehunter", "mine hunter")
    assert found["minehunter"].targets == ("기뢰탐색함", "기뢰 탐색함")
    assert "mine searching ship" not in found
    assert found["South Sea Fleet Command"].abbreviation == ""


SAMPLE_BODY = (
    "기뢰탐색함\tminehunter\t기뢰 탐색함|mine hunter\tpreferred\n기뢰탐색함\tmine searching ship\t\tforbidden\n"
    "남해함대사령부\tSouth Sea Fleet Command\tSSFC\tpreferred\n"
)


def test_reversed_two_sources_of_one_target_are_one_entry() -> None:
    found = entries("등대\tlighthouse\n등탑\tlighthouse\n", source="en", target="ko")
    assert found["lighthouse"].targets == ("등대", "등탑")


def test_an_english_korean_glossary_serves_both_directions() -> None:
    text = "# languages: en-ko\n---\nlighthouse\t등대\tpharos|등 대\tpreferred\n"
    assert entries(text, source="en", target="ko")["lighthouse"].sources == ("lighthouse", "pharos")
    assert entries(text)["등대"].targets == ("lighthouse", "pharos")


def test_a_glossary_of_another_pair_is_left_out() -> None:
    glossary = tsv.read("# languages: ja-en\nsource\ttarget\n灯台\tlighthouse\n".encode(), "ja.tsv")
    assert build_termbase([glossary]).glossaries == ()


@pytest.mark.parametrize(
    ("value", "pair"),
    [
        ("ko-en", ("ko", "en")),
        ("en → ko", ("en", "ko")),
        ("ko-KR, en-US", ("ko", "en")),
        ("ko/en", ("ko", "en")),
        ("?", ("", "")),
    ],
)
def test_language_pairs(value: str, pair: tuple[str, str]) -> None:
    assert languages(Glossary("g", "g.tsv", (), (("languages", value),))) == pair


@pytest.mark.parametrize(
    ("target", "form", "is_one"),
    [
        ("South Sea Fleet Command", "SSFC", True),
        ("terminal high-altitude area defense", "THAAD", True),
        ("ministry of fisheries", "MOF", True),
        ("wartime harbor control", "HARCON", True),
        ("South Korea", "ROK", False),
        ("United States", "U.S.", False),
        ("lighthouse", "lighthouse", False),
        ("lighthouse", "LightHouse", False),
        ("Fleet 7", "F7", False),
    ],
)
def test_abbreviations(target: str, form: str, is_one: bool) -> None:
    assert abbreviation(target, [form]) == (form if is_one else "")


def test_variants_are_told_apart_by_script_or_mark() -> None:
    row = Row(
        "무인잠수정",
        "unmanned underwater vehicle",
        ("ko:UUV", "en:UUV", "無人潛水艇", "drone sub", "무인 잠수정", "ko:"),
    )
    assert sides(row) == (("UUV", "無人潛水艇", "무인 잠수정"), ("UUV", "drone sub"))
    assert sides(row, "en") == (sides(row)[1], sides(row)[0])


def test_values_are_nfc_and_trimmed() -> None:
    assert clean("  \u1103\u1173\u11bc\u1103\u1162  항 ") == "등대 항"


def test_every_format_loads_alike(tmp_path: Path) -> None:
    wanted = {(e.source, frozenset(e.targets), frozenset(e.forbidden)) for e in build_termbase([sample()]).entries}
    for name, suffix in (("tsv", "tsv"), ("csv", "csv"), ("xlsx", "xlsx"), ("tbx", "tbx"), ("tbx-v2", "tbx")):
        path = tmp_path / f"{name}.{suffix}"
        path.write_bytes(format_named(name).write(sample()))
        termbase = load_termbase([path])
        assert {(e.source, frozenset(e.targets), frozenset(e.forbidden)) for e in termbase.entries} == wanted, name
        assert termbase.glossaries[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.tsv", "a.xlsx", "c.TBX", "readme.md", ".hidden.tsv", "~$a.xlsx"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "folder.tsv").mkdir()
    assert [p.name for p in default_paths(tmp_path)] == ["a.xlsx", "b.tsv", "c.TBX"]
    assert default_paths(tmp_path / "none") == []


def test_missing_files_and_folders_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match="no such glossary"):
        load_termbase([tmp_path / "none.tsv"])
    (tmp_path / "a.tsv").mkdir()
    with pytest.raises(TranslateError, match="is a folder"):
        load_termbase([tmp_path / "a.tsv"])


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    lines = ["source\ttarget\tvariants\tstatus\tpart_of_speech\tdomain\tnote"]
    lines += [f"부표{i}호\tbuoy {i}\t부표 {i}호|float {i}\tpreferred\tnoun\tnavy\tno. {i}" for i in range(100_000)]
    data = ("\n".join(lines) + "\n").encode()
    began = time.process_time()
    glossary = tsv.read(data, "buoys.tsv")
    assert time.process_time() - began < 3  # about one on an idle machine
    assert len(glossary.rows) == 100_000


def test_the_sample_is_what_this_file_thinks() -> None:
    assert len(sample().rows) == SAMPLE.count("\n") - 8


def test_a_large_glossary_is_kept_ready_until_it_changes(tmp_path: Path) -> None:
    path, cache = tmp_path / "large.tsv", tmp_path / "cache"
    rows = [f"용어{chr(0xAC00 + i // 100)}{chr(0xAC00 + i % 100 * 5)}\tterm {i}\t\t\t\t\t{'x' * 20}" for i in range(9000)]
    path.write_text("\n".join(["source\ttarget\tvariants\tstatus\tpart_of_speech\tdomain\tnote", *rows]) + "\n", encoding="utf-8")
    text = f"{rows[4000].split()[0]}를 논의했다."
    termbase, made = load_matcher([path], cache)
    (kept,) = cache.iterdir()
    again, ready = load_matcher([path], cache)
    assert again == termbase
    assert len(made.match(text)) == 1
    assert ready.match(text) == made.match(text)
    kept.write_bytes(kept.read_bytes()[:1000])
    assert load_matcher([path], cache)[1].match(text) == made.match(text)
    path.write_text(path.read_text(encoding="utf-8").replace("term 4000\t", "new 4000\t"), encoding="utf-8")
    assert load_matcher([path], cache)[1].match(text)[0].wanted == ("new 4000",)
