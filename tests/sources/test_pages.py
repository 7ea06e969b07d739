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


WRAPPED_PAGE = """북한, 동해로 단거리탄도미사일 발사…약 350㎞ 비행

새벽일보 | 국방·북한
입력 2026.07.03 09:12 | 수정 2026.07.03 18:47

북한이 3일 오전 동해상으로 단거리탄도미사일(SRBM) 여러 발을 쐈다.
합동참모본부는 "오늘 오전 7시 10분경 평안북도 일대에서 발사된 미사일을
포착했다"고 밝혔다.

주한미군과 한국군은 고고도미사일방어체계(THAAD·사드)와 패트리엇 부대의
대비태세를 점검한 것으로 알려졌다. 국방부는 장병의 휴가를 다음 주까지
제한하고 후방 부대도 경계태세를 높이라고 지시했다.

한도윤 기자 doyun@saebyeok.example

ⓒ 새벽일보, 무단전재 및 재배포 금지
카카오톡 페이스북 트위터 URL 복사
[관련기사]
북한, 두 달 침묵 깬 이유는
美 항모, 다음 주 부산 입항
많이 본 기사
"""


def test_the_furniture_of_a_hard_wrapped_page_is_not_joined(tmp_path: Path) -> None:
    file = tmp_path / "wrapped.txt"
    file.write_text(WRAPPED_PAGE, encoding="utf-8")
    document = read_document(str(file))
    kinds = "headline boilerplate time time paragraph paragraph byline".split() + ["boilerplate"] * 6
    assert [b.kind.value for b in document.blocks] == kinds
    assert [len(b.segments) for b in document.blocks if b.kind is Kind.PARAGRAPH] == [2, 2]
    # Lines that leave room for the next word are not cut inside words, whatever the analyser takes 점검한것 for.
    assert "점검한 것으로" in document.blocks[5].text


def test_stamps_and_names_that_a_page_glues_together(tmp_path: Path) -> None:
    file = tmp_path / "glued.txt"
    file.write_text(
        "작전권 전환 서두르지 않는다\n정해랑입력 2026. 10. 14. 05:00수정 2026. 10. 14. 09:13\n"
        "수정 2026-10-14 09:13등록 2026-10-14 05:00\n\n국방부가 검증을 올해 안에 마무리하기로 했다. 시점은 못 박지 않았다.\n",
        encoding="utf-8",
    )
    assert [b.text for b in read_document(str(file)).blocks if b.kind is Kind.TIME] == [
        "입력 2026. 10. 14. 05:00",
        "수정 2026. 10. 14. 09:13",
        "수정 2026-10-14 09:13",
        "등록 2026-10-14 05:00",
    ]


def test_a_headline_right_above_words_that_line_ends_cut(tmp_path: Path) -> None:
    file = tmp_path / "cut.txt"
    file.write_text(
        "이지스함 4번함 진수…2028년 실전 배치\n"
        "해군의 차세대 이지스 구축함 4번함이 12일 울산에서 물에 떴다.\n"
        " 이 함정은 길이 170m, 폭 21m에 배수량 8천200t으로, SM-3급 요\n"
        "격미사일을 실을 수 있는 것이 특징이다. 최대 속력은 30노트(시\n"
        "속 약 55㎞)다.\n"
        "방위사업청은 “1년여의 시험평가를 거쳐 2027년 말 해군에 인도\n"
        "한 뒤 2028년 실전 배치한다”고 밝혔다. 진수식에는 해군 관계자\n"
        "와 조선소 직원 등 100여 명이 참석했다.\n",
        encoding="utf-8",
    )
    headline, body = read_document(str(file)).blocks
    assert headline.kind is Kind.HEADLINE
    assert "요격미사일" in body.text and "시속" in body.text


CUT_INSIDE_WORDS = """빈집 13만 호, 세금으로 고친다

정부가 빈집 정비에 내년부터 3년간 2,100억 원을 투입한다. 행안부는 종합계획을 발표하
고 빈집 소유자가 스스로 집을 헐거나 고칠 수 있도록 세금 부담을 덜어 주기로 했다. 국무총
리는 12일 현장을 찾는다.

빈집은 전국에 13만4천 호가 있다. 마을 전체의 짐이 된다는 지적이 이어졌다. 비율은 42.
7%로 늘었다. 철거한 뒤 땅을 공공용으로 쓰면 재산세를 깎아 준다.
"""


def test_words_that_a_line_end_cuts_are_put_together(tmp_path: Path) -> None:
    file = tmp_path / "cut.txt"
    file.write_text(CUT_INSIDE_WORDS, encoding="utf-8")
    text = " ".join(s.source for s in read_document(str(file)).segments())
    for whole in ("발표하고 빈집 소유자가", "국무총리는 12일", "비율은 42.7%로"):
        assert whole in text


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


MINISTRY = """보도자료
보도시점
2026. 2. 10.(화) 조간  배포 2026. 2. 9.(월) 14:00
육성지구 4곳 새로 지정
- 국비 800억 원 투입 -
□ 농식품부는 2월 10일 육성지구 4곳을 새로 지정한다고 밝혔다.
 ○ 선정된 지역은 ▲강원 평창 ▲충남 당진이다.
붙임 1. 지정 현황
     2. 질의응답
담당 부서 정책과
담당자 사무관 김가람 (044-201-0001)
"""


def test_a_ministry_release_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_text(MINISTRY, encoding="utf-8")
    assert [(b.kind.value, b.text) for b in read_document(str(file)).blocks] == [
        ("boilerplate", "보도자료"),
        ("time", "보도시점 2026. 2. 10.(화) 조간  배포 2026. 2. 9.(월) 14:00"),
        ("headline", "육성지구 4곳 새로 지정"),
        ("subhead", "- 국비 800억 원 투입 -"),
        ("item", "□ 농식품부는 2월 10일 육성지구 4곳을 새로 지정한다고 밝혔다."),
        ("item", "○ 선정된 지역은 ▲강원 평창 ▲충남 당진이다."),
        ("subhead", "붙임 1. 지정 현황"),
        ("item", "2. 질의응답"),
        ("paragraph", "담당 부서 정책과"),
        ("paragraph", "담당자 사무관 김가람 (044-201-0001)"),
    ]


def test_no_segment_is_a_number_alone(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("부고\n\n김가람씨 별세 = 9일 오전 3시, 발인 11일 오전 7시. 02-0000-0000\n\n◇은행 <본부장> ▲여신 김하람 <부장급 전보> ▲준법 오지환\n", encoding="utf-8")
    assert [s.source for s in read_document(str(file)).segments()][1:] == [
        "김가람씨 별세 = 9일 오전 3시, 발인 11일 오전 7시. 02-0000-0000",
        "◇은행",
        "<본부장>",
        "▲여신 김하람",
        "<부장급 전보>",
        "▲준법 오지환",
    ]
