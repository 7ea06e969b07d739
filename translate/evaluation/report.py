"""The evaluation as one HTML page: figures; charts of score by sentence length, findings by check, score against speed and
confidence against score; the weakest sentences and those on which the systems differ most.

Self-contained, without scripts, readable by ear and on a phone.  Bars stand beside their figures, never instead of them; the
other charts have their data in their labels.  The template is ``page.html.j2``, the style sheet ``page.css``, named by its hash
in the page's Content Security Policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from translate.document import LANGUAGES
from translate.evaluation.quality import sentence_chrf
from translate.files import writing
from translate.publishing.pages import page_style, page_template

# What is counted in the source and looked for in the translation: keys of a system's entry.
KEPT = ("figures", "dates", "names")
_FOLDER = Path(__file__).parent
# Sentences of each list.
_SHOWN = 20


def write_report(report: dict[str, Any], sources: Sequence[str], references: Sequence[str], path: Path, language: str = "ko") -> None:
    """Write ``report`` (what ``translate evaluate --json`` prints) as a self-contained HTML page, atomically."""
    systems = report["systems"]
    scores = {s["name"]: sentence_chrf(s["hypotheses"], references) for s in systems}
    target = "en" if language == "ko" else "ko"
    css, digest = page_style(_FOLDER)
    page = page_template(_FOLDER).render(
        lines=report["lines"],
        systems=systems,
        metrics=list(systems[0]["scores"]),
        kept=KEPT,
        lengths=_lengths(systems, scores, sources),
        checks=_checks(report),
        silent=[name for name, counts in _by_check(report).items() if not any(c["errors"] + c["warnings"] for _, c in counts)],
        speeds=_speeds(systems),
        reliability=_reliability(systems),
        sentences=_sentences(systems, scores, sources, references),
        source_language=language,
        target_language=target,
        languages=f"{LANGUAGES[language]} to {LANGUAGES[target]}",
        css=Markup(css),
        csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )
    with writing(path) as out:
        out.write(page.encode("utf-8"))


def _bar(*parts: tuple[str, float], first: bool = False) -> Markup:
    """A bar of parts (class, per cent of the width) one after the other; for eyes only, the figures stand beside it."""
    rects, at = Markup(), 0.0
    for name, width in parts:
        rects += Markup('<rect class="{}" x="{:.4g}" width="{:.4g}" height="10"/>').format(name, at, width)
        at += width
    picture = Markup('<svg{} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
    return picture.format(Markup(' class="first"') if first else "", rects)


def _lengths(systems: list[dict[str, Any]], scores: dict[str, list[float]], sources: Sequence[str]) -> list[dict[str, Any]]:
    """The chart of mean chrF++ by length: four groups of source lines, in each a row a system."""
    lengths = sorted(len(s) for s in sources)
    edges = [lengths[len(lengths) * k // 4] for k in range(1, 4)]
    groups = []
    for part in range(4):
        low, high = ([0, *edges][part], [*edges, 10**9][part])
        members = [i for i, s in enumerate(sources) if low <= len(s) < high]
        if not members:
            continue
        rows = []
        for number, system in enumerate(systems):
            mean = sum(scores[system["name"]][i] for i in members) / len(members)
            rows.append({"name": system["name"], "score": mean, "bar": _bar(("score", mean), first=number == 0)})
        until = f"{low} to {high - 1}" if high < 10**9 else f"{low} and more"
        groups.append({"title": f"{until} characters", "lines": len(members), "rows": rows})
    return groups


def _by_check(report: dict[str, Any]) -> dict[str, list[tuple[str, dict[str, int]]]]:
    """(system, counts) of each check, the reference after the systems."""
    columns = [(s["name"], s["findings"]) for s in report["systems"]] + [("reference", report["reference"]["findings"])]
    return {check: [(name, found[check]) for name, found in columns] for check in report["reference"]["findings"]}


def _checks(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The chart of findings by check: a group for each check that found anything, in it a row a system; one scale for all."""
    counts = _by_check(report)
    most = max((c["errors"] + c["warnings"] for rows in counts.values() for _, c in rows), default=0)
    groups = []
    for check, rows in counts.items():
        if not any(c["errors"] + c["warnings"] for _, c in rows):
            continue
        shown = [
            {"name": name, **c, "bar": _bar(*((level, 100 * c[level] / most) for level in ("errors", "warnings")), first=number == 0)}
            for number, (name, c) in enumerate(rows)
        ]
        groups.append({"title": check, "rows": shown})
    return groups


def _sentences(
    systems: list[dict[str, Any]], scores: dict[str, list[float]], sources: Sequence[str], references: Sequence[str]
) -> list[dict[str, Any]]:
    """The lists of sentences: the first system's weakest, and those whose scores are furthest apart."""
    first, columns = scores[systems[0]["name"]], list(scores.values())
    spread = [max(c[i] for c in columns) - min(c[i] for c in columns) for i in range(len(sources))]
    weakest = sorted(range(len(sources)), key=lambda i: first[i])[:_SHOWN]
    apart = [i for i in sorted(range(len(sources)), key=lambda i: -spread[i])[:_SHOWN] if spread[i] > 0]

    def row(i: int) -> dict[str, Any]:
        hypotheses = [{"name": s["name"], "text": s["hypotheses"][i], "score": scores[s["name"]][i]} for s in systems]
        return {"line": i + 1, "source": sources[i], "reference": references[i], "hypotheses": hypotheses}

    parts = [(f"Where {systems[0]['name']} is weakest", weakest), ("Where the systems differ most", apart)]
    return [{"title": title, "rows": [row(i) for i in chosen]} for title, chosen in parts if chosen]


def _speeds(systems: list[dict[str, Any]]) -> dict[str, Any]:
    """The chart of score against speed: its ends, and a point for each system that was timed."""
    timed = [s for s in systems if "speed" in s]
    fastest = max((s["speed"]["target words a second"] for s in timed), default=0)
    best = max(s["scores"]["chrF++"]["value"] for s in systems)
    points = [
        {
            "name": system["name"],
            "speed": system["speed"]["target words a second"],
            "score": system["scores"]["chrF++"]["value"],
            "x": round(60 + 560 * system["speed"]["target words a second"] / (fastest or 1)),
            "y": round(300 - 270 * system["scores"]["chrF++"]["value"] / (best or 1)),
        }
        for system in timed
    ]
    return {"fastest": fastest, "best": best, "points": points}


def _reliability(systems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The chart of confidence against score of each system that has confidences: a bar a bin, a point at its means."""
    out = []
    for system in systems:
        found = system.get("calibration")
        if found is None:
            continue
        points = [
            {**b, "left": round(63 + 560 * b["low"]), "x": round(60 + 560 * b["confidence"]), "y": round(300 - 2.7 * b["score"])}
            for b in found["bins"]
        ]
        out.append({"name": system["name"], "rank": found["rank_correlation"], "error": found["expected_error"], "points": points})
    return out
