"""The parts of a page: which line is the headline, which belong to the article, which to the page around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translate.document import Kind
from translate.sources.boilerplate import ends_page, is_furniture, is_prose, is_section, opens_box, opens_related, plain, voice_settings
from translate.sources.lines import (
    BYLINE,
    CAPTION,
    CREDIT,
    DATELINE,
    EMAIL,
    END_MARK,
    ENGLISH_BYLINE,
    ENGLISH_TIME,
    FINAL,
    ITEM,
    LEADING,
    TIME,
)

_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True)
class Parts:
    """For each line whether it is furniture, and the headline's number (None: the text has none)."""

    furniture: tuple[bool, ...]
    headline: int | None


def page_parts(lines: list[str], source: str, known: Sequence[Kind | None] = ()) -> Parts:
    """Parts of a page whose lines are given without empty ones; ``source`` is the article's language.

    ``known`` says of each line what it is, where the input's own marks say so.
    """
    known = known or [None] * len(lines)
    voice = voice_settings(lines)
    marks = [is_furniture(line) or known[i] is Kind.BOILERPLATE or i in voice for i, line in enumerate(lines)]
    clocks = _clocks(lines, marks)
    for i in clocks:
        marks[i] = False
    prose = [
        i for i, line in enumerate(lines) if not marks[i] and known[i] not in (Kind.HEADLINE, Kind.CAPTION) and _is_body(line, source)
    ]
    lead = _lead([("" if known[i] is Kind.CAPTION else line) for i, line in enumerate(lines)], marks, prose)
    headline = known.index(Kind.HEADLINE) if Kind.HEADLINE in known else _headline(lines, marks, lead, source)
    _mark_head(lines, marks, headline, lead)
    for i in clocks:
        marks[i] = False
    if prose:
        _mark_tail(lines, marks, prose, lead)
    for i in range(1, len(lines)):  # a picture's alternative text and its caption
        if lines[i] == lines[i - 1] and len(lines[i]) > 6 and i != headline:
            marks[i] = True
    for i, line in enumerate(lines):
        marks[i] = marks[i] or (END_MARK.match(line) is not None and bool(prose) and i > prose[0])
    return Parts(tuple(marks), headline)


def _clocks(lines: list[str], marks: list[bool]) -> list[int]:
    """The times of a live report, each alone over what happened then; a player's 00:00 / 01:23 stands over nothing."""
    clocks = [i for i, line in enumerate(lines[:-1]) if re.fullmatch(r"(?:[01]?\d|2[0-3]):[0-5]\d", line) and not marks[i + 1]]
    return clocks if sum(len(lines[i + 1]) >= 10 for i in clocks) >= 2 else []


def _is_body(line: str, source: str) -> bool:
    korean = bool(_HANGUL.search(line))
    return is_prose(line) and korean == (source == "ko") and not ends_page(line)


def _is_caption(line: str) -> bool:
    return bool(CREDIT.search(line)) or (bool(CAPTION.search(line)) and len(line) < 160)


def _is_stamp(line: str) -> bool:
    return bool(TIME.match(line) or ENGLISH_TIME.match(line))


def _is_byline(line: str) -> bool:
    return bool(BYLINE.match(line) or ENGLISH_BYLINE.match(line))


def _lead(lines: list[str], marks: list[bool], prose: list[int]) -> int:
    """The body's first line."""
    for i, line in enumerate(lines):
        if not marks[i] and not _is_caption(line) and (LEADING.match(line) or DATELINE.match(line)):
            return i
        # A headline may read like a sentence, but it has no full stop.
        if i in prose and not _is_caption(line) and not ITEM.match(line) and (re.search(r"[.。]", line) or len(line) > 60):
            return i
    return prose[0] if prose else len(lines)


def _headline(lines: list[str], marks: list[bool], lead: int, source: str) -> int | None:
    """The first line before the body that is no button, section, time, byline or caption and no full sentence.

    Where a time line stands before the body, the headline stands before it if any line there can be one.
    """
    candidates = [i for i in range(min(lead, len(lines))) if not marks[i] and _can_head(lines[i], source)]
    if lead >= len(lines):  # no sentence in the text: its first line is a headline if more follows
        candidates = [i for i in candidates if len(lines) > 1]
    if not candidates:
        return None
    times = [i for i in range(min(lead, len(lines))) if _is_stamp(lines[i])]
    before = [i for i in candidates if times and i < times[0]] or candidates
    paged = any(marks[:lead]) or bool(times)
    if not paged:
        return before[0]
    # Among navigation the headline is the first line of some length.
    longest = max(len(lines[i]) for i in before)
    return next(i for i in before if len(lines[i]) >= min(11, longest))


def _can_head(line: str, source: str) -> bool:
    text = line.strip()
    if _is_stamp(text) or _is_byline(text) or is_section(text) or re.match(r"[-–—□○ㅇ*]\s", text):
        return False
    if bool(_HANGUL.search(text)) != (source == "ko") or _is_caption(text) or len(text) > (120 if source == "ko" else 180):
        return False
    return not re.search(r"[가-힣a-z][.。][\"”]?$" if source == "ko" else r"[a-z]\.[\"”]?$", text) and len(text) > 1


def _mark_head(lines: list[str], marks: list[bool], headline: int | None, lead: int) -> None:
    """Navigation before the headline; names, numbers and the like between it and the body."""
    if headline is None:
        for i in range(min(lead, len(lines))):
            marks[i] = marks[i] or is_section(lines[i])
        return
    paged = any(marks[:lead]) or any(is_section(line) or _is_stamp(line) for line in lines[:lead])
    for i in range(headline):
        if not (_is_stamp(lines[i]) or _is_byline(lines[i]) or _is_caption(lines[i])) and (paged or len(lines[i]) <= 6):
            marks[i] = marks[i] or not re.search(r"[.。]$", lines[i])
    named: set[str] = set()
    for i in range(headline + 1, min(lead, len(lines))):
        text = plain(lines[i])
        name = re.match(r"([가-힣]{2,4})\s?기자$|기자\s?([가-힣]{2,4})$", text)
        person = (name[1] or name[2]) if name else text
        lone = paged and re.fullmatch(r"[가-힣A-Z]{2,8}", text) and not BYLINE.match(text)  # the outlet's name
        before_meta = i + 1 < lead and (_is_stamp(lines[i + 1]) or _is_byline(lines[i + 1]))
        if (lone and before_meta) or person in named or re.fullmatch(r"\d{1,4}|[\d:]+", text) or is_section(text):
            marks[i] = True
        if name:
            named.add(person)


def _mark_tail(lines: list[str], marks: list[bool], prose: list[int], lead: int) -> None:
    """Boxes in the middle, and everything after the article's end."""
    i = lead + 1
    while i < len(lines):
        line = lines[i]
        rights, byline = ends_page(line), _closing_byline(line)
        if byline and not marks[i]:
            if not any(j < i for j in prose):
                i += 1
                continue
            if not _goes_on(lines, marks, prose, i) and _has_page(lines, marks, i):
                _after_byline(lines, marks, prose, i + 1)
                return
        elif rights or opens_box(line):
            if not _goes_on(lines, marks, prose, i):
                _all_from(lines, marks, i)
                return
            marks[i] = True
            i = _box(lines, marks, prose, i + 1)
            continue
        i += 1


def _closing_byline(line: str) -> bool:
    return len(line) < 90 and _is_byline(line) and not line.rstrip().endswith("=")


def _has_page(lines: list[str], marks: list[bool], at: int) -> bool:
    return any(marks[at + 1 :]) or any(opens_box(line) or ends_page(line) for line in lines[at + 1 :])


def _goes_on(lines: list[str], marks: list[bool], prose: list[int], at: int) -> bool:
    """Whether the article goes on after line ``at``, which may be its end."""
    later = [j for j in prose if j > at and _like_article(lines[j])]
    if not later:
        return False
    stop = at + 1
    while stop < len(lines) and not (ends_page(lines[stop]) or opens_box(lines[stop]) or _closing_byline(lines[stop])):
        stop += 1
    stretch = [j for j in range(at + 1, stop) if not marks[j]]
    sentences = [j for j in later if j < stop]
    byline_next = stop < len(lines) and _closing_byline(lines[stop])
    if _closing_byline(lines[at]):
        return byline_next and len(sentences) > 0 and bool(re.search(EMAIL, lines[stop]) or re.search(r"기자", lines[at]))
    ended = any(_closing_byline(lines[j]) and any(k < j for k in prose) for j in range(prose[0], at))
    if ends_page(lines[at]) or ended:
        # After the reporter's own line or the rights only a whole further article is one.
        return sum(len(lines[j]) >= 60 for j in sentences) >= 4 and 2 * len(sentences) >= len(stretch)
    if (byline_next or opens_related(lines[at])) and sentences:
        return True
    # Lists of other articles are headlines with a sentence here and there; an article is sentences.
    return len(sentences) >= 2 and 2 * len(sentences) >= len(stretch)


def _like_article(line: str) -> bool:
    return len(line) >= 10 and bool(re.search(r"(?<!니)다[.][\"”’)]?(?:\s|$)|습니다[.]|[a-z0-9)][.][\"”]?(?:\s|$)", line))


def _box(lines: list[str], marks: list[bool], prose: list[int], at: int) -> int:
    """Mark a box's lines from ``at`` up to the next sentence of the article; the line number after the box."""
    while at < len(lines) and at not in prose and not _is_caption(lines[at]) and not _closing_byline(lines[at]):
        marks[at] = True
        at += 1
    return at


def _after_byline(lines: list[str], marks: list[bool], prose: list[int], at: int) -> None:
    """After the reporter's line: the page's, but for sentences of the article right behind it."""
    while at < len(lines) and not marks[at] and not opens_box(lines[at]) and (
        (at in prose and _like_article(lines[at]) and not re.search(r"니다[.]$", lines[at])) or _is_caption(lines[at])
        or (BYLINE.match(lines[at]) and re.search(EMAIL, lines[at]))
        or re.match(r"(?:촬영|취재|영상|그래픽|사진|도움말)\s?[가-힣]*\s?[=:/]", lines[at])
    ):
        at += 1
    _all_from(lines, marks, at, walk_back=False)


def _all_from(lines: list[str], marks: list[bool], at: int, walk_back: bool = True) -> None:
    for j in range(at, len(lines)):
        marks[j] = True
    while walk_back and at > 0:
        text = plain(lines[at - 1])
        # The outlet's name alone, numbers, the reporter's box.
        lone = len(text) <= 12 and " " not in text and not FINAL.search(text) and not ITEM.match(lines[at - 1])
        if marks[at - 1] or (lone and not BYLINE.match(text)):
            marks[at - 1] = True
            at -= 1
        else:
            return
