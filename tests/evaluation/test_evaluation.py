"""Evaluation: figures that sacreBLEU itself gives, terms counted by place, and the command on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sacrebleu

from tests.cli.conftest import Run
from translate.document import Occurrence
from translate.evaluation.figures import figure_fidelity
from translate.evaluation.quality import compare, corpus_scores, sentence_chrf
from translate.evaluation.terms import term_scores

REFERENCES = [
    "The two ministers met in Seoul on the 12th.", "Exports rose 8.4 percent to $62 billion.", "Rain delayed the game by an hour.",
    "The committee will vote on the bill next week.", "Prices have risen for three straight months.",
]  # fmt: skip
GOOD = [
    "Two ministers met in Seoul on the 12th.", "Exports rose 8.4 percent to $62 billion.", "The game was delayed an hour by rain.",
    "The committee votes on the bill next week.", "Prices rose for three straight months.",
]  # fmt: skip
BAD = ["Ministers.", "Exports fell.", "Game.", "A vote.", "Price is month."]
SOURCES = [
    "두 장관은 12일 서울에서 만났다.", "수출은 8.4% 늘어난 620억 달러였다.", "비로 경기가 한 시간 늦어졌다.",
    "위원회는 다음 주 법안을 표결한다.", "물가가 석 달 연속 올랐다.",
]  # fmt: skip


def test_scores_are_sacrebleus() -> None:
    bleu, chrf, ter = corpus_scores(GOOD, REFERENCES, "en")
    assert bleu.value == round(sacrebleu.corpus_bleu(GOOD, [REFERENCES]).score, 2)
    assert chrf.value == round(sacrebleu.corpus_chrf(GOOD, [REFERENCES], word_order=2).score, 2)
    assert ter.value == round(sacrebleu.corpus_ter(GOOD, [REFERENCES]).score, 2)
    assert "tok:13a" in bleu.signature
    assert "nw:2" in chrf.signature
    assert "tok:char" in corpus_scores(SOURCES, SOURCES, "ko")[0].signature


def test_comparison_knows_the_better_system() -> None:
    scores = compare({"good": GOOD, "bad": BAD}, REFERENCES, "en", samples=100)
    good, bad = ({s.metric: s for s in scores[name]} for name in ("good", "bad"))
    assert good["chrF++"].value > bad["chrF++"].value + 20
    assert bad["chrF++"].p_value is not None
    assert bad["chrF++"].p_value < 0.05
    assert good["TER"].value < bad["TER"].value


def test_sentence_scores_are_a_line_each() -> None:
    scores = sentence_chrf(GOOD, REFERENCES)
    assert len(scores) == 5
    assert scores[1] == 100.0


def test_terms_are_counted_by_place() -> None:
    term = Occurrence(0, 4, "x", "확장억제", ("extended deterrence",))
    scores = term_scores(
        [[term, term], [term]],
        ["Extended deterrence matters.", "the extended deterrence plan"],
        ["Extended deterrence and extended deterrence matter.", "an extended deterrence plan"],
        "en",
    )
    assert scores.occurrences == 3
    assert scores.inflected == pytest.approx(2 / 3)
    assert scores.exact == pytest.approx(1 / 3)
    assert 0 < scores.window <= 1
    assert scores.consistency == 1.0


def test_figures_kept() -> None:
    assert figure_fidelity(SOURCES, GOOD, "en")["kept"] == 1.0
    assert figure_fidelity(SOURCES, [h.replace("62 billion", "6.2 billion") for h in GOOD], "en")["kept"] == 0.5


def test_the_command_on_other_systems_files(run: Run, desk: Path) -> None:
    for name, lines in (("ko", SOURCES), ("en", REFERENCES), ("good", GOOD), ("bad", BAD)):
        (desk / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(
        "evaluate", "--source", "ko.txt", "--reference", "en.txt", "--hypothesis", "good.txt=good", "--hypothesis", "bad.txt=bad",
        "--json", "--html", "report.html",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [s["name"] for s in report["systems"]] == ["good", "bad"]
    assert report["systems"][0]["hypotheses"] == GOOD
    assert report["systems"][0]["scores"]["BLEU"]["signature"].startswith("nrefs:1")
    page = (desk / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "두 장관은" in page


def test_the_command_runs_an_engine_with_terms(run: Run, desk: Path) -> None:
    (desk / "ko.txt").write_text("확장억제를 논의했다.\n비가 내렸다.\n", encoding="utf-8")
    (desk / "en.txt").write_text("They discussed extended deterrence.\nIt rained.\n", encoding="utf-8")
    done = run("evaluate", "--source", "ko.txt", "--reference", "en.txt", "--engine", "embedded", "-g", "glossary/security.tsv", "--json")
    assert done.returncode == 0, done.stderr
    (system,) = json.loads(done.stdout)["systems"]
    assert system["name"] == "embedded"
    assert len(system["hypotheses"]) == 2
    assert system["terms"]["occurrences"] == 1
    assert system["speed"]["seconds"] > 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--source", "none.txt", "--reference", "en.txt"], "no such file"),
        (["--source", "ko.txt", "--reference", "short.txt"], "must agree"),
        (["--source", "ko.txt", "--reference", "en.txt", "--hypothesis", "short.txt=x"], "must agree"),
        (["--source", "ko.txt", "--reference", "en.txt", "--hypothesis", "ko.txt=x", "--html", "none/report.html"], "cannot be written"),
    ],
)
def test_mistakes_are_one_line(run: Run, desk: Path, arguments: list[str], message: str) -> None:
    (desk / "ko.txt").write_text("\n".join(SOURCES), encoding="utf-8")
    (desk / "en.txt").write_text("\n".join(REFERENCES), encoding="utf-8")
    done = run("evaluate", *arguments)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
