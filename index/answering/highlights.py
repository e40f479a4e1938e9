"""Which words of a sentence answer: until the reader says so, the clause nearest the question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.answering.question import Question
from index.lexical import analyze, field_of
from index.model import Span

_CLAUSE_BREAK = re.compile(r"[,;:]\s+|\s+[–—-]\s+|—|\s+(?=(?:while|which|who|because|but)\s)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_EDGES = " \t\n\"'“”‘’.,;:!?()"

MIN_CLAUSE_WORDS = 3


def highlights(question: Question, sentence: str, language: str) -> tuple[Span, ...]:
    """The words that answer, as offsets into the sentence; none where it shares no word.

    The clause with the largest share of the question's subject; the shared words themselves where
    the sentence is a single clause or no clause stands out.
    """
    clauses = list(_clauses(sentence))
    shares = [question.coverage(clause.of(sentence), language) for clause in clauses]
    best = max(shares, default=0.0)
    if len(clauses) > 1 and best > 0 and shares.count(best) == 1:
        return (clauses[shares.index(best)],)
    return tuple(_shared_words(question, sentence, language))


def _clauses(sentence: str) -> Iterator[Span]:
    """Split at punctuation and conjunctions; very short pieces stay with what follows them."""
    start = 0
    for match in _CLAUSE_BREAK.finditer(sentence):
        if len(_WORD.findall(sentence[start : match.start()])) >= MIN_CLAUSE_WORDS:
            yield _trimmed(sentence, start, match.start())
            start = match.end()
    if _WORD.search(sentence, start):
        yield _trimmed(sentence, start, len(sentence))


def _trimmed(sentence: str, start: int, end: int) -> Span:
    while start < end and sentence[start] in _EDGES:
        start += 1
    while end > start and sentence[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _shared_words(question: Question, sentence: str, language: str) -> Iterator[Span]:
    terms = question.terms[language]
    for match in _WORD.finditer(sentence):
        if any(term in terms for term in analyze(match[0], field_of(language))):
            yield Span(*match.span())
