"""Degenerate outputs are told from good ones."""

from __future__ import annotations

import pytest

from translate.engines.decoder import looping


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Very, very, very good, he said.", False),
        ("no no no no", True),
        ("a plan to make a plan to make a plan to make a plan to make a plan to make it", True),
        ("The government announced a new budget on the 12th.", False),
        ("word " * 200, True),
    ],
)
def test_looping(text: str, bad: bool) -> None:
    assert looping(text, "정부는 12일 새 예산안을 발표했다.") is bad
