"""Bytes to text: the encodings that Korean news pages are saved in, told apart without guessing silently."""

from __future__ import annotations

import codecs
import re
import unicodedata

from translate.document import TranslateError

# Characters that are invisible or that only look like a space.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_SPACES = {ord(c): " " for c in "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"}
# The commonest syllables: about a third of any Korean text.
_COMMON = "이다는을의에가고로지기하서한도나사은들인대자어를리정일해시으"


def decode(data: bytes, path: str) -> tuple[str, str]:
    """(text, encoding) of a text file's bytes.

    A byte order mark decides; else UTF-8, else UTF-16 where every other byte of the line ends says so, else CP949 (which
    contains EUC-KR).  Raises TranslateError naming file, byte offset and what was tried, for anything else.
    """
    if not data.strip():
        raise TranslateError(f"{path}: the file is empty; nothing to translate")
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _strictly(data, name, path), name
    if b"\0" in data:
        for name in ("utf-16-le", "utf-16-be"):
            if _looks_like(data, name):
                return _strictly(data, name, path), name
        raise TranslateError(f"{path}: not a text file (a NUL byte at offset {data.index(0)}); give text, HTML or DOCX")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as utf8:
        try:
            text = data.decode("cp949")
        except UnicodeDecodeError as cp949:
            # The one that came further is what the file was meant to be.
            error = max(utf8, cp949, key=lambda e: e.start)
            raise TranslateError(
                f"{path}: cannot be read: byte 0x{data[error.start]:02x} at offset {error.start} fits neither UTF-8 nor "
                "CP949/EUC-KR (tried utf-8, utf-16, cp949); save the file as UTF-8"
            ) from None
        hangul = len(re.findall(r"[가-힣]", text))
        # Chinese and Japanese bytes often decode as CP949 too: into syllables that Korean seldom uses.
        if hangul >= 8 and len(re.findall(f"[{_COMMON}]", text)) < 0.1 * hangul:
            hangul = 0
        strange = len(re.findall(r"[\u0080-\u00ff\ue000-\uf8ff]", text))
        if hangul < max(1, strange):
            raise TranslateError(
                f"{path}: cannot be read: byte 0x{data[utf8.start]:02x} at offset {utf8.start} is not UTF-8, and as CP949 "
                "the text is no Korean (tried utf-8, utf-16, cp949); save the file as UTF-8"
            ) from None
        return text, "cp949"


def _strictly(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TranslateError(
            f"{path}: cannot be read as {encoding}, which its byte order mark says: broken at offset "
            f"{error.start + (3 if encoding == 'utf-8-sig' else 0)}; "
            "save the file as UTF-8"
        ) from error


def _looks_like(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    plain = len(re.findall(r"[가-힣\u0020-\u007e\s]", text))
    return "\0" not in text and plain > 0.8 * len(text)


def normalise(text: str) -> str:
    """Text in NFC with ``\\n`` line ends, plain spaces and no invisible characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    text = text.replace("\u2029", "\n\n").replace("\x0b", "\n").replace("\x0c", "\n\n").translate(_INVISIBLE).translate(_SPACES)
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)
