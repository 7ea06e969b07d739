"""The evaluation as one HTML file: figures; charts of score against speed, score by sentence length and confidence against
score; the weakest sentences and those on which the systems differ most."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from translate.evaluation.quality import sentence_chrf
from translate.files import writing

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Evaluation</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body{font:16px/1.5 Georgia,"Noto Serif KR",serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
:lang(ko){font-family:"Noto Sans KR","Malgun Gothic",sans-serif;word-break:keep-all}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{padding:.35rem .6rem;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:bold;margin-bottom:.3rem}
svg{max-width:100%;height:auto}footer{color:#555;font-size:.85rem}
@media(prefers-color-scheme:dark){body{background:#161616;color:#e8e8e8}th,td{border-color:#444}footer{color:#aaa}}
</style></head><body>
<h1>Evaluation on {{ lines }} lines</h1>
<table><caption>Systems</caption><thead><tr><th scope="col">system</th>{% for m in metrics %}<th scope="col" class="n">{{ m }}</th>{% endfor %}
<th scope="col" class="n">terms</th><th scope="col" class="n">1-TERm</th>{% for what in kept %}<th scope="col" class="n">{{ what }} kept</th>{% endfor %}<th scope="col" class="n">words a second</th></tr></thead><tbody>
{% for s in systems %}<tr><th scope="row">{{ s.name }}</th>{% for m in metrics %}<td class="n">{{ "%.1f"|format(s.scores[m].value) }}</td>{% endfor %}
<td class="n">{{ "%.1f %%"|format(100 * s.terms.inflected) if s.terms else "–" }}</td><td class="n">{{ "%.3f"|format(s.terms.one_minus_term) if s.terms else "–" }}</td>{% for what in kept %}<td class="n">{{ "%.1f %%"|format(100 * s[what].kept) if s[what][what] else "–" }}</td>{% endfor %}
<td class="n">{{ s.speed["target words a second"] if s.speed else "–" }}</td></tr>{% endfor %}</tbody></table>
<h2>chrF++ by length of the source</h2>
<svg viewBox="0 0 640 {{ 40 + 26 * bars|length }}" role="img" aria-label="chrF++ by length of the source">
{% for b in bars %}<text x="0" y="{{ 26 * loop.index0 + 20 }}" font-size="13" fill="currentColor">{{ b.label }}</text>
<rect x="230" y="{{ 26 * loop.index0 + 7 }}" width="{{ 3.4 * b.value }}" height="16" fill="{{ b.colour }}"/>
<text x="{{ 236 + 3.4 * b.value }}" y="{{ 26 * loop.index0 + 20 }}" font-size="13" fill="currentColor">{{ "%.1f"|format(b.value) }}</text>{% endfor %}
</svg>
{% if speeds %}<h2>chrF++ against speed</h2>
<svg viewBox="0 0 640 330" role="img" aria-label="chrF++ against words a second">
<path d="M60 10V280H620" fill="none" stroke="currentColor"/>
{% for p in speeds %}<circle cx="{{ p.x }}" cy="{{ p.y }}" r="6" fill="{{ p.colour }}"/>
<text x="{{ p.x + (-10 if p.x > 420 else 10) }}" y="{{ p.y + 4 }}" font-size="13" fill="currentColor"{% if p.x > 420 %} text-anchor="end"{% endif %}>{{ p.label }}</text>{% endfor %}
<text x="60" y="298" font-size="12" fill="currentColor">0</text><text x="620" y="298" font-size="12" fill="currentColor" text-anchor="end">{{ fastest }}</text>
<text x="340" y="318" font-size="13" fill="currentColor" text-anchor="middle">target words a second</text>
<text x="52" y="284" font-size="12" fill="currentColor" text-anchor="end">0</text><text x="52" y="18" font-size="12" fill="currentColor" text-anchor="end">{{ best }}</text>
<text x="52" y="150" font-size="13" fill="currentColor" text-anchor="end">chrF++</text>
</svg>{% endif %}
{% for r in reliability %}<h2>Confidence of {{ r.name }}</h2>
<p>Rank correlation with chrF++ {{ "%.2f"|format(r.rank) if r.rank is not none else "not defined" }}; expected calibration error {{ "%.2f"|format(r.error) }}. On the dashed line a confidence of 0.6 would mean a chrF++ of 60.</p>
<svg viewBox="0 0 640 330" role="img" aria-label="mean chrF++ of the lines by confidence: {{ r.name }}">
<path d="M60 10V280H620" fill="none" stroke="currentColor"/><path d="M60 280L620 10" stroke="currentColor" stroke-dasharray="5 5" opacity=".5"/>
{% for p in r.points %}<rect x="{{ p.left }}" y="{{ p.y }}" width="50" height="{{ 280 - p.y }}" fill="{{ r.colour }}" opacity=".35"/><circle cx="{{ p.x }}" cy="{{ p.y }}" r="5" fill="{{ r.colour }}"/>
<text x="{{ p.left + 25 }}" y="{{ p.y - 9 }}" font-size="12" fill="currentColor" text-anchor="middle">{{ p.lines }}</text>{% endfor %}
<text x="60" y="298" font-size="12" fill="currentColor">0</text><text x="620" y="298" font-size="12" fill="currentColor" text-anchor="end">1</text>
<text x="340" y="318" font-size="13" fill="currentColor" text-anchor="middle">confidence (above each bar: how many lines)</text>
<text x="52" y="284" font-size="12" fill="currentColor" text-anchor="end">0</text><text x="52" y="18" font-size="12" fill="currentColor" text-anchor="end">100</text>
<text x="52" y="150" font-size="13" fill="currentColor" text-anchor="end">chrF++</text>
</svg>{% endfor %}
{% for part in sentences %}<h2>{{ part.title }}</h2>
<table><thead><tr><th scope="col">source</th><th scope="col">reference</th>{% for s in systems %}<th scope="col">{{ s.name }}</th>{% endfor %}</tr></thead><tbody>
{% for row in part.rows %}<tr><td lang="{{ source_language }}">{{ row.source }}</td><td lang="{{ target_language }}">{{ row.reference }}</td>{% for h in row.hypotheses %}<td lang="{{ target_language }}">{{ h.text }} <small>{{ "%.0f"|format(h.score) }}</small></td>{% endfor %}</tr>{% endfor %}
</tbody></table>{% endfor %}
<footer>{% for m in metrics %}{{ m }}: {{ systems[0].scores[m].signature }}<br>{% endfor %}</footer>
</body></html>
"""
# What is counted in the source and looked for in the translation: keys of a system's entry.
KEPT = ("figures", "dates", "names")
# Rows of each table of sentences.
_SHOWN = 20
_COLOURS = ("#12436d", "#c2703d", "#2f7d4f", "#7a4d8c", "#8a6d1d")


def write_report(report: dict[str, Any], sources: Sequence[str], references: Sequence[str], path: Path, language: str = "ko") -> None:
    """Write ``report`` (what ``translate evaluate --json`` prints) as a self-contained HTML page, atomically."""
    from jinja2 import Environment

    systems = report["systems"]
    scores = {s["name"]: sentence_chrf(s["hypotheses"], references) for s in systems}
    fastest = max((s["speed"]["target words a second"] for s in systems if "speed" in s), default=0)
    best = max(s["scores"]["chrF++"]["value"] for s in systems)
    page = Environment(autoescape=True).from_string(_PAGE).render(
        lines=report["lines"], systems=systems, metrics=list(systems[0]["scores"]), kept=KEPT, bars=_bars(systems, scores, sources),
        speeds=_speeds(systems, fastest, best), fastest=fastest, best=best, reliability=_reliability(systems),
        sentences=_sentences(systems, scores, sources, references), source_language=language,
        target_language="en" if language == "ko" else "ko",
    )  # fmt: skip
    with writing(path) as out:
        out.write(page.encode("utf-8"))


def _bars(systems: list[dict[str, Any]], scores: dict[str, list[float]], sources: Sequence[str]) -> list[dict[str, Any]]:
    lengths = sorted(len(s) for s in sources)
    edges = [lengths[len(lengths) * k // 4] for k in range(1, 4)]
    bars = []
    for part in range(4):
        low, high = ([0, *edges][part], [*edges, 10**9][part])
        members = [i for i, s in enumerate(sources) if low <= len(s) < high]
        if not members:
            continue
        until = f"to {high - 1}" if high < 10**9 else "and more"
        for number, system in enumerate(systems):
            mean = sum(scores[system["name"]][i] for i in members) / len(members)
            label = f"{low} {until} characters: {system['name']}"[:34]
            bars.append({"label": label, "value": mean, "colour": _COLOURS[number % len(_COLOURS)]})
    return bars


def _sentences(
    systems: list[dict[str, Any]], scores: dict[str, list[float]], sources: Sequence[str], references: Sequence[str]
) -> list[dict[str, Any]]:
    """The tables of sentences: the first system's weakest, and those whose scores are furthest apart."""
    first, columns = scores[systems[0]["name"]], list(scores.values())
    spread = [max(c[i] for c in columns) - min(c[i] for c in columns) for i in range(len(sources))]
    weakest = sorted(range(len(sources)), key=lambda i: first[i])[:_SHOWN]
    apart = [i for i in sorted(range(len(sources)), key=lambda i: -spread[i])[:_SHOWN] if spread[i] > 0]

    def row(i: int) -> dict[str, Any]:
        hypotheses = [{"text": s["hypotheses"][i], "score": scores[s["name"]][i]} for s in systems]
        return {"source": sources[i], "reference": references[i], "hypotheses": hypotheses}

    parts = [(f"Where {systems[0]['name']} is weakest", weakest), ("Where the systems differ most", apart)]
    return [{"title": title, "rows": [row(i) for i in chosen]} for title, chosen in parts if chosen]


def _speeds(systems: list[dict[str, Any]], fastest: float, best: float) -> list[dict[str, Any]]:
    """Points of the chart of score against speed, one a system that was timed."""
    return [
        {
            "label": system["name"],
            "x": round(60 + 560 * system["speed"]["target words a second"] / (fastest or 1)),
            "y": round(280 - 270 * system["scores"]["chrF++"]["value"] / (best or 1)),
            "colour": _COLOURS[number % len(_COLOURS)],
        }
        for number, system in enumerate(systems)
        if "speed" in system
    ]


def _reliability(systems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The chart of confidence against score of each system that has confidences: a bar a bin, a point at its means."""
    out = []
    for number, system in enumerate(systems):
        found = system.get("calibration")
        if found is None:
            continue
        points = [
            {"left": round(63 + 560 * b["low"]), "x": round(60 + 560 * b["confidence"]), "y": round(280 - 2.7 * b["score"]), "lines": b["lines"]}
            for b in found["bins"]
        ]
        out.append(
            {"name": system["name"], "rank": found["rank_correlation"], "error": found["expected_error"], "points": points,
             "colour": _COLOURS[number % len(_COLOURS)]}
        )  # fmt: skip
    return out
