"""The training text is well formed, and nothing in it stands twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from training.data import TEXT, read_pairs

FILES = sorted(TEXT.glob("*.tsv"))


@pytest.mark.parametrize("kind", sorted({path.stem.rpartition("-")[0] for path in FILES}))
def test_every_line_is_a_pair_with_terms_that_stand_in_both(kind: str) -> None:
    for path in sorted(TEXT.glob(f"{kind}-*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{path.name}:{number}"
            cells = line.split("\t")
            assert len(cells) == 3, where
            korean, english, terms = cells
            assert re.search("[가-힣]", korean) and not re.search("[가-힣]", english), where
            assert unicodedata.is_normalized("NFC", line), where
            for term in filter(None, terms.split("|")):
                ko, mark, en = term.partition("=")
                assert mark and ko and en and ko in korean and en in english, f"{where}: {term}"


def test_no_korean_line_stands_twice() -> None:
    counted = Counter(pair.ko for path in FILES for pair in read_pairs(path))
    assert FILES and max(counted.values()) == 1
