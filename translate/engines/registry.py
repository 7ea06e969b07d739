"""Opening an engine by the name that the user gives."""

from __future__ import annotations

from collections.abc import Callable

from translate.document import TranslateError
from translate.engines import Engine
from translate.settings import Settings

NAMES = ("auto", "embedded")


def open_engine(name: str, settings: Settings, progress: Callable[[str], None] = lambda step: None) -> Engine:
    """The engine called ``name``, ready to translate; ``progress`` is told what set-up is doing.

    Raises TranslateError for an unknown name, naming the known ones.
    """
    if name in ("auto", "embedded"):
        from translate.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(settings.cache_folder(), settings.beam, settings.threads, progress)
    raise TranslateError(f"unknown engine '{name}'; known: {', '.join(NAMES)}")


def check_engine_name(name: str) -> None:
    """Raise TranslateError for an engine that ``open_engine`` would not know, before any work is done."""
    if name not in NAMES:
        raise TranslateError(f"unknown engine '{name}'; known: {', '.join(NAMES)}")
