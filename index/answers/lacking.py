"""What a question asks for and an article lacks: a thing, a kind of person or event, a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from index.answers.refusal import forms, telling_names
from index.search.bm25 import analyze, field_of
from index.text import words

_WORD = re.compile(r"[^\W\d_]+|[£$€¥]")

_ENGLISH = field_of("en")


@functools.cache
def _things() -> dict[str, frozenset[str]]:
    """Return for each word for a thing all that an article may call it, stemmed."""
    found: dict[str, frozenset[str]] = {}
    for line in words.entries("index.text", "things"):
        names, _, others = line.partition("=")
        forms = frozenset(_stems(f"{names} {others}".replace("/", " ")))
        for name in names.split("/"):
            found[name] = found.get(name, frozenset()) | forms
    return found


def _stems(text: str) -> Iterator[str]:
    for word in set(_WORD.findall(text.casefold())):
        yield from analyze(word, _ENGLISH) or [word]


def lacks(question: str, article: str) -> bool:
    """Tell whether an English question is about something that a text has under none of its names.

    That is a thing, a kind of people or an event in lists/things.txt, or a name of several words.
    Single names may be in other words there: the Kremlin, Kyiv.
    """
    things = [word for word in _WORD.findall(question.casefold()) if word in _things()]
    names = [name for name in telling_names(question) if " " in name]
    names = [name for name in names if name.casefold() not in _SEATS]
    if not (things or names):
        return False
    stems = frozenset(_stems(article))
    return any(_things()[word].isdisjoint(stems) for word in things) or _has_not(stems, names)


def lacks_name(names: Iterable[str], text: str) -> bool:
    """Tell whether an English text has no word of one of the names, nor of another name of it."""
    return _has_not(frozenset(_stems(text)), names)


def _has_not(stems: frozenset[str], names: Iterable[str]) -> bool:
    return any(stems.isdisjoint(_stems(" ".join(forms(name)))) for name in names)


def has_word_alone(name: str, text: str) -> bool:
    """Tell whether a text has the word that a name is, and not the name: "asked", not "Mr Ask".

    A name has a capital wherever it stands.
    """
    stems = frozenset(_stems(name))
    found = [word for word in _WORD.findall(text) if not stems.isdisjoint(_stems(word))]
    return bool(found) and not any(word[0].isupper() for word in found)


def has_name(name: str, text: str) -> bool:
    """Tell whether a name stands in a text as it was typed."""
    return bool(re.search(rf"\b{re.escape(name)}\b", text))


_SEATS = frozenset(
    ("white house", "downing street", "capitol hill", "wall street", "supreme court", "oval office")
)
"""What articles call by another name."""


_TURNED = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        (
            "rise rises rose risen increase increases increased grow grows grew grown climbed",
            "fall falls fell fallen decrease decreases decreased shrink shrank drop dropped decline"
            " declined",
        ),
        (
            "hire hires hired recruit recruits recruited",
            "cut cuts sack sacks sacked dismiss dismissed",
        ),
        (
            "sell sells sold selling seller sellers buy buys bought buying buyer buyers",
            "bid bids bidder bidders bidding outbid underbidder",
        ),
    )
)
"""Ways that something goes, and the contrary ones; who only bids has not bought."""


def is_contrary(question: str, sentence: str) -> bool:
    """Tell whether a sentence says the contrary of what a question supposes."""
    return (
        _is_turned(question, sentence)
        or _only_buys(question, sentence)
        or is_of_another_kind(question, sentence)
    )


_WHO_SOLD = re.compile(r"\s*(?:and |so |but )?who\b[^?]*\bs(?:old|ell(?:s|ing)?)\b", re.IGNORECASE)

_SELLS = re.compile(r"\b(?:sold|sell\w*|sale|from|belonged|owned|owners?)\b", re.IGNORECASE)

_BUYS = re.compile(r"\b(?:bought|buy\w*|purchase[dr]?\w*|acquired?)\b", re.IGNORECASE)


def _only_buys(question: str, sentence: str) -> bool:
    """Tell whether a sentence says who bought what a question asks the seller of."""
    return bool(
        _WHO_SOLD.match(question) and _BUYS.search(sentence) and not _SELLS.search(sentence)
    )


def _is_turned(question: str, sentence: str) -> bool:
    """Tell whether a sentence says that something went the other way than a question supposes.

    To a question that is answered by yes or no it is an answer.
    """
    asked, said = (_WORD.findall(text.casefold()) for text in (question, sentence))
    if _YES_OR_NO.match(question):
        return False
    return any(
        not one.isdisjoint(asked)
        and one.isdisjoint(said)
        and other.isdisjoint(asked)
        and not other.isdisjoint(said)
        for pair in _TURNED
        for one, other in (pair, pair[::-1])
    )


_YES_OR_NO = re.compile(
    r"\s*(?:and |so )?(?:did|does|do|is|are|was|were|has|have|had|will|can|could|should|would)\b",
    re.IGNORECASE,
)


_KIND_WORD = re.compile(r"[^\W\d_]+(?=['’]s)|(?<!['’])[^\W\d_]+")


def is_of_another_kind(question: str, sentence: str) -> bool:
    """Tell whether a sentence is about the opening ceremony, a question about the closing one.

    It names the same thing with a word before it that excludes the question's, and has not that.
    Of 2,500 right sentences of natural_news's train part 5 are so.
    """
    asked, said = (_KIND_WORD.findall(text.casefold()) for text in (question, sentence))
    pairs, excluding = set(pairwise(said)), words.antonyms()
    return any(
        word not in said and any((other, thing) in pairs for other in excluding.get(word, ()))
        for word, thing in pairwise(asked)
    )


_HOW_OLD = re.compile(r"\bhow old (?:is|was|are|were) (?P<whose>[^?]+)", re.IGNORECASE)

_AGED_THING = re.compile(
    r"\b(?:of|at|in|on|for|from|with|by|to|behind|owns?|owned|runs?|ran|leads?|led|bought|sold) "
    r"(?:(?:the|an?|his|her|its|their|[\w-]+['’]s) )?"
    r"\w+-year-old (?P<thing>[\w-]+(?: [\w-]+){0,2})"
)

_HEAD = re.compile(r"(?<!['’])\b[^\W\d_]+\b(?!['’])")
"""A word that owns nothing: "shop" of "Brennan's shop"."""

_AGE = re.compile(r"\d|\b(?:aged?|old|turned|born|birthday)\b")


def is_anothers_age(question: str, sentence: str) -> bool:
    """Tell whether a sentence on whose age is asked for gives only that of what is beside them.

    "Liam Brennan, owner of the 140-year-old bakery": who stands there by name is no bakery.
    """
    asked = _HOW_OLD.search(question)
    things = " ".join(found["thing"] for found in _AGED_THING.finditer(sentence)).casefold()
    if asked is None or not things or _AGE.search(_AGED_THING.sub("", sentence)):
        return False
    whose = set(_HEAD.findall(asked["whose"].casefold())) - words.QUESTION_WORDS
    return whose.isdisjoint(_WORD.findall(things)) and not whose.isdisjoint(
        _WORD.findall(sentence.casefold())
    )
