"""The anatomy of a news page: lines of text to blocks with their kinds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from translate.document import Kind
from translate.sources.boilerplate import is_furniture, is_prose
from translate.sources.lines import (
    ANSWER,
    BYLINE,
    CAPTION,
    CREDIT,
    DATELINE,
    EMAIL,
    ENGLISH_BYLINE,
    ENGLISH_CAPTION,
    ENGLISH_CREDIT,
    ENGLISH_TIME,
    FINAL,
    ITEM,
    LEADING,
    PICTURED,
    QUESTION,
    REPORTER,
    TIME,
    TRAILING,
)
from translate.sources.parts import page_parts

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_LATIN = re.compile(r"[A-Za-z]")
_TEXT = (Kind.PARAGRAPH, Kind.ITEM, Kind.QUESTION, Kind.ANSWER)
_LABEL = re.compile(r"(?:보도\s?(?:시점|일시)|배포\s?(?:시점|일시)?|등록일?|입력|작성일|게시일)\s?[:：]?")


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


@dataclass(frozen=True)
class _Wrap:
    """How a text is hard-wrapped: what a line's width is, the widest line's, and whether its words are whole."""

    width: Callable[[str], int]
    longest: int
    whole_words: bool

    def full(self, line: str, following: str) -> bool:
        """True if the next line's first word would not have fitted into ``line``."""
        return self.width(line) + 1 + self.width(following.split()[0]) >= 0.92 * self.longest


def paragraphs(text: str) -> list[str]:
    """Paragraphs of plain text: lines, with lines of a hard-wrapped paragraph joined.

    A text is hard-wrapped if its lines are of like length and break inside sentences; then blank lines separate paragraphs.
    """
    lines = [line.strip() for line in text.split("\n")]
    filled = [line for line in lines if line]
    blocks = [list(block) for some, block in itertools.groupby(lines, bool) if some]
    if blocks and len(blocks[0]) > 1 and not FINAL.search(blocks[0][0]) and len(blocks[0][0]) < 0.75 * max(map(len, blocks[0])):
        blocks[:1] = [blocks[0][:1], blocks[0][1:]]  # a headline right above the text
    prose = [is_prose(" ".join(block)) for block in blocks]
    wrap = _wrap([block for block, is_text in zip(blocks, prose, strict=True) if is_text]) if _wrapped(filled) else None
    if wrap is None:
        return filled
    joined: list[str] = []
    for block, is_text in zip(blocks, prose, strict=True):
        joined.append(block[0])
        for before, line in itertools.pairwise(block):
            if _continues(before, line, wrap, is_text):
                joined[-1] += _between(joined[-1], line, wrap.whole_words) + line
            else:
                joined.append(line)
    return joined


def _continues(before: str, line: str, wrap: _Wrap, prose: bool) -> bool:
    """Whether ``line`` continues the one before it in its block; list lines, stamps and buttons begin anew."""
    if ITEM.match(line) or TIME.match(line) or TIME.match(before) or (FINAL.search(before) and is_furniture(line)):
        return False
    return wrap.full(before, line) or (prose and not is_furniture(before) and not is_furniture(line))


def _wrap(blocks: list[list[str]]) -> _Wrap | None:
    """How these blocks of prose are wrapped; None where their lines end anywhere.

    A page pasted without empty lines has many lines without a full stop too, but they do not break where the next word would
    not have fitted.
    """
    pairs = [
        (a, b)
        for block in blocks
        for a, b in itertools.pairwise(block)
        if not (FINAL.search(a) or TIME.match(a) or TIME.match(b) or is_furniture(a) or is_furniture(b))
    ]
    for width in (len, _columns):
        longest = max((width(line) for block in blocks for line in block), default=0)
        # Where words are cut, no line leaves room for a syllable; Latin words are cut nowhere.
        room = max((longest - width(a) for a, b in pairs if _HANGUL.match(b)), default=0)
        wrap = _Wrap(width, longest, whole_words=room > 0.1 * longest)
        if pairs and sum(wrap.full(a, b) for a, b in pairs) >= 0.8 * len(pairs):
            return wrap
    return None


def _columns(line: str) -> int:
    """The line's width on a terminal, where a Hangul syllable takes two columns."""
    return len(line) + len(_HANGUL.findall(line))


def _between(before: str, after: str, whole_words: bool) -> str:
    """What stood at a hard line end: a space, or nothing where the line was cut inside a word (발표하 | 고)."""
    if re.search(r"\d[.,]$", before) and after[0].isdigit():
        return ""
    if whole_words or not (_HANGUL.match(before[-1]) and _HANGUL.match(after[0])):
        return " "
    from translate.engines.lexicon import analyser

    end, start = " ".join(before[-24:].split()[-2:]), " ".join(after[:24].split()[:2])
    return "" if end + start in analyser().glue([end, start]) else " "


def _wrapped(lines: list[str]) -> bool:
    long = [line for line in lines if len(line) >= 25]
    if len(long) < 4:
        return False
    longest = max(len(line) for line in long)
    broken = [line for line in long if not FINAL.search(line)]
    full = [line for line in long if len(line) >= 0.7 * longest]
    return longest <= 100 and len(broken) >= 0.5 * len(long) and len(full) >= 0.6 * len(long)


def anatomy(
    lines: list[str], source: str, kinds: Mapping[int, Kind] | None = None, likely: Mapping[int, Kind] | None = None
) -> list[Piece]:
    """Blocks of a page's lines in order; ``source`` is the article's language.

    ``kinds`` says what lines are, by number, where the input's own marks (a style, a heading) do.  ``likely`` says it of
    lines that may still be a time, a byline or furniture (a page's lists and tables hold those too).
    """
    given: list[Kind | None] = []
    hints: list[Kind | None] = []
    parted: list[str] = []
    for number, line in enumerate(lines):
        known = kinds.get(number) if kinds else None
        for part in [line.strip()] if known else _separated(line.strip()):
            if parted and not known and _LABEL.fullmatch(parted[-1]) and TIME.match(part):
                parted[-1] += " " + part  # 보도시점 stands alone above its date
                continue
            parted.append(part)
            given.append(known)
            hints.append(likely.get(number) if likely else None)
    lines = parted
    parts = page_parts(lines, source, [known or hint for known, hint in zip(given, hints, strict=True)])
    headline = None if Kind.HEADLINE in given else parts.headline
    headed = headline is not None or Kind.HEADLINE in given
    pieces: list[Piece] = []
    seen_body = False
    for i, text in enumerate(lines):
        language = language_of(text)
        known = given[i]
        if known:
            pieces.append(Piece(known, text, language))
            seen_body = seen_body or known is Kind.PARAGRAPH
            continue
        if parts.furniture[i]:
            pieces.append(Piece(Kind.BOILERPLATE, text, language))
            continue
        if i == headline:
            pieces.append(Piece(Kind.HEADLINE, text, language))
            continue
        following = next((lines[j] for j in range(i + 1, len(lines)) if not parts.furniture[j]), "")
        kind = _kind(text, language, source, seen_body, headed, following)
        hint = hints[i]
        if hint is Kind.SUBHEAD and (len(text) > 100 or text.endswith(".")):
            hint = None  # a lead in large letters is no heading
        if hint and kind in (Kind.PARAGRAPH, Kind.SUBHEAD, Kind.ITEM):
            kind = hint
        if kind is Kind.TIME:
            text = text.lstrip("• ").strip()
            # A stamp of bare digits is in the page's language: in English it is written otherwise.
            language = language or source
        if kind is Kind.PARAGRAPH and pieces and pieces[-1].kind is Kind.QUESTION:
            kind = Kind.ANSWER
        # -원화 약세를 걱정하는 목소리가 있다. asks too, among questions that begin so and before a quotation.
        dashed = kind is Kind.ITEM or (kind is Kind.PARAGRAPH and text[0] in "―—")
        if dashed and following.startswith(("“", '"')) and any(p.kind is Kind.QUESTION and p.text[0] == text[0] for p in pieces):
            kind = Kind.QUESTION
        lead = LEADING.match(text) or (DATELINE.match(text) if source == "en" else None) if kind is Kind.PARAGRAPH else None
        if lead:
            pieces.append(Piece(Kind.BYLINE, lead[1].strip(), language))
            text = text[lead.end() :].strip()
        seen_body = seen_body or kind is Kind.PARAGRAPH
        trail = TRAILING.search(text) if kind in (Kind.PARAGRAPH, Kind.ANSWER, Kind.ITEM) else None
        if trail and trail.start() > 0:
            pieces.append(Piece(kind, text[: trail.start()].strip(), language_of(text)))
            kind, text = Kind.BYLINE, trail[1].strip()
        pieces.append(Piece(kind, text, language if kind is Kind.TIME else language_of(text)))
    return _with_headings_over_text(pieces)


def _with_headings_over_text(pieces: list[Piece]) -> list[Piece]:
    """Short lines behind the article's last sentence (문의: …, 도움말=…) are text: a heading stands over something."""
    last = max((i for i, p in enumerate(pieces) if p.kind in _TEXT), default=len(pieces))
    return [replace(p, kind=Kind.PARAGRAPH) if p.kind is Kind.SUBHEAD and i > last else p for i, p in enumerate(pieces)]


def _separated(line: str) -> list[str]:
    """A line of several things as lines: 임가람 기자 | 승인 2026.03.12 10:22 | 댓글 0; 입력 … 수정 …."""
    if line.startswith("/") and BYLINE.match(line[1:].strip()):
        return [line[1:].strip()]
    mixed = re.match(rf"^([가-힣]{{2,4}}\s?{REPORTER})\s*[|·]?\s*((?:(?:승인|입력|등록|수정|작성)\s?)?(?:19|20)\d\d[-./년].*)$", line)
    if mixed:
        return [mixed[1], *_separated(mixed[2])]
    glued = re.match(r"^([가-힣]{2,4})\s?(입력\s?(?:19|20)\d\d.*)$", line)  # a portal's: 임가람입력 2026. 3. 12. 10:22수정 …
    if glued and not TIME.match(line):
        return [glued[1], *_separated(glued[2])]
    outlet = re.match(r"^(\[[^\]]{2,14}\])\s*(.+)$", line)
    if outlet and TIME.match(outlet[2]):
        return [outlet[1], *_separated(outlet[2])]
    if TIME.match(line) and len(line) < 120:
        named = re.match(rf"^(.*\d)\s*[|/·]?\s*([가-힣]{{2,4}}\s?{REPORTER}(?:\s{EMAIL})?)$", line)
        if named:
            return [*_separated(named[1]), named[2]]
        buttons = re.search(r"(?:\s+|(?<=\d)(?=기사\s?원문))(?:기사\s?원문|작게|크게|댓글|조회|프린트|인쇄|공유|글자|가\s|지면|PDF|호수|[|]\s?제?\d+호).*$", line)
        stamps = re.split(r"(?<=\d)(?=등록\s?(?:19|20)\d\d)|\s*[|/ㅣ]?\s*(?=최종\s?(?:수정|업데이트)\s*[:：]?\s*(?:19|20)\d\d|(?<!최종)(?<!최종\s)(?:수정|업데이트)\s*[:：]?\s*(?:19|20)\d\d)", line[: buttons.start()] if buttons else line)
        return [part for part in (*(s.rstrip(" |/ㅣ") for s in stamps), buttons[0].strip() if buttons else "") if part]
    return [line]


def _kind(text: str, language: str, source: str, seen_body: bool, headed: bool, following: str) -> Kind:
    if (TIME.match(text) or ENGLISH_TIME.match(text)) and len(text) < 90 and not is_prose(text):
        return Kind.TIME
    if len(text) < 90 and (BYLINE.match(text) or (source == "en" and ENGLISH_BYLINE.match(text))):
        return Kind.BYLINE
    if language != source and language:
        return Kind.CAPTION if ENGLISH_CAPTION.search(text) or len(text) > 40 else Kind.PARAGRAPH
    if source == "en" and len(text) < 400 and ENGLISH_CREDIT.search(text):
        return Kind.CAPTION
    if len(text) < 300 and (CREDIT.search(text) or re.match(r"^\[?(?:그래픽|사진|자료사진|인포그래픽|일러스트)\s?[\]|=]", text)):
        return Kind.CAPTION
    if not FINAL.search(text) and re.search(r"(?:모습|장면|전경|현장|기념촬영|조감도|노선도)$", text) and (CREDIT.search(following) or CAPTION.search(following)):
        return Kind.CAPTION
    # The picture's title, above (서울=통신) 이름 기자 = and what the picture shows.
    if headed and not FINAL.search(text) and len(text) <= 45 and PICTURED.match(following) and CREDIT.search(following):
        return Kind.CAPTION
    if CAPTION.search(text) and (len(text) < 160) and (not is_prose(text) or re.search(r"[)\]]\s*$|제공\s*$|=\s?\S+\s*$", text)):
        return Kind.CAPTION
    if QUESTION.match(text):
        return Kind.QUESTION
    if ANSWER.match(text):
        return Kind.ANSWER
    if re.match(r"^[▲△]\s?.{4,80}(?:모습|장면)\.?(?:\s*[/(=].{0,20})?$", text) or (not seen_body and re.match(r"^[▲△]\s?.{4,80}(?:있다)\.?(?:\s*[/(=].{0,20})?$", text)):
        return Kind.CAPTION
    if source == "ko" and LEADING.match(text):
        return Kind.PARAGRAPH
    if text.startswith("@"):
        return Kind.PARAGRAPH  # a post: @name “…”
    short = 45 if source == "ko" else 70
    if _is_marked_heading(text, following, short) or (not seen_body and headed and re.match(r"^[-–—]\s?\S.*\S\s?[-–—]$", text)):
        return Kind.SUBHEAD
    if ITEM.match(text):
        return Kind.ITEM
    if len(re.findall(r"(?<!\S)\d[\d.,:]*(?!\S)", text)) >= 3:
        return Kind.PARAGRAPH  # a table's row
    if headed and len(text) <= short and not FINAL.search(text):
        return Kind.SUBHEAD
    # A sentence without its full stop (정부에 신청했다) is text all the same.
    unmarked = len(text) >= 30 and re.search(r"[가-힣]다$", text)
    if source == "ko" and headed and not seen_body and len(text) <= 80 and not unmarked and not re.search(r"[.。]$|[.!][\"”]$", text):
        return Kind.SUBHEAD
    return Kind.PARAGRAPH


def _is_marked_heading(text: str, following: str, short: int) -> bool:
    """◆ 국채 발행 110조원 늘어: a short line with a mark above a longer one, or above list lines with another mark."""
    if not re.match(r"^[◇◆□■▣◈●]\s?", text) or len(text) > short or re.search(r"[.。](?!\d)|=|다$|\s[▲△▷■□●○◇◆]", text):
        return False
    if ITEM.match(following):
        return following[0] != text[0] and text[0] in "◇◆■▣◈"
    return len(following) > len(text)
