"""Whether the cited passages bear a written sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.answering.written import evidence, polarity, roles, wording
from index.answering.written.evidence import Evidence
from index.model import Hit
from index.reader import Reader

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
        if not polarity.agrees(sentence, found.text):
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
