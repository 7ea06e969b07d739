"""Corpora to training examples: reading, keeping development files apart, augmentation, token batches.

An example is ``<bos> <unused0> KOREAN <unused1> ENGLISH <eos>``; a term in the source is annotated as
``<unused2> KOREAN <unused3> ENGLISH BASE FORM <unused5>`` (Dinu et al. 2019; Bergmanis and Pinnis 2021), a suggestion of
the lexicon, which may be wrong, as ``<unused6> KOREAN <unused7> ENGLISH <unused8>``.
"""

from __future__ import annotations

import lzma
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sentencepiece import SentencePieceProcessor

from translate.engines.lexicon import soft_hints
from translate.english.inflection import plural, singular

Ids = list[int]
TEXT = Path(__file__).resolve().parent / "text"


@dataclass(frozen=True)
class Pair:
    """A Korean and an English text that say the same, and the term pairs known to correspond in them."""

    ko: str
    en: str
    terms: tuple[tuple[str, str], ...] = ()


def read_pairs(path: Path) -> Iterator[Pair]:
    """Pairs of a ``.tsv`` or ``.tsv.xz`` file: Korean, English and, third, ``ko=en|ko=en``."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            cells = unicodedata.normalize("NFC", line.rstrip("\n")).split("\t")
            if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
                continue
            ko, en = cells[0].strip(), cells[1].strip()
            terms = tuple(
                (a.strip(), b.strip())
                for a, _, b in (item.partition("=") for item in (cells[2].split("|") if len(cells) > 2 else ()))
                if a.strip() and b.strip() and ko.count(a.strip()) == 1 and en.count(b.strip()) == 1
            )
            yield Pair(ko, en, terms)


def authored(config: dict[str, Any], development: bool) -> dict[str, list[Pair]]:
    """Authored pairs by file: the development files, or all the others less what repeats a development line.

    The corpora's come first, then those of ``training/text``, which the repository itself has.
    """
    apart = set(config["data"]["development"])
    paths = [*sorted(Path(config["data"]["corpora"]).glob("authored/*.tsv")), *sorted(TEXT.glob("*.tsv"))]
    files = {path.stem: list(read_pairs(path)) for path in paths}
    held = {name: pairs for name, pairs in files.items() if name in apart}
    if development:
        return held
    seen = {text for pairs in held.values() for p in pairs for text in (p.ko, p.en)}
    kept: dict[str, list[Pair]] = {}
    for name, pairs in files.items():
        if name not in apart:
            kept[name] = [p for p in pairs if p.ko not in seen and p.en not in seen]
            seen.update(p.ko for p in kept[name])
    return kept


def development_pairs(config: dict[str, Any]) -> list[Pair]:
    """The development files' pairs, a line of each file in turn: every subject has its part however few are taken."""
    return [p for row in zip_longest(*authored(config, development=True).values()) for p in row if p]


def flores_dev(config: dict[str, Any]) -> list[Pair]:
    """FLORES dev, Korean and English, beside the corpora; none where it is not there.  Never train on it."""
    paths = [flores_folder(config) / name for name in ("ko.txt", "en.txt")]
    if not all(path.exists() for path in paths):
        return []
    return [Pair(ko, en) for ko, en in zip(*(path.read_text(encoding="utf-8").splitlines() for path in paths), strict=True)]


def flores_folder(config: dict[str, Any]) -> Path:
    """Where FLORES dev and its peers' outputs are looked for."""
    return Path(config["data"]["corpora"]).parent / "eval" / "flores-dev"


class Corpus:
    """All training pairs in memory; ``epoch(n)`` yields one epoch's augmented examples, the same for the same n."""

    def __init__(self, config: dict[str, Any], vocabulary: Path) -> None:
        self.config = config
        self.sp = SentencePieceProcessor(model_file=str(vocabulary))
        self.marks = [self.sp.piece_to_id(f"<unused{i}>") for i in (0, 1, 2, 3, 5, 6, 7, 8)]
        with lzma.open(vocabulary.parent / "lexicon.tsv.xz", "rt", encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        self.lexicon = {unit: english for unit, english, _ in rows}
        self.once = {unit for unit, _, count in rows if count == "1"}
        self.suggestions = [english for _, english, count in rows if int(count) > 3]
        self.given: list[Pair] = []
        self.own: list[Pair] = []
        for name, pairs in authored(config, development=False).items():
            (self.own if (TEXT / f"{name}.tsv").exists() else self.given).extend(pairs)
        self.harvest: dict[str, list[Pair]] = {}
        for name in config["data"]["harvest"]:
            path = Path(config["data"]["corpora"]) / "harvest" / f"{name}.tsv.xz"
            self.harvest[name] = [p for p in read_pairs(path) if len(p.ko) < 400]
        self.alternatives: dict[tuple[int, bool, bool], list[str]] = {}
        for pair in (*self.given, *self.own):
            for _, english in pair.terms:
                self.alternatives.setdefault(_shape(english), []).append(english)

    def epoch(self, number: int) -> list[tuple[Ids, Ids]]:
        """(source ids, target ids) of every pair of ``training/text``, of the corpora's authored pairs the share that the
        configuration names and of the harvest its counts, shuffled."""
        rng = random.Random(self.config["seed"] * 1000 + number)
        pairs = self.own + rng.sample(self.given, round(len(self.given) * self.config["data"]["authored_share"]))
        for name, count in self.config["data"]["harvest"].items():
            found = self.harvest[name]
            pairs += rng.sample(found, min(count, len(found)))
        rng.shuffle(pairs)
        return [self.encode(pair, rng) for pair in pairs]

    def development(self, count: int) -> list[tuple[Ids, Ids]]:
        """The first ``count`` development pairs, encoded as training pairs are, always the same."""
        rng = random.Random(self.config["seed"])
        return [self.encode(pair, rng) for pair in development_pairs(self.config)[:count]]

    def encode(self, pair: Pair, rng: random.Random) -> tuple[Ids, Ids]:
        """One augmented example."""
        options = self.config["augment"]
        if rng.random() < options["digits"]:
            pair = _other_digits(pair, rng)
        wanted: dict[str, str] = {}
        english = pair.en
        if pair.terms and rng.random() < options["annotate"]:
            for source, target in pair.terms:
                if rng.random() > options["each_term"]:
                    continue
                shown = target
                if rng.random() < options["swap"]:
                    other = rng.choice(self.alternatives[_shape(target)])
                    if other not in english:
                        english = _replace_term(english, target, other)
                        shown = other
                base = singular(shown)
                if base != shown and plural(base) == shown and rng.random() < options["base_form"]:
                    shown = base
                wanted[source] = shown
        korean = _noise(pair.ko, wanted, rng, options)
        hard = [(korean.find(k), korean.find(k) + len(k), v) for k, v in wanted.items()]
        soft = self.suggested(pair, korean, hard, rng) if rng.random() < options["suggest"] else []
        return self.source(korean, hard, soft), [*self.sp.encode(english), self.sp.eos_id()]

    def suggested(
        self, pair: Pair, korean: str, hard: list[tuple[int, int, str]], rng: random.Random
    ) -> list[tuple[int, int, str]]:
        """The lexicon's suggestions as they will be for unseen text: without what only this pair taught it, with gaps
        and with some wrong ones, so that the model learns to weigh them."""
        options = self.config["augment"]
        own = {k.replace(" ", "") for k, _ in pair.terms}
        kept = []
        for hint in soft_hints(korean, [(b, e) for b, e, _ in hard], self.lexicon):
            unit = korean[hint.start : hint.end].replace(" ", "")
            if (unit in self.once and unit in own) or rng.random() < options["suggest_gap"]:
                continue
            wrong = rng.random() < options["suggest_wrong"]
            kept.append((hint.start, hint.end, rng.choice(self.suggestions) if wrong else hint.target))
        return kept

    def source(
        self, korean: str, hard: list[tuple[int, int, str]], soft: list[tuple[int, int, str]] | None = None
    ) -> Ids:
        """Prompt ids of a Korean text with its terms (hard) and suggestions (soft), spans [start, end) and English."""
        begin_mark, end_mark, *marks = self.marks
        ids = [self.sp.bos_id(), begin_mark]
        at = 0
        spans = [(b, e, en, marks[:3]) for b, e, en in hard] + [(b, e, en, marks[3:]) for b, e, en in soft or ()]
        for begin, end, english, (open_mark, middle, close) in sorted(spans, key=lambda x: x[:2]):
            if begin < at:
                continue
            ids += self.sp.encode(korean[at:begin]) if begin > at else []
            ids += [open_mark, *self.sp.encode(korean[begin:end]), middle, *self.sp.encode(english), close]
            at = end
        ids += self.sp.encode(korean[at:]) if at < len(korean) else []
        return [*ids, end_mark]


def _shape(english: str) -> tuple[int, bool, bool]:
    """What an alternative must share to stand in the same place: words (to 4), capital, plural."""
    return min(4, english.count(" ") + 1), english[:1].isupper(), singular(english) != english


def _replace_term(text: str, old: str, new: str) -> str:
    """``old`` (once in ``text``) replaced, with a/an put right and a capital kept at the start."""
    at = text.find(old)
    before, after = text[:at], text[at + len(old):]
    if before.strip(' "') == "" and old[:1].isupper():
        new = new[:1].upper() + new[1:]
    article = re.search(r"\b([Aa])n? $", before)
    if article:
        vowel = new[:1].lower() in "aeio" or new[:2].lower() in ("un", "ul", "um", "up")
        before = before[: article.start()] + article[1] + ("n " if vowel else " ")
    return before + new + after


def _other_digits(pair: Pair, rng: random.Random) -> Pair:
    """A figure that stands once on both sides replaced by another of the same length (not a year, not in a term)."""
    figures = [
        f for f in re.findall(r"(?<![\d.,])\d{2,4}(?![\d.,]*\d)", pair.ko)
        if pair.ko.count(f) == 1 and len(re.findall(rf"(?<![\d.,]){f}(?![\d.,]*\d)", pair.en)) == 1
        and not re.fullmatch(r"(19|20)\d\d", f) and not any(f in a or f in b for a, b in pair.terms)
    ]
    if not figures:
        return pair
    old = rng.choice(figures)
    small = re.search(rf"{old}\s*(월|일|시|분|세|%|퍼센트|위|대|도|형|호|년대)", pair.ko)
    if small:
        return pair
    new = str(rng.randint(10 ** (len(old) - 1), 10 ** len(old) - 1))
    return Pair(pair.ko.replace(old, new), re.sub(rf"(?<![\d.,]){old}(?![\d.,]*\d)", new, pair.en), pair.terms)


def _noise(korean: str, protected: dict[str, str], rng: random.Random, options: dict[str, float]) -> str:
    if rng.random() < options["quote_noise"]:
        if any(c in korean for c in "“”‘’"):
            korean = korean.translate(str.maketrans("“”‘’", "\"\"''"))
        elif korean.count('"') == 2:
            korean = korean.replace('"', "“", 1).replace('"', "”", 1)
    if rng.random() < options["space_noise"]:
        noisy = "".join("" if c == " " and rng.random() < 0.3 else c for c in korean)
        if all(term in noisy for term in protected):
            korean = noisy
    return korean


def batches(examples: list[tuple[Ids, Ids]], tokens: int, length: int, rng: random.Random) -> list[list[tuple[Ids, Ids]]]:
    """Examples of like length together, at most ``tokens`` a batch with padding, batches shuffled."""
    fitting = [e for e in examples if len(e[0]) + len(e[1]) <= length]
    fitting.sort(key=lambda e: len(e[0]) + len(e[1]) + 8 * rng.random())
    done: list[list[tuple[Ids, Ids]]] = []
    current: list[tuple[Ids, Ids]] = []
    longest = 0
    for example in fitting:
        size = len(example[0]) + len(example[1])
        if current and max(longest, size) * (len(current) + 1) > tokens:
            done.append(current)
            current, longest = [], 0
        current.append(example)
        longest = max(longest, size)
    if current:
        done.append(current)
    rng.shuffle(done)
    return done
