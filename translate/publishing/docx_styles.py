"""The DOCX's style sheet and the small parts that never change."""

from __future__ import annotations

from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Times New Roman and Arial have metric-compatible stand-ins wherever LibreOffice runs, so that pages break alike for
# all editors; Malgun Gothic comes with Windows and Word.  The font table names what to take elsewhere.
LATIN: Final = "Times New Roman"
PLAIN: Final = "Arial"
KOREAN: Final = "Malgun Gothic"

# Style ids that rows and runs use.
TERM: Final = "Term"
TERM_MISSING: Final = "TermMissing"
COPIED: Final = "AsInSource"


def _style(
    kind: str, identity: str, name: str, based: str = "", ppr: str = "", rpr: str = "", extra: str = "", more: str = ""
) -> str:
    custom = "" if name == name.lower() or name in _BUILT_IN else ' w:customStyle="1"'
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"{custom}{more}><w:name w:val="{name}"/>{parent}{extra}'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


_BUILT_IN = ("Normal", "Title", "Subtitle", "List Paragraph", "Default Paragraph Font", "Normal Table")
_QUICK = "<w:qFormat/>"


def _fonts(latin: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{KOREAN}" w:cs="{latin}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


# No extra space between Hangul and figures or Latin letters: "5만5000명" is to look as it is written.
_NO_GAPS = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
_KEEP = "<w:keepNext/><w:keepLines/>"
_SOFT = '<w:color w:val="5D5952"/>'

STYLES: Final = (
    f'{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(LATIN)}{_size(22)}'
    '<w:lang w:val="en-US" w:eastAsia="ko-KR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    f"<w:pPrDefault><w:pPr>{_NO_GAPS}{_spacing(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>"
    + _style("paragraph", "Normal", "Normal", ppr=_NO_GAPS, more=' w:default="1"', extra=_QUICK)
    + _style("character", "DefaultParagraphFont", "Default Paragraph Font", more=' w:default="1"')
    + _style(
        "table",
        "TableNormal",
        "Normal Table",
        more=' w:default="1"',
        extra='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>",
    )
    + _style("paragraph", "Title", "Title", "Normal", _KEEP + _spacing(0, 100, 240), f"<w:b/>{_size(44)}", _QUICK)
    + _style("paragraph", "Subtitle", "Subtitle", "Normal", _KEEP + _spacing(0, 160), f"{_SOFT}{_size(26)}", _QUICK)
    + _style("paragraph", "Credit", "Credit", "Normal", _spacing(0, 20), f"{_fonts(PLAIN)}{_SOFT}{_size(19)}")
    + _style("paragraph", "Hint", "Hint", "Normal", _spacing(120, 100), f"{_fonts(PLAIN)}<w:i/>{_SOFT}{_size(18)}")
    + _style(
        "paragraph",
        "Heading1",
        "heading 1",
        "Normal",
        _KEEP + _spacing(320, 120) + '<w:outlineLvl w:val="0"/>',
        f"<w:b/>{_size(28)}",
        _QUICK,
    )
    + _style("paragraph", "Cell", "Segment", "Normal", _spacing(20, 40), "", _QUICK)
    + _style(
        "paragraph", "CellHeadline", "Segment headline", "Cell", _spacing(20, 60, 250), f"<w:b/>{_size(26)}", _QUICK
    )
    + _style(
        "paragraph",
        "Heading2",
        "heading 2",
        "Cell",
        _spacing(20, 60) + '<w:outlineLvl w:val="1"/>',
        f"<w:b/>{_size(23)}",
        _QUICK,
    )
    + _style("paragraph", "Caption", "caption", "Cell", "", f"<w:i/>{_SOFT}{_size(19)}", _QUICK)
    + _style("paragraph", "CellCredit", "Segment credit", "Cell", "", f"{_SOFT}{_size(19)}", _QUICK)
    + _style(
        "paragraph", "ListParagraph", "List Paragraph", "Cell", '<w:ind w:left="283" w:hanging="283"/>', extra=_QUICK
    )
    + _style("paragraph", "CellQuestion", "Segment question", "Cell", "", "<w:b/>", _QUICK)
    + _style("paragraph", "Number", "Segment number", "Normal", _spacing(20, 0), f"{_fonts(PLAIN)}{_SOFT}{_size(18)}")
    + _style("paragraph", "Remark", "Segment remark", "Number", _spacing(0, 0, 220), _size(15))
    + _style(
        "paragraph",
        "TableHead",
        "Table head",
        "Normal",
        "<w:keepNext/>" + _spacing(40, 60),
        f"{_fonts(PLAIN)}<w:b/>{_size(18)}",
    )
    + _style("paragraph", "TableText", "Table text", "Normal", _spacing(30, 30), f"{_fonts(PLAIN)}{_size(19)}")
    + _style(
        "paragraph",
        "Header",
        "header",
        "Normal",
        '<w:tabs><w:tab w:val="right" w:pos="9978"/></w:tabs>',
        f"{_fonts(PLAIN)}{_SOFT}{_size(17)}",
    )
    + _style("paragraph", "Footer", "footer", "Normal", '<w:jc w:val="center"/>', f"{_fonts(PLAIN)}{_SOFT}{_size(17)}")
    + _style("paragraph", "CommentText", "annotation text", "Normal", "", f"{_fonts(PLAIN)}{_size(20)}")
    + _style("character", "CommentReference", "annotation reference", rpr=_size(16))
    + _style(
        "character",
        TERM,
        "Term",
        rpr='<w:color w:val="1B5E58"/><w:u w:val="dotted" w:color="1B5E58"/>',
        extra=_QUICK,
    )
    + _style(
        "character",
        TERM_MISSING,
        "Term missing",
        rpr='<w:b/><w:color w:val="A3180F"/><w:u w:val="wave" w:color="A3180F"/>',
        extra=_QUICK,
    )
    + _style("character", COPIED, "As in source", rpr=_SOFT, extra=_QUICK)
    + _style(
        "table",
        "Segments",
        "Segments",
        "TableNormal",
        extra='<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="1D1C1A"/>'
        '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1D1C1A"/>'
        "</w:tblBorders></w:tblPr>",
    )
    + "</w:styles>"
)


def _font(name: str, elsewhere: str, family: str, charset: str = "") -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{elsewhere}"/>{charset}<w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )


FONTS: Final = (
    f'{_HEAD}<w:fonts xmlns:w="{W}">'
    + _font(LATIN, "Liberation Serif", "roman")
    + _font(PLAIN, "Liberation Sans", "swiss")
    + _font(KOREAN, "Noto Sans KR", "swiss", '<w:charset w:val="81"/>')
    + "</w:fonts>"
)

# Compatibility mode 15 is Word 2013 and later: without it Word opens the file in an older mode and says so.
SETTINGS: Final = (
    f'{_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="ko-KR"/></w:settings>'
)

CONTENT_TYPES: Final = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("comments", "comments"),
            ("header1", "header"),
            ("footer1", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
)


def _relations(*targets: tuple[str, str, str]) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in targets)
        + "</Relationships>"
    )


RELATIONS: Final = _relations(
    ("rId1", f"{_R}/officeDocument", "word/document.xml"),
    (
        "rId2",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    ),
    ("rId3", f"{_R}/extended-properties", "docProps/app.xml"),
)
DOCUMENT_RELATIONS: Final = _relations(
    ("rId1", f"{_R}/styles", "styles.xml"),
    ("rId2", f"{_R}/settings", "settings.xml"),
    ("rId3", f"{_R}/fontTable", "fontTable.xml"),
    ("rId4", f"{_R}/comments", "comments.xml"),
    ("rId5", f"{_R}/header", "header1.xml"),
    ("rId6", f"{_R}/footer", "footer1.xml"),
)
