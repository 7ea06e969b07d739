"""The anatomy of a news page: lines of text to blocks with their kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.document import Kind
from translate.sources.boilerplate import is_furniture, is_prose, opens_tail

_TIME = re.compile(
    r"^(?:•\s*)?(?:(?:기사\s?)?(?:등록|입력|수정|송고|승인|게재|발행|최종\s?수정|최초\s?(?:입력|등록)|업데이트|작성|게시|최종편집)(?:일|시간|일시)?\s*[:：]?\s*)?"
    r"(?:19|20)\d\d\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}"
)
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_REPORTER = r"(?:기자|특파원|논설위원|선임기자|전문기자|인턴기자|객원기자|통신원|앵커|PD|에디터|평론가|칼럼니스트)"
_BYLINE = re.compile(
    rf"^(?:\[[^\]]{{2,40}}{_REPORTER}\]|\([^)]{{1,20}}=[^)]{{1,20}}\)\s*(?:[가-힣]{{2,4}}(?:[·,\s]+[가-힣]{{2,4}}){{0,3}}\s?{_REPORTER}(?:\s*=)?)?|"
    rf"(?:[가-힣A-Za-z]{{2,12}}\s?=\s?)?(?:[가-힣A-Za-z]{{2,12}}\s)?[가-힣]{{2,4}}(?:[·,\s]+[가-힣]{{2,4}}){{0,3}}\s?{_REPORTER}\s*(?:=|[|/]?\s*{_EMAIL})?|"
    rf"(?:글|사진|글·사진|취재|정리|영상)\s?[=:]?\s?[가-힣]{{2,4}}\s?{_REPORTER}?(?:\s{_EMAIL})?|{_EMAIL})\s*$"
)
_LEADING = re.compile(
    rf"^(\[[^\]]{{2,40}}{_REPORTER}[^\]]{{0,12}}\]|\([^)=]{{1,20}}=[^)]{{1,20}}\)\s*(?:[가-힣]{{2,4}}(?:[·,\s]+[가-힣]{{2,4}}){{0,3}}\s?{_REPORTER}\s*=)?|"
    rf"[가-힣]{{2,8}}=[가-힣]{{2,12}}\s[가-힣]{{2,4}}\s?{_REPORTER}\s*=?|\[[가-힣A-Za-z ]{{2,16}}=[^\]]{{2,20}}\]\s*[가-힣]{{2,4}}\s?{_REPORTER}\s*=|"
    rf"[가-힣]{{2,4}}\s?{_REPORTER}\s?=)\s*(?=\S)"
)
_ENGLISH_BYLINE = re.compile(r"^(?:By\s+[A-Z][\w.'-]+(?:\s+[A-Z][\w.'-]+){1,3}(?:,.{0,40})?|[A-Z][A-Z ]+,\s+\w+\.?\s+\d{1,2}\s+\([\w ]+\)\s+--)\s*$")
_CAPTION = re.compile(
    r"(?:\[?\s?사진\s?[=:/]|\(\s?사진\s?[=:]|/\s?(?:사진|연합뉴스|뉴시스|뉴스1|AP|AFP|로이터|REUTERS|신화|EPA|교도)|사진\s?제공|\[사진|자료사진|"
    r"\((?:연합뉴스|뉴시스|뉴스1)(?:\s?제공)?\)|=\s?(?:연합뉴스|뉴시스|뉴스1|AP|AFP)(?:\s?제공)?\s*$|제공\s?사진|ⓒ\s?(?:연합뉴스|뉴시스|뉴스1|AP|AFP|로이터))"
)
_ENGLISH_CAPTION = re.compile(
    r"(?:via REUTERS|/Pool|\bReuters\b|Getty Images|\bAP Photo\b|\(AP\b|\bAFP\b|\bEPA\b|pose for|/Yonhap|\(Yonhap\)|\bphoto\b|\bfile\b|"
    r"^[A-Z][A-Z ]+,\s*[A-Z][A-Z ]+\s*-\s*[A-Z]+ \d)", re.I,
)  # fmt: skip
_ITEM = re.compile(r"^(?:[▲△▶▷■□◆◇●○◎※✔☑–\-*•‣▪]\s?|[①-⑳]|\(?\d{1,2}[.)]\s)(?=\S)")
_QUESTION = re.compile(r"^(?:Q\s?\d*\s?[.:)]|문\s?[:.)]|[―—–-]{1,2}\s?.{4,}[?까나요]\.?\??$|▶?\s?질문\s?\d*\s?[:.])")
_ANSWER = re.compile(r"^(?:A\s?\d*\s?[.:)]|답\s?[:.)]|▶?\s?답변?\s?\d*\s?[:.])")
_FINAL = re.compile(r"(?:[.?!。]|[다요죠까]|다[\"”’])[\"”’)\]]*$")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Piece:
    """A block to be: its kind, text and language."""

    kind: Kind
    text: str
    language: str


def language_of(text: str) -> str:
    """"ko" or "en" by the share of Hangul among the letters, "" where there are none."""
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    if hangul + latin == 0:
        return ""
    # A Hangul syllable weighs about as much as two and a half Latin letters.
    return "ko" if hangul * 2.5 >= 0.3 * (hangul * 2.5 + latin) else "en"


def paragraphs(text: str) -> list[str]:
    """Paragraphs of plain text: lines, with lines of a hard-wrapped paragraph joined.

    A text is hard-wrapped if its lines are of like length and break inside sentences; then blank lines separate paragraphs.
    """
    lines = [line.strip() for line in text.split("\n")]
    filled = [line for line in lines if line]
    if not _wrapped(filled):
        return filled
    joined: list[str] = []
    for line in lines:
        if line and joined and joined[-1] and not _ITEM.match(line) and not _TIME.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return [p for p in joined if p]


def _wrapped(lines: list[str]) -> bool:
    long = [line for line in lines if len(line) >= 25]
    if len(long) < 4:
        return False
    longest = max(len(line) for line in long)
    broken = [line for line in long if not _FINAL.search(line)]
    full = [line for line in long if len(line) >= 0.7 * longest]
    return longest <= 100 and len(broken) >= 0.5 * len(long) and len(full) >= 0.6 * len(long)


def anatomy(lines: list[str], source: str) -> list[Piece]:
    """Blocks of a page's lines in order; ``source`` is the article's language."""
    furniture = _furniture(lines, source)
    body = [i for i, line in enumerate(lines) if not furniture[i]]
    headline = _headline(lines, body, source)
    pieces: list[Piece] = []
    seen_body = False
    for i, line in enumerate(lines):
        text = line.strip()
        language = language_of(text)
        if furniture[i]:
            pieces.append(Piece(Kind.BOILERPLATE, text, language))
            continue
        if i == headline:
            pieces.append(Piece(Kind.HEADLINE, text, language))
            continue
        kind = _kind(text, language, source, seen_body, headline is not None)
        if kind is Kind.TIME:
            text = text.lstrip("• ").strip()
        lead = _LEADING.match(text) if kind is Kind.PARAGRAPH else None
        if lead:
            pieces.append(Piece(Kind.BYLINE, lead[1].strip(), language))
            text = text[lead.end() :].strip()
        seen_body = seen_body or kind is Kind.PARAGRAPH
        pieces.append(Piece(kind, text, language_of(text)))
    return pieces


def _furniture(lines: list[str], source: str) -> list[bool]:
    marks = [is_furniture(line) for line in lines]
    prose = [i for i, line in enumerate(lines) if is_prose(line)] if source == "ko" else []
    if not prose:
        return marks
    first, last = prose[0], prose[-1]
    # The tail: from its opening line on, as far as no more of the article's prose comes.  Teasers of other articles are
    # prose rarely and short; two or more full sentences in a row after an opening line are the article again.
    for i, line in enumerate(lines):
        if i > first and opens_tail(line):
            later = [j for j in prose if j > i]
            if len(later) <= 1 or max(len(lines[j]) for j in later) < 80:
                for j in range(i, len(lines)):
                    marks[j] = True
                break
            marks[i] = True
    # A bare outlet name, numbers and fragments after the last sentence belong to the tail as soon as it has begun.
    if any(marks[last + 1 :]):
        for j in range(last + 1, len(lines)):
            if not marks[j] and _fragment(lines[j]):
                marks[j] = True
    # The navigation before the headline: fragments before the first furniture-free long line.
    head = [j for j in range(first) if marks[j]]
    for j in range(head[-1] if head else 0):
        if len(lines[j].strip()) <= 6 and not _TIME.match(lines[j]):
            marks[j] = True
    return marks


def _fragment(line: str) -> bool:
    """Short, without a sentence's ending, and neither byline, caption, time nor list item of an article."""
    text = line.strip()
    return len(text) < 30 and not is_prose(text) and not _BYLINE.match(text) and not _CAPTION.search(text)


def _headline(lines: list[str], body: list[int], source: str) -> int | None:
    """The headline's line: the first of the article's that is no time, byline or caption and no full sentence."""
    for place, i in enumerate(body[:6]):
        text = lines[i].strip()
        if _TIME.match(text) or _BYLINE.match(text) or _ENGLISH_BYLINE.match(text):
            continue
        if language_of(text) != source and place + 1 < len(body):
            continue
        if len(body) == 1 and _FINAL.search(text):
            return None
        if _LEADING.match(text):
            return None
        long = 120 if source == "ko" else 180
        sentence = re.search(r"[.。]$", text) if source == "ko" else re.search(r"\.[\"”]?$", text)
        if len(text) <= long and not sentence and not is_prose(text) and len(body) > 1:
            return i
        return None
    return None


def _kind(text: str, language: str, source: str, seen_body: bool, headed: bool) -> Kind:
    if _TIME.match(text) and len(text) < 90 and not is_prose(text):
        return Kind.TIME
    if len(text) < 90 and (_BYLINE.match(text) or (source == "en" and _ENGLISH_BYLINE.match(text))):
        return Kind.BYLINE
    if language != source and language:
        return Kind.CAPTION if _ENGLISH_CAPTION.search(text) or len(text) > 40 else Kind.PARAGRAPH
    if _CAPTION.search(text) and (len(text) < 160) and (not is_prose(text) or re.search(r"[)\]]\s*$|제공\s*$|=\s?\S+\s*$", text)):
        return Kind.CAPTION
    if _QUESTION.match(text):
        return Kind.QUESTION
    if _ANSWER.match(text):
        return Kind.ANSWER
    if re.match(r"^[▲△]\s?.{4,80}(?:모습|장면|있다)\.?(?:\s*[/(=].{0,20})?$", text):
        return Kind.CAPTION
    if _ITEM.match(text):
        return Kind.ITEM
    short = 45 if source == "ko" else 70
    if headed and len(text) <= short and not _FINAL.search(text):
        return Kind.SUBHEAD
    if source == "ko" and headed and not seen_body and len(text) <= 80 and not re.search(r"[.。]$", text):
        return Kind.SUBHEAD
    return Kind.PARAGRAPH
