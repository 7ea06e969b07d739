"""The report of a review: what was taken and what not, and how much was edited, as text and JSON.

The edit rate is TER (Snover et al. 2006) by sacrebleu: edits per word of the edited text, in per cent, of the
translation as it was against the translation as it is.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from translate.review.apply import Review


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


def as_json(name: str, review: Review) -> dict[str, Any]:
    """The report as plain data."""
    rate, rates = edit_rates(review)
    return {
        "document": name,
        "edit_rate": rate,
        "changed": [
            {
                "segment": c.segment, "source": c.source, "before": c.before, "after": c.after, "author": c.author,
                "date": c.date, "edit_rate": rates.get(c.segment, 0.0),
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
        "most_edited_terms": dict(Counter(b.term for b in review.broken).most_common(10)),
        "notes": list(review.notes),
    }  # fmt: skip


def as_text(name: str, review: Review) -> str:
    """The report for a person, one fact a line."""
    rate, rates = edit_rates(review)
    counts = f"{len(review.changed)} changed, {len(review.accepted)} accepted as they were, {len(review.untouched)} untouched"
    lines = [f"{name}: {counts}; edit rate {rate:g} %"]
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
