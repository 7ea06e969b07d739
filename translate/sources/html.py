"""HTML: a page saved by a browser; the article is found by trafilatura, title, author and time by the page's metadata."""

from __future__ import annotations

import logging
import re
from typing import Any

from translate.document import Kind, TranslateError
from translate.sources.anatomy import Piece, anatomy, language_of
from translate.sources.boilerplate import is_prose
from translate.sources.encoding import decode, normalise
from translate.sources.lines import BYLINE

_LOG = logging.getLogger(__name__)
_INLINE = tuple("a abbr b bdi big cite code em font i ins kbd mark q s small span strong sub sup u wbr".split())
_UNSEEN = frozenset("head script style noscript template nav footer button select textarea iframe svg figcaption".split())
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
    _with_sentences_whole(tree)
    page = lxml_html.tostring(tree, encoding="unicode")
    found: Any = bare_extraction(page, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True)
    title = _title(tree)
    visible = _visible(tree)
    start, end = _article(visible, found.text or "" if found is not None else "", title)
    body = visible[start:end]
    if len("".join(body)) < 60 or _prose(visible) > 2.5 * _prose(body):
        if visible != body:
            _LOG.warning("%s: no article found in the page; all its visible text is read, buttons and menus sorted out by rule", path)
        body, start, end = visible, 0, len(visible)
    if not body and not title:
        raise TranslateError(f"{path}: no text in the page (is it drawn by a script?); save the article's text instead")
    captions = [c for c in _captions(tree) if c not in body]
    if title:
        body = [line for line in body if line != title]
    language = source if source != "auto" else _language("\n".join(body) or title)
    pieces = anatomy(body, language)
    if title:
        pieces = [p if p.kind is not Kind.HEADLINE else Piece(Kind.SUBHEAD, p.text, p.language) for p in pieces]
        pieces.insert(0, Piece(Kind.HEADLINE, title, language_of(title)))
    at = next((i + 1 for i, p in enumerate(pieces) if p.kind is Kind.PARAGRAPH), len(pieces))
    pieces[at:at] = [Piece(Kind.CAPTION, c, language_of(c)) for c in captions]
    around = [[Piece(Kind.BOILERPLATE, line, language_of(line)) for line in part] for part in (visible[:start], visible[end:])]
    return [*around[0], *pieces, *around[1]], language, encoding


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


def _title(tree: Any) -> str:
    for query in ('//meta[@property="og:title"]/@content', "//h1//text()", "//title/text()"):
        found = " ".join(normalise(str(t)) for t in tree.xpath(query))
        found = " ".join(found.split())
        if found:
            # "제목 | 신문 이름" and the like: the outlet's name is not part of the headline.
            return re.split(r"\s[|<>:–-]\s(?=[^|<>]{2,16}$)", found)[0].strip()
    return ""


def _captions(tree: Any) -> list[str]:
    out = []
    for node in tree.xpath('//figcaption | //*[contains(@class, "caption")]'):
        text = " ".join(normalise(node.text_content()).split())
        if 4 < len(text) < 300 and text not in out:
            out.append(text)
    return out


def _prose(lines: list[str]) -> int:
    return sum(len(line) for line in lines if is_prose(line))


def _article(visible: list[str], extracted: str, title: str) -> tuple[int, int]:
    """Numbers [start, end) of the visible lines from the headline, or the first line that the extraction found, to the last that it found.

    The extraction says where the article is; its own text is not used, for it sometimes drops, splits or repeats lines.
    """
    found = " ".join(normalise(extracted).split())
    known = [i for i, line in enumerate(visible) if len(line) >= 15 and line in found]
    if not known:
        return 0, 0
    first, last = known[0], known[-1]
    heads = [i for i in range(max(0, first - 40), first) if visible[i] == title]
    while last + 1 < len(visible) and BYLINE.match(visible[last + 1]):
        last += 1
    return heads[-1] if heads else first, last + 1


def _visible(node: Any) -> list[str]:
    """Every visible line of a page in order: a block element or <br> begins a new one."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            breaks = element.tag not in _INLINE
            parts.append(_BREAK if breaks else "")
            parts.append(element.text or "")
            for child in element:
                walk(child)
                parts.append(child.tail or "")
            parts.append(_BREAK if breaks else "")
        elif element.tag in _UNSEEN:
            parts.append(_BREAK)

    walk(node)
    lines = (" ".join(part.split()) for part in normalise("".join(parts)).split(_BREAK))
    return [line for line in lines if line]


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
