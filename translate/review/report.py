"""The report of a review: what was taken and what not, and how much was edited, as text and JSON (as HTML in `translate.review.page`).

The edit rate is TER (Snover et al. 2006) by sacrebleu: edits per word of the edited text, in per cent, of the
translation as it was against the translation as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from translate.review.apply import Review
from translate.review.learning import replacement


@dataclass(frozen=True)
class EditedTerm:
    """A term whose rendering editors changed: in how many places, from what, to what ("" forms are left out)."""

    term: str
    count: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def edit_rates(review: Review) -> tuple[float, dict[str, float]]:
    """TER of the document (all rows that a file had) and of each segment changed."""
    from sacrebleu.metrics.ter import TER

    metric = TER()
    rows = [(name, before, after) for name, before, after in review.rows if after]
    if not rows:
        return 0.0, {}
    whole = metric.corpus_score([b for _, b, _ in rows], [[a for _, _, a in rows]]).score
    each = {name: metric.sentence_score(b, [a]).score for name, b, a in rows if b != a}
    return round(float(whole), 1), {name: round(float(score), 1) for name, score in each.items()}


def since_translation(review: Review) -> dict[str, timedelta]:
    """How long after the record's translation each changed segment was edited; without those of which that is not known."""
    made = _moment(review.document.provenance.date)
    edits = {c.segment: _moment(c.date) for c in review.changed}
    return {name: when - made for name, when in edits.items() if made is not None and when is not None and when >= made}


def _moment(date: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def in_words(time: timedelta) -> str:
    """A length of time in its two largest units: "3 days 4 hours"."""
    minutes = int(time.total_seconds()) // 60
    counts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    words = [f"{count} {unit}{'s' if count != 1 else ''}" for count, unit in counts if count]
    return " ".join(words[:2]) or "less than a minute"


def time_in_words(times: Mapping[str, timedelta]) -> str:
    """The range of the times since translation, "" where none is known."""
    if not times:
        return ""
    first, last = in_words(min(times.values())), in_words(max(times.values()))
    return first if first == last else f"{first} to {last}"


def edited_terms(review: Review, limit: int = 10) -> list[EditedTerm]:
    """Terms by how many of their renderings were changed or taken out, most first."""
    lost = {(b.segment, b.term) for b in review.broken}
    counts: Counter[str] = Counter()
    before: dict[str, dict[str, None]] = {}
    after: dict[str, dict[str, None]] = {}
    for edit in review.changed:
        for line in edit.terms:
            new = replacement(edit.before, edit.after, line)
            if new or (edit.segment, line.term) in lost:
                counts[line.term] += 1
                before.setdefault(line.term, {})[line.found] = None
                after.setdefault(line.term, {})[new] = None
    return [
        EditedTerm(term, count, tuple(filter(None, before[term])), tuple(filter(None, after[term])))
        for term, count in counts.most_common(limit)
    ]


def as_json(name: str, review: Review) -> dict[str, Any]:
    """The report as plain data."""
    rate, rates = edit_rates(review)
    since = since_translation(review)
    return {
        "document": name,
        "edit_rate": rate,
        "changed": [
            {
                "segment": c.segment, "source": c.source, "before": c.before, "after": c.after, "author": c.author,
                "date": c.date, "edit_rate": rates.get(c.segment, 0.0),
                "seconds_since_translation": int(since[c.segment].total_seconds()) if c.segment in since else None,
                **({"source_before": c.original_source} if c.original_source != c.source else {}),
            }
            for c in review.changed
        ],
        "accepted": list(review.accepted),
        "untouched": list(review.untouched),
        "comments": [
            {"segment": s, "author": c.author, "date": c.date, "text": c.text, "done": c.done} for s, c in review.comments
        ],
        "not_taken": [{"segment": u.segment, "why": u.why, "text": u.text, "file": u.file} for u in review.unplaced],
        "conflicts": [
            {"segment": c.segment, "source": c.source, "record": c.record, "versions": dict(c.versions)} for c in review.conflicts
        ],
        "broken_terms": [
            {"segment": b.segment, "term": b.term, "wanted": list(b.wanted), "was": b.found} for b in review.broken
        ],
        "most_edited_terms": {t.term: t.count for t in edited_terms(review)},
        "notes": list(review.notes),
    }  # fmt: skip


def as_text(name: str, review: Review) -> str:
    """The report for a person, one fact a line."""
    rate, rates = edit_rates(review)
    counts = f"{len(review.changed)} changed, {len(review.accepted)} accepted as they were, {len(review.untouched)} untouched"
    lines = [f"{name}: {counts}; edit rate {rate:g} %"]
    if time := time_in_words(since_translation(review)):
        lines.append(f"  edited {time} after translation")
    for term in edited_terms(review):
        lines.append(f"  edited term: {term.term}, {term.count}×: {'; '.join(term.before)} → {'; '.join(term.after) or 'left out'}")
    for c in review.changed:
        who = f" ({c.author})" if c.author else ""
        lines += [f"  {c.segment} changed{who}, edit rate {rates.get(c.segment, 0.0):g} %", f"    - {c.before}", f"    + {c.after}"]
    for segment, remark in review.comments:
        state = "resolved" if remark.done else "open, the segment stays unreviewed"
        lines.append(f"  {segment} comment by {remark.author or 'an editor'} ({state}): {remark.text}")
    for conflict in review.conflicts:
        lines += [f"  {conflict.segment} CONFLICT, nothing taken: {conflict.source}", f"    record: {conflict.record}"]
        lines += [f"    {file}: {text}" for file, text in conflict.versions]
    for b in review.broken:
        lines.append(f"  {b.segment} lost a glossary term: {b.term}, wanted “{'” or “'.join(b.wanted)}”, was “{b.found}”")
    for u in review.unplaced:
        where = " ".join(w for w in (u.file, u.segment) if w)
        lines.append(f"  not taken{f' ({where})' if where else ''}: {u.why}{f': {u.text}' if u.text else ''}")
    lines += [f"  note: {note}" for note in review.notes]
    return "\n".join(lines)
