"""A news page's time lines (등록/입력/수정 with date and time) in English, by rule: they are data, not prose."""

from __future__ import annotations

import re

_LABELS = {
    "등록": "Posted", "입력": "Posted", "기사입력": "Posted", "최초입력": "First posted", "최초등록": "First posted",
    "송고": "Posted", "승인": "Approved", "게재": "Published", "발행": "Published", "게시": "Posted", "작성": "Written",
    "수정": "Updated", "최종수정": "Updated", "최종 수정": "Updated", "기사수정": "Updated", "업데이트": "Updated",
    "기사 입력": "Posted", "최종편집": "Updated", "등록일": "Posted", "수정일": "Updated", "송고시간": "Posted",
    "입력시간": "Posted", "업데이트 시간": "Updated", "보도시점": "For release", "보도일시": "For release", "배포": "Issued",
    "배포일시": "Issued", "배포시점": "Issued", "등록일시": "Posted", "최초 등록": "First posted", "최초 입력": "First posted",
    "최종업데이트": "Updated", "최종 업데이트": "Updated",
    "기사등록": "Posted", "기사 등록": "Posted", "기사 수정": "Updated", "지면": "Print edition", "": "",
}  # fmt: skip
_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_ONE = re.compile(
    r"(?P<label>[가-힣 ]*?)\s*[:：]?\s*"
    r"[\[(]?(?P<year>(?:19|20)\d\d|(?<!\d)\d\d(?=[.]\d\d[.]\d\d\s))\s*(?:[-./]|년)\s*(?P<month>\d{1,2})\s*(?:[-./]|월)\s*(?P<day>\d{1,2})(?!\d)\s*(?:일|\.)?"
    r"\s*(?:\(?(?P<weekday>[월화수목금토일])(?:요일\)?|\)))?[\s,]*"
    r"(?:(?P<half>오전|오후|AM|PM|am|pm)?\s*(?P<hour>\d{1,2})\s*(?::\s*(?P<minute>\d{2})(?:\s*:\s*\d{2})?|시(?:\s*(?P<minutes>\d{1,2})\s*분)?)"
    r"\s*(?P<late>AM|PM|am|pm)?)?(?:\s*(?P<edition>조간|석간)(?:\s?(?:부터|이후))?)?"
    r"(?P<after>\s*(?:업데이트|수정|입력|등록|송고|승인|게재|발행)(?=\s*(?:[|/·,;)\]]|$)))?[\])]?"
)
# A release's second line: (5. 8.(금) 조간).
_EDITION = re.compile(r"\((?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.\s?\([월화수목금토일]\)\s?(?P<edition>조간|석간)\)")
_EDITIONS = {"조간": "for morning editions", "석간": "for evening editions"}


def timestamps(text: str) -> str | None:
    """``등록 2024-07-28 오후 6:22:09`` as ``Posted July 28, 2024, 6:22 p.m.``; None where the line is anything else.

    Several stamps in a line are kept, separated by semicolons.  Seconds are left out.
    """
    edition = _EDITION.fullmatch(text.strip())
    if edition and 1 <= int(edition["month"]) <= 12 and 1 <= int(edition["day"]) <= 31:
        return f"{_MONTHS[int(edition['month']) - 1]} {int(edition['day'])}, {_EDITIONS[edition['edition']]}"
    parts: list[str] = []
    at = 0
    for match in _ONE.finditer(text):
        if text[at : match.start()].strip(" |·/•\t,") != "":
            return None
        label = match["label"].strip() or (match["after"] or "").strip()
        month, day = int(match["month"]), int(match["day"])
        if label not in _LABELS or not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
        stamp = f"{_MONTHS[month - 1]} {day}, {year}"
        if match["hour"]:
            minute = f"{int(match['minute'] or match['minutes'] or 0):02d}"
            if int(match["hour"]) > 24 or int(minute) > 59:
                return None
            stamp += f", {_clock(int(match['hour']), minute, match['half'] or match['late'])}"
        if match["edition"]:
            stamp += f", {_EDITIONS[match['edition']]}"
        parts.append(f"{_LABELS[label]} {stamp}".strip())
        at = match.end()
    if not parts or text[at:].strip(" |·/•\t,.") != "":
        return None
    return "; ".join(parts)


def _clock(hour: int, minute: str, half: str | None) -> str:
    afternoon = half in ("오후", "PM", "pm") if half else 12 <= hour < 24
    shown = hour % 12 or 12
    ending = "p.m." if afternoon else "a.m."
    if minute == "00":
        return {("p.m.", 12): "noon", ("a.m.", 12): "midnight"}.get((ending, shown), f"{shown} {ending}")
    return f"{shown}:{minute} {ending}"
