"""Whether the cited passages support a written sentence."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.model import Hit
from index.models.reader import Reader
from index.text.words import antonyms
from index.verification import evidence, roles, wording
from index.verification.evidence import Evidence

MATCHING_STEMS = 2
"""A further clause is spoken of as well where it shares so many more words with the sentence."""

_NEGATION = re.compile(
    r"\b(?:not(?! (?:just|only|merely|least))|never|no|none|nobody|nothing|neither"
    r"|nor|without|cannot|hardly)\b"
    r"|n['’]t\b"
    r"|\b(?:den(?:y|ie[sd]|ying|ial)|reject\w*|refus\w*|dismiss\w*|oppos\w*|"
    r"fail(?:s|ed|ing|ure)?|lack(?:s|ed|ing)?|absence|rul\w+ out|prevent\w*|block\w*|"
    r"forb[ai]d\w*|bann?ed|halt\w*|stopp\w*|cancel\w*|against)\b"
    r"|\bun(?:able|aware|certain|clear|fair|founded|happy|known|lawful|likely|necessary|prepared|"
    r"realistic|safe|successful|true|willing|wise)\w*\b"
    r"|\b(?:impossible|illegal|incorrect|inaccurate|false|untrue)\b",
    re.IGNORECASE,
)

_CLAUSE = re.compile(
    r"[,;:–—]\s+|\s[-–—]\s|\s+(?=(?:while|whereas|although|though|but|because|which|who|and)\s)"
)


@functools.cache
def _opposites_of() -> dict[str, tuple[str, ...]]:
    return antonyms() | {
        **{"up": ("down",), "down": ("up",), "over": ("under",), "under": ("over",)},
        **{"reopened": ("closed",), "closed": ("opened", "reopened", "open")},
    }


def agrees(sentence: str, evidence: str) -> bool:
    """Tell whether both are negated an odd number of times, or both an even number.

    Of the evidence the clauses count that the sentence speaks of; a word of opposite meaning in
    the sentence counts as a negation.
    """
    matched = wording.joined(_matched(sentence, evidence))
    flips = _negations(sentence) + _opposites(sentence, matched)
    return flips % 2 == _negations(matched) % 2


def _negations(text: str) -> int:
    return len(_NEGATION.findall(text))


def _opposites(sentence: str, evidence: str) -> int:
    """Count the words of the sentence whose opposite, no negation itself, the evidence has."""
    said, borne = _lower(sentence), {w for w in _lower(evidence) if not _negations(w)}
    said = {word for word in said if not _negations(word)}
    return sum(
        word not in borne and any(opposite in borne - said for opposite in _opposites_of()[word])
        for word in said & _opposites_of().keys()
    )


def _lower(text: str) -> set[str]:
    return {word.lower() for word in wording.words(text)}


def _matched(sentence: str, evidence: str) -> Iterator[str]:
    """The clauses of the evidence that the sentence speaks of: the nearest one at least."""
    names = wording.content(wording.joined(wording.names(sentence)))
    wanted = wording.content(sentence) - names or names
    clauses = [clause for clause in _CLAUSE.split(evidence) if clause.strip()]
    needed = 1
    while clauses:
        best = max(clauses, key=lambda clause: len(wanted & wording.content(clause)))
        shared = wanted & wording.content(best)
        if len(shared) < needed:
            return
        yield best
        clauses.remove(best)
        wanted, needed = wanted - shared, MATCHING_STEMS


MIN_COVERAGE = 0.6
"""Of a written sentence's content words: the share that its evidence must have."""

MIN_CONTENT = 2
"""Content words: fewer say nothing that could be checked."""

MAX_WORDS = 60
"""Of one sentence."""


class Reason(StrEnum):
    """Why a written sentence is not kept."""

    UNCITED = "it names no passage"
    LINK = "it holds a link or a mention"
    PRONOUN = "nobody can tell whom it means"
    FORM = "it is no sentence"
    WORDS = "its words are not those of the passages"
    NUMBER = "the passages do not have its number"
    NAME = "the passages do not have its name"
    NEGATION = "the passages affirm what it denies, or the other way round"
    ROLE = "the passages say it of somebody else"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is None where the evidence bears the sentence."""

    evidence: Evidence
    reason: Reason | None


class Verifier:
    """Judges by the words in common, and by a reader. Thread-safe."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def judge(self, sentence: str, cited: Sequence[tuple[int, Hit]]) -> Verdict:
        """Judge a sentence by the passages that it cites, of which there is at least one."""
        found = evidence.find(sentence, cited)
        return Verdict(found, self._reason(sentence, found, cited))

    def _reason(
        self, sentence: str, found: Evidence, cited: Sequence[tuple[int, Hit]]
    ) -> Reason | None:
        if len(wording.content(sentence)) < MIN_CONTENT or len(sentence.split()) > MAX_WORDS:
            return Reason.FORM
        if not found.supports or found.coverage < MIN_COVERAGE:
            return Reason.WORDS
        if not _has_numbers(sentence, found.text):
            return Reason.NUMBER
        passages = wording.joined([found.surroundings, *(hit.text for _, hit in cited)])
        if not all(_has_name(name, passages) for name in wording.names(sentence)):
            return Reason.NAME
        if not agrees(sentence, found.text):
            return Reason.NEGATION
        if roles.misplaced(sentence, found, self._reader):
            return Reason.ROLE
        return None


def _has_numbers(sentence: str, evidence: str) -> bool:
    """Tell whether every number is there, and not as the number of something else."""
    there = wording.numbers(evidence)
    for number in wording.numbers(sentence):
        same = [one for one in there if one.value == number.value]
        if not same:
            return False
        counted = {one.unit for one in there if one.unit}
        if number.unit in counted and number.unit not in {one.unit for one in same}:
            return False
    return True


def _has_name(name: str, passages: str) -> bool:
    """Tell whether the words of a name are there, those of one name together."""
    wanted = frozenset(wording.stems(name))
    if not wanted:
        return True
    small = frozenset(wording.stems(passages))
    if " " not in name:
        return wanted <= small
    together = (frozenset(wording.stems(one)) for one in wording.names(f"– {passages}"))
    return wanted <= small and any(wanted <= one for one in together)
