"""Whether a sentence affirms what its evidence affirms: negations counted on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.answering.written import wording
from index.reader.training.antonyms import ANTONYMS

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
_OPPOSITES = {
    **ANTONYMS,
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
        word not in borne and any(opposite in borne - said for opposite in _OPPOSITES[word])
        for word in said & _OPPOSITES.keys()
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
