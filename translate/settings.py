"""Settings: ``translate.toml`` of the working folder and the environment, validated once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from translate.document import TranslateError


@dataclass(frozen=True)
class Settings:
    """What a run may be told; every field but ``prices`` is a key of ``[translate]`` in translate.toml.

    ``cache`` is where built engines lie (environment: TRANSLATE_CACHE), ``memory`` the project's translation memory.
    ``prices`` is the table ``[prices]``: for a chat model's name dollars a million tokens, in and out.
    """

    engine: str = "auto"
    glossary: str = "glossary"
    outputs: str = "outputs"
    formats: str = "docx,html"
    memory: str = "translate.memory.sqlite"
    cache: str = ""
    beam: int = 3  # hypotheses followed at once; 1 is greedy, two to three times as fast
    threads: int = 0  # 0: as many as the machine has
    introduce_abbreviations: bool = False  # "Joint Operations Command (JOC)" once, then "JOC"
    max_cost: float = 0.0  # dollars that a chat engine may spend in a run; 0: no limit
    prices: Mapping[str, tuple[float, float]] = field(default_factory=dict)

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
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TranslateError(f"{path}: not valid TOML: {error}") from error
        table: dict[str, Any] = content.get("translate", {})
        known = {f.name: type(getattr(settings, f.name)) for f in fields(Settings) if f.name != "prices"}
        for key, value in table.items():
            if key not in known:
                raise TranslateError(f"{path}: unknown key '{key}' in [translate]; known: {', '.join(sorted(known))}")
            if type(value) is not known[key] and not (known[key] is float and type(value) is int):
                raise TranslateError(f"{path}: '{key}' must be {known[key].__name__}, not {type(value).__name__}")
        if not table.get("max_cost", 0.0) >= 0:
            raise TranslateError(f"{path}: 'max_cost' must not be negative")
        settings = replace(settings, **table, prices=_prices(path, content.get("prices", {})))
    if os.environ.get("TRANSLATE_CACHE"):
        settings = replace(settings, cache=os.environ["TRANSLATE_CACHE"])
    return settings


def _prices(path: Path, table: dict[str, Any]) -> dict[str, tuple[float, float]]:
    for model, pair in table.items():
        numbers = isinstance(pair, list) and all(type(p) in (int, float) and p >= 0 for p in pair)
        if not numbers or len(pair) != 2:
            raise TranslateError(f"{path}: '{model}' in [prices] must be [in, out], dollars a million tokens")
    return {model: (float(pair[0]), float(pair[1])) for model, pair in table.items()}
