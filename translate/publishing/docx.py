"""DOCX: the text side by side for editors to work in with Word or LibreOffice, row by row.

WordprocessingML (ECMA-376, Part 1) is written directly and not through python-docx: its table interface takes time
quadratic in the rows, and its template brings parts and dates of its own.  What a row is called is in two places, each
of which the review may read alone:

- a content control around the row's number, tagged ``seg:ID:HASH`` (`row_tag`), its content locked (the row can
  still be moved or deleted); LibreOffice before 7.5 loses tags, therefore the control's title (alias) is the same;
- a bookmark ``seg_ID`` around the translation.

HASH is the beginning of the source's SHA-256: it tells when someone corrected the source, and finds a moved row.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from itertools import count
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from translate.document import Block, Document, Finding, Kind, Origin, Outcome, Segment
from translate.publishing.docx_styles import (
    CONTENT_TYPES,
    COPIED,
    DOCUMENT_RELATIONS,
    FONTS,
    KOREAN,
    RELATIONS,
    SETTINGS,
    STYLES,
    TERM,
    TERM_MISSING,
    W,
)
from translate.publishing.marks import Piece, source_pieces, target_pieces, visible
from translate.publishing.summary import (
    blocks,
    headline,
    joined,
    language_name,
    ledger,
    low_confidence,
    moment,
    provenance,
    remarks,
)

SUFFIX = ".docx"

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE: Final = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# A4 with 17 mm at the sides, in twentieths of a point; the columns fill what is between.
_PAGE: Final = (11906, 16838)
_MARGIN: Final = 964
_COLUMNS: Final = (1088, 4370, 4520)
_LOCALES: Final = {"ko": "ko-KR", "en": "en-US"}
_AUTHOR: Final = "translate"
# A line above the first row of a block, a hair line above the appendices' rows, and a dotted line at the left of a
# translation that the engine doubts.
_BLOCK_RULE: Final = '<w:top w:val="single" w:sz="4" w:space="0" w:color="8B857A"/>'
_HAIR_LINE: Final = '<w:top w:val="single" w:sz="4" w:space="0" w:color="DDD8CE"/>'
_DOUBT: Final = '<w:left w:val="dotted" w:sz="12" w:space="0" w:color="79480A"/>'
_STYLES: Final = {
    Kind.HEADLINE: "CellHeadline",
    Kind.SUBHEAD: "Heading2",
    Kind.TIME: "CellCredit",
    Kind.BYLINE: "CellCredit",
    Kind.CAPTION: "Caption",
    Kind.ITEM: "ListParagraph",
    Kind.QUESTION: "CellQuestion",
}


def row_tag(segment: Segment) -> str:
    """The tag of a row's content control: the segment's id and the first 12 digits of its source's SHA-256."""
    return f"seg:{segment.id}:{source_hash(segment.source)}"


def source_hash(source: str) -> str:
    """The first 12 digits of a source's SHA-256."""
    return hashlib.sha256(source.encode("utf-8", errors="replace")).hexdigest()[:12]


def row_bookmark(segment: Segment) -> str:
    """The name of the bookmark around a row's translation (letters, digits and _ only; 40 at most)."""
    return "seg_" + re.sub(r"[^A-Za-z0-9_]", "_", segment.id)[:36]


def render(document: Document) -> bytes:
    """The document as a DOCX package; the same document gives the same bytes."""
    comments = _Comments(moment(document.provenance.date))
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "docProps/core.xml": _core(document),
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>translate</Application></Properties>',
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/document.xml": _body(document, comments),
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONTS,
        "word/comments.xml": comments.part(),
        "word/header1.xml": _header(document),
        "word/footer1.xml": _footer(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content.encode("utf-8"))
    return stream.getvalue()


class _Comments:
    """The comments part, filled as the rows are written."""

    def __init__(self, date: str) -> None:
        self._date = f' w:date="{date}"' if date else ""
        self._parts: list[str] = []

    def add(self, finding: Finding) -> int:
        number = len(self._parts)
        text = f"{finding.level.value.capitalize()}, {finding.check}: {finding.message}"
        self._parts.append(
            f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:initials="t"{self._date}><w:p><w:pPr>'
            f'<w:pStyle w:val="CommentText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f"<w:annotationRef/></w:r>{_run(text)}</w:p></w:comment>"
        )
        return number

    def part(self) -> str:
        return f"{_HEAD}<w:comments {_SPACE}>{''.join(self._parts)}</w:comments>"


def _body(document: Document, comments: _Comments) -> str:
    published = blocks(document)
    title, original = headline(document)[::-1] if headline(document)[1] else (headline(document)[0], "")
    source, target = _locale(document.source_language), _locale(document.target_language)
    parts = [_paragraph(_run(title, locale=target), "Title")]
    if original:
        parts.append(_paragraph(_run(original, locale=source), "Subtitle"))
    credits = [b for b in published if b.kind in (Kind.BYLINE, Kind.TIME)]
    parts += [_paragraph(_run(joined(b), locale=target), "Credit") for b in credits]
    parts.append(_paragraph(_run(_hint(document)), "Hint"))
    parts.append(_table(document, published, comments))
    parts += _terms(document)
    parts += _provenance(document)
    width, height = _PAGE
    parts.append(
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="1134" w:right="{_MARGIN}" w:bottom="1077" '
        f'w:left="{_MARGIN}" w:header="567" w:footer="510" w:gutter="0"/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_SPACE}><w:body>{''.join(parts)}</w:body></w:document>"


def _hint(document: Document) -> str:
    return (
        f"Please correct the {language_name(document.target_language)} column, with or without tracked changes; "
        "comments are read too. The numbers on the left tell the rows apart: please leave them as they are."
    )


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)


def _run(text: str, style: str = "", locale: str = "") -> str:
    """A run of text; line ends become breaks, tabs tabs, control characters their pictures."""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    if locale:
        eastern = f' w:eastAsia="{locale}"' if locale == "ko-KR" else ""
        # Figures and Latin letters in Korean text are Korean text's: without this Word sets them in the Latin font.
        fonts = f'<w:rFonts w:ascii="{KOREAN}" w:hAnsi="{KOREAN}" w:eastAsia="{KOREAN}" w:hint="eastAsia"/>'
        properties += f'{fonts if eastern else ""}<w:lang w:val="{locale}"{eastern}/>'
    content = []
    for part in re.split("([\n\t])", visible(text)):
        if part == "\n":
            content.append("<w:br/>")
        elif part == "\t":
            content.append("<w:tab/>")
        elif part:
            content.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(content)}</w:r>"


def _paragraph(content: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _cell(content: str, width: int, borders: str = "", top: int = 0) -> str:
    edge = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    margin = f'<w:tcMar><w:top w:w="{top}" w:type="dxa"/></w:tcMar>' if top else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edge}{margin}</w:tcPr>{content}</w:tc>'


def _table_start(columns: Iterable[int], title: str, description: str) -> str:
    columns = list(columns)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Segments"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(title)}/><w:tblDescription w:val={quoteattr(description)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _table_head(columns: Iterable[int], labels: Iterable[str]) -> str:
    cells = "".join(
        _cell(_paragraph(_run(label), "TableHead"), width) for width, label in zip(columns, labels, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _table(document: Document, published: list[Block], comments: _Comments) -> str:
    source, target = language_name(document.source_language), language_name(document.target_language)
    parts = [
        _table_start(_COLUMNS, f"{source} and {target}", f"One row a segment: number, {source} text, {target} text"),
        _table_head(_COLUMNS, ("No.", source, target)),
    ]
    numbers = count(1)
    for block in published:
        for index, segment in enumerate(block.segments):
            parts.append(_row(document, block, segment, next(numbers), index == 0, comments))
    return "".join(parts) + "</w:tbl>"


def _row(document: Document, block: Block, segment: Segment, number: int, first: bool, comments: _Comments) -> str:
    style = _STYLES.get(block.kind, "Cell")
    above, top = (_BLOCK_RULE, 60) if first and number > 1 else ("", 0)
    doubt = _DOUBT if low_confidence(segment) else ""
    source = _paragraph(_source(segment, _locale(block.language or document.source_language)), style)
    target = _paragraph(_target(segment, number, _locale(document.target_language), comments), style)
    cells = zip((_number(block, segment, number), source, target), _COLUMNS, (above, above, above + doubt), strict=True)
    row = "".join(_cell(content, width, borders, top) for content, width, borders in cells)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>"


def _number(block: Block, segment: Segment, number: int) -> str:
    tag = quoteattr(visible(row_tag(segment)))
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val={tag}/><w:tag w:val={tag}/><w:id w:val="{number}"/>'
        f'<w:lock w:val="contentLocked"/><w:text/></w:sdtPr><w:sdtContent>{_run(str(number))}</w:sdtContent></w:sdt>'
    )
    words = "".join(_paragraph(_run(word), "Remark") for word in remarks(block, segment))
    return _paragraph(control, "Number") + words


def _source(segment: Segment, locale: str) -> str:
    return "".join(_run(p.text, _term_style(segment, p), locale) for p in source_pieces(segment))


def _term_style(segment: Segment, piece: Piece, otherwise: str = "") -> str:
    if piece.term is None:
        return otherwise
    return TERM_MISSING if segment.occurrences[piece.term].outcome is Outcome.MISSING else TERM


def _target(segment: Segment, number: int, locale: str, comments: _Comments) -> str:
    """The translation's runs inside its bookmark, with each finding's comment on its span or on the whole."""
    otherwise = COPIED if segment.origin is Origin.COPY else ""
    length = len(segment.target)
    opened: dict[int, list[int]] = {}
    closed: dict[int, list[int]] = {}
    for finding in segment.findings:
        start, end = finding.target_span or (0, length)
        if not 0 <= start < end <= length:
            start, end = 0, length
        identity = comments.add(finding)
        opened.setdefault(start, []).append(identity)
        closed.setdefault(end, []).append(identity)
    parts = [f'<w:bookmarkStart w:id="{number}" w:name="{row_bookmark(segment)}"/>']
    at = 0
    for piece in target_pieces(segment, [*opened, *closed]):
        parts += _borders(piece.start, opened, closed)
        parts.append(_run(piece.text, _term_style(segment, piece, otherwise), locale))
        at = piece.end
    parts += _borders(at, opened, closed)
    return "".join(parts) + f'<w:bookmarkEnd w:id="{number}"/>'


def _borders(at: int, opened: dict[int, list[int]], closed: dict[int, list[int]]) -> list[str]:
    starts = [f'<w:commentRangeStart w:id="{i}"/>' for i in opened.pop(at, [])]
    ends = [
        f'<w:commentRangeEnd w:id="{i}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{i}"/></w:r>'
        for i in closed.pop(at, [])
    ]
    # In a text that is not there a comment begins and ends at the same place.
    return starts + ends if at == 0 else ends + starts


def _terms(document: Document) -> list[str]:
    lines = ledger(document)
    parts = [_paragraph(_run("Terms used"), "Heading1")]
    if not lines:
        return [*parts, _paragraph(_run("No glossary term stands in the source."), "TableText")]
    columns = (2000, 2900, 1250, 2178, 1650)
    numbers = {segment.id: n for n, segment in enumerate(document.segments(), start=1)}
    parts.append(_table_start(columns, "Terms used", "Every glossary term in the source and what became of it"))
    parts.append(_table_head(columns, ("Term", "Wanted", "Outcome", "How", "Rows")))
    for line in lines:
        style = TERM_MISSING if line.outcome == Outcome.MISSING else ""
        cells = (
            _run(line.term, style, _locale(document.source_language)),
            _run("; ".join(line.wanted) or "—"),
            _run(line.outcome, style),
            _run(line.how or ("first hypothesis" if line.outcome == Outcome.APPLIED else "—")),
            _run(", ".join(str(numbers[i]) for i in line.segments)),
        )
        row = "".join(_cell(_paragraph(c, "TableText"), w, _HAIR_LINE) for c, w in zip(cells, columns, strict=True))
        parts.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>")
    return ["".join(parts) + "</w:tbl>"]


def _provenance(document: Document) -> list[str]:
    columns = (2000, 7978)
    parts = [
        _paragraph(_run("Provenance"), "Heading1"),
        _table_start(columns, "Provenance", "What made this translation"),
    ]
    for label, value in provenance(document):
        cells = (_paragraph(_run(label), "TableHead"), _paragraph(_run(value), "TableText"))
        row = "".join(_cell(c, w, _HAIR_LINE) for c, w in zip(cells, columns, strict=True))
        parts.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>")
    # A table may not be the last thing in a body.
    return ["".join(parts) + "</w:tbl>", _paragraph("", "TableText")]


def _header(document: Document) -> str:
    pair = f"{language_name(document.source_language)} – {language_name(document.target_language)}"
    line = _run(f"{document.name}\t{pair}")
    return f"{_HEAD}<w:hdr {_SPACE}>{_paragraph(line, 'Header')}</w:hdr>"


def _footer() -> str:
    def number(field: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {field} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    return f"{_HEAD}<w:ftr {_SPACE}>{_paragraph(number('PAGE') + _run(' / ') + number('NUMPAGES'), 'Footer')}</w:ftr>"


def _core(document: Document) -> str:
    title, target = headline(document)
    date = moment(document.provenance.date)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}</dcterms:{name}>' for name in ("created", "modified") if date
    )
    subject = f"{language_name(document.source_language)}–{language_name(document.target_language)} translation"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(visible(target or title))}</dc:title><dc:subject>{escape(visible(subject))}</dc:subject>"
        f"<dc:creator>{_AUTHOR}</dc:creator><dc:language>{escape(_locale(document.target_language))}</dc:language>"
        f"{dates}</cp:coreProperties>"
    )
