"""HTML: a page saved by a browser; the article is found by trafilatura, title, author and time by the page's metadata."""

from __future__ import annotations

import copy
import logging
import re
from typing import Any

from translate.document import Kind, TranslateError
from translate.sources.anatomy import Piece, anatomy, language_of
from translate.sources.boilerplate import is_prose
from translate.sources.encoding import decode, normalise

_LOG = logging.getLogger(__name__)


def read(data: bytes, path: str, source: str) -> tuple[list[Piece], str, str]:
    """(blocks, source language, encoding) of an HTML page's bytes."""
    from lxml import html as lxml_html
    from trafilatura import bare_extraction

    text, encoding = _decoded(data, path)
    if not re.search(r"<[a-zA-Z!/]", text):
        raise TranslateError(f"{path}: named like HTML but has no tags; give it a .txt name")
    tree = lxml_html.document_fromstring(_without_declaration(text))
    found: Any = bare_extraction(text, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True)
    title = _title(tree)
    body: list[str] = []
    if found is not None and (found.text or "").strip():
        body = [normalise(line).strip() for line in found.text.split("\n") if line.strip()]
    visible = _visible(tree)
    if sum(map(len, body)) < 60:
        if sum(map(len, visible)) > sum(map(len, body)):
            _LOG.warning("%s: no article found in the page; all its visible text is read, buttons and menus sorted out by rule", path)
        body = visible
    else:
        body = _completed(body, visible)
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
    return pieces, language, encoding


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


def _completed(body: list[str], visible: list[str]) -> list[str]:
    """The extracted lines with sentences put back that the extraction dropped between its first and its last line."""
    contained = [line for line in visible if line in "\n".join(body)]
    if len(body) <= 2 and len(contained) > 2 * len(body):  # found, but with its paragraphs run together
        return contained
    known = [i for i, line in enumerate(visible) if line in body]
    if len(known) < 2:
        return body
    whole = "\n".join(body)
    out = list(body)
    at = 0
    for line in visible[known[0] : known[-1] + 1]:
        if line in out:
            at = out.index(line) + 1
        elif is_prose(line) and line not in whole and not any(part in line for part in body if len(part) > 12):
            out.insert(at, line)
            at += 1
    return out


def _visible(tree: Any) -> list[str]:
    tree = copy.deepcopy(tree)
    for node in tree.xpath("//script | //style | //noscript | //template | //nav | //footer | //header//form | //figcaption"):
        node.drop_tree()
    for node in tree.iter("br"):
        node.tail = "\n" + (node.tail or "")
    lines: list[str] = []
    leaves = "//div[not(.//p or .//div or .//li or .//td)] | //blockquote[not(.//p)]"
    for node in tree.xpath(f"//p | //h1 | //h2 | //h3 | //li | //td | //th | {leaves}"):
        content = normalise(node.text_content())
        for part in content.split("\n") if node.find(".//br") is not None else [content]:
            text = " ".join(part.split())
            if text and text not in lines:
                lines.append(text)
    return lines


def _language(text: str) -> str:
    from translate.sources.plain import article_language

    return article_language(text)
