"""Saved pages of many makes, block by block.

Each file in ``pages/`` is a page as it should be read: kind, tab, text; one block a line, one block a line of the page
too, except where ``kind>`` says that the next block stands in the same line of the page.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.document import Kind
from translate.sources import read_document

PAGES = sorted(Path(__file__).with_name("pages").glob("*.tsv"))
KINDS = {kind.value for kind in Kind}


def page(path: Path, between: str) -> tuple[str, list[tuple[str, str]]]:
    text, blocks = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, content = line.split("\t")
        blocks.append((kind.rstrip(">"), content))
        text += content + (" " if kind.endswith(">") else between)
    return text, blocks


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n \u00a0\n\u200b"], ids=["lines", "paragraphs", "windows", "odd spaces"])
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_page(path: Path, between: str, tmp_path: Path) -> None:
    text, wanted = page(path, between)
    assert {kind for kind, _ in wanted} <= KINDS
    file = tmp_path / "page.txt"
    file.write_bytes(text.encode())
    read = [(block.kind.value, block.text) for block in read_document(str(file)).blocks]
    assert read == wanted


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_segments_and_gaps_give_every_block_back(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page(path, "\n")[0], encoding="utf-8")
    document = read_document(str(file))
    ids = [segment.id for segment in document.segments(boilerplate=True)]
    assert ids == [f"s{n:04}" for n in range(1, len(ids) + 1)]
    for block in document.blocks:
        at = 0
        assert block.segments
        for segment in block.segments:
            assert segment.source == block.text[segment.start : segment.end]
            assert not block.text[at : segment.start].strip()
            at = segment.end
        assert not block.text[at:].strip()


def test_the_page_with_its_furniture_kept(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page(Path(__file__).with_name("pages") / "portal.tsv", "\n")[0], encoding="utf-8")
    left, kept = read_document(str(file)), read_document(str(file), keep_boilerplate=True)
    assert [b.text for b in left.blocks] == [b.text for b in kept.blocks]
    assert any(b.kind is Kind.BOILERPLATE for b in left.blocks)
    assert not any(b.kind is Kind.BOILERPLATE for b in kept.blocks)
    assert [b.text for b in kept.blocks if b.kind is Kind.PARAGRAPH] == [
        b.text for b in left.blocks if b.kind in (Kind.PARAGRAPH, Kind.BOILERPLATE)
    ]


def test_the_shared_page() -> None:
    path = Path(__file__).parents[2].parent / "shared" / "examples" / "edaily-2024-07-28.txt"
    if not path.exists():
        pytest.skip("the shared example page is not beside this checkout")
    blocks = read_document(str(path)).blocks
    kinds = [b.kind for b in blocks]
    assert kinds[:5] == [Kind.HEADLINE, Kind.TIME, Kind.TIME, Kind.BYLINE, Kind.PARAGRAPH]
    assert [(b.kind, b.language) for b in blocks if b.language == "en" and b.kind is not Kind.BOILERPLATE] == [(Kind.CAPTION, "en")]
    first = kinds.index(Kind.BOILERPLATE)
    assert set(kinds[first:]) == {Kind.BOILERPLATE} and blocks[first].text == "이데일리"
    assert sum(len(b.segments) for b in blocks if b.kind is Kind.PARAGRAPH) == 20


HARD_WRAPPED = """남북 군사 회담 6월 재개 합의

한국과 북한이 오는 6월 판문점에서 군사 회담을 다시 열기로 합의했다고 통일부가
12일 발표했다. 회담이 열리면 7년 만이다.

통일부는 이날 브리핑에서 "우발적 충돌을 막기 위한 통신선을 먼저 복구하기로
했다"고 밝혔다. 양측은 실무 접촉을 4월 안에 시작한다.

전문가들은 조심스럽다. 김서하 한빛대 교수는 "합의가 지켜질지는 두고 봐야
한다"고 말했다.
"""


def test_hard_wrapped_lines_are_joined(tmp_path: Path) -> None:
    file = tmp_path / "wrapped.txt"
    file.write_text(HARD_WRAPPED, encoding="utf-8")
    document = read_document(str(file))
    assert [b.kind for b in document.blocks] == [Kind.HEADLINE, *[Kind.PARAGRAPH] * 3]
    assert [len(b.segments) for b in document.blocks] == [1, 2, 2, 2]
    assert document.blocks[1].segments[0].source.endswith("통일부가 12일 발표했다.")


@pytest.mark.parametrize("line", ["북한이 12일 동해상으로 미사일을 발사했다.", "비상", "(끝)", "The ministers met in Seoul.", "2026"])
def test_a_single_line_is_text(line: str, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text(line, encoding="utf-8")
    (block,) = read_document(str(file)).blocks
    assert (block.kind, block.text) == (Kind.PARAGRAPH, line)


# Words of the page's furniture in sentences of an article, each alone between two sentences.
BODY = """그는 “구독과 좋아요를 눌러 달라는 말이 부끄럽다”고 말했다.
음반사는 그가 ‘ⓒ 새벽레코드’ 표시를 지웠다고 주장한다.
신문사는 기사의 무단 전재를 막기 위해 소송을 냈다.
이 영상에는 댓글 2000개가 달렸다.
많이 본 뉴스 순위가 조회수를 좌우한다.
추천 뉴스를 고르는 일은 이제 기계가 한다.
카카오톡 채널로 신고할 수 있다.
네이버 채널 구독자는 30만 명을 넘었다.
관련 기사는 이틀 뒤에 지워졌다.
청소년보호책임자 제도는 2008년에 생겼다.
사업자등록번호가 없는 업체가 많았다.
로그인을 하지 않아도 볼 수 있다.
기자의 다른 기사도 조사 대상이다.
제보는 카카오톡으로 들어왔다고 경찰은 밝혔다.
대표전화 02-000-0000으로 걸려 온 전화가 단서였다.
▲ 구독 경제가 커지고 있다.
광고 시장은 1조 5000억 원 규모다.
이 기사를 추천한 독자는 12명이었다.
공공누리 자료를 이용한 업체는 40곳이다.""".splitlines()


@pytest.mark.parametrize("sentence", BODY)
def test_a_sentence_of_the_article_is_never_furniture(sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "body.txt"
    file.write_text(
        f"플랫폼 규제 어디까지\n\n정부가 12일 규제 방안을 발표했다.\n\n{sentence}\n\n국회는 다음 달 심의에 들어간다.\n\nⓒ 새벽신문\n", encoding="utf-8"
    )
    kinds = {b.text: b.kind for b in read_document(str(file)).blocks}
    assert kinds[sentence] in (Kind.PARAGRAPH, Kind.ITEM)
    assert kinds["국회는 다음 달 심의에 들어간다."] is Kind.PARAGRAPH
    assert kinds["ⓒ 새벽신문"] is Kind.BOILERPLATE
