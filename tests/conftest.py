"""Fixtures that several rooms share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from translate.engines.embedded import EmbeddedEngine


@pytest.fixture(scope="session")
def engine_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the embedded engine is built once a test session (or TRANSLATE_TEST_CACHE, kept between)."""
    kept = os.environ.get("TRANSLATE_TEST_CACHE")
    return Path(kept) if kept else tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="session")
def embedded(engine_cache: Path) -> EmbeddedEngine:
    """The real embedded engine, greedy."""
    return EmbeddedEngine(engine_cache, beam=1)
