"""Derive the embedded engine's lexicon from the corpora: term pairs, name lists, and words aligned by IBM Model 1; what
they lack is filled from ``words.tsv``, nouns written for this lexicon.

Brown et al. 1993, Model 1 in both directions over content units (kiwipiepy nouns, runs of nouns) and English words; a
pair is kept where both directions agree, and widened to the neighbouring English word that nearly always goes with it.
"""

from __future__ import annotations

import collections
import lzma
import re
from pathlib import Path
from typing import Any

import numpy as np

from training.data import Pair, authored, read_pairs
from translate.engines.lexicon import analyser, units
from translate.english.inflection import singular

HERE = Path(__file__).resolve().parent
_STOP = frozenset(
    "the a an of to in on for and or with at by from as is are was were be been being it its this that these those he she "
    "they his her their we our you your i my me him them us not no but if which who whom what when where how why than then "
    "so such into about over after before between also more most other some any all each has have had do does did will "
    "would can could should may might must said say says there here very just only own same too out up down off s t re ll ve".split()
)
_WORD = re.compile(r"[A-Za-z][A-Za-z.&'’-]*[A-Za-z]|[A-Za-z]")


def stem(word: str, known: dict[str, int]) -> str:
    """A word's base form as far as the corpus knows one: deployed to deploy, policies to policy."""
    if word[:1].isupper() and known.get(word, 0) >= known.get(word.lower(), 0):
        return word
    lower = word.lower()
    one = singular(lower)
    if one != lower and known.get(one, 0) >= 2:
        return one
    for ending, options in (("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e"))):
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            root = lower[: -len(ending)]
            for option in options:
                if known.get(root + option, 0) >= 2:
                    return root + option
            if len(root) > 3 and root[-1] == root[-2] and known.get(root[:-1], 0) >= 2:
                return root[:-1]
    return lower


def model_one(left: list[list[int]], right: list[list[int]], rounds: int = 5) -> dict[tuple[int, int], float]:
    """t(right | left) of IBM Model 1 for the pairs that stay above 0.02; inputs are id lists a sentence."""
    a, b, s = [], [], []
    for number, (x, y) in enumerate(zip(left, right, strict=True)):
        for e_index, e in enumerate(y):
            for k in x:
                a.append(k)
                b.append(e)
                s.append((number << 9) | min(e_index, 511))
    ka, eb = np.array(a, np.int64), np.array(b, np.int64)
    slots = np.unique(np.array(s, np.int64), return_inverse=True)[1]
    size = int(eb.max()) + 1
    kinds, index = np.unique(ka * size + eb, return_inverse=True)
    t = np.full(len(kinds), 1.0)
    k_of = kinds // size
    for _ in range(rounds):
        weight = t[index]
        total = np.bincount(slots, weight)
        count = np.bincount(index, weight / total[slots], len(kinds))
        t = count / np.bincount(k_of, count, int(k_of.max()) + 1)[k_of]
    keep = t > 0.02
    return {(int(k // size), int(k % size)): float(p) for k, p in zip(kinds[keep], t[keep], strict=True)}


def corpus(config: dict[str, Any]) -> list[tuple[Pair, float]]:
    """Pairs to align with a weight: authored text first, general text, a little documentation."""
    pairs = [(p, 1.0) for ps in authored(config, development=False).values() for p in ps]
    harvest = Path(config["data"]["corpora"]) / "harvest"
    shares = config["lexicon"]["harvest"]
    for name, count in shares.items():
        found = list(read_pairs(harvest / f"{name}.tsv.xz"))
        step = max(1, len(found) // count)
        pairs += [(p, 0.5) for p in found[::step][:count] if len(p.ko) < 300]
    return pairs


def aligned(config: dict[str, Any]) -> tuple[dict[str, tuple[str, int]], collections.Counter[str]]:
    """``{unit: (English, how often seen together)}`` from alignment, and how often each unit stands in the corpus."""
    pairs = [p for p, _ in corpus(config)]
    words = [_WORD.findall(p.en) for p in pairs]
    # A capital counts as the word's own only where it does not begin the sentence.
    known = collections.Counter(w for ws in words for i, w in enumerate(ws) if i or w.islower())
    stems = [[stem(w, known) for w in ws] for ws in words]
    tokenised = analyser().tokenize(p.ko for p in pairs)
    found = [list(dict.fromkeys(u for u, s, e in units(tokens) if e - s >= 2)) for tokens in tokenised]
    unit_count = collections.Counter(u for us in found for u in us)
    stem_count = collections.Counter(w for ws in stems for w in set(ws))
    unit_ids = {u: i + 1 for i, (u, c) in enumerate(unit_count.items()) if c >= 3}
    stem_ids = {w: i + 1 for i, (w, c) in enumerate(stem_count.items()) if c >= 3 and w.lower() not in _STOP and len(w) > 1}
    left = [[0, *(unit_ids[u] for u in us if u in unit_ids)] for us in found]
    right = [[0, *(stem_ids[w] for w in dict.fromkeys(ws) if w in stem_ids)] for ws in stems]
    forward, backward = model_one(left, right), model_one(right, left)
    names_of_unit, names_of_stem = {i: u for u, i in unit_ids.items()}, {i: w for w, i in stem_ids.items()}
    best: dict[int, tuple[float, int]] = {}
    for (k, e), p in forward.items():
        if k and e and p * backward.get((e, k), 0.0) ** 0.5 > best.get(k, (0.0, 0))[0]:
            best[k] = (p * backward.get((e, k), 0.0) ** 0.5, e)
    lines = collections.defaultdict(list)
    for number, us in enumerate(found):
        for u in us:
            if u in unit_ids:
                lines[unit_ids[u]].append(number)
    out: dict[str, tuple[str, int]] = {}
    for k, (score, e) in best.items():
        target = names_of_stem[e]
        together = [n for n in lines[k] if target in stems[n]]
        if len(together) < 2 or len(together) / len(lines[k]) < 0.4 or score < 0.08:
            continue
        out[names_of_unit[k]] = (_widened(target, together, words, stems), len(together))
    return out, unit_count


def _widened(target: str, lines: list[int], words: list[list[str]], stems: list[list[str]]) -> str:
    """``target`` with the neighbours that go with it in three of four lines, in the commonest spelling."""
    for _ in range(3):
        left, right = collections.Counter[str](), collections.Counter[str]()
        parts = target.split(" ")
        for n in lines:
            at = next((i for i in range(len(stems[n])) if stems[n][i : i + len(parts)] == parts), None)
            if at is None:
                continue
            if at:
                left[stems[n][at - 1]] += 1
            if at + len(parts) < len(stems[n]):
                right[stems[n][at + len(parts)]] += 1
        options = [(c, w, side) for side, counter in (("l", left), ("r", right)) for w, c in counter.most_common(1)]
        count, word, side = max(options, default=(0, "", ""))
        if count < max(3, 0.75 * len(lines)) or word.lower() in _STOP:
            break
        target = f"{word} {target}" if side == "l" else f"{target} {word}"
    return target


def from_terms(config: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """``{unit: (English, how often seen)}`` from authored term pairs, written as the analyser cuts them."""
    seen: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for ps in authored(config, development=False).values():
        for p in ps:
            for ko, en in p.terms:
                seen[re.sub(r"\s+", "", ko)][en if en[:1].isupper() else singular(en)] += 1
    out = {}
    for ko, counter in seen.items():
        english, count = counter.most_common(1)[0]
        if len(ko) >= 2 and count / counter.total() >= 0.5:
            out[ko] = (english, count)
    return out


def from_names(config: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """Foreign names of the lists whose licence allows it (NIKL usage list, GeoNames cities)."""
    out = {}
    for name in ("names-geonames-cities", "names-nikl-loanwords"):
        for p in read_pairs(Path(config["data"]["corpora"]) / "harvest" / f"{name}.tsv.xz"):
            if len(p.ko.replace(" ", "")) >= 3 and re.fullmatch(r"[A-ZÀ-Ý][\w'’. -]{1,30}", p.en):
                out[p.ko.replace(" ", "")] = (p.en, 1)
    return out


def from_words() -> dict[str, tuple[str, int]]:
    """The nouns of ``words.tsv``: ``{unit: (English, 2)}``, as if seen in two lines."""
    lines = (HERE / "words.tsv").read_text(encoding="utf-8").splitlines()
    return {korean: (english, 2) for korean, english in (line.split("\t") for line in lines)}


def build_lexicon(config: dict[str, Any], out: Path) -> dict[str, tuple[str, int]]:
    """Write the lexicon (unit, English, count; sorted) to ``out`` and return it."""
    terms, (words, seen) = from_terms(config), aligned(config)
    merged = from_names(config) | words
    for unit, (english, count) in terms.items():
        # Alignment over many lines knows better than one line's term pair; names and rare terms know better than it.
        known_better = unit in words or seen[unit] >= 5
        if count >= 2 or english[:1].isupper() or not known_better:
            merged[unit] = (english, max(count, words.get(unit, ("", 0))[1]))
    merged = from_words() | merged
    # What Model 1 splits: its words are single, these names are not.
    merged |= {"한국": ("South Korea", 999), "미국": ("U.S.", 999), "국가": ("country", 99), "언론": ("media", 99)}
    with lzma.open(out, "wt", encoding="utf-8", preset=9) as file:
        for unit, (english, count) in sorted(merged.items()):
            file.write(f"{unit}\t{english}\t{count}\n")
    return merged
