"""The benchmark's news pages are read as what they are, and its recount sees what the ledger may not say."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from benchmarks import pages
from benchmarks.pages import FOLDER, Page, absent, faults, measure, outputs, read_pages, row, sentence, silent
from translate.document import Kind, Occurrence, Outcome, Segment, TranslateError
from translate.engines import Hypothesis, Request
from translate.settings import Settings
from translate.terminology.enforcement import prove
from translate.terminology.loading import default_paths, load_termbase
from translate.terminology.matching import Matcher

GLOSSARY = Path(__file__).parents[2] / "glossary"
PAGES = {page.name: page for page in read_pages()}
# Segments to translate, blocks in page order without the furniture, and how much of that there is.
READ = {
    "archery": (34, "headline subhead 2*time caption 4*paragraph subhead 4*paragraph question answer question answer question answer paragraph byline", 9),
    "budget": (25, "headline subhead 2*time byline caption 4*paragraph subhead 5*paragraph", 14),
    "chips": (30, "headline subhead byline time caption 3*paragraph subhead 4*paragraph subhead 3*item 2*paragraph byline", 14),
    "court": (27, "headline 2*subhead byline 2*time caption 10*paragraph byline", 19),
    "missile": (24, "headline 2*time byline 9*paragraph byline", 7),
    "rates": (29, "headline subhead 2*time byline caption 7*paragraph question answer question answer question answer question answer byline", 8),
    "summit": (28, "headline time byline 2*subhead 2*caption byline 16*paragraph byline", 29),
    "typhoon": (31, "headline time byline 2*subhead caption 10*paragraph 4*item paragraph byline", 15),
}
FURNITURE = re.compile(
    r"바로가기|로그인|구독|댓글|글자|인쇄|본문 듣기|카카오|페이스북|URL|무단|저작권|ⓒ|©|기사보내기|많이 본|관련\s?(?:기사|뉴스)|추천|이용약관|발행인|쏠쏠|#|제보"
)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_read_as_it_is(page: Page) -> None:
    segments, kinds, furniture = READ[page.name]
    blocks = [b for b in page.document.blocks if b.kind is not Kind.BOILERPLATE]
    runs = [(kind.value, len(list(same))) for kind, same in itertools.groupby(b.kind for b in blocks)]
    assert " ".join(kind if n == 1 else f"{n}*{kind}" for kind, n in runs) == kinds
    assert sum(1 for _ in page.document.segments()) == segments
    assert len(page.document.blocks) - len(blocks) == furniture
    assert [b.text for b in blocks if FURNITURE.search(b.text)] == []
    assert page.document.encoding == ("cp949" if page.name == "rates" else "utf-8")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_reference_says_what_its_segment_says(page: Page) -> None:
    for segment, english in zip(page.document.segments(), page.references, strict=True):
        assert english.strip() == english
        assert not re.search("[가-힣]", english)
        # Addresses, decimals, percentages and letters stand in both: a line out of place would show.
        for same in re.findall(r"\S+@\S+|\d+\.\d+(?=%)|(?<![.\d])\d+(?=%)|\b[A-Z]{3,}\b", segment.source):
            assert same in english.replace(",", ""), (segment.source, english)


def test_pages_are_rich_in_terms_and_the_references_have_them() -> None:
    matcher = Matcher(load_termbase(default_paths(GLOSSARY)))
    lines = there = 0
    for page in PAGES.values():
        texts = [s.source for s in page.document.segments()]
        matched = matcher.match_document(texts)
        assert len({o.entry for found in matched for o in found}) >= 12
        for found, english in zip(matched, page.references, strict=True):
            ledger = prove(found, english, "en")
            assert absent(ledger, english) == []
            lines += sum(o.outcome is not Outcome.WAIVED for o in ledger)
            there += sum(o.outcome is Outcome.APPLIED for o in ledger)
    assert lines > 350
    assert there / lines > 0.97


def test_pages_and_references_that_do_not_fit(tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match="no page called sport; there are archery, budget"):
        read_pages(["sport"])
    (tmp_path / "a.txt").write_bytes((FOLDER / "missile.txt").read_bytes())
    (tmp_path / "a.en.txt").write_text("One line.\n", encoding="utf-8")
    with pytest.raises(TranslateError, match=r"a\.en\.txt: 1 lines for 24 segments"):
        read_pages(folder=tmp_path)


# -- the recount ----------------------------------------------------------------------------------------------------


def _line(*wanted: str, outcome: Outcome = Outcome.APPLIED) -> Occurrence:
    return Occurrence(0, 1, f"t:{wanted[0]}", wanted[0], wanted, outcome=outcome)


@pytest.mark.parametrize(
    ("ledger", "text", "missed"),
    [
        ([_line("U.S."), _line("U.S.")], "The US and the U.S. agreed.", 0),
        ([_line("U.S."), _line("U.S.")], "The US told us so.", 1),
        ([_line("lawmaker")], "Two lawmakers' aides left.", 0),
        ([_line("ruling party")], "The ruling parties agreed.", 0),
        ([_line("spokesman")], "The spokesmen left.", 0),
        ([_line("Korea Hydro & Nuclear Power")], "Korea Hydro and Nuclear Power said so.", 0),
        ([_line("People's Liberation Army")], "the People’s Liberation Army", 0),
        ([_line("extended deterrence")], "The extended-deterrence pledge.", 0),
        ([_line("extended deterrence")], "Expanded deterrence.", 1),
        ([_line("ICBM")], "two ICBMs", 0),
        ([_line("ICBM")], "the icbm", 1),
        ([_line("port")], "A passport.", 1),
        ([_line("Federal Reserve", "U.S. Federal Reserve"), _line("U.S.")], "the U.S. Federal Reserve", 0),
        ([_line("National Assembly"), _line("National Assembly")], "the National Assembly", 1),
        ([_line("port", outcome=Outcome.MISSING), _line("bay", outcome=Outcome.WAIVED)], "nothing", 0),
    ],
)  # fmt: skip
def test_the_recount_finds_what_is_not_there(ledger: list[Occurrence], text: str, missed: int) -> None:
    assert len(absent(ledger, text)) == missed


def test_a_ledger_that_lies_is_seen() -> None:
    ledger = prove([_line("port", outcome=Outcome.MISSING), _line("bay", outcome=Outcome.MISSING)], "A port in a bay.", "en")
    honest = Segment("s1", "항구", 0, 2, "A port in a bay.", occurrences=ledger)
    assert silent(honest) == []
    assert silent(replace(honest, target="A port in the sea.")) == [ledger[1]]
    assert silent(replace(honest, occurrences=(ledger[0], replace(ledger[1], target_start=2, target_end=6)))) == [
        replace(ledger[1], target_start=2, target_end=6)
    ]


class Echo:
    """An engine that says the terms it is told, and nothing else."""

    name = model = "echo"
    directions: tuple[str, ...] = ("ko-en",)
    takes_terms: Literal["inline", "prompt", "none"] = "inline"
    forces_prefix = False

    def translate(self, requests: Sequence[Request], source: str, target: str) -> Iterator[tuple[Hypothesis, ...]]:
        for request in requests:
            yield (Hypothesis("; ".join(t.target for t in request.terms) or "Nothing"),)

    def score(self, pairs: Sequence[tuple[Request, str]], source: str, target: str) -> list[float]:
        return [0.0] * len(pairs)


def test_a_page_is_measured_with_and_without() -> None:
    done = measure([PAGES["typhoon"]], Echo(), default_paths(GLOSSARY), Settings(), 1)
    figures = row("typhoon", done)
    assert (figures["segments"], figures["success %"], figures["missing"], figures["silent"]) == (31, 100, 0, 0)
    assert figures["terms"] > 20
    assert figures["found without %"] < 10
    assert figures["chrF++"] > figures["chrF++ without"]
    assert re.match(r"chrF\+\+ \d+\.\d+ with the glossaries, \d+\.\d+ without \(paired bootstrap: p = 0\.\d{3}\)", sentence(done))
    assert faults(done) == []
    assert len(outputs(done)) == 31
    at = next(i for i, s in enumerate(done[0].terms) if "중대본" in s.source)
    broken = (*done[0].terms[:at], replace(done[0].terms[at], target="Nothing"), *done[0].terms[at + 1 :])
    wrong = replace(done[0], terms=broken)
    assert row("typhoon", [wrong])["silent"] == len(done[0].terms[at].occurrences) == len(faults([wrong]))
    assert {fault["what"] for fault in faults([wrong])} == {"silent"}


@pytest.mark.parametrize("lies", [False, True])
def test_a_silent_miss_is_exit_code_1(lies: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "open_engine", lambda name, settings: Echo())
    monkeypatch.setattr("sys.argv", ["pages", "--page", "missile", "--rounds", "1", "--out", str(tmp_path)])
    if lies:
        monkeypatch.setattr(pages, "doubtful", lambda line, text: [0] if line else [])
    assert pages.main() == int(lies)
    assert '"page": "missile"' in (tmp_path / "pages.json").read_text(encoding="utf-8")
