"""A later run keeps what people made of the record, and offers what it would say itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rows import Edit, comments, edited, many, plain, put, record

from translate.document import Document, Origin, Outcome, State, TranslateError
from translate.pipeline import Summary, publish_document
from translate.publishing import xliff
from translate.review.apply import apply_files, apply_review
from translate.review.docx import read_rows
from translate.review.keeping import keep_work

DATE = "2026-11-27T00:00:00Z"
RECORD = record()
BILL = "Q. Who foots the bill?"


def reviewed(edit: Edit, parts: dict[str, str] | None = None, **options: bool) -> Document:
    """The record after an editor."""
    return apply_review(RECORD, read_rows(edited(RECORD, edit, parts)), author="Kim", date=DATE, **options).document


def run(suffix: str = "") -> Document:
    """What a new run makes of the article; with a suffix every translation is another one."""
    return RECORD.map_segments(lambda s: replace(s, target=s.target + suffix) if s.target and s.origin is Origin.MACHINE else s)


def segments(document: Document) -> dict[str, object]:
    return {s.id: s for s in document.segments()}


def foot(rows) -> None:  # type: ignore[no-untyped-def]
    put(rows["s0014"], plain(BILL))


def test_the_same_run_changes_nothing_of_a_reviewed_record() -> None:
    old = reviewed(foot)
    new = keep_work(run(), old)
    after, before = segments(new)["s0014"], segments(old)["s0014"]
    assert after == replace(before, alternatives=after.alternatives)  # type: ignore[attr-defined,type-var]
    assert [a.text for a in after.alternatives] == ["Q. Who pays?"]  # type: ignore[attr-defined]
    assert [s for s in new.segments() if s.id != "s0014"] == [s for s in RECORD.segments() if s.id != "s0014"]
    # And once more: the alternative is not offered twice.
    assert keep_work(run(), new) == new
    assert xliff.parse(xliff.render(new)) == new


def test_a_new_hypothesis_is_an_alternative_with_its_ledger() -> None:
    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0001"], plain("Extended deterrence talks open; Joint Operations Command on the line"))

    new = keep_work(run(" Again."), reviewed(edit, final=True))
    segment = next(new.segments())
    assert (segment.target, segment.state, segment.origin) == ("Extended deterrence talks open; Joint Operations Command on the line", State.FINAL, Origin.HUMAN)
    assert segment.alternatives[0].text == next(run(" Again.").segments()).target
    assert segment.alternatives[0].occurrences and segment.changes[-1].author == "Kim"
    others = [s for s in new.segments() if s.target.endswith(" Again.")]
    assert len(others) > 5 and all(not s.changes or s.id == "s0015" for s in others)


def test_open_questions_and_edits_that_wait_for_them_stay() -> None:
    def ask(rows):  # type: ignore[no-untyped-def]
        put(rows["s0014"], 'T[Q. Who foots the bill?]<w:r><w:commentReference w:id="70"/></w:r>')
        put(rows["s0008"], 'T[Why now]<w:r><w:commentReference w:id="71"/></w:r>')

    part = comments(("70", "Park", "Is this right?", "0", ""), ("71", "Park", "Sure?", "0", ""))
    new = segments(keep_work(run(" Again."), reviewed(ask, part)))
    for name, text in (("s0014", BILL), ("s0008", "Why now")):
        assert new[name].target == text and new[name].state is State.TRANSLATED  # type: ignore[attr-defined]
        assert [f.check for f in new[name].findings if f.check == "comment"] == ["comment"]  # type: ignore[attr-defined]


def test_both_versions_of_a_conflict_stay() -> None:
    files = {f"{name}.docx": read_rows(edited(RECORD, lambda rows, t=text: put(rows["s0014"], plain(t)))) for name, text in (("kim", BILL), ("lee", "Q. Whose bill?"))}
    conflict = apply_files(RECORD, files, date=DATE).document
    assert apply_files(conflict, files, date=DATE).document == conflict
    segment = segments(keep_work(run(" Again."), conflict))["s0014"]
    assert [a.text for a in segment.alternatives] == ["Q. Who pays? Again.", BILL, "Q. Whose bill?"]  # type: ignore[attr-defined]
    assert segment.target == "Q. Who pays?" and segment.changes[-1].comment == "in conflict: kim.docx, lee.docx"  # type: ignore[attr-defined]


def test_a_corrected_source_stays_corrected() -> None:
    source = next(s.source for s in RECORD.segments() if s.id == "s0006")

    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0006"], plain(source.replace("첫 회의", "첫번째 회의")), 1)

    new = keep_work(run(" Again."), reviewed(edit))
    segment = segments(new)["s0006"]
    assert "첫번째 회의" in segment.source and segment.state is State.REVIEWED  # type: ignore[attr-defined]
    assert xliff.parse(xliff.render(new)) == new


def test_a_changed_glossary_is_proven_on_the_reviewed_text() -> None:
    def edit(rows):  # type: ignore[no-untyped-def]
        put(rows["s0001"], plain("Extended deterrence talks open; Joint Operations Command on the line"))

    old = reviewed(edit)
    changed = run().map_segments(lambda s: replace(s, occurrences=tuple(replace(o, wanted=("unified command",)) if o.term == "합동작전사령부" else o for o in s.occurrences)))
    segment = next(keep_work(changed, old).segments())
    outcomes = {o.term: o.outcome for o in segment.occurrences}
    assert outcomes["합동작전사령부"] is Outcome.MISSING and outcomes["확장억제"] is Outcome.APPLIED
    assert any(f.check == "terms" for f in segment.findings) and segment.state is State.REVIEWED


def test_sentences_of_another_article_are_not_mixed_up() -> None:
    old = reviewed(foot, accept_untouched=True)
    other = run().map_segments(lambda s: replace(s, source="가" * len(s.source)))
    assert keep_work(other, old) == other


def test_of_a_sentence_that_stands_there_often_each_keeps_its_own() -> None:
    article = many(6)
    second = [s.id for s in article.segments()][1]
    rows = read_rows(edited(article, lambda rows: put(rows[second], plain("The government said so."))))
    old = apply_review(article, rows, date=DATE).document
    new = keep_work(article, old)
    assert [s.target == "The government said so." for s in new.segments()] == [False, True, False, False, False, False]


def test_publishing_keeps_what_lies_there(tmp_path: Path) -> None:
    (tmp_path / "deterrence.xlf").write_bytes(xliff.render(reviewed(foot)))
    summary = publish_document(Summary(run(" Again.")), tmp_path, ["docx", "txt"])
    assert BILL in (tmp_path / "deterrence.txt").read_text(encoding="utf-8")
    assert xliff.parse((tmp_path / "deterrence.xlf").read_bytes()) == replace(summary.document, name="deterrence")
    (tmp_path / "deterrence.xlf").write_bytes(b"<xliff")
    with pytest.raises(TranslateError, match=r"deterrence\.xlf: cannot be read as the record"):
        publish_document(Summary(run()), tmp_path, ["txt"])
    assert (tmp_path / "deterrence.xlf").read_bytes() == b"<xliff"
