"""The registry of named models with their licences, which of them are here, and opening an engine by its name.

Names: ``auto``, a named model of ``models.toml``, ``hub:NAME`` or ``hub:FOLDER``, ``chat:MODEL@URL``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.document import TranslateError
from translate.engines import Engine
from translate.settings import Settings

if TYPE_CHECKING:
    from translate.engines.building import Recipe


@dataclass(frozen=True)
class Model:
    """A registry entry; ``excluded`` are ISO 3166 codes (and EU) where the licence does not apply.

    ``source`` is "hub: NAME" or "pip: PACKAGE==VERSION", ``revision`` the hub commit that is meant, ``sha256`` the hash of
    the weights, which are the model's largest file; either is "" where we do not know it.
    """

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
    revision: str = ""
    sha256: str = ""

    def objection(self) -> str:
        """Why a newsroom in Korea may not simply use it; empty where it may."""
        if not self.commercial:
            return f"its licence ({self.licence}) forbids commercial use"
        if "KR" in self.excluded:
            return f"its licence ({self.licence}) does not apply in {', '.join(self.excluded)}"
        return ""

    def hub_name(self) -> str:
        """Its name on the hub."""
        return self.source.removeprefix("hub: ")


@lru_cache(maxsize=1)
def models() -> dict[str, Model]:
    """All entries of ``models.toml`` by name, in the file's order: of those of one direction the best first."""
    table = tomllib.loads((Path(__file__).parent / "models.toml").read_text(encoding="utf-8"))
    return {name: _model(name, entry) for name, entry in table.items()}


def _model(name: str, entry: dict[str, Any]) -> Model:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Model(name=name, **values)


def named_model(name: str) -> Model:
    """The registry's entry.  Raises TranslateError for a name that is not in it."""
    model = models().get(name)
    if model is None:
        raise TranslateError(f"unknown model '{name}'; known: {', '.join(models())}")
    return model


def check_licence(model: Model, accepted: bool) -> None:
    """Raise TranslateError with the reason where the licence forbids the use and the user has not ``accepted`` it."""
    if model.objection() and not accepted:
        raise TranslateError(
            f"{model.name} is not used: {model.objection()}; if your use is covered, say --accept-licence"
        )


def check_engine_name(name: str, settings: Settings, accept_licence: bool = False) -> None:
    """Raise TranslateError for a name that ``open_engine`` would not open, before any work is done.

    A model whose licence forbids the use is refused with the reason unless ``accept_licence``.
    """
    if name == "auto" or name.startswith("hub:"):
        return
    if name.startswith("chat:"):
        model, _ = _endpoint(name)
        if settings.max_cost and model not in settings.prices:
            raise TranslateError(
                f'--max-cost needs the price of {model}: write "{model}" = [in, out], dollars a million tokens, under '
                "[prices] in translate.toml"
            )
        return
    known = models().get(name)
    if known is None:
        names = ", ".join(["auto", *models(), "hub:NAME or FOLDER", "chat:MODEL@URL"])
        raise TranslateError(f"unknown engine '{name}'; known: {names}")
    check_licence(known, accept_licence)
    if known.kind == "chat":
        raise TranslateError(
            f"{name} runs behind an endpoint of yours: serve {known.hub_name()} with vLLM, Ollama or llama-server and use "
            "-e chat:MODEL@URL"
        )


def check_direction(name: str, direction: str) -> None:
    """Raise TranslateError where a named model does not translate ``direction`` ("en-ko"), before it is set up for nothing."""
    known = models().get(name)
    if known and direction not in known.languages:
        other = next((m.name for m in _fit(direction)), "chat:MODEL@URL")
        raise TranslateError(f"{name} translates {', '.join(known.languages)}, not {direction}; for {direction} say -e {other}")


def is_here(model: Model, cache: Path) -> bool:
    """Whether it can be used without a network: pulled, or its base weights, which come with pip, installed."""
    from translate.engines.pulling import pulled

    return recipe(model.name).base.is_here() if model.kind == "built" else pulled(model, cache) is not None


def recipe(name: str) -> Recipe:
    """How an engine that is built here is made.  Raises TranslateError for any other."""
    from translate.engines.embedded_build import EMBEDDED
    from translate.engines.large_build import LARGE

    recipes = {made.name: made for made in (EMBEDDED, LARGE)}
    if name not in recipes:
        raise TranslateError(f"'{name}' is not built here: {' and '.join(recipes)} are; hub models are converted on first use")
    return recipes[name]


def best_here(direction: str, cache: Path) -> Model:
    """What ``auto`` means: the first model of the registry that is here, may be used and translates ``direction``.

    Raises TranslateError where none does.
    """
    fit = _fit(direction)
    for model in fit:
        if is_here(model, cache):
            return model
    raise TranslateError(
        f"no engine here translates {direction}: translate engine pull {fit[0].name}, or say -e chat:MODEL@URL"
    )


def better_than(name: str, direction: str, cache: Path) -> Model | None:
    """The registry's first model before ``name`` that is not here and could be pulled; None where there is none."""
    fit = _fit(direction)
    before = fit[: next((i for i, m in enumerate(fit) if m.name == name), 0)]
    return next((m for m in before if not is_here(m, cache)), None)


def _fit(direction: str) -> list[Model]:
    return [m for m in models().values() if m.kind != "chat" and direction in m.languages and not m.objection()]


def open_engine(
    name: str, settings: Settings, progress: Callable[[str], None] = lambda step: None, direction: str = "ko-en"
) -> Engine:
    """The engine called ``name``, ready to translate; ``progress`` is told what set-up is doing.

    ``auto`` is the best one here for the ``direction``.  Raises TranslateError for an unknown name or where it cannot be set
    up.
    """
    cache = settings.cache_folder()
    if name == "auto":
        name = best_here(direction, cache).name
    if name == "embedded":
        from translate.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(cache, settings.beam, settings.threads, progress)
    if name == "large":
        from translate.engines.large import LargeEngine

        return LargeEngine(cache, settings.beam, settings.threads, progress)
    if name.startswith("chat:"):
        from translate.engines.chat import ChatEngine

        model, url = _endpoint(name)
        return ChatEngine(model, url, max_cost=settings.max_cost or None, prices=settings.prices.get(model))
    from translate.engines.hub import open_hub
    from translate.engines.pulling import pull, pulled

    known = models().get(name)
    where = name.removeprefix("hub:")
    if known:
        where = str(pulled(known, cache) or pull(known, cache, progress))
    return open_hub(where, cache, settings.beam, settings.threads, progress, name)


def is_endpoint(name: str) -> bool:
    """Whether the engine is a service: opening it costs nothing, using it may."""
    return name.startswith("chat:")


def _endpoint(name: str) -> tuple[str, str]:
    model, at, url = name.removeprefix("chat:").rpartition("@")
    if not at or not model or not url.startswith(("http://", "https://")):
        raise TranslateError(f"'{name}' is no endpoint: write chat:MODEL@URL, such as chat:qwen3@http://127.0.0.1:8000/v1")
    return model, url
