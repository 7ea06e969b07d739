"""Number of English nouns and noun phrases: plural and singular of the last word (the head)."""

from __future__ import annotations

import re

_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth",
    "goose": "geese", "mouse": "mice", "crisis": "crises", "basis": "bases", "analysis": "analyses",
    "thesis": "theses", "hypothesis": "hypotheses", "axis": "axes", "criterion": "criteria",
    "phenomenon": "phenomena", "bacterium": "bacteria", "stimulus": "stimuli", "alumnus": "alumni",
    "leaf": "leaves", "life": "lives", "knife": "knives", "wife": "wives", "half": "halves", "wolf": "wolves",
    "thief": "thieves", "shelf": "shelves", "self": "selves", "hero": "heroes", "potato": "potatoes",
    "tomato": "tomatoes", "veto": "vetoes", "echo": "echoes", "embargo": "embargoes", "torpedo": "torpedoes",
    "cargo": "cargoes", "quiz": "quizzes", "bus": "buses", "gas": "gases", "ox": "oxen", "datum": "data",
    "medium": "media", "index": "indexes", "appendix": "appendices", "movie": "movies", "tie": "ties", "die": "dies",
    "lie": "lies", "pie": "pies", "cookie": "cookies", "zombie": "zombies", "calorie": "calories",
    "prairie": "prairies", "selfie": "selfies", "rookie": "rookies", "lens": "lenses", "virus": "viruses",
    "campus": "campuses", "bonus": "bonuses", "census": "censuses", "status": "statuses", "consensus": "consensuses",
    "axe": "axes", "passer-by": "passers-by",
    "house": "houses", "horse": "horses", "course": "courses",
    "case": "cases", "base": "bases", "phase": "phases", "purchase": "purchases", "database": "databases",
    "disease": "diseases", "increase": "increases", "release": "releases", "response": "responses", "use": "uses",
    "cause": "causes", "clause": "clauses", "nurse": "nurses", "purpose": "purposes", "license": "licenses",
    "expense": "expenses", "exercise": "exercises", "promise": "promises", "surprise": "surprises",
    "enterprise": "enterprises", "franchise": "franchises", "cruise": "cruises", "lease": "leases", "size": "sizes",
    "prize": "prizes", "cache": "caches", "axle": "axles", "headache": "headaches", "corpse": "corpses",
}
_SINGULAR = {plural_: one for one, plural_ in _IRREGULAR.items() if plural_ not in ("bases", "axes")}
_SINGULAR |= {"bases": "base", "axes": "axis"}
_UNCHANGED = frozenset(
    "aircraft series species sheep deer fish means headquarters corps police news politics economics mathematics physics "
    "athletics gymnastics forces defense offspring troops personnel staff equipment information evidence advice gross "
    "people ss us gas his this its is was has always chess press stress access process success congress business "
    "boss class glass loss mass pass grass cross dress address witness illness fitness happiness weakness Swiss "
    "States Nations Philippines Netherlands Texas Paris Athens Brussels Los Angeles Arabs premises".split()
)

_COMMON_IN_Y = frozenset(
    "ministry agency company party city country army navy embassy university authority treaty secretary policy industry "
    "county assembly academy deputy".split()
)

# The noun stands first: attorneys general, presidents-elect, but major generals.
_OFFICE = re.compile(
    r"(.*\b(?:attorney|consul|secretary|director|prosecutor|inspector|solicitor|governor|court|president))([ -](?:general|elect|martial))",
    re.I,
)

# Acronyms said as words: a NATO plan, but an NSC plan.
SAID_AS_WORDS = frozenset(
    "NATO ASEAN UNESCO UNICEF OPEC KAIST POSCO KEPCO KOTRA KOICA AUKUS APEC NASA FIFA FEMA KAERI THAAD AWACS KOSPI KOSDAQ SWAT "
    "STRATCOM COVID RIMPAC GSOMIA SOFA MASGA".split()
)  # fmt: skip
# Written with a vowel, said with a consonant: European, one-China, union (but unidentified), usual, uranium, Ukrainian.
_YOU = re.compile(r"eu|ewe|one$|once|uni(?![dmn])|unan|us[aeu]|ut[aei]|ur[aeo]|uk")


def _split(phrase: str) -> tuple[str, str]:
    match = re.search(r"[A-Za-z]+(?:-[a-z]+)*$", phrase)
    if not match:
        return phrase, ""
    return phrase[: match.start()], match[0]


def _like(word: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return word
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def plural(phrase: str) -> str:
    """Plural of a noun phrase's last word: ``missile`` to ``missiles``, ``ministry`` to ``ministries``, ``ICBM`` to ``ICBMs``.

    A plural stays as it is (``sanctions``).
    """
    lower = phrase.lower()
    if lower in _IRREGULAR:
        return _like(_IRREGULAR[lower], phrase)
    office = _OFFICE.fullmatch(phrase)
    if office:
        return f"{plural(office[1])}{office[2]}"
    head, word = _split(phrase)
    # The list keeps boss from being taken for a plural; its own plural is bosses.
    if not word or ((word.lower() in _UNCHANGED or word in _UNCHANGED) and not word.endswith("ss")):
        return phrase
    key = word.lower()
    if key in _IRREGULAR:
        return head + _like(_IRREGULAR[key], word)
    if word.isupper() and len(word) > 1:
        return phrase + "s"
    if re.search(r"(man)$", key) and key not in ("human", "german", "roman", "ottoman", "shaman", "talisman"):
        return head + word[:-3] + "men"
    one = singular(phrase)
    if one != phrase and plural(one) == phrase:
        return phrase
    if re.search(r"(s|x|z|ch|sh)$", key):
        return phrase + "es"
    if re.search(r"[^aeiou]y$", key):
        # Germany has no ministries' plural; a common noun in a title has.
        return phrase[:-1] + "ies" if not word[:1].isupper() or key in _COMMON_IN_Y else phrase + "s"
    return phrase + "s"


def singular(phrase: str) -> str:
    """Singular of a noun phrase's last word, the phrase itself where that is no plural."""
    lower = phrase.lower()
    if lower in _SINGULAR:
        return _like(_SINGULAR[lower], phrase)
    office = re.fullmatch(r"(.+)([ -](?:general|elect|martial))", phrase, re.I)
    if office and office[1].endswith("s"):
        return f"{singular(office[1])}{office[2]}"
    head, word = _split(phrase)
    key = word.lower()
    if not word or key in _UNCHANGED or word in _UNCHANGED or len(word) < 3:
        return phrase
    if key in _SINGULAR:
        return head + _like(_SINGULAR[key], word)
    if re.fullmatch(r"[A-Z]{2,}s", word):
        return phrase[:-1]
    if word.isupper():  # JCS is one
        return phrase
    if key.endswith("women") or (key.endswith("men") and len(key) > 4 and key not in ("regimen", "specimen", "abdomen", "women", "yemen")):
        return phrase[:-2] + "an"
    if key.endswith("ies") and len(key) > 4:
        return phrase[:-3] + "y"
    if re.search(r"(ches|shes|sses|xes|zzes)$", key):
        return phrase[:-2]
    if key.endswith("s") and not re.search(r"(ss|us|is|ics|ous)$", key):
        return phrase[:-1]
    return phrase


def article(phrase: str) -> str:
    """``a`` or ``an`` for what follows: an ICBM, a UAE ship, an hour, a European plan, a one-China policy, an 18-year rule."""
    found = re.search(r"[A-Za-z]+|\d+", phrase)
    first = found[0] if found else ""
    if first.isdigit():  # eight, eleven, eighteen, eleven thousand
        vowel = first[0] == "8" or (first[:2] in ("11", "18") and len(first) % 3 == 2)
    elif first.isupper() and first not in SAID_AS_WORDS:
        vowel = first[0] in "AEFHILMNORSX"
    else:
        vowel = re.match(r"[aeiou]|hour|hono|honest|heir", first.lower()) is not None and not _YOU.match(first.lower())
    return "an" if vowel else "a"
