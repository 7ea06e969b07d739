"""What the self-contained HTML pages have in common: the article's own and the report of a review."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from translate.publishing.marks import visible


@cache
def page_template(folder: Path) -> Template:
    """``page.html.j2`` of a folder: everything escaped, control characters as their pictures, a missing name an error."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    return environment.get_template("page.html.j2")


@cache
def page_style(folder: Path) -> tuple[str, str]:
    """``page.css`` of a folder and its SHA-256 for the policy, which is that of the text between the style tags."""
    css = (folder / "page.css").read_text(encoding="utf-8")
    return css, base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
