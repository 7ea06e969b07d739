"""The command line as a user meets it: the installed command in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A working folder with the house's glossaries and the example article."""
    shutil.copytree(ROOT / "glossary", tmp_path / "glossary")
    shutil.copy(ROOT / "examples" / "article.txt", tmp_path / "article.txt")
    (tmp_path / "short.txt").write_text("합동작전사령부는 12일 240명 규모로 출범했다.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(desk: Path, engine_cache: Path) -> Run:
    """Run ``translate`` with arguments in the desk's folder."""

    def go(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"TRANSLATE_CACHE": str(engine_cache), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        return subprocess.run(
            [sys.executable, "-c", "from translate.cli import main; main()", *arguments],
            cwd=desk, env=environment, capture_output=True, text=True, timeout=600, check=False, **options,
        )  # type: ignore[call-overload,no-any-return]  # fmt: skip

    return go
