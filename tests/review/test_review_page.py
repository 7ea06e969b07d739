"""The review's report as a page, and the times and terms in all three reports."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import comments, edited, plain, put, record

from translate.review.apply import Review, apply_files
from translate.review.docx import read_rows
from translate.review.page import difference, render
from translate.review.report import as_json, as_text, edited_terms, in_words, since_translation

RECORD = record()  # translated 2026-11-20T00:10:00Z
CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), "")


def reviewed() -> Review:
    """Two editors' files with all that a report can speak of."""
    first = next(RECORD.segments()).target.replace("Joint Operations Command", "<joint> staff")

    def kim(rows):  # type: ignore[no-untyped-def]
        put(rows["s0001"], plain(first))
        put(rows["s0014"], plain("Q. Who foots the bill?"))
        put(rows["s0008"], 'T[Why at this time]<w:r><w:commentReference w:id="70"/></w:r>')
        put(rows["s0007"], plain("절반도 번역하지 않았다"))

    def lee(rows):  # type: ignore[no-untyped-def]
        put(rows["s0014"], plain("Q. Whose money?"))

    part = comments(("70", "Park", "Is <this> right?", "0", ""))
    files = {"kim.docx": read_rows(edited(RECORD, kim, part)), "lee.docx": read_rows(edited(RECORD, lee))}
    return apply_files(RECORD, files, author="Kim", date="2026-11-22T03:40:00Z")


def test_the_page_says_all() -> None:
    page = render([("deterrence", reviewed())]).decode("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    text = " ".join(re.sub(r"<(?:style|title).*?</(?:style|title)>|<[^>]+>", "", page, flags=re.DOTALL).split())
    for words in (
        "Edited 2 days 3 hours after translation", "Conflicts", "Q. Who foots the bill?", "Q. Whose money?", "not English",
        "Park (open: the segment stays unreviewed): Is &lt;this&gt; right?", "합동작전사령부", "Why at this time",
    ):  # fmt: skip
        assert words in text, words
    assert "<ins>&lt;joint&gt; staff</ins>" in page and "<del>Joint Operations Command</del>" in page
    assert 'id="r1-s0008"' in page and 'href="#r1-s0008"' in page


def test_nothing_is_loaded_and_nothing_runs() -> None:
    page = render([("a", reviewed()), ("b", reviewed())]).decode("utf-8")
    assert "<script" not in page and "http" not in page.replace("http-equiv", "") and " style=" not in page
    (css,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page.replace("&#39;", "'")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_review_without_any_change() -> None:
    page = render([("deterrence", apply_files(RECORD, {}, date="2026-11-22T00:00:00Z"))]).decode("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Changes" not in page and "after translation" not in page


def test_axe_finds_no_violation(tmp_path: Path) -> None:
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    (tmp_path / "page.html").write_bytes(render([("a", reviewed()), ("b", reviewed())]))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width, scheme in ((320, "light"), (1280, "dark")):
            page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
            page.on("console", lambda message: pytest.fail(message.text))
            page.goto((tmp_path / "page.html").as_uri())
            result = Axe().run(page)
            assert result.violations_count == 0, result.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") == width
        browser.close()


@given(st.text(max_size=80), st.text(max_size=80))
def test_difference_gives_both_texts_back(before: str, after: str) -> None:
    left, right = difference(before, after)
    assert "".join(t for _, t in left) == before and "".join(t for _, t in right) == after
    assert "".join(t for same, t in left if same) == "".join(t for same, t in right if same)


def test_difference_is_by_words() -> None:
    left, right = difference("The Seoul-based body, it said, met.", "The Tokyo-based body met.")
    assert left == [(True, "The "), (False, "Seoul-based"), (True, " body"), (False, ", it said,"), (True, " met.")]
    assert right == [(True, "The "), (False, "Tokyo-based"), (True, " body met.")]


def test_time_since_translation() -> None:
    review = reviewed()
    assert {name: in_words(t) for name, t in since_translation(review).items()} == dict.fromkeys(("s0001", "s0008"), "2 days 3 hours")
    assert as_json("x", review)["changed"][0]["seconds_since_translation"] == (2 * 24 + 3) * 3600 + 30 * 60
    assert "edited 2 days 3 hours after translation" in as_text("x", review)
    for date in ("", "yesterday", "2027-01-01"):  # unknown, or a record made anew since
        document = replace(review.document, provenance=replace(review.document.provenance, date=date))
        other = replace(review, document=document)
        assert since_translation(other) == {} and as_json("x", other)["changed"][0]["seconds_since_translation"] is None


def test_edited_terms() -> None:
    (term,) = edited_terms(reviewed())
    assert (term.term, term.count, term.before, term.after) == ("합동작전사령부", 1, ("Joint Operations Command",), ("<joint> staff",))
    assert "edited term: 합동작전사령부, 1×: Joint Operations Command → <joint> staff" in as_text("x", reviewed())
