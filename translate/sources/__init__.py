"""Reading: bytes to Document.  One input form a module; `anatomy` says what each block of a news page is."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from translate.document import Block, Document, Kind, Segment, TranslateError
from translate.sources.anatomy import Piece
from translate.sources.encoding import decode, normalise


def read_document(path: str, source: str = "auto", keep_boilerplate: bool = False) -> Document:
    """Read ``path`` ("-": standard input) as a Document without targets.

    ``source`` is "auto", "ko" or "en"; the target is the other language.  The page's furniture becomes blocks of kind
    BOILERPLATE, or paragraphs to translate with ``keep_boilerplate``.  Raises TranslateError for whatever cannot be read.
    """
    data = _bytes(path)
    name = "stdin" if path == "-" else Path(path).stem
    suffix = Path(path).suffix.lower()
    shown = "standard input" if path == "-" else path
    if suffix == ".docx" or data.startswith(b"PK\x03\x04"):
        from translate.sources.docx import read as read_docx

        pieces, language = read_docx(data, shown, source)
        encoding = "docx"
    elif suffix in (".mht", ".mhtml") or data.startswith(b"From: <Saved by"):
        from translate.sources.html import page_of_archive
        from translate.sources.html import read as read_html

        pieces, language, encoding = read_html(page_of_archive(data, shown), shown, source)
    elif suffix in (".html", ".htm", ".xhtml") or re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", data, re.I):
        from translate.sources.html import read as read_html

        pieces, language, encoding = read_html(data, shown, source)
    else:
        if data.startswith((b"\xd0\xcf\x11\xe0", b"HWP Document File", b"{\\rtf")):
            raise TranslateError(f"{shown}: not a text file but one of Hangul (.hwp), old Word (.doc) or RTF; save it as .docx or .txt")
        if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")):
            raise TranslateError(f"{shown}: not a text file; give text, Markdown, HTML or DOCX")
        text, encoding = decode(data, shown)
        text = normalise(text)
        if not text.strip():
            raise TranslateError(f"{shown}: the file is empty; nothing to translate")
        from translate.sources.plain import article_language

        language = article_language(text) if source == "auto" else source
        if suffix in (".md", ".markdown"):
            from translate.sources.markdown import read as read_markdown

            pieces = read_markdown(text, language)
        else:
            from translate.sources.plain import read as read_plain

            pieces = read_plain(text, language)
    return Document(
        name=name,
        source_path=path,
        source_language=language,
        target_language="en" if language == "ko" else "ko",
        blocks=_blocks(pieces, language, keep_boilerplate),
        source_sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
    )


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    if re.match(r"[a-z]+://", path):
        raise TranslateError(f"{path}: only local files are read; save the page first")
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise TranslateError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise TranslateError(f"{path}: is a directory; name the files in it") from error
    except OSError as error:
        raise TranslateError(f"{path}: cannot be read: {error.strerror}") from error


def _blocks(pieces: list[Piece], language: str, keep_boilerplate: bool) -> tuple[Block, ...]:
    if language == "ko":
        from translate.korean.sentences import sentences
    else:
        from translate.english.sentences import sentences
    blocks: list[Block] = []
    number = 0
    for piece in pieces:
        kind = Kind.PARAGRAPH if keep_boilerplate and piece.kind is Kind.BOILERPLATE else piece.kind
        whole = kind in (Kind.HEADLINE, Kind.TIME, Kind.BYLINE, Kind.BOILERPLATE)
        # A text in the other language is copied as it stands: cutting it would gain nothing.
        spans = [(0, len(piece.text))] if whole or piece.language != language else sentences(piece.text)
        if kind is Kind.CAPTION:
            spans = _with_credit(piece.text, spans)
        elif kind is Kind.ITEM and len(spans) == 1:
            spans = _items(piece.text)
        spans = _with_words(piece.text, spans)
        segments = []
        for start, end in spans:
            number += 1
            segments.append(Segment(f"s{number:04}", piece.text[start:end], start, end))
        blocks.append(Block(f"b{len(blocks) + 1:03}", kind, piece.text, piece.language, tuple(segments)))
    return tuple(blocks)


def _with_credit(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A caption's short last span (its credit: "/연합뉴스", "(Yonhap)") belongs to the sentence before it."""
    if len(spans) > 1 and spans[-1][1] - spans[-1][0] <= 48 and not re.search(r"[다.][.\"”]$", text):
        return [*spans[:-2], (spans[-2][0], spans[-1][1])]
    return spans


def _with_words(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of which none is without a letter: a telephone number or a date alone belongs to the sentence before it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not any(c.isalpha() for c in text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _items(text: str) -> list[tuple[int, int]]:
    """A line of several list items (▲훈련 확대 ▲정보 공유) as spans."""
    starts = [0, *(m.end() for m in re.finditer(r"\s+(?=[▲△▷▶■□●○①-⑳]\s?\S|<[가-힣][가-힣· ]{1,15}>\s?[▲△])", text))]
    ends = [*(len(text[:s].rstrip()) for s in starts[1:]), len(text)]
    return list(zip(starts, ends, strict=True))
