"""Our own TSV: what goes in comes out, in order; what is broken is named with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from glossary_samples import SAMPLE, bare, rows, sample
from hypothesis import given
from hypothesis import strategies as st

from translate.document import TranslateError
from translate.terminology.formats import tsv
from translate.terminology.termbase import Glossary, Row, Status

HEAD = "source\ttarget\tstatus\n"


def test_a_written_file_is_read_and_written_byte_for_byte() -> None:
    assert tsv.write(sample()).decode() == SAMPLE


def test_header_block_comments_and_unknown_columns_are_read() -> None:
    glossary = sample()
    assert dict(glossary.header)["owner"] == "Harbor bureau"
    assert glossary.priority == 3
    assert glossary.tail == ("# end of list",)
    row = next(r for r in glossary.rows if r.target == "South Sea Fleet Command")
    assert row.comment == ("# the fleet was renamed in spring",)
    assert dict(sample().rows[1].more) == {"reviewer": "Yun"}
    assert glossary.rows[0].source == "#바다지킴이"


def test_one_change_is_one_line() -> None:
    glossary = sample()
    changed = tuple(replace(r, note="see style book") if r.target == "undersea robot" else r for r in glossary.rows)
    before, after = SAMPLE.splitlines(), tsv.write(replace(glossary, rows=changed)).decode().splitlines()
    assert len(set(before) ^ set(after)) == 2
    added = replace(glossary, rows=(*glossary.rows, Row("등대", "lighthouse")))
    assert set(tsv.write(added).decode().splitlines()) - set(before) == {"등대\tlighthouse\t\tpreferred\t\t\t\t"}


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("등대\tlighthouse\tapprovd\n", 2, "unknown status 'approvd'"),
        ("\tlighthouse\t\n", 2, "source is empty"),
        ("등대\t\t\n", 2, "target is empty"),
        ("등대\t \tpreferred\n", 2, "target is empty"),
        ("# a comment\n\n등대\tlighthouse\tpreferred\tx\ty\n", 4, "5 fields where the header row has 3"),
        ("항구\tport\n등대\t\tadmitted\n", 3, "target is empty"),
    ],
)
def test_a_broken_row_is_named_with_its_line(body: str, line: int, what: str) -> None:
    with pytest.raises(TranslateError) as raised:
        tsv.read((HEAD + body).encode(), "glossary/sea.tsv")
    assert str(raised.value).startswith(f"glossary/sea.tsv:{line}: {what}")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no header row"),
        ("용어\t번역\n등대\tlighthouse\n".encode(), ":1: no header row"),
        ("source\ttarget\n등대\tlighthouse\n항구\t".encode() + "항만".encode("cp949") + b"\n", ":3: not UTF-8"),
        (b"# priority: high\nsource\ttarget\n", "priority is 'high'"),
        (b"source\ttarget\tnote\tnote\n", "column 'note' is there twice"),
    ],
)
def test_a_broken_file_is_one_clear_error(data: bytes, what: str) -> None:
    with pytest.raises(TranslateError, match=what):
        tsv.read(data, "sea.tsv")


def test_bom_crlf_short_rows_and_capital_statuses_are_read() -> None:
    glossary = tsv.read(
        "\ufeffsource\ttarget\tstatus\r\n등대\tlighthouse\r\n항구\tport\tAdmitted\r\n".encode(), "a.tsv"
    )
    assert [(r.source, r.target, r.status) for r in glossary.rows] == [
        ("등대", "lighthouse", Status.PREFERRED),
        ("항구", "port", Status.ADMITTED),
    ]


def test_tabs_breaks_and_bars_inside_values_are_told_as_losses() -> None:
    glossary = Glossary("a", "a.tsv", (Row("등대", "light\thouse", ("a|b",), note="two\nlines"),))
    lost = tsv.losses(glossary)
    assert len(lost) == 2
    again = tsv.read(tsv.write(glossary), "a.tsv").rows[0]
    assert (again.target, again.variants, again.note) == ("light house", ("a/b",), "two lines")


@given(rows())
def test_round_trip(made: list[Row]) -> None:
    again = tsv.read(tsv.write(Glossary("a", "a.tsv", tuple(made))), "a.tsv")
    assert [bare(r) for r in again.rows] == [bare(r) for r in tsv.in_order(made)]


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda t: ("source\ttarget\n" + t).encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    try:
        glossary = tsv.read(data, "a.tsv")
    except TranslateError as error:
        assert str(error).startswith("a.tsv")
        assert "\n" not in str(error)
    else:
        assert tsv.write(tsv.read(tsv.write(glossary), "a.tsv")) == tsv.write(glossary)
