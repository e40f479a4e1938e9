"""English word classes and verb forms, as far as questions need them."""

from __future__ import annotations

from index.text.words import entries, places


def _words(name: str) -> frozenset[str]:
    return frozenset(entry.lower() for entry in entries("index.followups", name))


BE = frozenset("is are was were".split())

HAVE = frozenset("has have had".split())

DO = frozenset("do does did".split())

MODALS = frozenset("will would can could should may might must".split())

AUXILIARIES = BE | HAVE | DO | MODALS

ADVERBIAL_WH = frozenset("why when where how".split())

NOMINAL_WH = frozenset("what who whom which whose".split())

WH = ADVERBIAL_WH | NOMINAL_WH

OPENING_QUESTIONS = WH | AUXILIARIES | {"tell"}
"""With what an English question begins."""

DETERMINERS = frozenset(
    """
    a an the this that these those my your his her its our their some any no every each all both
    another many few several most much more such what which whose
    """.split()
)

ABOUT = frozenset("about on regarding concerning".split())
"""What a subject that is spoken of stands behind; one stands for another."""

PREPOSITIONS = ABOUT | frozenset(
    """
    of in at to from for with by against under over since after before during until between among
    without into near within through towards toward behind across according
    """.split()
)

PRONOUNS = frozenset(
    "he him his she her hers it its they them their theirs this that these those there".split()
)

FUNCTION_WORDS = (
    AUXILIARIES
    | WH
    | DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | frozenset(
        """
        and or but not if as than so too also else i you we me us be been being there then now still
        already ever really yet again just even once only
        """.split()
    )
)

PEOPLE = frozenset("people men women children police allies families voters others".split())
"""Plurals of people that no ending shows."""

PEOPLE_ENDINGS = ("ists", "ians", "ers", "ors", "critics", "allies", "officials", "men", "women")

TITLES = _words("titles")
"""Titles of people."""

ROLES = TITLES | _words("roles")
"""Singular nouns for who can say something, groups with one voice included."""

ORGANISATIONS = _words("organisations")
"""Words in names that are no person's."""

SPEECH_VERBS = _words("saying")
"""Base forms of verbs with a speaker and, behind `about`, a subject."""

PLACES = frozenset(name for line in places() for name in line)
"""Countries, parts of the world and capitals that stand for them, with what they are called."""

_BASE_OF = dict(pair.split("/") for pair in entries("index.followups", "irregular_verbs"))
"""Irregular past tenses with their base forms."""

_PAST_OF = {base: past for past, base in _BASE_OF.items()}

_PARTICIPLES = _words("participles")

_BASES = _words("verbs") | set(_BASE_OF.values())
"""Base forms frequent in questions about news."""


def is_base(word: str) -> bool:
    """Tell whether a word may be a verb as `did` asks for it."""
    return word.lower() in _BASES


def is_past(word: str) -> bool:
    """Tell whether a word has the form of a past tense or past participle."""
    lower = word.lower()
    regular = lower.endswith("ed") and len(lower) > 4
    return regular or lower in _BASE_OF or lower in _PARTICIPLES


def past(base: str) -> str:
    """Return the past tense of a base form."""
    lower = base.lower()
    if lower in _PAST_OF:
        return _PAST_OF[lower]
    if lower.endswith("e"):
        return lower + "d"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return lower[:-1] + "ied"
    return lower + ("ped" if lower in ("stop", "ship", "drop") else "ed")


def base(form: str) -> str:
    """Return the base form of a past tense that is regular or known, else the form itself."""
    lower = form.lower()
    if lower in _BASE_OF:
        return _BASE_OF[lower]
    if not lower.endswith("ed"):
        return lower
    if lower.endswith("ied"):
        return lower[:-3] + "y"
    stem = lower[:-2]
    candidates = (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem)
    return next((c for c in candidates if c in _BASES), stem)
