"""What articles tell about a name or a subject, where no more than that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import NamedTuple

from index.answers import namesakes
from index.answers.candidates import Candidate
from index.answers.lacking import has_name
from index.answers.question import Question
from index.answers.similarity import BySimilarity
from index.model import Hit
from index.search.bm25 import analyze, field_of
from index.text import words

_FACTS = r"(?:info(?:rmation)?|details|facts|background)"

_ABOUT = re.compile(
    r"(?:(?:please|hey|hi|so|ok(?:ay)?|and|now)[, ]+)*(?:(?:can|could|would) you (?:please )?)?"
    r"(?:(?:tell|brief|fill) (?:me|us)(?: in)?|what (?:do (?:you|we) know|can you tell (?:me|us))"
    rf"|give (?:me|us)(?: \w+)? {_FACTS}|(?:\w+ )?{_FACTS}|anything|everything)"
    r"(?: (?:more|all|a bit|a little|anything|something|everything|you (?:know|have)))*"
    r" (?:about|on|regarding|concerning) (?:the )?(?P<topic>.+)",
    re.IGNORECASE,
)

_WHO = re.compile(
    r"who(?:['’]s| is| was)(?! (?:the|an?|in|on|at|to|not)\b) (?P<name>[^\W\d]\S*(?: \S+){0,2})",
    re.IGNORECASE,
)

_ASKS = re.compile(
    r"\b(?:who|whom|whose|why|when|where|how|which|what|if|whether)\b", re.IGNORECASE
)

MOST_KEYWORDS = 4
"""More words without a question word are a sentence."""


class SubjectKind(Enum):
    """How it is asked: "tell me about the bridge", "who is Runa Holt?", "bridge bolts"."""

    ABOUT = auto()
    WHO = auto()
    KEYWORDS = auto()


class Subject(NamedTuple):
    """What is to be told about."""

    topic: str
    kind: SubjectKind


def subject(question: str) -> Subject | None:
    """Return what is to be told about, None where a question asks for something else."""
    text = " ".join(question.split()).rstrip(" ?!.")
    if (found := _ABOUT.fullmatch(text)) and not _ASKS.search(found["topic"]):
        return Subject(found["topic"], SubjectKind.ABOUT)
    if found := _WHO.fullmatch(text):
        return Subject(found["name"], SubjectKind.WHO)
    typed = text.split()
    if len(typed) <= MOST_KEYWORDS and len(words.subject_words(text)) == len(typed) > 0:
        return Subject(text, SubjectKind.KEYWORDS)
    return None


def sentences_on(
    judge: BySimilarity, asked: Subject, question: Question, hits: Sequence[Hit]
) -> list[Candidate]:
    """Return the sentences on a subject, the nearest in words and meaning first.

    With keywords a sentence has all of them (in natural_news that is right for 19 of 20 questions
    with an answer, and so for 1 of 51 without). With a name it has the whole name, and an article's
    first comes first, as that introduces people (right for 73 of 75, and 1 of 2 without). Else the
    passage or title has all the words, and the sentence the last, a surname or the thing itself.
    People who share the name that is asked for come with the first sentence of each.
    """
    ranked = judge.judge(question, hits).ranked if hits else []
    found = [one for one in ranked if _is_on(asked, one)]
    if asked.kind is SubjectKind.WHO and found:
        of = found[0].hit.article.id
        found.sort(key=lambda one: (one.hit.article.id != of, one.hit.article.id, one.span.start))
        each = namesakes.each_of(asked.topic, found)
        return [replace(one, good_enough=True) for one in each] or found
    return found


def _is_on(asked: Subject, one: Candidate) -> bool:
    field = field_of(one.hit.article.language)
    terms = analyze(" ".join(words.subject_words(asked.topic)), field)
    own = set(analyze(one.text, field))
    if asked.kind is not SubjectKind.ABOUT:
        return own.issuperset(terms) and (
            asked.kind is SubjectKind.KEYWORDS or _is_name(asked.topic, one)
        )
    around = own.union(analyze(f"{one.hit.article.title}\n{one.hit.text}", field))
    return bool(terms) and terms[-1] in own and around.issuperset(terms)


def _is_name(typed: str, one: Candidate) -> bool:
    """Tell whether a sentence has what was typed, and its passage only with a capital surname.

    What was typed with a capital stands with it: "Who is Long?" is not about what takes long.
    """
    if typed.split()[-1][0].isupper():
        return has_name(typed, one.text)
    name = re.compile(rf"\b{re.escape(typed)}\b", re.IGNORECASE)
    in_passage = name.findall(one.hit.text)
    return bool(name.search(one.text)) and all(n.split()[-1][0].isupper() for n in in_passage)
