"""The evaluation as one HTML file: figures, score against speed, score by sentence length, sentences that differ most."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from translate.document import TranslateError
from translate.evaluation.quality import sentence_chrf
from translate.files import replacing

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
<th scope="col" class="n">terms</th><th scope="col" class="n">figures kept</th><th scope="col" class="n">words a second</th></tr></thead><tbody>
{% for s in systems %}<tr><th scope="row">{{ s.name }}</th>{% for m in metrics %}<td class="n">{{ "%.1f"|format(s.scores[m].value) }}</td>{% endfor %}
<td class="n">{{ "%.1f %%"|format(100 * s.terms.inflected) if s.terms else "–" }}</td><td class="n">{{ "%.1f %%"|format(100 * s.figures.kept) }}</td>
<td class="n">{{ s.speed["target words a second"] if s.speed else "–" }}</td></tr>{% endfor %}</tbody></table>
<h2>chrF++ by length of the source</h2>
<svg viewBox="0 0 640 {{ 40 + 26 * bars|length }}" role="img" aria-label="chrF++ by length of the source">
{% for b in bars %}<text x="0" y="{{ 26 * loop.index0 + 20 }}" font-size="13" fill="currentColor">{{ b.label }}</text>
<rect x="230" y="{{ 26 * loop.index0 + 7 }}" width="{{ 3.4 * b.value }}" height="16" fill="{{ b.colour }}"/>
<text x="{{ 236 + 3.4 * b.value }}" y="{{ 26 * loop.index0 + 20 }}" font-size="13" fill="currentColor">{{ "%.1f"|format(b.value) }}</text>{% endfor %}
</svg>
<h2>Where {{ systems[0].name }} is weakest</h2>
<table><thead><tr><th scope="col">source</th><th scope="col">reference</th>{% for s in systems %}<th scope="col">{{ s.name }}</th>{% endfor %}</tr></thead><tbody>
{% for row in worst %}<tr><td lang="{{ source_language }}">{{ row.source }}</td><td>{{ row.reference }}</td>{% for h in row.hypotheses %}<td>{{ h }}</td>{% endfor %}</tr>{% endfor %}
</tbody></table>
<footer>{% for m in metrics %}{{ m }}: {{ systems[0].scores[m].signature }}<br>{% endfor %}</footer>
</body></html>
"""
_COLOURS = ("#12436d", "#c2703d", "#2f7d4f", "#7a4d8c", "#8a6d1d")


def write_report(report: dict[str, Any], sources: Sequence[str], references: Sequence[str], path: Path, language: str = "ko") -> None:
    """Write ``report`` (what ``translate evaluate --json`` prints) as a self-contained HTML page, atomically."""
    from jinja2 import Environment

    systems = report["systems"]
    scores = {s["name"]: sentence_chrf(s["hypotheses"], references) for s in systems}
    order = sorted(range(len(sources)), key=lambda i: scores[systems[0]["name"]][i])[:20]
    worst = [
        {"source": sources[i], "reference": references[i], "hypotheses": [s["hypotheses"][i] for s in systems]} for i in order
    ]
    page = Environment(autoescape=True).from_string(_PAGE).render(
        lines=report["lines"], systems=systems, metrics=list(systems[0]["scores"]), bars=_bars(systems, scores, sources),
        worst=worst, source_language=language,
    )  # fmt: skip
    try:
        with replacing(path) as out:
            out.write(page.encode("utf-8"))
    except OSError as error:
        raise TranslateError(f"{path}: cannot be written ({error.strerror}); check folder and permissions") from error


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
