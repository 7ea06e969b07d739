"""What writing and reading the XLIFF record have in common: namespaces, and the escape for what XML cannot hold."""

from __future__ import annotations

import re
from typing import Final

CORE: Final = "urn:oasis:names:tc:xliff:document:2.0"  # 2.1 keeps 2.0's namespace; the version attribute tells
METADATA: Final = "urn:oasis:names:tc:xliff:metadata:2.0"
GLOSSARY: Final = "urn:oasis:names:tc:xliff:glossary:2.0"
MATCHES: Final = "urn:oasis:names:tc:xliff:matches:2.0"
NAMESPACES: Final = {None: CORE, "mda": METADATA, "gls": GLOSSARY, "mtc": MATCHES}

# unit@type and segment@subState take "authority:value".
AUTHORITY: Final = "translate"
# The category of the file's metadata group that makes an XLIFF file a record of ours.
RECORD: Final = "translate-record"

# Code points that XML 1.0 cannot hold (section 2.2, production Char).
ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("[\\\\\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|(\\))")


def escape(text: str) -> str:
    r"""Text as it stands in notes, metadata and attributes.

    Inside ``source`` and ``target`` XLIFF has ``<cp hex="000B"/>`` for code points that XML cannot hold; elsewhere they
    are written ``\u000B`` and the backslash itself ``\\``.
    """
    return _ESCAPE.sub(lambda m: "\\\\" if m[0] == "\\" else f"\\u{ord(m[0]):04X}", text)


def unescape(text: str) -> str:
    """The inverse of `escape`."""
    return _ESCAPED.sub(lambda m: "\\" if m[2] else chr(int(m[1], 16)), text)


def core(name: str) -> str:
    """A core element's qualified name."""
    return f"{{{CORE}}}{name}"


def mda(name: str) -> str:
    """A metadata module element's qualified name."""
    return f"{{{METADATA}}}{name}"


def gls(name: str) -> str:
    """A glossary module element's qualified name."""
    return f"{{{GLOSSARY}}}{name}"


def mtc(name: str) -> str:
    """A translation candidates module element's qualified name."""
    return f"{{{MATCHES}}}{name}"
