"""The HTML page: valid, closed to the outside, readable by everyone, working without JavaScript."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import html5lib
import pytest
from documents import ARTICLE, Sentence, build
from lxml import etree

from translate.document import Alternative, Finding, Kind, Level, Outcome, Segment
from translate.publishing import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
JAR = os.environ.get("VNU_JAR", "")


@pytest.fixture(scope="module")
def text() -> str:
    return html.render(build()).decode("utf-8")


@pytest.fixture(scope="module")
def tree(text: str) -> etree._Element:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def test_parses_strictly_and_every_row_is_there(tree: etree._Element) -> None:
    rows = tree.xpath("//table[@id='text']/tbody/tr")
    segments = list(build().segments())
    assert [row.get("id") for row in rows] == [segment.id for segment in segments]
    for row, segment in zip(rows, segments, strict=True):
        assert row.xpath("th/@scope") == ["row"]
        source, target = row.xpath("td")
        assert target.get("lang") == "en"
        shown = "".join(source.xpath("div//text()[not(ancestor::*[@class='pop'])]"))
        assert shown == segment.source.replace("\x0b", "\n")
    assert tree.xpath("//table/caption") and tree.xpath("//thead//th[@scope='col']")


def test_languages_of_parts(tree: etree._Element) -> None:
    assert tree.getroot().get("lang") == "en"
    assert tree.xpath("string(//tr[@id='s0005']/td[1]/@lang)") == "en", "the English caption"
    assert tree.xpath("string(//tr[@id='s0006']/td[1]/@lang)") == "ko"


def test_the_other_direction() -> None:
    document = replace(
        build(((Kind.HEADLINE, "en", (Sentence("Talks resume", "회담 재개"),)),)),
        source_language="en",
        target_language="ko",
    )
    page = html.render(document).decode()
    assert '<html lang="ko">' in page and "<h1>회담 재개</h1>" in page and '<p class="original" lang="en">' in page


def test_policy_lets_nothing_in_but_the_pages_own_style(text: str) -> None:
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert style and policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in policy[1]
    assert "default-src &#39;none&#39;" in policy[1]
    assert "<script" not in text and " style=" not in text and "http://" not in text and "https://" not in text


def test_everything_is_escaped() -> None:
    attack = Sentence(
        '<script>alert("1")</script>',
        "</div><img src=x onerror=alert(1)>",
        findings=(("<b>", Level.ERROR, "<svg/onload=alert(1)>"),),
    )
    document = replace(build(((Kind.PARAGRAPH, "ko", (attack,)),)), name="<i>&name", source_path='"><script>')
    page = html.render(document).decode()
    for raw in ("<script", "<img", "<svg", "<i>"):
        assert raw not in page
    html5lib.HTMLParser(strict=True).parse(page)


def test_term_notes_have_source_note_and_outcome(tree: etree._Element) -> None:
    note = " ".join(
        "".join(tree.xpath("//tr[@id='s0009']//details[summary='Joint Operations Command']//text()")).split()
    )
    assert "합동작전사령부" in note and "repaired, forced prefix after word 7" in note
    assert "not the Joint Chiefs of Staff" in note and "Joint Operation Headquarters" in note
    assert tree.xpath("//tr[@id='s0009']/td[1]//details[summary='방위상']/@class") == ["term missing"]


def test_findings_are_marked_where_they_are(tree: etree._Element) -> None:
    assert tree.xpath("//tr[@id='s0007']//mark[@class='error']/text()") == ["5만5000", "50,000"]


def test_a_finding_across_half_a_term_leaves_the_term_whole() -> None:
    document = build(ARTICLE[:1])
    across = Finding("s0001", "odd", Level.WARNING, "m", (0, 6), (14, 30))
    page = html.render(document.map_segments(lambda s: replace(s, findings=(across,)))).decode()
    assert page.count('in-warning" name="term"><summary>extended deterrence</summary>') == 1
    assert not re.search("<mark[^>]*><details", page), "details may not stand in mark"
    html5lib.HTMLParser(strict=True).parse(page)


def test_summary_ledger_and_provenance(tree: etree._Element) -> None:
    counts = " ".join("".join(tree.xpath("//dl[@class='counts']//text()")).split())
    assert "Segments16" in counts and "1 missing" in counts and "3 errors" in counts and "1 note" in counts
    ledger = [
        [" ".join("".join(c.itertext()).split()) for c in r] for r in tree.xpath("//table[@class='ledger']/tbody/tr")
    ]
    assert ledger[0] == ["방위상", "defense minister", "missing", "no hypothesis has it", "9"]
    assert "5f" * 32 in "".join(tree.xpath("//dl[@class='provenance']//text()"))


def test_a_page_without_terms_and_findings() -> None:
    page = html.render(build(ARTICLE[1:2])).decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "No glossary term stands in the source." in page


@pytest.mark.skipif(not (JAR and shutil.which("java")), reason="set VNU_JAR to the Nu Html Checker's vnu.jar")
def test_the_nu_html_checker_has_no_error(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(html.render(build()))
    done = subprocess.run(["java", "-jar", JAR, "--errors-only", str(page)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def open_page(browser: Any, folder: Path, width: int = 1280, scheme: str = "light", fragment: str = "") -> Any:
    path = folder / "page.html"
    path.write_bytes(html.render(build()))
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.on("console", lambda message: pytest.fail(message.text))
    page.goto(path.as_uri() + fragment)
    return page


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_no_violation(browser: Any, tmp_path: Path, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(browser, tmp_path, width, scheme)
    page.locator("details.term").evaluate_all("all => all[3].open = true")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_and_tables_stay_tables(browser: Any, tmp_path: Path, width: int) -> None:
    """No sideways scrolling (WCAG 2.2 SC 1.4.10 at 320 px), and stacked cells are still cells to a screen reader."""
    page = open_page(browser, tmp_path, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    roles = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    names = [node["role"]["value"] for node in roles if not node["ignored"]]
    assert names.count("row") == 17 + 6 and names.count("rowheader") == 16 + 5


def test_views_and_filter_work_without_javascript(browser: Any, tmp_path: Path) -> None:
    page = open_page(browser, tmp_path)
    source, target = page.locator("#s0006 td.source"), page.locator("#s0006 td.target")
    assert source.is_visible() and target.is_visible()
    page.get_by_label("Korean", exact=True).check()
    assert source.is_visible() and not target.is_visible()
    page.get_by_label("English", exact=True).check()
    assert target.is_visible() and not source.is_visible()
    page.get_by_label("Both").check()
    page.get_by_label("With findings").check()
    shown = [row.get_attribute("id") for row in page.locator("#text tbody tr").all() if row.is_visible()]
    assert shown == ["s0007", "s0009", "s0010", "s0016"]


def test_terms_open_by_keyboard_and_are_copied_with_the_sentence(browser: Any, tmp_path: Path) -> None:
    page = open_page(browser, tmp_path)
    summary = page.locator("#s0006 td.target summary").nth(1)
    note = page.locator("#s0006 td.target .pop").nth(1)
    assert not note.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert note.is_visible()
    page.keyboard.press("Enter")
    assert not note.is_visible()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#s0006 td.target .text'))")
    assert page.evaluate("getSelection().toString()") == next(s for s in build().segments() if s.id == "s0006").target


def test_deep_links_are_marked(browser: Any, tmp_path: Path) -> None:
    page = open_page(browser, tmp_path, fragment="#s0009")
    back = "e => getComputedStyle(e).backgroundColor"
    assert page.locator("#s0009").evaluate(back) != page.locator("#s0008").evaluate(back)


def test_it_prints_on_a4_with_the_header_row_on_each_page(browser: Any, tmp_path: Path) -> None:
    page = open_page(browser, tmp_path)
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = {tuple(float(n) for n in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
    assert {tuple(round(n) for n in box) for box in boxes} == {(0, 0, 595, 842)}


def test_a_compared_text_stands_beside_the_target_with_its_terms_and_findings() -> None:
    def compared(segment: Segment) -> Segment:
        if segment.id == "s0006":
            ledger = tuple(replace(o, outcome=Outcome.MISSING, target_start=-1, target_end=-1) for o in segment.occurrences)
            finding = Finding(segment.id, "terms", Level.ERROR, "확장억제: not there", (0, 2))
            return replace(segment, alternatives=(Alternative("The body met.", "other", ledger, (finding,)), *segment.alternatives))
        if segment.id == "s0007":
            return replace(segment, alternatives=(Alternative(segment.target, "other"),))
        return segment

    page = html.render(build().map_segments(compared)).decode()
    tree = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False).parse(page)
    assert [" ".join(th.itertext()).split()[-1] for th in tree.xpath("//table[@id='text']/thead//th")] == ["No.", "Korean", "embedded", "other"]
    first, other = tree.xpath("//tr[@id='s0006']/td[@class='target']")
    assert first.xpath("string(p[@class='engine'])") == "embedded" and other.xpath("string(p[@class='engine'])") == "other"
    assert other.xpath("string(div)") == "The body met."
    assert "확장억제: not there" in other.xpath("string(ul)")
    assert not first.xpath("ul")
    assert "flagged" in tree.xpath("string(//tr[@id='s0006']/@class)")
    assert [td.get("colspan") for td in tree.xpath("//tr[@id='s0007']/td[@class='target']")] == [None, None]
    assert tree.xpath("string(//tr[@id='s0007']/td[3]/div)") == "Same text"
    assert tree.xpath("//tr[@id='s0001']/td[@class='target']/@colspan") == ["2"]
    assert "3 missing" in tree.xpath("string(//dl[@class='counts compared'])")


def test_hypotheses_that_the_engine_itself_did_not_choose_are_not_shown(text: str) -> None:
    assert "launched the body on Friday" not in text
    assert 'class="counts compared"' not in text and "<p class=\"engine\"" not in text
