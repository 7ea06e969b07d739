"""translate.toml and the environment, validated once."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from translate.document import TranslateError
from translate.settings import Settings, load_settings


def test_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSLATE_CACHE", raising=False)
    assert load_settings(tmp_path) == Settings()


def test_file_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "translate.toml").write_text('[translate]\nengine = "embedded"\nbeam = 3\ncache = "a"\n')
    monkeypatch.setenv("TRANSLATE_CACHE", "/elsewhere")
    found = load_settings(tmp_path)
    assert (found.engine, found.beam, found.cache_folder()) == ("embedded", 3, Path("/elsewhere"))


def test_prices_and_a_limit(tmp_path: Path) -> None:
    (tmp_path / "translate.toml").write_text('[translate]\nmax_cost = 2\n\n[prices]\n"gpt 5" = [1, 8.5]\n')
    found = load_settings(tmp_path)
    assert (found.max_cost, found.prices) == (2, {"gpt 5": (1.0, 8.5)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[translate]\nengin = "x"\n', "unknown key 'engin'"),
        ('[translate]\nbeam = "two"\n', "'beam' must be int"),
        ("[translate\n", "not valid TOML"),
        ("[translate]\nmax_cost = -1\n", "must not be negative"),
        ('[prices]\nm = "cheap"\n', "'m' in \\[prices\\] must be"),
        ("[prices]\nm = [1.0]\n", "'m' in \\[prices\\] must be"),
        ("[prices]\nm = [1.0, -2.0]\n", "'m' in \\[prices\\] must be"),
    ],
)
def test_mistakes_name_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "translate.toml").write_text(text)
    with pytest.raises(TranslateError, match=message) as told:
        load_settings(tmp_path)
    assert "translate.toml" in str(told.value)


def test_the_page_shows_every_key_with_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSLATE_CACHE", raising=False)
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    (tmp_path / "translate.toml").write_text(example, encoding="utf-8")
    assert load_settings(tmp_path) == Settings()
    assert set(re.findall(r"^(\w+) = ", example, re.M)) == {f.name for f in fields(Settings)}
