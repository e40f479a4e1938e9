"""Who does and says what: a name that stands in the articles may stand in another's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.answers.candidates import sentence_texts
from index.answers.spelling import common_words
from index.model import Hit
from index.models.reader import Reader
from index.verification import wording
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

_CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)


def misplaced(sentence: str, evidence: Evidence, reader: Reader) -> str | None:
    """The first name of a sentence that the articles do not have in this place, if any."""
    names = [name for name in wording.names(sentence) if _is_name(name, evidence)]
    subject = next(iter(names), None)
    if subject and _opens(sentence, subject) and _said_of_others(sentence, subject, evidence):
        return subject
    asked = [name for name in names if name.lower() not in _CALENDAR][:MOST_NAMES]
    passages = [support.as_hit() for support in evidence.supports]
    return next((n for n in asked if _contradicted(n, sentence, passages, reader)), None)


def same(one: str, other: str) -> bool:
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
    if same(subject, text) or not deed & wording.content(text):
        return False
    meant = before or best.hit.text  # where the passage begins with a pronoun
    return not (_SUBJECT_PRONOUN.search(text) and same(subject, meant))


def _sentences(supports: Sequence[Support]) -> Iterator[tuple[Support, str, str]]:
    """Every sentence of the evidence with the one before it in its passage."""
    for support in supports:
        texts = sentence_texts(support.hit)
        for at in range(support.first, support.last + 1):
            yield support, texts[at], texts[at - 1] if at else ""


def _contradicted(name: str, sentence: str, passages: Sequence[Hit], reader: Reader) -> bool:
    """Ask who or what stands in the name's place; tell whether both answers are another."""
    answers: list[tuple[float, str]] = []
    for question in _questions(name, sentence):
        answers.append(_answer(question, passages, reader))
        if same(name, answers[-1][1]):
            return False
    score, found = max(answers)
    others = wording.names(f"– {found}")
    if any(not same(other, sentence) for other in others):
        return score > SURE_SCORE and len(found.split()) <= NAME_WORDS
    is_plain = len(found.split()) <= PLAIN_WORDS
    known = wording.content(found) & wording.content(sentence)
    return score > SURE_PLAIN_SCORE and (bool(others) or (is_plain and not known))


def _questions(name: str, sentence: str) -> Iterator[str]:
    """The sentence with a question word in the name's place, or in that of `name's`."""
    possessive = re.search(rf"{re.escape(name)}['’]s?(?!\w)", sentence)
    for word in (_OWNER,) if possessive else _ASKING:
        replaced = possessive[0] if possessive else name
        asked = sentence.replace(replaced, word, 1).rstrip(".!? ") + "?"
        yield asked[0].upper() + asked[1:]


def _answer(question: str, passages: Sequence[Hit], reader: Reader) -> tuple[float, str]:
    """The reader's best words and their score."""
    return max(
        (one.score, one.span.of(text))
        for hit, reading in zip(passages, reader.read(question, passages), strict=True)
        for text, one in zip(sentence_texts(hit), reading.sentences, strict=True)
    )
