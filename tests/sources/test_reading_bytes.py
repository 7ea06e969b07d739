"""Bytes to text: encodings that must read alike, and inputs that must be refused in one clear line."""

from __future__ import annotations

import codecs
import io
import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import TranslateError
from translate.sources import read_document
from translate.sources.anatomy import anatomy
from translate.sources.encoding import normalise
from translate.sources.plain import read as read_plain

TEXT = "미국이 일본에 새 사령부를 만든다\n\n미국은 12일 도쿄에서 “올해 안에 만든다”고 밝혔다. 일본은 환영했다.\n"
BLOCKS = [line for line in TEXT.split("\n") if line]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp949"), "cp949"),
        (TEXT.encode("euc-kr"), "cp949"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
        (TEXT.replace(" ", "\u00a0").replace("미국", "\u200b미국").encode(), "utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16 be", "le without mark", "be without mark", "cp949", "euc-kr", "crlf", "cr", "nfd", "odd spaces"],
)
def test_one_text_in_many_encodings(data: bytes, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(data)
    document = read_document(str(file))
    assert [b.text for b in document.blocks] == BLOCKS
    assert document.encoding == encoding
    assert (document.name, document.source_language, document.target_language) == ("article", "ko", "en")
    assert len(document.source_sha256) == 64


def test_cp949_syllables_that_euc_kr_has_not(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("똠방각하가 펲시콜라를 마셨다. 그는 웃었다.".encode("cp949"))
    assert read_document(str(file)).blocks[0].text.startswith("똠방각하가 펲시콜라를")


REFUSED = [
    ("empty", b"", "the file is empty"),
    ("white space", b" \n\r\n\t ", "the file is empty"),
    ("a mark alone", codecs.BOM_UTF8, "the file is empty"),
    ("cut in a character", TEXT.encode()[:-4] + b"\xed\x95", "fits neither UTF-8 nor CP949"),
    ("two encodings", TEXT.encode() + "가나다라".encode("cp949"), f"at offset {len(TEXT.encode())}"),
    ("windows-1252", "The ministers’ talks — “good” — ended.".encode("cp1252"), "byte 0x92 at offset 13"),
    ("latin-1", "café déjà vu naïve".encode("latin-1"), "tried utf-8, utf-16, cp949"),
    ("shift-jis", "日本は東京で会談した。米国も参加した。".encode("shift-jis"), "tried utf-8, utf-16, cp949"),
    ("gbk", "中国外交部发言人十二日在北京说。".encode("gbk"), "as CP949 the text is no Korean"),
    ("utf-16 cut", TEXT.encode("utf-16")[:-1], "utf-16, which its byte order mark says"),
    ("utf-8 mark, broken", codecs.BOM_UTF8 + b"abc\xff", "broken at offset 6"),
    ("nul bytes", b"abc\0def\x01\x02" * 20, "a NUL byte at offset 3"),
    ("pdf", b"%PDF-1.4 abc", "not a text file"),
    ("png", b"\x89PNG\r\n\x1a\n000", "not a text file"),
    ("old word or hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Hangul (.hwp), old Word (.doc) or RTF; save it as .docx or .txt"),
    ("rtf", b"{\\rtf1 a}", "save it as .docx or .txt"),
    ("zip", b"PK\x03\x04aaaa", "not a readable Word document"),
]


@pytest.mark.parametrize(("what", "data", "message"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused_in_one_line_that_names_the_file(what: str, data: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    with pytest.raises(TranslateError) as caught:
        read_document(str(file))
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{file}: ") and "\n" not in str(caught.value)


def test_missing_directory_and_address(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "none.txt", "no such file"), (tmp_path, "is a directory"), ("https://saebyeok.example/a", "only local files")):
        with pytest.raises(TranslateError, match=message):
            read_document(str(path))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    file.chmod(0)
    with pytest.raises(TranslateError, match="cannot be read"):
        read_document(str(file))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("cp949"))))
    document = read_document("-")
    assert (document.name, document.source_path, document.encoding) == ("stdin", "-", "cp949")
    assert [b.text for b in document.blocks] == BLOCKS


def test_the_language_asked_for_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The ministers met in Seoul on Thursday.\n한국어 문장도 하나 있다.\n", encoding="utf-8")
    assert (read_document(str(file)).source_language, read_document(str(file)).target_language) == ("en", "ko")
    korean = read_document(str(file), source="ko")
    assert (korean.source_language, korean.target_language) == ("ko", "en")
    assert [b.language for b in korean.blocks] == ["en", "ko"]


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    from translate.sources.encoding import decode

    try:
        text, encoding = decode(data, "page")
    except TranslateError as error:
        assert str(error).startswith("page: ")
    else:
        assert "\ufffd" not in text or "\ufffd".encode(encoding) in data


WORDS = st.sampled_from(
    "정부가 대책을 발표했다. 구독 댓글 ⓒ 새벽신문 관련기사 많이 본 뉴스 입력 2026.03.12 10:22 | 수정 한도윤 기자 = (서울=새벽통신) ▲ 사진= /새벽신문 "
    "doyun@saebyeok.example 무단 전재 및 재배포 금지 Q. A. The ministers met. “ ” 로그인 정치 홈 > #북한 12 —".split(" ")
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=25)


@given(LINES, st.sampled_from(["ko", "en"]))
@settings(max_examples=300, deadline=None)
def test_no_letter_of_a_page_is_lost(lines: list[str], source: str) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters("".join(p.text for p in anatomy(lines, source))) == letters("".join(lines))
    assert letters("".join(p.text for p in read_plain(normalise("\n".join(lines)), source))) == letters("".join(lines))
    assert all(p.text.strip() for p in anatomy(lines, source))


@pytest.mark.parametrize(
    "text",
    ["가" * 30_000, "정부가 " * 10_000, "(" * 30_000, "가/" * 15_000, "관련기사\n" * 3_000, "그는 “왔다. 갔다”고 말했다. " * 4_000],
    ids=["letters", "words", "brackets", "slashes", "boxes", "one line"],
)
def test_large_inputs_take_seconds_not_minutes(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    read_document(str(file))
    assert time.perf_counter() - start < 8
