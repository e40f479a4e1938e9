"""What articles tell about a name or a subject, where no more than that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.answers.candidates import Candidate
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

_ASKS = re.compile(
    r"\b(?:who|whom|whose|why|when|where|how|which|what|if|whether)\b", re.IGNORECASE
)

MOST_KEYWORDS = 4
"""More words without a question word are a sentence."""


class Subject(NamedTuple):
    """What is to be told about; `keywords` where it is all that was typed."""

    topic: str
    keywords: bool


def subject(question: str) -> Subject | None:
    """Return what "tell me about the bridge" or "bridge closing" asks about, None for others."""
    text = " ".join(question.split()).rstrip(" ?!.")
    if (found := _ABOUT.fullmatch(text)) and not _ASKS.search(found["topic"]):
        return Subject(found["topic"], keywords=False)
    typed = text.split()
    if len(typed) <= MOST_KEYWORDS and len(words.subject_words(text)) == len(typed) > 0:
        return Subject(text, keywords=True)
    return None


def told(
    judge: BySimilarity, asked: Subject, question: Question, hits: Sequence[Hit]
) -> list[Candidate]:
    """Return the sentences on a subject, the nearest in words and meaning first.

    With keywords a sentence has all of them. Else its passage or title has, and the sentence the
    last one, a surname or the thing itself.
    """
    ranked = judge.judge(question, hits).ranked if hits else []
    return [one for one in ranked if _is_on(asked, one)]


def _is_on(asked: Subject, one: Candidate) -> bool:
    field = field_of(one.hit.article.language)
    terms = analyze(" ".join(words.subject_words(asked.topic)), field)
    own = set(analyze(one.text, field))
    if asked.keywords:
        return own.issuperset(terms)
    around = own.union(analyze(f"{one.hit.article.title}\n{one.hit.text}", field))
    return bool(terms) and terms[-1] in own and around.issuperset(terms)
