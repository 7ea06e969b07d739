"""publish(): which files are written, how, and what is said when they cannot be; text and Markdown."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from documents import ARTICLE, Sentence, build

from translate.document import Kind, TranslateError
from translate.publishing import FORMATS, markdown, publish, text, xliff


def test_all_formats_and_always_the_record(tmp_path: Path) -> None:
    paths = publish(build(), tmp_path / "new" / "folder", list(FORMATS))
    assert sorted(paths) == ["docx", "html", "md", "tmx", "txt", "xlf", "xliff12"]
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == [
        "deterrence.docx",
        "deterrence.html",
        "deterrence.md",
        "deterrence.tmx",
        "deterrence.txt",
        "deterrence.xlf",
        "deterrence.xliff",
    ]
    assert list(publish(build(), tmp_path, [])) == ["xlf"]
    assert xliff.parse((tmp_path / "deterrence.xlf").read_bytes()) == build()


def test_files_are_replaced_and_as_readable_as_others(tmp_path: Path) -> None:
    before = publish(build(ARTICLE[:2]), tmp_path, ["txt"])["txt"].read_text()
    path = publish(build(), tmp_path, ["txt"])["txt"]
    assert path.read_text() != before
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deterrence.txt", "deterrence.xlf"]


def test_unknown_format_lists_the_known_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match="unknown format 'pdf'; known: docx, html, xlf, txt, md"):
        publish(build(), tmp_path, ["html", "pdf"])
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    for folder in (blocked, blocked / "below"):
        with pytest.raises(TranslateError, match=r"cannot write there \(.+\); choose another folder") as caught:
            publish(build(), folder, ["html"])
        assert "\n" not in str(caught.value)


def test_a_failed_write_leaves_the_old_file_and_nothing_half(tmp_path: Path) -> None:
    (tmp_path / "deterrence.xlf").mkdir()
    with pytest.raises(TranslateError, match="cannot write there"):
        publish(build(), tmp_path, [])
    assert [p.name for p in tmp_path.iterdir()] == ["deterrence.xlf"]


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b"])
def test_a_name_that_is_no_file_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(TranslateError, match="cannot be a file's name"):
        publish(replace(build(), name=name), tmp_path, [])


def test_text_is_the_translation_alone() -> None:
    lines = text.render(build()).decode().split("\n")
    assert lines[0].startswith("Seoul, Tokyo launch extended deterrence talks")
    assert lines[1] == ""
    at = lines.index("▲ Renewal of the intelligence-sharing pact")
    assert lines[at + 1] == "△ Regular combined drills", "list lines stand together"
    assert lines[-2:] == ["A. Each side pays half. [not translated: 세부 내용은 정해지지 않았다.]", ""]


def test_the_headline_comes_first_wherever_it_stood() -> None:
    article = (ARTICLE[5], ARTICLE[0])
    assert text.render(build(article)).decode().startswith("Seoul, Tokyo launch")
    assert markdown.render(build(article)).decode().startswith("# Seoul, Tokyo launch")


def test_markdown_has_both_languages_by_paragraph() -> None:
    page = markdown.render(build()).decode()
    assert page.startswith("# Seoul, Tokyo launch extended deterrence talks")
    assert "\n\n## Why now\n\n> ■ 왜 지금인가\n\n" in page
    assert page.count("(Gaon Photo)") == 1, "a caption passed through stands once"
    assert "- **error** s0007, numbers: 5만5000 is 55,000; the translation has 50,000\n" in page
    assert "| 방위상 | defense minister | missing | no hypothesis has it | s0009 |" in page


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("A&B <b> *c* [d](e) `f` g|h", r"A&B \<b> \*c\* \[d](e) \`f\` g\|h"),
        ("&amp; &#38; house_style _em_", r"\&amp; \&#38; house_style \_em\_"),
        ("1. Januar", r"1\. Januar"),
        ("3.5 percent", "3.5 percent"),
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("+ no item", r"\+ no item"),
        ("two\nlines\x0bhere", "two lines here"),
        ("~~struck~~ back\\slash", r"\~\~struck\~\~ back\\slash"),
    ],
)
def test_markdown_escapes_what_would_mean_something(raw: str, escaped: str) -> None:
    document = build(((Kind.PARAGRAPH, "ko", (Sentence("원문", raw),)),))
    assert markdown.render(document).decode().split("\n\n")[0] == escaped
