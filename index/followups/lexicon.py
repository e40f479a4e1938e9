"""English word classes that follow-ups are taken apart by."""

from __future__ import annotations

import functools

from index.text.word_lists import entries

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
    without into near within through towards toward behind across
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

MALE = frozenset("mr sir lord king prince chairman spokesman father husband son man".split())

FEMALE = frozenset(
    "mrs ms miss lady dame queen princess chairwoman spokeswoman mother wife daughter woman".split()
)


@functools.cache
def titles() -> frozenset[str]:
    """Return titles of people, in lower case."""
    return _words("titles")


@functools.cache
def roles() -> frozenset[str]:
    """Return singular nouns for who can say something, groups with one voice included."""
    return titles() | _words("roles")


@functools.cache
def organisations() -> frozenset[str]:
    """Return words whose names are no person's."""
    return _words("organisations")


@functools.cache
def saying() -> frozenset[str]:
    """Return base forms of verbs with a speaker and, behind `about`, a subject."""
    return _words("saying")


@functools.cache
def spoke() -> frozenset[str]:
    """Return verb forms that stand beside the name of somebody who speaks."""
    return _words("spoke")


@functools.cache
def places() -> frozenset[str]:
    """Return countries, parts of the world and capitals that stand for them, in lower case."""
    return _words("places")


def _words(name: str) -> frozenset[str]:
    return frozenset(entry.lower() for entry in entries("index.followups", name))
