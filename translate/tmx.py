"""Writing TMX 1.4b, level 1 (plain text; https://www.gala-global.org/tmx-14b), for the memory and for publishing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from translate import __version__

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?")


@dataclass(frozen=True)
class Pair:
    """A text with its translation; ``date`` is ISO 8601 (UTC), ``properties`` are written as ``prop`` by their type."""

    source: str
    target: str
    source_language: str
    target_language: str
    author: str = ""
    date: str = ""
    properties: tuple[tuple[str, str], ...] = ()


def write(pairs: Iterable[Pair], out: IO[bytes], source: str) -> int:
    """Write pairs into a binary file, streamed; returns how many.  Characters that XML forbids become U+FFFD."""

    def put(text: str) -> None:
        out.write(text.encode("utf-8"))

    put('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
    put(
        f'<header creationtool="translate-newsdesk" creationtoolversion="{__version__}" segtype="sentence" '
        f'o-tmf="sqlite" adminlang="en" srclang={quoteattr(source)} datatype="plaintext"/>\n<body>\n'
    )
    count = 0
    for pair in pairs:
        put(_unit(pair))
        count += 1
    put("</body>\n</tmx>\n")
    return count


def _unit(pair: Pair) -> str:
    properties = "".join(f'<prop type="{kind}">{_clean(value)}</prop>' for kind, value in pair.properties if value)
    made = f" creationid={quoteattr(_ILLEGAL.sub('', pair.author))}" if pair.author else ""
    if stamp := _stamp(pair.date):
        made += f' creationdate="{stamp}"'
    return (
        f"<tu>{properties}<tuv xml:lang={quoteattr(pair.source_language)}><seg>{_clean(pair.source)}</seg></tuv>"
        f"<tuv xml:lang={quoteattr(pair.target_language)}{made}><seg>{_clean(pair.target)}</seg></tuv></tu>\n"
    )


def _clean(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))


def _stamp(date: str) -> str:
    """The date as TMX has it (20261127T093000Z), "" for what is none."""
    match = _DATE.match(date)
    return f"{match[1]}{match[2]}{match[3]}T{match[4] or '00'}{match[5] or '00'}{match[6] or '00'}Z" if match else ""
