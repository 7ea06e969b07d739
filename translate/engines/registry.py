"""The registry of named models with their licences, and opening an engine by the name that the user gives.

Names: ``auto``, ``embedded``, a named model of ``models.toml``, ``hub:NAME`` or ``hub:FOLDER``, ``chat:MODEL@URL``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from translate.document import TranslateError
from translate.engines import Engine
from translate.settings import Settings


@dataclass(frozen=True)
class Model:
    """A registry entry; ``excluded`` are ISO 3166 codes (and EU) where the licence does not apply."""

    name: str
    kind: str
    title: str
    source: str
    size_mb: int
    licence: str
    commercial: bool
    excluded: tuple[str, ...]
    languages: tuple[str, ...]
    terms: str
    figures: str
    sha256: str = ""

    def objection(self) -> str:
        """Why a newsroom in Korea may not simply use it; empty where it may."""
        if not self.commercial:
            return f"its licence ({self.licence}) forbids commercial use"
        if "KR" in self.excluded:
            return f"its licence ({self.licence}) does not apply in {', '.join(self.excluded)}"
        return ""


@lru_cache(maxsize=1)
def models() -> dict[str, Model]:
    """All entries of ``models.toml`` by name, in the file's order."""
    table = tomllib.loads((Path(__file__).parent / "models.toml").read_text(encoding="utf-8"))
    return {name: _model(name, entry) for name, entry in table.items()}


def _model(name: str, entry: dict[str, Any]) -> Model:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Model(name=name, **values)


def check_engine_name(name: str, accept_licence: bool = False) -> None:
    """Raise TranslateError for a name that ``open_engine`` would not open, before any work is done.

    A model whose licence forbids the use is refused with the reason unless ``accept_licence``.
    """
    if name == "auto" or name.startswith("hub:"):
        return
    if name.startswith("chat:"):
        _endpoint(name)
        return
    model = models().get(name)
    if model is None:
        known = ", ".join(["auto", *models(), "hub:NAME or FOLDER", "chat:MODEL@URL"])
        raise TranslateError(f"unknown engine '{name}'; known: {known}")
    if model.objection() and not accept_licence:
        raise TranslateError(f"{name} is not used: {model.objection()}; if your use is covered, say --accept-licence")
    if model.kind == "chat":
        raise TranslateError(
            f"{name} runs behind an endpoint of yours: serve {model.source.removeprefix('hub: ')} with vLLM, Ollama or "
            "llama-server and use -e chat:MODEL@URL"
        )


def open_engine(name: str, settings: Settings, progress: Callable[[str], None] = lambda step: None) -> Engine:
    """The engine called ``name``, ready to translate; ``progress`` is told what set-up is doing.

    ``auto`` is the embedded engine.  Raises TranslateError for an unknown name or where it cannot be set up.
    """
    if name in ("auto", "embedded"):
        from translate.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(settings.cache_folder(), settings.beam, settings.threads, progress)
    if name.startswith("chat:"):
        from translate.engines.chat import ChatEngine

        model, url = _endpoint(name)
        return ChatEngine(model, url)
    from translate.engines.hub import HubEngine

    known = models().get(name)
    where = known.source.removeprefix("hub: ") if known else name.removeprefix("hub:")
    return HubEngine(where, settings.cache_folder(), settings.beam, settings.threads, progress)


def _endpoint(name: str) -> tuple[str, str]:
    model, at, url = name.removeprefix("chat:").rpartition("@")
    if not at or not model or not url.startswith(("http://", "https://")):
        raise TranslateError(f"'{name}' is no endpoint: write chat:MODEL@URL, such as chat:qwen3@http://127.0.0.1:8000/v1")
    return model, url
