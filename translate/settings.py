"""Settings: ``translate.toml`` of the working folder and the environment, validated once."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from translate.document import TranslateError


@dataclass(frozen=True)
class Settings:
    """What a run may be told; every field is a key of ``[translate]`` in translate.toml.

    ``cache`` is where built engines lie (environment: TRANSLATE_CACHE), ``memory`` the project's translation memory.
    """

    engine: str = "auto"
    glossary: str = "glossary"
    outputs: str = "outputs"
    formats: str = "docx,html"
    memory: str = "translate.memory.sqlite"
    cache: str = ""
    beam: int = 1
    threads: int = 0  # 0: as many as the machine has
    introduce_abbreviations: bool = False  # "Joint Operations Command (JOC)" once, then "JOC"

    def cache_folder(self) -> Path:
        """Where built engines are kept, created when first written to."""
        if self.cache:
            return Path(self.cache)
        from platformdirs import user_cache_path

        return user_cache_path("translate-newsdesk")


def load_settings(folder: Path) -> Settings:
    """Settings of ``folder/translate.toml`` (if there), then of the environment.

    Raises TranslateError with file and key for an unknown key, a wrong type or broken TOML.
    """
    settings = Settings()
    path = folder / "translate.toml"
    if path.exists():
        try:
            table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("translate", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TranslateError(f"{path}: not valid TOML: {error}") from error
        known = {f.name: type(getattr(settings, f.name)) for f in fields(Settings)}
        for key, value in table.items():
            if key not in known:
                raise TranslateError(f"{path}: unknown key '{key}' in [translate]; known: {', '.join(sorted(known))}")
            if type(value) is not known[key]:
                raise TranslateError(f"{path}: '{key}' must be {known[key].__name__}, not {type(value).__name__}")
        settings = replace(settings, **table)
    if os.environ.get("TRANSLATE_CACHE"):
        settings = replace(settings, cache=os.environ["TRANSLATE_CACHE"])
    return settings
