"""TMX 1.4b, level 1 (plain text), read and written as a stream (https://www.gala-global.org/tmx-14b)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from translate.document import Origin, State, TranslateError
from translate.memory import Unit
from translate.tmx import Pair, write

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_tmx(
    path: Path, source: str = "ko", target: str = "en", skipped: Callable[[str], None] = lambda why: None
) -> Iterator[Unit]:
    """Units of a TMX file for one direction, in constant memory; what cannot be used is told to ``skipped``.

    Inline codes are dropped, their text kept.  Languages match by their first part (ko-KR is ko).  Raises TranslateError
    with the line for broken XML.
    """
    from lxml import etree

    try:
        context = etree.iterparse(str(path), events=("end",), tag="tu", resolve_entities=False, huge_tree=True)
        for _, element in context:
            unit = _unit(element, source, target)
            if isinstance(unit, Unit):
                yield unit
            else:
                skipped(f"{path}:{element.sourceline}: {unit}")
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise TranslateError(f"{path}:{error.lineno}: not well-formed TMX: {error.msg}") from error
    except OSError as error:
        raise TranslateError(f"{path}: cannot be read: {error}") from error


def _unit(element: Any, source: str, target: str) -> Unit | str:
    texts: dict[str, Any] = {}
    for tuv in element.iterfind("tuv"):
        language = (tuv.get(_XML_LANG) or tuv.get("lang") or "").lower().split("-")[0].split("_")[0]
        segment = tuv.find("seg")
        if language and segment is not None:
            texts.setdefault(language, (" ".join("".join(segment.itertext()).split()), tuv))
    if source not in texts or target not in texts:
        return f"a unit without {source if source not in texts else target}"
    text, translation = texts[source][0], texts[target][0]
    if not text or not translation:
        return "a unit with an empty side"
    tuv = texts[target][1]
    props = {p.get("type", ""): (p.text or "") for p in (*element.iterfind("prop"), *tuv.iterfind("prop"))}
    state = props.get("x-state", "")
    author = tuv.get("changeid") or tuv.get("creationid") or element.get("creationid") or ""
    stamp = tuv.get("changedate") or tuv.get("creationdate") or element.get("creationdate") or ""
    return Unit(
        source=text,
        target=translation,
        source_language=source,
        target_language=target,
        previous=props.get("x-previous", ""),
        next=props.get("x-next", ""),
        # A unit that somebody keeps in a TMX file was somebody's translation, unless it says what it is.
        state=State(state) if state in State._value2member_map_ else State.REVIEWED,
        origin=Origin.MACHINE if props.get("x-origin") == "mt" else Origin.HUMAN,
        engine=props.get("x-engine", ""),
        model=props.get("x-model", ""),
        settings_key=props.get("x-settings", ""),
        author=author,
        date=_date(stamp),
        document=props.get("x-document", ""),
    )


def _date(stamp: str) -> str:
    match = re.match(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?", stamp)
    if match is None:
        return ""
    time = "" if match[4] is None or match[4] == match[5] == match[6] == "00" else f"T{match[4]}:{match[5]}:{match[6]}Z"
    return f"{match[1]}-{match[2]}-{match[3]}{time}"


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
