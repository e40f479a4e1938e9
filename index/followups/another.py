"""Whether a sentence says what is asked of something else than what was spoken of."""

from __future__ import annotations

import re

from index.followups import english
from index.search.bm25 import analyze, field_of

_PRONOUNS = frozenset("he she it they".split())

_NO_NOUN = (
    _PRONOUNS
    | english.DETERMINERS
    | english.PREPOSITIONS
    | frozenset("i we you him her them us to not and but or what one some all both none".split())
)
"""What a verb may stand behind that tells of nobody in particular."""

_LIGHT = frozenset("be have do get take make cost last need mean happen begin start".split())
"""Verbs of which a part tells as well: "A ticket costs £14", "The work will take a year"."""

_ADVERBS = frozenset("also then there later soon already still now again only".split())

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_CLAUSE = re.compile(
    r"[.,;:!?\"“”()–—]|\b(?:that|when|if|as|because|while|until|after|before|where|which|who)\b",
    re.IGNORECASE,
)

_OBJECT = re.compile(r"\s*(?:an?|his|her|its|their|two|three|four|five|\d+) (?P<noun>.*)")
"""What was not spoken of; "the race" may be the marathon."""

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly)? \Z", re.IGNORECASE)


def is_of_another(question: str, sentence: str, told: str) -> bool:
    """Tell whether a sentence has the question's verb, but of something that `told` lacks.

    "When does it close?" is not answered by "The museum's library closes on 30 June", nor "Who sold
    it?" by "Morel had sold his yacht".
    """
    asked = english.parse(question)
    if asked is None or asked.asks_what_was_said:
        return False
    subject, (verb, _, rest) = asked.subject.lower(), asked.predicate.partition(" ")
    if not verb or english.base_of(verb.lower()) in _LIGHT:
        return False
    found = [one for one in _WORD.finditer(sentence) if _stem(one[0]) == _stem(verb)]
    if subject in _PRONOUNS:
        is_active = asked.aux.lower() not in english.BE
        nouns = [_subject(sentence[: one.start()], subject, is_active=is_active) for one in found]
    elif rest and not subject and asked.wh.lower() == "who":
        nouns = [_object(sentence[one.end() :]) for one in found]
    else:
        return False
    known = frozenset(map(_stem, _WORD.findall(f"{told} {question}")))
    return bool(nouns) and all(noun and _stem(noun) not in known for noun in nouns)


def _stem(word: str) -> str:
    base = english.base_of(word.lower())
    return next(iter(analyze(base, field_of("en"))), base)


def _subject(before: str, asked: str, *, is_active: bool) -> str:
    """Return the noun that a verb is said of, "" where it may be what was asked about."""
    if is_active and _PASSIVE.search(before):
        return ""
    clauses = (_WORD.findall(part) for part in reversed(_CLAUSE.split(before)))
    words = next(filter(None, map(_without_auxiliaries, clauses)), [""])
    last = words[-1].lower()
    if {last, asked} == {"he", "she"}:
        return last
    words = words[words[0].lower() in ("and", "but", "or") :]
    return "" if last in _NO_NOUN or "and" in words else english.head_of(" ".join(words))


def _without_auxiliaries(words: list[str]) -> list[str]:
    while words and (
        english.is_aux(words[-1])
        or words[-1].lower() in _ADVERBS | {"be", "been", "being", "not"}
        or words[-1].endswith("ly")
    ):
        words = words[:-1]
    return words


def _object(behind: str) -> str:
    """Return the noun that a verb is done to, "" where that is a name or a pronoun."""
    found = _OBJECT.match(_CLAUSE.split(behind)[0])
    return english.head_of(found["noun"]) if found else ""
