"""Enforcement: translate with the terms, verify, rescue, prove; the same cascade whatever the engine.

1. *Translate* with the terms given in the way the engine takes them (inline, prompt, not at all).
2. *Verify* the best hypothesis: every occurrence needs an accepted form of its own in the target, and the checks that the
   caller gives (`Faults`) should find no error in it.
3. *Rescue*, cheapest first: a forbidden rendering in the place of the wanted one is replaced; a better hypothesis of the
   n-best list; where a figure is wrong, one of a list decoded with that figure given like a term; constrained re-decoding
   (the hypothesis is cut at the place where the engine finds the term likeliest, the term is forced as a prefix, decoding
   goes on: Hokamp and Liu 2017, in the form that a prefix allows).  A rescue counts terms first, then errors: no term is
   given up for a figure.
4. *Prove*: a ledger line per occurrence.  What stays without its form is ``missing``; nothing is reported as applied
   unless its form stands in the target.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from translate.document import Finding, Occurrence, Outcome
from translate.engines import Engine, Hypothesis, Request, TermHint
from translate.english.inflection import article, plural, singular
from translate.english.numbers import news_figure
from translate.korean.numbers import quantities
from translate.quantity import Quantity
from translate.terminology.verification import forbidden_spans, locate

# Hypotheses asked for in the second try, cuts tried in the third.
N_BEST = 5
CUTS = 4
STEPS = ("replace", "n-best", "figures", "prefix")
# The errors that checks find in a target, given source and target.
Faults = Callable[[str, str], Sequence[Finding]]


@dataclass(frozen=True)
class Job:
    """One segment to translate: its source, the occurrences in it, and the sources before it."""

    source: str
    occurrences: tuple[Occurrence, ...] = ()
    context: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    figures: tuple[TermHint, ...] = ()  # converted figures: given and rescued like terms, but no lines of the ledger

    def demands(self) -> tuple[Occurrence, ...]:
        """What a hypothesis must have: the occurrences, and the figures in the same form."""
        figures = tuple(Occurrence(f.start, f.end, f"figure:{f.start}", "", (f.target,)) for f in self.figures)
        return (*self.occurrences, *figures)


@dataclass(frozen=True)
class Result:
    """A job's target with its ledger; ``score`` is the hypothesis' mean log-probability, others the rejected ones."""

    target: str
    score: float
    occurrences: tuple[Occurrence, ...]
    others: tuple[str, ...] = ()


def enforce(
    jobs: Sequence[Job],
    engine: Engine,
    source: str,
    target: str,
    steps: Sequence[str] = STEPS,
    faults: Faults = lambda source, target: (),
) -> Iterator[Result]:
    """Results of ``jobs`` in order.  ``steps`` names the rescue steps allowed (for measuring each one's worth); ``faults``
    are the checks whose errors make a hypothesis worse than one without them."""
    requests = [_request(job) for job in jobs]
    demands = [job.demands() for job in jobs]
    first = [(h[0] if h else Hypothesis("")) for h in engine.translate(requests, source, target)]
    best: list[Hypothesis] = list(first)
    how = [""] * len(jobs)
    others: list[list[str]] = [[] for _ in jobs]

    def lacking(i: int, text: str) -> int:
        return _lacking(demands[i], text, target)

    @cache
    def found_in(i: int, text: str) -> Sequence[Finding]:
        return faults(jobs[i].source, text)

    def failures(i: int, text: str) -> tuple[int, int]:
        return lacking(i, text), len(found_in(i, text))

    def keep_better(i: int, options: Sequence[Hypothesis], step: str) -> None:
        # The option with the fewest failures (then the best score), if it fails less than what is there.
        sane = [h for h in options if _sane(h.text, best[i].text)]
        ranked = sorted(((failures(i, h.text), -h.score, n) for n, h in enumerate(sane)))
        if ranked and ranked[0][0] < failures(i, best[i].text):
            others[i].append(best[i].text)
            best[i], how[i] = sane[ranked[0][2]], step
        others[i] += [h.text for h in sane[:2] if h.text != best[i].text]

    if "replace" in steps:
        for i, job in enumerate(jobs):
            text = replace_forbidden(job.occurrences, best[i].text, target)
            if text != best[i].text and lacking(i, text) <= lacking(i, best[i].text):
                others[i].append(best[i].text)
                best[i], how[i] = replace(best[i], text=text), "replaced"

    failing = [i for i in range(len(jobs)) if any(failures(i, best[i].text))]
    if failing and "n-best" in steps:
        again = [replace(requests[i], n_best=N_BEST) for i in failing]
        for i, hypotheses in zip(failing, engine.translate(again, source, target), strict=True):
            keep_better(i, hypotheses, "n-best")

    if "figures" in steps and engine.takes_terms != "none":
        told = [(i, _with_figures(requests[i], found_in(i, best[i].text))) for i in failing]
        told = [(i, request) for i, request in told if request.terms != requests[i].terms]
        if told:
            for (i, _), hypotheses in zip(told, engine.translate([r for _, r in told], source, target), strict=True):
                keep_better(i, hypotheses, "figure given")

    failing = [i for i in failing if lacking(i, best[i].text)]
    if failing and "prefix" in steps and engine.forces_prefix:
        for _ in range(3):  # one missing term a round
            plans = _forced(failing, jobs, demands, requests, best, engine, source, target)
            if not plans:
                break
            improved = []
            forced = list(engine.translate([request for _, request in plans], source, target))
            for i in failing:
                options = [h for (j, _), hs in zip(plans, forced, strict=True) if j == i for h in hs]
                before = lacking(i, best[i].text)
                keep_better(i, options, "forced prefix")
                after = lacking(i, best[i].text)
                if 0 < after < before:
                    improved.append(i)
            failing = improved
            if not failing:
                break

    for i, job in enumerate(jobs):
        best[i] = replace(best[i], text=settle_case(job.occurrences, best[i].text, target))
        yield Result(
            best[i].text, best[i].score, prove(job.occurrences, best[i].text, target, how[i], first[i].text),
            tuple(dict.fromkeys(o for o in others[i] if o != best[i].text)),
        )  # fmt: skip


def prove(
    occurrences: Sequence[Occurrence], text: str, language: str, how: str = "", first: str | None = None
) -> tuple[Occurrence, ...]:
    """The ledger lines of ``occurrences`` for the target ``text``.

    An occurrence is ``applied`` where the engine's ``first`` hypothesis had its form already, ``repaired`` (by ``how``)
    where only ``text`` has it, ``missing`` where it has none; one that is ``waived`` stays so.
    """
    before = locate(occurrences, first, language) if first is not None else [None] * len(occurrences)
    proven = []
    for occurrence, span, had in zip(occurrences, locate(occurrences, text, language), before, strict=True):
        applied = first is None or had is not None or not how
        start, end = span or (-1, -1)
        if occurrence.outcome is Outcome.WAIVED:
            outcome, why = Outcome.WAIVED, occurrence.how
        elif span is None:
            outcome, why = Outcome.MISSING, ""
        else:
            outcome, why = (Outcome.APPLIED, "") if applied else (Outcome.REPAIRED, how)
        found = text[start:end] if span else ""
        proven.append(replace(occurrence, outcome=outcome, how=why, found=found, target_start=start, target_end=end))
    return tuple(proven)


def replace_forbidden(occurrences: Sequence[Occurrence], text: str, language: str) -> str:
    """``text`` with forbidden renderings of its terms replaced by the wanted ones (capital and plural kept)."""
    for start, end, occurrence in sorted(forbidden_spans(occurrences, text, language), key=lambda s: -s[0]):
        old, new = text[start:end], occurrence.wanted[0]
        if language == "en":
            if singular(old) != old and plural(new) != new:
                new = plural(new)
            if old[:1].isupper() and (start == 0 or text[:start].rstrip().endswith((".", "?", "!", '"', "“"))):
                new = new[:1].upper() + new[1:]
            before = re.search(r"\b([Aa])n? $", text[:start])
            if before:
                start = before.start()
                new = f"{before[1]}{article(new)[1:]} {new}"
        text = text[:start] + new + text[end:]
    return text


def settle_case(occurrences: Sequence[Occurrence], text: str, language: str) -> str:
    """``text`` with terms written small that the glossary writes small, except where a sentence begins."""
    if language != "en":
        return text
    for occurrence, span in zip(occurrences, locate(occurrences, text, language), strict=True):
        if span is None:
            continue
        start, end = span
        found = text[start:end]
        small = found[:1].lower() + found[1:]
        # "Foreign Minister Kim" is a title before a name; "the Intercontinental ballistic missile" is a slip.
        title = re.match(r"\s[A-Z]", text[end:]) or re.search(r" [A-Z]", found)
        begins = not text[:start].strip(" \"'“‘(") or re.search(r"[.?!:][\"'”’)]*\s+[\"'“‘(]*$", text[:start])
        alike = [w for w in occurrence.wanted if w[:4].lower() == small[:4].lower()]
        if found != small and not title and not begins and alike and all(w[:1].islower() for w in alike):
            text = text[:start] + small + text[end:]
    return text


def hints(source: str, occurrences: Sequence[Occurrence]) -> tuple[TermHint, ...]:
    """What the engine is told: each occurrence's preferred target, unless the sentence is to decide.

    A waived occurrence in brackets (see `Matcher.match_document`) belongs with its brackets to the term before it.
    """
    told: list[TermHint] = []
    for o in occurrences:
        if o.outcome is Outcome.WAIVED:
            closed = re.match(r"[’”'\"]?\s?[)）]", source[o.end :])
            if told and closed and re.match(r"\s?[(（]", source[told[-1].end : o.start]):
                told[-1] = replace(told[-1], end=o.end + closed.end())
        elif o.wanted and o.status != "context":
            told.append(TermHint(o.start, o.end, o.wanted[0]))
    return tuple(told)


def _request(job: Job) -> Request:
    given = _beside(hints(job.source, job.occurrences), job.figures)
    return Request(job.source, given, context=job.context, examples=job.examples)


def figure_hints(source: str) -> tuple[TermHint, ...]:
    """The figures of a Korean text that are counted in 만, 억 or 조, as news English writes them.

    Converting them is arithmetic that a small model gets wrong; given like terms they come out right.
    """
    found = []
    for quantity in quantities(source):
        if quantity.kind in ("number", "money") and re.search("[만억조경천]", quantity.text) and quantity.value >= 1000:
            # 10여만 and 수십억 are not exact: the engine must say "about".
            if "여" in quantity.text or re.match(r"\s?여", source[quantity.end :]) or re.search(r"수\s?$", source[: quantity.start]):
                continue
            found.append(_figure_hint(source, quantity))
    return tuple(found)


def _figure_hint(source: str, quantity: Quantity) -> TermHint:
    """A number, percentage or amount as news English writes it, the source's currency word included."""
    if quantity.kind == "percent":
        return TermHint(quantity.start, quantity.end, f"{quantity.value.normalize():f}%")
    currency = quantity.unit if quantity.kind == "money" else ""
    gap = re.match(rf"\s?{currency}", source[quantity.end :]) if currency else None
    end = quantity.end + (gap.end() if gap else 0)
    return TermHint(quantity.start, end, news_figure(quantity.value, currency))


def _beside(terms: Sequence[TermHint], figures: Sequence[TermHint]) -> tuple[TermHint, ...]:
    """``terms`` and those ``figures`` that lie over none of them, in order."""
    free = [f for f in figures if all(f.end <= t.start or t.end <= f.start for t in terms)]
    return tuple(sorted((*terms, *free), key=lambda t: t.start))


def _with_figures(request: Request, errors: Sequence[Finding]) -> Request:
    """``request`` with the figures that ``errors`` miss given like terms, and a list of hypotheses wanted."""
    missed = {e.source_span for e in errors if e.check == "figures"}
    figures = [
        _figure_hint(request.source, q)
        for q in quantities(request.source)
        if (q.start, q.end) in missed and q.kind in ("number", "percent", "money")
    ]
    return replace(request, terms=_beside(request.terms, figures), n_best=N_BEST)


def _lacking(occurrences: Sequence[Occurrence], text: str, language: str) -> int:
    """Occurrences without a form of their own, and forbidden forms, in ``text``."""
    return len(_missing(occurrences, text, language)) + len(forbidden_spans(occurrences, text, language))


def _missing(occurrences: Sequence[Occurrence], text: str, language: str) -> list[Occurrence]:
    """The occurrences that are to have a form in ``text`` and have none."""
    places = locate(occurrences, text, language)
    return [o for o, place in zip(occurrences, places, strict=True) if place is None and o.outcome is not Outcome.WAIVED]


def _sane(text: str, other: str) -> bool:
    """False for a rescue that fell apart: far longer or shorter than the hypothesis it replaces, or a stutter."""
    words, known = text.split(), other.split()
    if not words or not 0.5 * len(known) - 4 <= len(words) <= 1.8 * len(known) + 6:
        return False
    grams = [tuple(w.lower() for w in words[i : i + 3]) for i in range(len(words) - 2)]
    return len(grams) - len(set(grams)) <= max(1, len(grams) // 12)


def _forced(
    failing: Sequence[int],
    jobs: Sequence[Job],
    demands: Sequence[tuple[Occurrence, ...]],
    requests: Sequence[Request],
    best: Sequence[Hypothesis],
    engine: Engine,
    source: str,
    target: str,
) -> list[tuple[int, Request]]:
    """For each failing job, requests whose prefix is its hypothesis cut at a likely place and the missing term."""
    trials: list[tuple[int, str, str]] = []
    for i in failing:
        lacking = _missing(demands[i], best[i].text, target)
        if not lacking:
            continue
        text = best[i].text
        options = lacking[0].wanted[:3] if lacking[0].status == "context" else lacking[0].wanted[:1]
        for cut in _cuts(text, lacking[0].start / max(1, len(jobs[i].source))):
            for wanted in options:
                trials.append((i, *_joint(text[:cut], wanted, target)))
    if not trials:
        return []
    scores = engine.score([(replace(requests[i], prefix=head), form) for i, head, form in trials], source, target)
    plans: list[tuple[int, Request]] = []
    for i in failing:
        mine = sorted(
            ((score, head, form) for (j, head, form), score in zip(trials, scores, strict=True) if j == i), reverse=True
        )
        plans += [(i, replace(requests[i], prefix=head + form)) for _, head, form in mine[:CUTS]]
    return plans


def _joint(head: str, wanted: str, language: str) -> tuple[str, str]:
    """(what stands before the cut, the form to force there), with a capital, an article and the space put right."""
    form = wanted[:1].upper() + wanted[1:] if not head.strip(' "“') else wanted
    if language == "en" and re.search(r"\b[Aa]n? $", head):
        head = re.sub(r"\b([Aa])n? $", rf"\g<1>{article(form)[1:]} ", head)
    # The space belongs to the term's first piece, not to the end of what is before it.
    return head.rstrip(" "), " " + form if head.endswith(" ") else form


def _cuts(text: str, share: float) -> list[int]:
    """Word starts of ``text``, at most 24, those nearest to the term's relative place in the source first."""
    starts = [0, *(m.end() for m in re.finditer(r"\s+[\"“‘(]?", text))]
    if len(starts) > 24:
        wanted = share * len(text)
        starts = sorted(sorted(starts, key=lambda s: abs(s - wanted))[:24])
    return starts
