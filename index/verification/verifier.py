"""Whether the cited passages support a written sentence."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from index.answers.candidates import sentence_texts
from index.answers.spelling import common_words
from index.model import Hit
from index.models.reader import Reader
from index.text.spelt import MONTHS, WEEKDAYS
from index.text.words import antonyms
from index.verification import evidence, wording
from index.verification.evidence import Evidence, Support

SURE_SCORE = 2.0
"""Of the reader for another name in a name's place (odds of 7 to 1)."""

SURE_PLAIN_SCORE = 5.0
"""Of the reader for a name that the sentence has elsewhere, or none such as `critics`."""

PLAIN_WORDS = 3
"""A longer answer without a name says nothing of who is meant."""

NAME_WORDS = 4
"""A longer answer with a name tells of it rather than naming it."""

MOST_NAMES = 4
"""Of a sentence that are looked up: two questions each, of some 10 ms."""

SAME_LETTERS = 5
"""Russia and Russian are the same name."""

_ASKING, _OWNER = ("who", "what"), "whose"

_CLAUSE_END = re.compile(r"[,;:]\s|\s+(?:while|whereas|although|but|and)\s")

_INITIAL = re.compile(r"[.!?]\S*\s+\S+")

_SUBJECT_PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|their|its)\b", re.I)

_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))


def misplaced(sentence: str, evidence: Evidence, reader: Reader) -> str | None:
    """Return the first name of a sentence that the articles do not have in this place, if any."""
    names = [name for name in wording.names(sentence) if _is_name(name, evidence)]
    subject = next(iter(names), None)
    if subject and _opens(sentence, subject) and _said_of_others(sentence, subject, evidence):
        return subject
    asked = [name for name in names if name.lower() not in _CALENDAR][:MOST_NAMES]
    passages = [support.as_hit() for support in evidence.supports]
    return next((n for n in asked if _contradicted(n, sentence, passages, reader)), None)


def share_a_word(one: str, other: str) -> bool:
    """Tell whether two names share a word, in whatever form."""
    return any(
        a == b or (len(a) >= SAME_LETTERS and a[:SAME_LETTERS] == b[:SAME_LETTERS])
        for a in map(str.lower, wording.words(one))
        for b in map(str.lower, wording.words(other))
    )


def _is_name(name: str, evidence: Evidence) -> bool:
    """Tell names from plain words that begin a sentence: the articles have those small or first."""
    near = evidence.surroundings
    if re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", near):
        return False
    return name.lower() not in common_words() or f" {name}" in _INITIAL.sub(".", near)


def _opens(sentence: str, name: str) -> bool:
    return not wording.content(sentence[: sentence.find(name)])


def _said_of_others(sentence: str, subject: str, evidence: Evidence) -> bool:
    """Tell whether the sentence that has the subject's deed neither has nor means the subject."""
    rest = sentence[sentence.find(subject) + len(subject) :]
    deed = wording.content(_CLAUSE_END.split(rest, maxsplit=1)[0]) or wording.content(rest)
    best, text, before = max(
        _sentences(evidence.supports), key=lambda one: len(deed & wording.content(one[1]))
    )
    if share_a_word(subject, text) or not deed & wording.content(text):
        return False
    meant = before or best.hit.text  # where the passage begins with a pronoun
    return not (_SUBJECT_PRONOUN.search(text) and share_a_word(subject, meant))


def _sentences(supports: Sequence[Support]) -> Iterator[tuple[Support, str, str]]:
    """Yield every sentence of the evidence with the one before it in its passage."""
    for support in supports:
        texts = sentence_texts(support.hit)
        for at in range(support.first, support.last + 1):
            yield support, texts[at], texts[at - 1] if at else ""


def _contradicted(name: str, sentence: str, passages: Sequence[Hit], reader: Reader) -> bool:
    """Ask who or what stands in the name's place; tell whether both answers are another."""
    answers: list[tuple[float, str]] = []
    for question in _questions(name, sentence):
        answers.append(_answer(question, passages, reader))
        if share_a_word(name, answers[-1][1]):
            return False
    score, found = max(answers)
    others = wording.names(f"– {found}")
    if any(not share_a_word(other, sentence) for other in others):
        return score > SURE_SCORE and len(found.split()) <= NAME_WORDS
    is_plain = len(found.split()) <= PLAIN_WORDS
    known = wording.content(found) & wording.content(sentence)
    return score > SURE_PLAIN_SCORE and (bool(others) or (is_plain and not known))


def _questions(name: str, sentence: str) -> Iterator[str]:
    """Yield the sentence with a question word in place of the name, or of `name's`."""
    possessive = re.search(rf"{re.escape(name)}['’]s?(?!\w)", sentence)
    for word in (_OWNER,) if possessive else _ASKING:
        replaced = possessive[0] if possessive else name
        asked = sentence.replace(replaced, word, 1).rstrip(".!? ") + "?"
        yield asked[0].upper() + asked[1:]


def _answer(question: str, passages: Sequence[Hit], reader: Reader) -> tuple[float, str]:
    """Return the reader's best words and their score (log odds)."""
    return max(
        (one.score, one.span.of(text))
        for hit, reading in zip(passages, reader.read(question, passages), strict=True)
        for text, one in zip(sentence_texts(hit), reading.sentences, strict=True)
    )


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
    said, in_evidence = _lower(sentence), {w for w in _lower(evidence) if not _negations(w)}
    said = {word for word in said if not _negations(word)}
    return sum(
        word not in in_evidence
        and any(opposite in in_evidence - said for opposite in _opposites_of()[word])
        for word in said & _opposites_of().keys()
    )


def _lower(text: str) -> set[str]:
    return {word.lower() for word in wording.words(text)}


def _matched(sentence: str, evidence: str) -> Iterator[str]:
    """Yield the clauses of the evidence that the sentence is about: the nearest at least."""
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

    UNCITED = auto()  # it names no passage
    LINK = auto()  # it holds a link or a mention
    PRONOUN = auto()  # nobody can tell whom it means
    FORM = auto()  # it is no sentence
    WORDS = auto()  # its words are not those of the passages
    NUMBER = auto()  # the passages do not have its number
    NAME = auto()  # the passages do not have its name
    NEGATION = auto()  # the passages affirm what it denies, or the other way round
    ROLE = auto()  # the passages say it of somebody else


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is None where the evidence bears the sentence."""

    evidence: Evidence
    reason: Reason | None


class Verifier:
    """Judges by the words in common, and by a reader. Thread-safe."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def judge(self, sentence: str, cited: Sequence[Hit]) -> Verdict:
        """Judge a sentence by the passages that it cites, of which there is at least one."""
        found = evidence.find(sentence, cited)
        return Verdict(found, self._reason(sentence, found, cited))

    def _reason(self, sentence: str, found: Evidence, cited: Sequence[Hit]) -> Reason | None:
        if len(wording.content(sentence)) < MIN_CONTENT or len(sentence.split()) > MAX_WORDS:
            return Reason.FORM
        if not found.supports or found.coverage < MIN_COVERAGE:
            return Reason.WORDS
        if not _has_numbers(sentence, found.text):
            return Reason.NUMBER
        passages = wording.joined([found.surroundings, *(hit.text for hit in cited)])
        if not all(_has_name(name, passages) for name in wording.names(sentence)):
            return Reason.NAME
        if not agrees(sentence, found.text):
            return Reason.NEGATION
        if misplaced(sentence, found, self._reader):
            return Reason.ROLE
        return None


def _has_numbers(sentence: str, evidence: str) -> bool:
    """Tell whether every number is there, and not as the number of something else."""
    there = wording.numbers(evidence)
    for number in wording.numbers(sentence):
        share_a_word = [one for one in there if one.value == number.value]
        if not share_a_word:
            return False
        counted = {one.unit for one in there if one.unit}
        if number.unit in counted and number.unit not in {one.unit for one in share_a_word}:
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
