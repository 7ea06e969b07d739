"""The report of a review as one HTML page: self-contained, without scripts, readable by ear and in print.

A Content Security Policy lets nothing in but the page's own style sheet, named by its hash.  The template is
``page.html.j2``, the style sheet ``page.css``; bars are inline SVG beside their figures, never instead of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from markupsafe import Markup

from translate.publishing.pages import page_style, page_template
from translate.review.apply import Changed, Review
from translate.review.report import EditedTerm, edit_rates, edited_terms, in_words, since_translation, time_in_words

_FOLDER = Path(__file__).parent
_TOKEN = re.compile(r"\s+|\w+(?:['’.,-]\w+)*|[^\w\s]")

# A stretch of text, and whether both versions have it.
Stretch = tuple[bool, str]


@dataclass(frozen=True)
class _Part:
    """One record's part of the page."""

    anchor: str
    name: str
    review: Review
    source: str
    target: str
    rate: float
    rates: dict[str, float]
    since: str
    terms: list[EditedTerm]
    changes: list[tuple[Changed, list[Stretch], list[Stretch], str]]


def render(reports: Sequence[tuple[str, Review]]) -> bytes:
    """The page as UTF-8 for records' names and reviews."""
    css, digest = page_style(_FOLDER)
    page = page_template(_FOLDER).render(
        names=", ".join(name for name, _ in reports),
        parts=[_part(f"r{number}", name, review) for number, (name, review) in enumerate(reports, 1)],
        bar=_bar,
        css=Markup(css),
        csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )
    return page.encode("utf-8")


def _part(anchor: str, name: str, review: Review) -> _Part:
    rate, rates = edit_rates(review)
    since = since_translation(review)
    changes = []
    for changed in review.changed:
        before, after = difference(changed.before, changed.after)
        changes.append((changed, before, after, in_words(since[changed.segment]) if changed.segment in since else ""))
    document = review.document
    return _Part(
        anchor,
        name,
        review,
        document.source_language,
        document.target_language,
        rate,
        rates,
        time_in_words(since),
        edited_terms(review),
        changes,
    )


def difference(before: str, after: str) -> tuple[list[Stretch], list[Stretch]]:
    """Both texts in stretches, word by word, each with whether the other has it in its place."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left: list[Stretch] = []
    right: list[Stretch] = []
    for index, (kind, i1, i2, j1, j2) in enumerate(codes):
        # A space that both have between two changed words would only cut the change in two.
        between = 0 < index < len(codes) - 1 and not "".join(old[i1:i2]).strip()
        same = kind == "equal" and not between
        _append(left, same, "".join(old[i1:i2]))
        _append(right, same, "".join(new[j1:j2]))
    return left, right


def _append(stretches: list[Stretch], same: bool, text: str) -> None:
    if text and stretches and stretches[-1][0] == same:
        stretches[-1] = (same, stretches[-1][1] + text)
    elif text:
        stretches.append((same, text))


def _bar(rate: float) -> Markup:
    """A bar of the rate, a hundred per cent wide at most; for eyes only, the figure stands beside it."""
    picture = '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="{}" height="10"/></svg>'
    return Markup(picture).format(f"{min(rate, 100):g}")
