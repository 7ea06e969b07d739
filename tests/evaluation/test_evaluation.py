"""Evaluation: figures that sacreBLEU itself gives, terms counted by place, and the command on files."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sacrebleu

from tests.cli.conftest import Run
from translate.document import Occurrence, TranslateError
from translate.evaluation import document_confidences, document_lines, lines_document
from translate.evaluation.calibration import calibration, rank_correlation
from translate.evaluation.consistency import term_consistency
from translate.evaluation.figures import date_fidelity, figure_fidelity
from translate.evaluation.findings import finding_counts
from translate.evaluation.names import name_fidelity, names_in
from translate.evaluation.quality import compare, corpus_scores, sentence_chrf
from translate.evaluation.term_edit_rate import one_minus_term
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
    assert (scores.recurring, scores.consistency) == (2, 0.5)  # the second one of the first line has no place


@pytest.mark.parametrize(
    ("renderings", "compared", "share"),
    [
        (["Joint Operations Command", "Joint Operations Commands", "the Joint Operations Command's"], 2, 1.0),
        (["Joint Operations Command", "JOC", "JOC"], 2, 1.0),  # news shortens
        (["Joint Operations Command", "unified command", "JOC"], 2, 0.5),
        (["unified command", "JOC", "JOC"], 2, 0.0),  # the first, not the most frequent
        (["JOC", "it", "Joint Operations Command"], 2, 0.5),
        (["headquarters", "JOC", "headquarters"], 1, 0.0),  # what it was called first is not known, but it was not JOC
        (["headquarters", "headquarters"], 0, 1.0),
        (["JOC"], 0, 1.0),
    ],
)
def test_consistency_is_with_the_first_rendering(renderings: list[str], compared: int, share: float) -> None:
    term = Occurrence(0, 2, "x", "합작사", ("Joint Operations Command", "JOC", "unified command"))
    found = term_consistency([[term]] * len(renderings), [f"They saw {r}." for r in renderings], "en")
    assert found == (compared, share)


def test_consistency_is_by_term_and_in_korean_by_syllables() -> None:
    staff = Occurrence(0, 2, "a", "JCS", ("합동참모본부", "합참", "참모회의"))
    other = Occurrence(4, 6, "b", "port", ("항구",))
    lines = ["합동참모본부는 항구에 있다.", "합참과 항구.", "참모회의가 항구로."]
    assert term_consistency([[staff, other]] * 3, lines, "ko") == (4, 0.75)


@pytest.mark.parametrize(
    ("hypothesis", "found"),
    [
        ("The extended deterrence plan stands.", 1),
        ("An Extended deterrence plan stands.", 0),  # capitals count
        ("The extended deterrences stand.", 0),  # inflection does not
        ("The overextended deterrence plan stands.", 0),  # whole words only
        ("The plan for extended deterrence, extended deterrence.", 1),
    ],
)
def test_wmt21_exact_match(hypothesis: str, found: int) -> None:
    term = Occurrence(0, 4, "x", "확장억제", ("extended deterrence",))
    assert term_scores([[term]], [hypothesis], ["The extended deterrence plan."], "en").wmt21_exact == found


def test_wmt21_takes_the_form_of_the_reference_and_each_place_once() -> None:
    term = Occurrence(0, 2, "x", "함정", ("warship",))
    line = ["Two warships sailed; the warship led."]
    assert term_scores([[term, term]], line, ["The warships and a warship."], "en").wmt21_exact == 1.0
    assert term_scores([[term, term]], ["Two warships sailed."], ["The warships and a warship."], "en").wmt21_exact == 0.5


@pytest.mark.parametrize(
    ("hypothesis", "edits"),
    [
        ("The ministry discussed extended deterrence today.", 0),
        ("The ministry discussed expanded deterrence today.", 2),  # a term's word: double
        ("The ministry talked extended deterrence today.", 1),
        ("The ministry discussed today.", 4),
        ("The ministry discussed extended deterrence.", 1),
        ("The ministry discussed extended deterrence deterrence today.", 2),
        ("Today the ministry discussed extended deterrence.", 1),  # one shift
    ],
)
def test_edits_of_term_words_count_double(hypothesis: str, edits: int) -> None:
    term = Occurrence(0, 4, "x", "확장억제", ("extended deterrence",))
    reference = "The ministry discussed extended deterrence today."  # seven words with the full stop
    assert one_minus_term([[term]], [hypothesis], [reference], "en") == pytest.approx(1 - edits / 7)


def test_small_words_in_a_term_weigh_once() -> None:
    term = Occurrence(0, 4, "x", "경제부", ("Ministry of Economy",))
    reference = "Ministry of Economy said."
    assert one_minus_term([[term]], ["Ministry for Economy said."], [reference], "en") == pytest.approx(1 - 1 / 5)
    assert one_minus_term([[term]], ["Bureau of Economy said."], [reference], "en") == pytest.approx(1 - 2 / 5)


def test_without_terms_it_is_the_lines_mean_ter() -> None:
    metric = sacrebleu.TER(normalized=True)
    expected = 1 - sum(metric.sentence_score(h, [r]).score / 100 for h, r in zip(BAD, REFERENCES, strict=True)) / len(BAD)
    assert one_minus_term([[]] * 5, BAD, REFERENCES, "en") == pytest.approx(expected)


def test_calibration_of_a_confidence_that_is_right() -> None:
    found = calibration([0.15, 0.35, 0.35, 1.0], [15.0, 30.0, 40.0, 100.0])
    assert found.expected_error == 0
    assert found.rank_correlation == pytest.approx(0.9487, abs=1e-4)  # the two of 0.35 share their rank
    assert [(b.low, b.lines, b.score) for b in found.bins] == [(0.1, 1, 15.0), (0.3, 2, 35.0), (0.9, 1, 100.0)]


def test_calibration_of_a_confidence_that_is_wrong() -> None:
    found = calibration([0.9, 0.1], [10.0, 90.0])
    assert found.expected_error == pytest.approx(0.8)
    assert found.rank_correlation == -1.0


def test_rank_correlation_where_nothing_varies() -> None:
    assert rank_correlation([0.5, 0.5, 0.5], [1.0, 2.0, 3.0]) is None


def test_a_lines_confidence_weighs_its_segments_by_length() -> None:
    document = lines_document(["긴 문장이 여기 있다. 끝."], "ko", lambda line: [(0, 12), (13, 15)])
    sizes = [len(s.source) for s in document.segments()]
    known = dict(zip(["s00001", "s00002"], [0.8, 0.2], strict=True))
    scored = document.map_segments(lambda s: replace(s, confidence=known[s.id], target=f"<{s.id}>"))
    assert document_lines(scored) == ["<s00001> <s00002>"]
    assert document_confidences(scored) == (pytest.approx((0.8 * sizes[0] + 0.2 * sizes[1]) / sum(sizes)),)
    assert document_confidences(document) is None
    assert document_confidences(document.map_segments(lambda s: replace(s, confidence=1.0))) is None  # an engine without scores


def test_figures_kept() -> None:
    assert figure_fidelity(SOURCES, GOOD, "en")["kept"] == 1.0
    assert figure_fidelity(SOURCES, [h.replace("62 billion", "6.2 billion") for h in GOOD], "en")["kept"] == 0.5


def test_dates_kept() -> None:
    sources = ["회의는 3월 12일 오후 2시에 열린다.", "1998년 가을이었다.", "비가 왔다."]
    good = ["The meeting is on March 12 at 2 p.m.", "It was the fall of 1998.", "It rained."]
    assert date_fidelity(sources, good, "en") == {"dates": 3, "kept": 1.0}
    assert date_fidelity(sources, [good[0].replace("March 12", "May 12"), "It was fall.", ""], "en") == {"dates": 3, "kept": 0.3333}
    assert date_fidelity(sources, [good[0].replace("p.m.", "a.m."), *good[1:]], "en")["kept"] == 0.6667
    assert date_fidelity(good, sources, "ko") == {"dates": 3, "kept": 1.0}
    assert date_fidelity(sources[2:], good[2:], "en") == {"dates": 0, "kept": 1.0}


def test_names_are_told_by_glossary_rules_and_lists() -> None:
    sources = ["정수영 기자는 확장억제를 물었다.", "정 기자는 파키스탄과 샌프란시스코에 있었고 GDP를 말했다."]
    deterrence = Occurrence(7, 11, "s:확장억제", "확장억제", ("extended deterrence",))
    harbour = Occurrence(6, 10, "p:파키스탄", "파키스탄", ("Islamic Republic",))
    found = names_in(sources, "ko", [(deterrence,), (harbour,)])
    assert [[(o.term, o.wanted) for o in line] for line in found] == [
        [("정수영", ("Jung Soo-young",))],
        [("정", ("Jung",)), ("파키스탄", ("Islamic Republic",)), ("샌프란시스코", ("San Francisco",))],
    ]
    (back,) = names_in(["On Monday the U.S. team from San Francisco met NATO."], "en")
    assert [(o.term, "미국" in o.wanted or "샌프란시스코" in o.wanted) for o in back] == [("U.S.", True), ("San Francisco", True)]


def test_names_kept_are_those_that_the_reference_has() -> None:
    names = names_in(["파키스탄과 샌프란시스코, 파키스탄.", "이탈리아가 이겼다."], "ko")
    references = ["Pakistan and San Francisco, Pakistan.", "The Italian team won."]  # Italy is not asked for
    assert name_fidelity(names, references, references, "en") == {"names": 3, "kept": 1.0}
    assert name_fidelity(names, ["Pakistan and Los Angeles.", "Italy won."], references, "en") == {"names": 3, "kept": 0.3333}
    assert name_fidelity(names, ["", ""], ["It did.", "They won."], "en") == {"names": 0, "kept": 1.0}


def test_findings_are_counted_by_check() -> None:
    term = Occurrence(0, 4, "s:확장억제", "확장억제", ("extended deterrence",))
    sources = ["확장억제를 논의했다.", "수출은 620억 달러였다.", "3월 12일이었다."]
    lines = ["They discussed deterrence 확장.", "Exports were $6.2 billion.", "It was March 12."]
    found = finding_counts(sources, lines, "ko", [(term,), (), ()])
    assert list(found) == ["untranslated", "length", "repetition", "terms", "figures", "dates", "negation", "quotes", "latin"]
    counted = {name: c for name, c in found.items() if any(c.values())}
    one = {"errors": 1, "warnings": 0}
    assert counted == {"untranslated": one, "terms": one, "figures": one}
    assert "terms" not in finding_counts(sources, lines, "ko")
    assert finding_counts(["He said it."], ["He said it."], "en")["untranslated"] == {"errors": 0, "warnings": 0}


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
    kept = [[s[what] for what in ("figures", "dates", "names")] for s in report["systems"]]
    assert kept == [[{"figures": 2, "kept": k}, {"dates": 1, "kept": k}, {"names": 1, "kept": k}] for k in (1.0, 0.0)]
    assert report["systems"][0]["scores"]["BLEU"]["signature"].startswith("nrefs:1")
    assert report["systems"][1]["findings"]["figures"] == {"errors": 2, "warnings": 0}
    assert report["reference"]["findings"]["figures"] == {"errors": 0, "warnings": 0}
    page = (desk / "report.html").read_text(encoding="utf-8")
    assert page.count("100.0 %") == page.count("0.0 %") - 3 == 3
    assert "두 장관은" in page
    differ = page.split("Where the systems differ most")[1]
    assert differ.index("Price is month.") > 0
    assert "against speed" not in page  # nobody was timed


def test_the_table_says_what_was_kept_and_of_how_many(run: Run, desk: Path) -> None:
    for name, lines in (("ko", [SOURCES[0], *SOURCES[2:]]), ("en", [REFERENCES[0], *REFERENCES[2:]])):
        (desk / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("evaluate", "--source", "ko.txt", "--reference", "en.txt", "--hypothesis", "en.txt=same")
    assert done.returncode == 0, done.stderr
    assert re.search(r"same\s.*–\s.*–\s.*100\.0%\s.*100\.0%\s.*–", done.stdout)  # no terms, no figures, no time
    assert "kept, of those in the source: figures 0, dates 1, names 1" in done.stdout


def test_terms_have_a_table_of_their_own(run: Run, desk: Path) -> None:
    (desk / "ko.txt").write_text("확장억제를 논의했다.\n확장억제가 중요하다.\n", encoding="utf-8")
    (desk / "en.txt").write_text("They discussed extended deterrence.\nExpanded deterrence matters.\n", encoding="utf-8")
    arguments = ("--source", "ko.txt", "--reference", "en.txt", "--hypothesis", "en.txt=same", "-g", "glossary/security.tsv")
    done = run("evaluate", *arguments)
    assert done.returncode == 0, done.stderr
    assert "kept, of those in the source: terms 2, figures 0" in done.stdout
    row = done.stdout.split("consistent")[1]
    assert re.search(r"same\s.*50\.0%\s.*50\.0%\s.*50\.0%\s.*100\.0%\s.*1\.000\s.*0\.0% of 1", row)


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
    assert system["terms"]["one_minus_term"] <= 1
    bins = system["calibration"]["bins"]
    assert sum(b["lines"] for b in bins) == 2
    assert all(0 < b["confidence"] < 1 for b in bins)


def test_comet_is_left_out_where_it_is_not_installed(run: Run, desk: Path) -> None:
    for name, lines in (("ko", SOURCES), ("en", REFERENCES), ("model", ["no checkpoint"])):
        (desk / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    arguments = ("--source", "ko.txt", "--reference", "en.txt", "--hypothesis", "en.txt=same", "--comet", "model.txt", "--json")
    done = run("evaluate", *arguments)
    assert done.returncode == 0, done.stderr
    assert "COMET is left out" in done.stderr
    assert list(json.loads(done.stdout)["systems"][0]["scores"]) == ["BLEU", "chrF++", "TER"]


@pytest.fixture
def comet_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A package of COMET's shape, for the real one needs an environment of its own and a checkpoint of gigabytes."""
    folder = tmp_path / "site" / "comet"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(
        "class Model:\n"
        "    def predict(self, lines, batch_size, gpus, progress_bar):\n"
        "        scores = [float(x['mt'] == x['ref']) for x in lines]\n"
        "        return type('P', (), {'scores': scores, 'system_score': sum(scores) / len(scores)})()\n"
        "def load_from_checkpoint(path):\n"
        "    if open(path).read() != 'weights': raise RuntimeError('bad magic')\n"
        "    return Model()\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield
    sys.modules.pop("comet", None)


@pytest.mark.usefixtures("comet_package")
def test_comet_scores_come_from_its_package(tmp_path: Path) -> None:
    from translate.evaluation.comet import Comet, installed

    checkpoint = tmp_path / "wmt22-comet-da" / "checkpoints" / "model.ckpt"
    checkpoint.parent.mkdir(parents=True)
    checkpoint.write_text("weights")
    assert installed()
    score = Comet(checkpoint).score(SOURCES, GOOD, REFERENCES)
    assert (score.metric, score.value) == ("COMET", 20.0)
    assert score.signature.startswith("model:wmt22-comet-da|")
    checkpoint.write_text("something else")
    with pytest.raises(TranslateError, match="cannot be loaded as a COMET checkpoint"):
        Comet(checkpoint)


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
