"""The evaluation's page: what was measured is drawn and can be read; strict HTML, nothing from outside, no violation axe knows."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import etree

from tests.evaluation.test_evaluation import BAD, GOOD, REFERENCES, SOURCES
from translate.evaluation.quality import corpus_scores
from translate.evaluation.report import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NONE = {"errors": 0, "warnings": 0}


def measured() -> dict[str, Any]:
    """A report with everything in it, for two systems."""
    systems = []
    for name, lines, words in (("good", GOOD, 40.0), ("<bad>", BAD, 80.0)):
        scores = {s.metric: {"value": s.value, "signature": s.signature, "p_value": None} for s in corpus_scores(lines, REFERENCES, "en")}
        systems.append(
            {
                "name": name, "scores": scores, "hypotheses": lines, "figures": {"figures": 2, "kept": 1.0},
                "dates": {"dates": 0, "kept": 1.0}, "names": {"names": 1, "kept": 0.5},
                "findings": {"figures": {"errors": 3, "warnings": 1} if name == "good" else NONE, "quotes": NONE, "terms": NONE},
                "speed": {"seconds": 1.0, "target words a second": words},
                "terms": {
                    "occurrences": 3, "inflected": 1.0, "exact": 0.5, "wmt21_exact": 0.5, "window": 0.25, "recurring": 2,
                    "consistency": 0.5, "one_minus_term": 0.125,
                },
            }
        )  # fmt: skip
    systems[1]["scores"]["BLEU"]["p_value"] = 0.01
    systems[0]["calibration"] = {
        "bins": [{"low": 0.4, "high": 0.5, "lines": 5, "confidence": 0.45, "score": 50.0}], "expected_error": 0.05, "rank_correlation": None,
    }  # fmt: skip
    reference = {"figures": {"errors": 0, "warnings": 2}, "quotes": NONE, "terms": NONE}
    return {"lines": 5, "reference": {"findings": reference}, "systems": systems}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    write_report(measured(), SOURCES, REFERENCES, tmp_path / "r.html")
    return tmp_path / "r.html"


def section(page: Path, title: str) -> etree._Element:
    """The section under a heading, by html5lib, which stops at any mistake."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    (found,) = parser.parse(page.read_text(encoding="utf-8")).xpath("//section[h2[normalize-space()=$title]]", title=title)
    return found


def rows(part: etree._Element) -> list[list[str]]:
    return [[" ".join("".join(c.itertext()).split()) for c in row.xpath("th|td")] for row in part.xpath(".//tbody/tr")]


def test_tables_say_what_was_measured(page: Path) -> None:
    good, bad = rows(section(page, "Systems"))
    assert good[0] == "good"
    assert good[4:] == ["100.0 %", "–", "50.0 %", "40.0"]
    assert bad[0] == "<bad>"
    assert bad[1].endswith("*")
    assert rows(section(page, "Terms"))[0] == ["good", "100.0 %", "50.0 %", "50.0 %", "25.0 %", "0.125", "50.0 % of 2"]


def test_findings_are_drawn_beside_their_numbers(page: Path) -> None:
    part = section(page, "Findings by check")
    assert rows(part) == [["figures"], ["good", "", "3", "1"], ["<bad>", "", "0", "0"], ["reference", "", "0", "2"]]
    assert "Nothing was found by: quotes, terms." in "".join(part.itertext())
    bars = [[(r.get("class"), r.get("x"), r.get("width")) for r in svg.xpath(".//*[local-name()='rect']")] for svg in part.xpath(".//*[local-name()='svg']")]
    assert bars[0] == [("errors", "0", "75"), ("warnings", "75", "25")]  # four findings are the most: the whole width
    assert bars[2] == [("errors", "0", "0"), ("warnings", "0", "50")]
    assert part.xpath(".//*[local-name()='svg']/@aria-hidden") == ["true"] * 3


def test_lengths_have_a_row_for_each_system(page: Path) -> None:
    found = rows(section(page, "chrF++ by length of the source"))
    assert [r[0] for r in found if len(r) > 1] == ["good", "<bad>"] * 3  # two quarters are of one length
    assert [r[0] for r in found if len(r) == 1] == ["0 to 16 characters 1 line", "17 to 18 characters 1 line", "19 and more characters 3 lines"]


def test_charts_draw_what_was_measured(page: Path) -> None:
    speed = section(page, "chrF++ against speed")
    assert speed.xpath(".//*[local-name()='circle']/@cx") == ["340", "620"]  # half as fast stands half as far
    assert "at 80.0 target words a second" in speed.xpath(".//@aria-label")[0]
    confidence = section(page, "Confidence of good")
    (point,) = confidence.xpath(".//*[local-name()='circle']")
    assert (point.get("cx"), point.get("cy")) == ("312", "165")  # 0.45 across, 50 up
    assert "not defined" in "".join(confidence.itertext())
    assert page.read_text(encoding="utf-8").count("<h2") == 8  # of the other no confidence is known


def test_the_page_is_closed_to_the_outside(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<bad>" not in text
    assert "<script" not in text
    assert " style=" not in text
    (css,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text.replace("&#39;", "'")


def test_axe_finds_no_violation_and_nothing_sticks_out(page: Path) -> None:
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width, scheme in ((320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
            shown = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
            shown.on("console", lambda message: pytest.fail(message.text))
            shown.goto(page.as_uri())
            result = Axe().run(shown)
            assert result.violations_count == 0, result.generate_report()
            assert shown.evaluate("document.documentElement.scrollWidth") == width
        browser.close()
