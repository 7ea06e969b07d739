"""HTML: a page saved by a browser; the article is found by trafilatura, title, author and time by the page's metadata."""

from __future__ import annotations

import logging
import re
from typing import Any

from translate.document import Kind, TranslateError
from translate.sources.anatomy import Piece, anatomy, language_of
from translate.sources.boilerplate import is_furniture, is_outlet, is_prose
from translate.sources.encoding import decode, normalise
from translate.sources.lines import BYLINE, CREDIT, FINAL, TIME

_LOG = logging.getLogger(__name__)
_INLINE = tuple("a abbr b bdi big cite code em font i ins kbd mark q s small span strong sub sup u wbr".split())
_UNSEEN = frozenset("head script style noscript template nav footer button select textarea iframe svg".split())
# What an element's text most likely is; times, bylines and furniture in it are told apart by their lines all the same.
_LIKELY = {**dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Kind.SUBHEAD), "li": Kind.ITEM, "figcaption": Kind.CAPTION}
# Classes and ids of advertisements: in-read_ad, adsbygoogle, ad-box.
_ADVERTISEMENT = re.compile(r"(?:^|[\s_-])(?:ads?|adv|adsbygoogle|advert\w*|sponsor\w*)(?:$|[\s_-])", re.IGNORECASE)
_Line = tuple[str, Kind | None]
# Stands for <br> and the edges of blocks.
_BREAK = "\ue000"


def read(data: bytes, path: str, source: str) -> tuple[list[Piece], str, str]:
    """(blocks, source language, encoding) of an HTML page's bytes."""
    from lxml import html as lxml_html
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds lacking is said here, in one line
    text, encoding = _decoded(data, path)
    if not re.search(r"<[a-zA-Z!/]", text):
        raise TranslateError(f"{path}: named like HTML but has no tags; give it a .txt name")
    tree = lxml_html.document_fromstring(_without_declaration(text))
    _with_caption_titles_apart(tree)
    _with_sentences_whole(tree)
    page = lxml_html.tostring(tree, encoding="unicode")
    found: Any = bare_extraction(page, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True)
    seen = _visible(tree)
    visible = [line for line, _ in seen]
    title = _title(tree, visible)
    start, end = _article(seen, found.text or "" if found is not None else "", title)
    if len("".join(visible[start:end])) < 60 or _prose(visible) > 2.5 * _prose(visible[start:end]):
        if (start, end) != (0, len(visible)):
            _LOG.warning("%s: no article found in the page; all its visible text is read, buttons and menus sorted out by rule", path)
        start, end = 0, len(visible)
    if start == end and not title:
        raise TranslateError(f"{path}: no text in the page (is it drawn by a script?); save the article's text instead")
    body, kinds, likely = _body(seen[start:end], title)
    language = source if source != "auto" else _language("\n".join(body) or title)
    pieces = anatomy(body, language, kinds, likely)
    if title and not kinds:
        pieces = [p if p.kind is not Kind.HEADLINE else Piece(Kind.SUBHEAD, p.text, p.language) for p in pieces]
        pieces.insert(0, Piece(Kind.HEADLINE, title, language_of(title)))
    around = [[Piece(Kind.BOILERPLATE, line, language_of(line)) for line in part] for part in (visible[:start], visible[end:])]
    return [*around[0], *pieces, *around[1]], language, encoding


def _body(seen: list[_Line], title: str) -> tuple[list[str], dict[int, Kind], dict[int, Kind]]:
    """The article's lines, what is known of them (the headline) and what is likely; a title said twice is left out once."""
    lines: list[str] = []
    kinds: dict[int, Kind] = {}
    likely: dict[int, Kind] = {}
    for line, kind in seen:
        if title and _same(line, title):
            if kinds:
                continue
            kinds[len(lines)] = Kind.HEADLINE
        elif kind:
            likely[len(lines)] = kind
        lines.append(line)
    return lines, kinds, likely


def page_of_archive(data: bytes, path: str) -> bytes:
    """The page's HTML out of a browser's single-file archive (MHTML); TranslateError where there is none."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return content
    raise TranslateError(f"{path}: no page in the archive; save the page as HTML")


def _decoded(data: bytes, path: str) -> tuple[str, str]:
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.I)
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in ("euc-kr", "ks_c_5601-1987", "cp949", "ms949", "x-windows-949"):
        try:
            return normalise(data.decode("cp949")), "cp949"
        except UnicodeDecodeError:
            pass  # the declaration is wrong, as it often is on saved pages: decide by the bytes
    text, encoding = decode(data, path)
    return normalise(text), encoding


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _title(tree: Any, visible: list[str]) -> str:
    """The headline: the first of the page's titles that stands in its text too, else the first that there is.

    "제목 | 신문 이름" and "신문 이름 - 제목" name the outlet, which is no part of the headline.
    """
    found = []
    for query in ('//meta[@property="og:title"]/@content', "//h1//text()", "//title/text()"):
        whole = " ".join(" ".join(normalise(str(t)) for t in tree.xpath(query)).split())
        if whole:
            longest = max(re.split(r"\s(?:[|<>–-]|::?)\s", whole), key=len)
            bare = re.split(r"\s[|<>:–-]\s(?=[^|<>]{2,16}$)", whole)[0].strip()
            found += [bare if 2 * len(bare) > len(whole) else longest, whole, longest]
    standing = (title for title in found if any(_same(line, title) for line in visible))
    # Old pages are titled with the outlet's name; then the lines say which is the headline.
    return next(standing, next((title for title in found if not is_outlet(title)), ""))


def _same(line: str, title: str) -> bool:
    """Whether two lines say the same, whatever their spaces and quotation marks."""
    return line == title or re.sub(r"[\W_]", "", line) == re.sub(r"[\W_]", "", title) != ""


def _prose(lines: list[str]) -> int:
    return sum(len(line) for line in lines if is_prose(line))


def _article(seen: list[_Line], extracted: str, title: str) -> tuple[int, int]:
    """Numbers [start, end) of the visible lines from the headline, or the first line that the extraction found, to the last that it found.

    The extraction says where the article is; its own text is not used, for it sometimes drops, splits or repeats lines.
    """
    found = " ".join(normalise(extracted).split())
    visible = [line for line, _ in seen]
    known = [i for i, line in enumerate(visible) if len(line) >= 15 and line in found]
    if not known:
        return 0, 0
    first, last = known[0], known[-1]
    near = range(max(0, first - 40), first + 1)
    # A page that does not say its title has it right above the text.
    heads = [i for i in near if (_same(visible[i], title) if title else i > first - 6 and _can_be_title(visible[i]))]
    while last + 1 < len(seen) and (BYLINE.match(visible[last + 1]) or _is_own_caption(*seen[last + 1])):
        last += 1
    while first > 0 and _is_own_caption(*seen[first - 1]):
        first -= 1
    return (heads[-1] if title else heads[0]) if heads else first, last + 1


def _can_be_title(line: str) -> bool:
    return len(line) > 10 and not (is_furniture(line) or is_prose(line) or BYLINE.match(line) or TIME.match(line))


def _is_own_caption(line: str, kind: Kind | None) -> bool:
    """True for an article's picture; those of the boxes around it have headlines for captions."""
    return kind is Kind.CAPTION and bool(CREDIT.search(line) or FINAL.search(line))


def _visible(node: Any) -> list[_Line]:
    """Every visible line of a page in order, with what it likely is: a block element or <br> begins a new one."""
    seen: list[_Line] = []
    running: list[str] = []

    def close(kind: Kind | None) -> None:
        for part in normalise("".join(running)).split(_BREAK):
            line = " ".join(part.split())
            if line:
                seen.append((line, kind))
        running.clear()

    def walk(element: Any, around: Kind | None) -> None:
        if element.tag in _UNSEEN:
            close(around)
        elif isinstance(element.tag, str):
            kind = around if around is Kind.BOILERPLATE else _likely(element) or around
            if element.tag not in _INLINE:
                close(around)
            running.append(element.text or "")
            row = _is_button_row(element)
            for child in element:
                walk(child, kind)
                running.append(child.tail or (_BREAK if row else ""))
            if element.tag not in _INLINE:
                close(kind)

    walk(node, None)
    close(None)
    return seen


def _likely(element: Any) -> Kind | None:
    if _ADVERTISEMENT.search(f"{element.get('class') or ''} {element.get('id') or ''}") and len(element.text_content().strip()) < 150:
        return Kind.BOILERPLATE
    if element.tag in ("td", "th"):
        return Kind.PARAGRAPH if _is_data(next(element.iterancestors("table"), None)) else None
    if "caption" in (element.get("class") or "") and 4 < len(element.text_content().strip()) < 300:
        return Kind.CAPTION
    return _LIKELY.get(element.tag)


def _is_data(table: Any) -> bool:
    """True for a table of figures; old pages are laid out with tables, of one row or with whole paragraphs in a cell."""
    if table is None or len(table.xpath(".//tr")) < 2 or table.xpath(".//table"):
        return False
    return all(len(cell.text_content()) < 120 for cell in table.xpath(".//td | .//th")) and bool(table.xpath(".//tr[count(td | th) > 1]"))


def _is_button_row(element: Any) -> bool:
    """True for links, names and stamps set side by side with no word between them: 페이스북, 카카오톡; 임가람 기자, 구독."""
    children = [c for c in element if isinstance(c.tag, str)]
    words = (element.text or "") + "".join(c.tail or "" for c in element)
    if len(children) < 2 or words.strip():
        return False
    texts = [" ".join(c.text_content().split()) for c in children]
    if sum(c.tag in ("a", "button") for c in children) >= 2:
        return all(len(text) <= 20 for text in texts)
    return all(len(text) <= 40 for text in texts) and any(is_furniture(text) or BYLINE.match(text) or TIME.match(text) for text in texts)


def _with_caption_titles_apart(tree: Any) -> None:
    """A caption's title in bold is a line of its own; pages set it above the text without a space."""
    for title in tree.xpath("//figcaption/*[self::strong or self::b][1]"):
        if not (title.getparent().text or "").strip() and (title.tail or "").strip() and title.getprevious() is None:
            title.tail = _BREAK + title.tail


def _with_sentences_whole(tree: Any) -> None:
    """Take off marks inside running text (bold, links, spans), at which the extraction would cut the sentence."""
    for element in list(tree.iter(*_INLINE)):
        above, before = element.getparent(), element.getprevious()
        if above is None:
            continue
        text = above.text if before is None else before.tail
        if (text or "").strip() or (element.tail or "").strip():
            element.drop_tag()
    for element in tree.iter():  # the file's line ends inside running text mean nothing
        if element.tag != "pre":
            element.text = re.sub(r"(?<=\S)\s*\n\s*(?=\S)", " ", element.text) if element.text else element.text
        element.tail = re.sub(r"(?<=\S)\s*\n\s*(?=\S)", " ", element.tail) if element.tail else element.tail


def _language(text: str) -> str:
    from translate.sources.plain import article_language

    return article_language(text)
