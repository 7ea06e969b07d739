"""TMX 1.4b, level 1 (plain text), read and written as a stream (https://www.gala-global.org/tmx-14b)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, Any, Final

from translate.document import Origin, State, TranslateError
from translate.memory import Unit
from translate.tmx import Pair, write

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_STAMP: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d{6})Z)?")
_STATES: Final = {state.value: state for state in State}


def read_tmx(
    path: Path, source: str = "ko", target: str = "en", skipped: Callable[[str], None] = lambda why: None
) -> Iterator[Unit]:
    """Units of a TMX file for one direction, in constant memory; what cannot be used is told to ``skipped``.

    Inline codes are dropped, their text kept.  Languages match by their first part (ko-KR is ko).  Raises TranslateError
    with the line for broken XML.
    """
    from lxml import etree

    try:
        context = etree.iterparse(str(path), tag="tu", resolve_entities=False, remove_comments=True, remove_pis=True, huge_tree=True)
        for count, (_, element) in enumerate(context, 1):
            unit = _unit(element, source, target)
            if isinstance(unit, Unit):
                yield unit
            else:
                skipped(f"{path}:{element.sourceline}: {unit}")
            if count % 500 == 0:  # what has been read is let go, not each by itself
                del element.getparent()[:-1]
    except etree.XMLSyntaxError as error:
        raise TranslateError(f"{path}:{error.lineno}: not well-formed TMX: {error.msg}") from error
    except OSError as error:
        raise TranslateError(f"{path}: cannot be read: {error.strerror or error}") from error


def _unit(element: Any, source: str, target: str) -> Unit | str:
    # Children one by one and once, without find(): this is done a million times.
    texts: dict[str, str] = {}
    props: dict[str, str] = {}
    said: dict[str, str] = {}
    for child in element:
        tag = child.tag
        if tag == "tuv":
            attributes = dict(child.items())
            language = _language(attributes.get(_XML_LANG) or attributes.get("lang") or "")
            if language in texts:
                continue
            for part in child:
                tag = part.tag
                if tag == "seg":
                    text = "".join(part.itertext()) if len(part) else part.text or ""
                    texts[language] = " ".join(text.split())
                elif tag == "prop" and language == target:
                    props[part.get("type", "")] = part.text or ""
            if language == target:
                said = attributes
        elif tag == "prop":
            props.setdefault(child.get("type", ""), child.text or "")
    if source not in texts or target not in texts:
        return f"a unit without {source if source not in texts else target}"
    text, translation = texts[source], texts[target]
    if not text or not translation:
        return "a unit with an empty side"
    author = said.get("changeid") or said.get("creationid") or element.get("creationid") or ""
    stamp = said.get("changedate") or said.get("creationdate") or element.get("creationdate") or ""
    known = props.get
    return Unit(
        text,
        translation,
        source,
        target,
        known("x-previous", ""),
        known("x-next", ""),
        # A unit that somebody keeps in a TMX file was somebody's translation, unless it says what it is.
        _STATES.get(known("x-state", ""), State.REVIEWED),
        Origin.MACHINE if known("x-origin") == "mt" else Origin.HUMAN,
        known("x-engine", ""),
        known("x-model", ""),
        known("x-settings", ""),
        author,
        _date(stamp) if stamp else "",
        known("x-document", ""),
    )


@cache
def _language(language: str) -> str:
    """A language without its region: ko for ko-KR."""
    return language.lower().split("-")[0].split("_")[0]


@lru_cache(10_000)
def _date(stamp: str) -> str:
    match = _STAMP.match(stamp)
    if match is None:
        return ""
    day, time = f"{match[1]}-{match[2]}-{match[3]}", match[4] or "000000"
    return day if time == "000000" else f"{day}T{time[:2]}:{time[2:4]}:{time[4:]}Z"


def write_tmx(units: Iterable[Unit], out: IO[bytes], source: str = "ko") -> int:
    """Write units as TMX into a binary file, streamed; returns how many.  Characters that XML forbids become U+FFFD."""
    return write((_pair(unit) for unit in units), out, source)


def _pair(unit: Unit) -> Pair:
    return Pair(
        unit.source,
        unit.target,
        unit.source_language,
        unit.target_language,
        unit.author,
        unit.date,
        (
            ("x-state", unit.state.value),
            ("x-origin", unit.origin.value),
            ("x-engine", unit.engine),
            ("x-model", unit.model),
            ("x-settings", unit.settings_key),
            ("x-document", unit.document),
            ("x-previous", unit.previous),
            ("x-next", unit.next),
        ),
    )
