"""HTML, Markdown and DOCX: what is kept, what is joined, what is left out."""

from __future__ import annotations

import logging
import quopri
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from translate.document import Document, Kind, TranslateError
from translate.sources import read_document

EXAMPLES = Path(__file__).parents[2] / "examples"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def shape(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in document.blocks]


def written(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> str:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return str(file)


def test_the_example_article_and_its_reference() -> None:
    segments = list(read_document(str(EXAMPLES / "article.txt")).segments())
    reference = (EXAMPLES / "article.reference.en.txt").read_text(encoding="utf-8").splitlines()
    assert len(segments) == len(reference)
    for segment, line in zip(segments, reference, strict=True):
        assert ("▲" in segment.source) == ("▲" in line), segment.source
        assert ("ICBM" in segment.source) == ("ICBM" in line), segment.source


def test_a_saved_page() -> None:
    blocks = read_document(str(EXAMPLES / "article.html")).blocks
    article = [b for b in blocks if b.kind is not Kind.BOILERPLATE]
    assert [b.kind.value for b in article[:4]] == ["headline", "subhead", "time", "time"]
    assert article[0].text == "수출 넉 달째 증가…반도체가 이끌었다"
    assert [b.text for b in article if b.kind is Kind.CAPTION] == ["지난달 27일 부산항에 컨테이너가 쌓여 있다. /새벽경제 자료사진"]
    assert sum(len(b.segments) for b in article if b.kind is Kind.PARAGRAPH) == 11
    assert "중국 수출은 제자리걸음" in [b.text for b in article if b.kind is Kind.SUBHEAD]
    text = "\n".join(b.text for b in article)
    for absent in ("기사에 없다", "로그인", "공유", "많이 본", "코스피", "02-0000", "무단", "font-size"):
        assert absent not in text
    assert "반도체 수출은 121억 달러로" in text  # bold inside a sentence does not split it


def test_the_page_in_euc_kr_says_the_same(tmp_path: Path) -> None:
    page = (EXAMPLES / "article.html").read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="euc-kr"')
    document = read_document(written(tmp_path, "a.html", page, "cp949"))
    assert shape(document) == shape(read_document(str(EXAMPLES / "article.html")))
    assert document.encoding == "cp949"


def test_a_wrong_declaration_does_not_garble(tmp_path: Path) -> None:
    page = (EXAMPLES / "article.html").read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="euc-kr"')
    assert shape(read_document(written(tmp_path, "a.html", page))) == shape(read_document(str(EXAMPLES / "article.html")))


BREAKS = """<html><head><meta charset="utf-8"><title>군, 신형 레이더 배치 - 새벽신문</title></head><body><a>정치</a> <a>로그인</a>
<h3>군, 신형 레이더 배치</h3><span>입력 2026-03-12 10:00</span><div id="articleBody">(서울=새벽통신) 한도윤 기자 = 군이 12일 신형
레이더를 배치했다.<br><br>군은 "탐지 거리가 두 배로 늘었다"고 밝혔다.<br><br>▲ 1호기 강릉<br>▲ 2호기 울릉도<br><br>
예산은 240억 원이 들었다.<br>doyun@saebyeok.example</div><div>ⓒ 새벽신문 All rights reserved</div></body></html>"""


def test_paragraphs_made_of_line_breaks(tmp_path: Path) -> None:
    assert [b for b in shape(read_document(written(tmp_path, "a.html", BREAKS))) if b[0] != "boilerplate"] == [
        ("headline", "군, 신형 레이더 배치"),
        ("time", "입력 2026-03-12 10:00"),
        ("byline", "(서울=새벽통신) 한도윤 기자 ="),
        ("paragraph", "군이 12일 신형 레이더를 배치했다."),
        ("paragraph", '군은 "탐지 거리가 두 배로 늘었다"고 밝혔다.'),
        ("item", "▲ 1호기 강릉"),
        ("item", "▲ 2호기 울릉도"),
        ("paragraph", "예산은 240억 원이 들었다."),
        ("byline", "doyun@saebyeok.example"),
    ]


RUN_TOGETHER = """<html><head><meta charset="utf-8"><title>시장 인터뷰</title></head><body><h1>시장 인터뷰</h1><article>
<p>남해시장은 12일 시청에서 기자들과 만나 올해 예산을 설명했다. 예산은 3조 5000억 원이다.</p>
<p><a href="#">시장은 링크 속 문장도 기사라고 말했다.</a></p><blockquote><p>“바다가 우리의 길이다.”</p></blockquote>
<p>시장은 “바다가 우리의 길이다. 끝까지 가겠다”고 말했다.</p><table><tr><th>연도</th><th>예산</th></tr><tr><td>2025</td><td>3조 원</td></tr>
</table><p>회견은 두 시간 동안 이어졌다.</p></article></body></html>"""


def test_links_quotations_and_tables_of_an_article(tmp_path: Path) -> None:
    assert [text for _, text in shape(read_document(written(tmp_path, "a.html", RUN_TOGETHER)))] == [
        "시장 인터뷰",
        "남해시장은 12일 시청에서 기자들과 만나 올해 예산을 설명했다. 예산은 3조 5000억 원이다.",
        "시장은 링크 속 문장도 기사라고 말했다.",
        "“바다가 우리의 길이다.”",
        "시장은 “바다가 우리의 길이다. 끝까지 가겠다”고 말했다.",
        "연도",
        "예산",
        "2025",
        "3조 원",
        "회견은 두 시간 동안 이어졌다.",
    ]


def test_a_page_without_an_article_is_read_whole_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    page = "<html><head><title>공지</title></head><body><div>짧은 글이다.</div><table><tr><td>이름</td><td>한도윤</td></tr></table><nav>메뉴</nav></body></html>"
    with caplog.at_level(logging.WARNING):
        texts = [b.text for b in read_document(written(tmp_path, "a.html", page)).blocks]
    assert texts == ["공지", "짧은 글이다.", "이름", "한도윤"]
    assert "a.html: no article found in the page" in caplog.text


ROWS_AND_ADVERTISEMENTS = """<html><head><title>한빛신문</title></head><body>
<font size=5><b>병사 휴대전화 소지시간 확대…일과 중 사용은 불허</b></font><br>
<div class="by"><span>한도윤 기자</span><span>구독</span><time>2026.01.20 09:10</time></div>
<p>국방부가 오는 7월부터 병사의 휴대전화 소지 시간을 오후 9시까지로 늘리기로 했다.</p>
<div class="inread_ad"><p>이 광고는 스폰서 제공입니다</p></div>
<p>다만 <span>일과 중</span><span> 사용은</span> 허용하지 않는다. 보안 사고를 막을 방법이 마땅치 않아서다.</p>
<p>국방부 당국자는 "소지 시간이 늘어도 위반이 늘지는 않았다"고 말했다.</p></body></html>"""


def test_rows_advertisements_and_a_page_titled_with_its_outlet(tmp_path: Path) -> None:
    assert shape(read_document(written(tmp_path, "a.html", ROWS_AND_ADVERTISEMENTS))) == [
        ("headline", "병사 휴대전화 소지시간 확대…일과 중 사용은 불허"),
        ("byline", "한도윤 기자"),
        ("boilerplate", "구독"),
        ("time", "2026.01.20 09:10"),
        ("paragraph", "국방부가 오는 7월부터 병사의 휴대전화 소지 시간을 오후 9시까지로 늘리기로 했다."),
        ("boilerplate", "이 광고는 스폰서 제공입니다"),
        ("paragraph", "다만 일과 중 사용은 허용하지 않는다. 보안 사고를 막을 방법이 마땅치 않아서다."),
        ("paragraph", '국방부 당국자는 "소지 시간이 늘어도 위반이 늘지는 않았다"고 말했다.'),
    ]


def test_a_picture_in_markdown(tmp_path: Path) -> None:
    page = "# 기업의 계산\n\n삼한전자는 공장을 세웠다.\n\n![공장 전경](a.jpg)\n\n가동은 내년이다.\n"
    assert shape(read_document(written(tmp_path, "a.md", page)))[2] == ("caption", "공장 전경")


MIXED = """<html><head><meta charset="utf-8"><title>군, 신형 레이더 배치 :: 새벽신문</title></head><body><div class="gnb"><a>정치</a><a>경제</a></div>
<h1>군, 신형 레이더 배치</h1><div id="articleBody">(서울=새벽통신) 한도윤 기자 = 군이 12일 신형 레이더를 배치했다. 배치 장소는 강릉이다.<br><br>
<div class="photo"><img src="a.jpg"><span class="desc">신형 레이더 모습. /새벽통신</span></div>
군은 "탐지 거리가 두 배로 늘었다"고 밝혔다.<br/><br/><table><tr><td>레이더 기지 전경. (사진=국방부 제공)</td></tr></table>
예산은 240억 원이 들었다.<br><br>그는 "<b>더 늦출 수 없다</b>. <span>지금이다</span>"라고 <a href="#">말했다</a>.
<div class="related"><strong>관련기사</strong><ul><li><a href="#">옛 레이더 30년</a></li></ul></div>
배치는 2027년에 끝난다.<br>doyun@saebyeok.example</div><div>&lt;저작권자 ⓒ 새벽통신, 무단 전재-재배포 금지&gt;</div></body></html>"""


def test_text_between_boxes_of_one_division(tmp_path: Path) -> None:
    assert [b for b in shape(read_document(written(tmp_path, "a.html", MIXED))) if b[0] != "boilerplate"] == [
        ("headline", "군, 신형 레이더 배치"),
        ("byline", "(서울=새벽통신) 한도윤 기자 ="),
        ("paragraph", "군이 12일 신형 레이더를 배치했다. 배치 장소는 강릉이다."),
        ("caption", "신형 레이더 모습. /새벽통신"),
        ("paragraph", '군은 "탐지 거리가 두 배로 늘었다"고 밝혔다.'),
        ("caption", "레이더 기지 전경. (사진=국방부 제공)"),
        ("paragraph", "예산은 240억 원이 들었다."),
        ("paragraph", '그는 "더 늦출 수 없다. 지금이다"라고 말했다.'),
        ("paragraph", "배치는 2027년에 끝난다."),
        ("byline", "doyun@saebyeok.example"),
    ]


HEAVY = """<html><head><meta charset="utf-8"><title>새벽신문 - 예산안 국회로</title></head><body><div class="gnb"><a>정치</a><a>로그인</a></div>
<b>예산안 국회로</b><br>기사입력 2026.03.12 10:00 | 최종수정 2026.03.12 11:30<br><div class="sns"><a>페이스북</a><a>카카오톡</a><a>URL복사</a><span>댓글 12</span></div>
<ul class="sum"><li>총지출 8% 늘어</li><li>심의는 다음 달부터</li></ul><div id="body"><p>정부가 12일 예산안을 국회에 냈다. 총지출은 700조 원이다.</p>
<figure><figcaption><strong>예산안 제출</strong>(서울=새벽통신) 12일 국회에서 직원들이 예산안을 나르고 있다.</figcaption></figure>
<p>국회는 다음 달 심의를 시작한다. 예결위는 공청회를 연다.</p><h4>복지 늘고 SOC 줄어</h4><p>복지 예산은 200조 원으로 가장 크다. 도로 예산은 줄었다.</p>
<table><tr><th>분야</th><th>2026년</th></tr><tr><td>국방</td><td>66.3</td></tr></table><ul><li>기초연금 인상</li><li>아동수당 확대</li></ul>
<p>여야는 심의 일정에 합의했다. 본회의는 12월 2일이다.</p></div><div>ⓒ 새벽신문 무단전재 금지</div>
<div class="rel"><h3>관련기사</h3><figure><figcaption>옛 예산안 이야기</figcaption></figure></div></body></html>"""


def test_captions_headings_lists_and_tables_stand_where_the_page_has_them(tmp_path: Path) -> None:
    assert [b for b in shape(read_document(written(tmp_path, "a.html", HEAVY))) if b[0] != "boilerplate"] == [
        ("headline", "예산안 국회로"),
        ("time", "기사입력 2026.03.12 10:00"),
        ("time", "최종수정 2026.03.12 11:30"),
        ("item", "총지출 8% 늘어"),
        ("item", "심의는 다음 달부터"),
        ("paragraph", "정부가 12일 예산안을 국회에 냈다. 총지출은 700조 원이다."),
        ("caption", "예산안 제출"),
        ("caption", "(서울=새벽통신) 12일 국회에서 직원들이 예산안을 나르고 있다."),
        ("paragraph", "국회는 다음 달 심의를 시작한다. 예결위는 공청회를 연다."),
        ("subhead", "복지 늘고 SOC 줄어"),
        ("paragraph", "복지 예산은 200조 원으로 가장 크다. 도로 예산은 줄었다."),
        ("paragraph", "분야"),
        ("paragraph", "2026년"),
        ("paragraph", "국방"),
        ("paragraph", "66.3"),
        ("item", "기초연금 인상"),
        ("item", "아동수당 확대"),
        ("paragraph", "여야는 심의 일정에 합의했다. 본회의는 12월 2일이다."),
    ]


@pytest.mark.parametrize(
    ("page", "message"),
    [('<html><body><div id="app"></div><script>draw()</script></body></html>', "no text in the page"), ("그저 글이다.", "has no tags")],
)
def test_pages_without_text(page: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(TranslateError, match=message):
        read_document(written(tmp_path, "a.html", page))


CLIPPED = """# 수출 석 달 연속 최대
산업통상부가 1일 8월 수출이 *최대*였다고 밝혔다. 물량은 *완판*된 상태다. 2*3*4는 24다.

### 하반기 변수

- **메모리**: 공급 부족이 이어질 전망
- 소재: *국산화*가 관건

업계는 관세를 걱정한다. 협상은 다음 달 다시 열린다.

ⓒ 새벽신문. 무단전재 및 재배포 금지

[페이스북](https://saebyeok.example/f) [URL 복사](https://saebyeok.example/u)

#### 관련기사

- [평택 공장 골조 공사 재개](https://saebyeok.example/1)
"""


def test_markdown_that_was_clipped_from_a_page(tmp_path: Path) -> None:
    assert shape(read_document(written(tmp_path, "a.md", CLIPPED))) == [
        ("headline", "수출 석 달 연속 최대"),
        ("paragraph", "산업통상부가 1일 8월 수출이 최대였다고 밝혔다. 물량은 완판된 상태다. 2*3*4는 24다."),
        ("subhead", "하반기 변수"),
        ("item", "메모리: 공급 부족이 이어질 전망"),
        ("item", "소재: 국산화가 관건"),
        ("paragraph", "업계는 관세를 걱정한다. 협상은 다음 달 다시 열린다."),
        ("boilerplate", "ⓒ 새벽신문. 무단전재 및 재배포 금지"),
        ("boilerplate", "페이스북 URL 복사"),
        ("boilerplate", "관련기사"),
        ("boilerplate", "평택 공장 골조 공사 재개"),
    ]


MARKDOWN = """# 군, 신형 레이더 배치
## 30년 만의 교체

[새벽신문 한도윤 기자] 군이 12일 **신형 레이더**를
배치했다. 예산은 [240억 원](https://saebyeok.example/a)이다.

> "탐지 거리가 두 배다"고 군은 밝혔다.

- 1호기 강릉
- 2호기 *울릉도*

![레이더 기지 모습. /새벽신문](a.jpg)

| 연도 | 예산 |
|---|---|
| 2026 | 240억 원이다. 늘었다. |

```
print("code")
```
"""


def test_markdown(tmp_path: Path) -> None:
    assert shape(read_document(written(tmp_path, "a.md", MARKDOWN))) == [
        ("headline", "군, 신형 레이더 배치"),
        ("subhead", "30년 만의 교체"),
        ("byline", "[새벽신문 한도윤 기자]"),
        ("paragraph", "군이 12일 신형 레이더를 배치했다. 예산은 240억 원이다."),
        ("paragraph", '"탐지 거리가 두 배다"고 군은 밝혔다.'),
        ("item", "1호기 강릉"),
        ("item", "2호기 울릉도"),
        ("caption", "레이더 기지 모습. /새벽신문"),
        ("paragraph", "연도"),
        ("paragraph", "예산"),
        ("paragraph", "2026"),
        ("paragraph", "240억 원이다. 늘었다."),
        ("boilerplate", 'print("code")'),
    ]


FRONT_MATTER = """---
title: "예산안 국회로"
date: 2026-03-12
---

# 예산안 국회로

**입력** 2026.03.12 05:00 | **수정** 2026.03.12 08:12

복지 예산이 가장 크다.[^1] <b>국방</b> 예산은 <66조 원>이다.<br>

<figure><img src="a.jpg"></figure>

[^1]: 2026년 예산안 기준이다.
"""


def test_markdown_with_front_matter_footnotes_and_tags(tmp_path: Path) -> None:
    assert shape(read_document(written(tmp_path, "a.md", FRONT_MATTER))) == [
        ("boilerplate", 'title: "예산안 국회로"'),
        ("boilerplate", "date: 2026-03-12"),
        ("headline", "예산안 국회로"),
        ("time", "입력 2026.03.12 05:00"),
        ("time", "수정 2026.03.12 08:12"),
        ("paragraph", "복지 예산이 가장 크다. 국방 예산은 <66조 원>이다."),
        ("paragraph", "2026년 예산안 기준이다."),
    ]


def test_docx(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("군, 신형 레이더 배치", 0)
    paragraph = file.add_paragraph("군이 12일 ")
    paragraph.add_run("신형").bold = True
    paragraph.add_run(" 레이더를 배치했다. 예산은 ")
    paragraph.add_run("240억").italic = True
    paragraph.add_run(" 원이다.")
    file.add_heading("배경", 2)
    file.add_paragraph("강릉", style="List Bullet")
    table = file.add_table(2, 2)
    for cell, text in zip([c for row in table.rows for c in row.cells], ["연도", "예산", "2026", "240억 원이다. 늘었다."], strict=True):
        cell.text = text
    revised = file.add_paragraph("군은 ")
    revised._p.append(parse_xml(f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>내년에</w:delText></w:r></w:del>'))
    revised._p.append(parse_xml(f'<w:ins {W} w:id="2" w:author="a"><w:r><w:t>올해</w:t></w:r></w:ins>'))
    revised.add_run(" 배치를 끝낸다.")
    merged = file.add_paragraph("둘로 나뉜 문단은 ")
    merged._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="3" w:author="a"/></w:rPr>'))
    file.add_paragraph("하나로 합쳐졌다.")
    rows = file.add_table(2, 1)
    rows.cell(0, 0).text, rows.cell(1, 0).text = "남은 줄이다.", "지운 줄이다."
    rows.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="4" w:author="a"/>'))
    boxed = file.add_paragraph("상자 앞이다.")
    box = "<w:txbxContent><w:p><w:r><w:t>상자 안의 글이다.</w:t></w:r></w:p></w:txbxContent>"
    boxed._p.append(
        parse_xml(
            f'<w:r {W}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
            f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    path = tmp_path / "a.docx"
    file.save(str(path))
    assert shape(read_document(str(path))) == [
        ("headline", "군, 신형 레이더 배치"),
        ("paragraph", "군이 12일 신형 레이더를 배치했다. 예산은 240억 원이다."),
        ("subhead", "배경"),
        ("item", "강릉"),
        ("paragraph", "연도"),
        ("paragraph", "예산"),
        ("paragraph", "2026"),
        ("paragraph", "240억 원이다. 늘었다."),
        ("paragraph", "군은 올해 배치를 끝낸다."),
        ("paragraph", "둘로 나뉜 문단은 하나로 합쳐졌다."),
        ("paragraph", "남은 줄이다."),
        ("paragraph", "상자 앞이다."),
        ("paragraph", "상자 안의 글이다."),
    ]


def test_a_page_pasted_into_word(tmp_path: Path) -> None:
    file = docx.Document()
    for line in (EXAMPLES / "article.txt").read_text(encoding="utf-8").split("\n"):
        file.add_paragraph(line)
    file.save(str(tmp_path / "a.docx"))
    assert shape(read_document(str(tmp_path / "a.docx"))) == shape(read_document(str(EXAMPLES / "article.txt")))


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", b"not a zip at all"])
def test_what_is_no_word_document(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(TranslateError, match="not a readable Word document"):
        read_document(str(tmp_path / "a.docx"))


def test_hangul_archives_are_told_from_word(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.hwpx", "w") as archive:
        archive.writestr("Contents/section0.xml", "<x/>")
    with pytest.raises(TranslateError, match="hwpx"):
        read_document(str(tmp_path / "a.hwpx"))


PAGE = (
    "<!DOCTYPE html><html><head><title>장날</title></head><body><h1>장날 이야기</h1><p>시장은 12일 문을 열지 않았다. 비가 200㎜ 내렸다.</p>"
    "<p>상인들은 이튿날 장을 열었다고 말했다. 손님은 줄지 않았다.</p></body></html>"
)


def test_a_page_is_a_page_whatever_its_name(tmp_path: Path) -> None:
    wanted = shape(read_document(written(tmp_path, "a.html", PAGE)))
    assert wanted[0] == ("headline", "장날 이야기")
    assert shape(read_document(written(tmp_path, "page.txt", PAGE))) == wanted
    archive = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n"
    encoded = quopri.encodestring(PAGE.encode()).decode()
    mhtml = written(tmp_path, "a.mhtml", f"{archive}Content-Transfer-Encoding: quoted-printable\n\n{encoded}\n--x--\n")
    assert shape(read_document(mhtml)) == wanted
    with pytest.raises(TranslateError, match="no page in the archive"):
        read_document(written(tmp_path, "b.mhtml", "From: <Saved by Blink>\nMIME-Version: 1.0\n\nnothing"))
