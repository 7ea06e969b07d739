"""What a benchmark leaves behind: a table as text, the same figures as JSON, a picture, its place in docs/performance.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.timing import ROOT
from translate.files import replacing

PAGE = ROOT / "docs" / "performance.md"
MARKS = "os^Dv*"
COLOURS = ("#12436d", "#c2703d", "#2f7d4f", "#7a4d8c", "#8a6d1d", "#6b6b6b")


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows (columns: the first row's keys) as a Markdown table that reads as plain text too."""
    columns = list(rows[0])
    cells = [columns, *([_cell(row.get(c)) for c in columns] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    lines = ["| " + " | ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) + " |" for line in cells]
    rule = "| " + " | ".join(["-" * widths[0], *("-" * (w - 1) + ":" for w in widths[1:])]) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def save(folder: Path, name: str, report: Mapping[str, Any], text: str) -> None:
    """Write ``NAME.json`` and ``NAME.txt`` into ``folder`` and print the text."""
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, content in ((".json", json.dumps(report, ensure_ascii=False, indent=1)), (".txt", text)):
        with replacing(folder / (name + suffix)) as out:
            out.write((content + "\n").encode())
    print(text)


def fill(name: str, text: str, page: Path = PAGE) -> None:
    """Put ``text`` into the place called ``name`` of docs/performance.md.  Raises ValueError where there is no such place."""
    old = page.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /{re.escape(name)} -->)", re.DOTALL)
    if not place.search(old):
        raise ValueError(f"{page}: no place called {name}")
    with replacing(page) as out:
        out.write(place.sub(lambda m: f"{m[1]}{text}\n{m[2]}", old).encode())


def bars(path: Path, labels: Sequence[str], panels: Mapping[str, Sequence[float | None]]) -> None:
    """A picture of horizontal bars, one panel a measure, the labels shared."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(
        1, len(panels), figsize=(3.2 * len(panels) + 2, 0.38 * len(labels) + 1.2), dpi=130, sharey=True, squeeze=False
    )
    for number, (axis, (title, values)) in enumerate(zip(axes[0], panels.items(), strict=True)):
        shown = [v or 0.0 for v in values]
        axis.barh(range(len(labels)), shown, color=COLOURS[number % len(COLOURS)])
        for place, value in enumerate(values):
            axis.text(shown[place], place, f" {_cell(value)}", va="center", fontsize=8)
        axis.set_title(title, fontsize=9)
        axis.set_yticks(range(len(labels)), labels, fontsize=8)
        axis.margins(x=0.18)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0][0].invert_yaxis()
    _save_figure(figure, path)


def curves(path: Path, lines: Mapping[str, Sequence[tuple[float, float]]], across: str, up: str) -> None:
    """A picture of curves on logarithmic axes, each to be told by its mark, too; a dashed line, parallel to which is linear growth."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.ticker import FuncFormatter, NullFormatter

    figure, axis = plt.subplots(figsize=(6.4, 4.2), dpi=130)
    for number, (name, points) in enumerate(lines.items()):
        xs, ys = zip(*points, strict=True)
        mark, colour = MARKS[number % len(MARKS)], COLOURS[number % len(COLOURS)]
        axis.loglog(xs, ys, marker=mark, markersize=5, color=colour, label=name)
    sizes = sorted({x for points in lines.values() for x, _ in points})
    least = min(y for points in lines.values() for _, y in points)
    low, high = axis.get_ylim()
    axis.loglog(sizes, [least * x / sizes[0] for x in sizes], color="#6b6b6b", linestyle="--", linewidth=1, label="linear growth", zorder=0)
    axis.set_ylim(low, high)  # the guide makes no room for itself
    for one in (axis.xaxis, axis.yaxis):
        one.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
        one.set_minor_formatter(NullFormatter())
    axis.set_xlabel(across)
    axis.set_ylabel(up)
    axis.grid(alpha=0.25)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(0, 1.16), ncols=3)
    _save_figure(figure, path)


def _save_figure(figure: Any, path: Path) -> None:
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as out:
        figure.savefig(out, format="png")
