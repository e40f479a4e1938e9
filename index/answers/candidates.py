"""Sentences that may answer, and which of their words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.answers import values
from index.answers.question import Question
from index.answers.values import Value
from index.model import Hit, Span
from index.search.bm25 import analyze, field_of
from index.text.bylines import byline
from index.text.normalise import nearly_same, same_words
from index.text.sentences import count_words, ends_sentence

MAX_SENTENCES = 3

BEHIND = 2.0
"""Log odds by which a sentence beside the best may be behind it (7 to 1). Set, not fitted: of 33
sentences beside the best of 274 answers, all 12 right ones stay, and 16 of 21 others."""

MAX_HEADING_WORDS = 8

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit; `index` is its place in the passage.

    `score` tells how well it answers, comparable within one question; `good_enough` whether it
    may stand beside the best one. `excluded` tells that it gives the words of somebody else than
    is asked for, is of another kind, or asks. `words` are those that answer, as offsets into it.
    `named_in` is the passage's sentence that says who is meant, where somebody shares the name.
    `disputed` tells that another article gives another value of the same thing.
    """

    hit: Hit
    index: int
    text: str
    score: float
    good_enough: bool = False
    excluded: bool = False
    words: tuple[Span, ...] = ()
    named_in: int | None = None
    disputed: bool = False

    @property
    def values(self) -> list[Value]:
        """Return the values that the sentence answers with."""
        found = (values.value_of(self.text, span) for span in self.words)
        return [one for one in found if one]

    @property
    def span(self) -> Span:
        """Return the sentence's place in the article's text."""
        return self.hit.passage.sentences[self.index]

    def follows(self, other: Candidate) -> bool:
        """Tell whether this is the article's next sentence after the other."""
        next_to_other = other.hit.passage.sentences[other.index + 1 : other.index + 2]
        return self.hit.article.id == other.hit.article.id and (self.span,) == next_to_other


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates, best first, and the probability (0 to 1) that the articles answer."""

    ranked: Sequence[Candidate]
    probability: float


class Judge(Protocol):
    """Decides how well the sentences of hits answer a question."""

    def judge(self, question: Question, hits: Sequence[Hit]) -> Judged:
        """Judge the sentences of the best hits, of which there is at least one."""
        ...


def sentence_texts(hit: Hit) -> list[str]:
    """Return the words of each sentence of a hit."""
    start = hit.passage.span.start
    return [hit.text[s.start - start : s.end - start] for s in hit.passage.sentences]


def choose(
    ranked: Sequence[Candidate], rivals: Sequence[Candidate] = (), *, alone: bool = False
) -> list[Candidate]:
    """Return the best sentence and, if not `alone`, those good enough and nearly as likely.

    The same words are taken once. `rivals`, which give another value than the best, stand beside it
    in place of those; so does a sentence of another article that differs in few words. Other
    articles that answer as well come before more of the same article.
    """
    is_no_prose = is_label if alone else is_heading
    prose = [c for c in ranked if not is_no_prose(c.text)] or list(ranked)
    if not prose:
        return []
    best = replace(prose[0], disputed=bool(rivals))
    otherwise = [c for c in prose[1:] if says_otherwise(c, best)]
    near = [c for c in prose[1:] if c.good_enough and c.score >= best.score - BEHIND]
    beside = [] if alone or rivals else near
    first = {c.hit.article.id: c for c in reversed(beside)} | {best.hit.article.id: prose[0]}
    beside.sort(key=lambda c: first[c.hit.article.id] is not c)
    chosen: list[Candidate] = []
    for candidate in [best, *rivals, *otherwise, *beside]:
        if len(chosen) == MAX_SENTENCES:
            break
        if not any(same_words(candidate.text, one.text) for one in chosen):
            chosen.append(candidate)
    return chosen


def nearest(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the best sentence that says something by itself, else the best of all."""
    said = (c for c in ranked if not is_label(c.text) and _is_said(c.text))
    return [next(said, None) or ranked[0]] if ranked else []


def says_otherwise(candidate: Candidate, best: Candidate) -> bool:
    """Tell whether another article has nearly the same sentence."""
    elsewhere = candidate.hit.article.id != best.hit.article.id
    return elsewhere and nearly_same(candidate.text, best.text)


def is_heading(text: str) -> bool:
    """Tell whether a line says what follows rather than anything: short, and without a full stop.

    With a number it may be a fact in a list.
    """
    return (
        not ends_sentence(text)
        and not _DIGIT.search(text)
        and count_words(text) <= MAX_HEADING_WORDS
    )


_CAPTION = re.compile(
    r"©|\((?:Getty|AFP|AP|EPA|PA|Reuters|dpa)\b[^()]{0,40}\)\W*$"
    r"|\b(?i:(?:file )?(?:photo(?:graph)?|picture|image|credit|illustration|graphic)s?):"
    r"|\b(?:Photo(?:graph)?|Picture|Image|Illustration)s? (?:by|courtesy of) [A-Z]"
    r"|[/|] ?(?:Getty|AFP|AP|EPA|PA|Reuters|dpa)\b"
    r"|^(?:Pictured|Above|Below|Left|Right|Caption)\b.{0,20}:"
)
"""What stands below a picture, by the credit or the pointer in it."""


def is_label(text: str) -> bool:
    """Tell whether a line only says what stands beside it: a heading, a caption, a byline."""
    line = text.strip()
    return (
        is_heading(line)
        or bool(_CAPTION.search(line))
        or byline(line.rstrip("."), above_text=True) == len(line.rstrip("."))
    )


_FACT = re.compile(r":.*\d")


def _is_said(text: str) -> bool:
    """Tell a sentence, and a fact in a list, from headlines and captions, which no stop ends."""
    return ends_sentence(text) or bool(_FACT.search(text))


_CLAUSE_BREAK = re.compile(r"[,;:]\s+|\s+[–—-]\s+|—|\s+(?=(?:while|which|who|because|but)\s)")

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_EDGES = " \t\n\"'“”‘’.,;:!?()"

MIN_CLAUSE_WORDS = 3


def highlights(question: Question, sentence: str, language: str) -> tuple[Span, ...]:
    """Return the words that answer, as offsets into the sentence; none where it shares no word.

    The clause with the largest share of the question's subject; the shared words themselves where
    the sentence is a single clause or no clause stands out.
    """
    clauses = list(_clauses(sentence))
    shares = [question.coverage(clause.of(sentence), language) for clause in clauses]
    best = max(shares, default=0.0)
    if len(clauses) > 1 and best > 0 and shares.count(best) == 1:
        found = [clauses[shares.index(best)]]
    else:
        found = list(_shared_words(question, sentence, language))
    return tuple(with_quotation_marks(sentence, span) for span in found)


_OPENING = re.compile(r"(?<!\w)(?:[\"“„«»‘]|«\s)\Z")

_CLOSING = re.compile(r"(?:[,.!?]?[\"”“»«’]|\s»)(?!\w)")


def with_quotation_marks(sentence: str, span: Span) -> Span:
    """Return words with the quotation marks that touch them, so that bold never parts the two."""
    opening = _OPENING.search(sentence, 0, span.start)
    closing = _CLOSING.match(sentence, span.end)
    return Span(opening.start() if opening else span.start, closing.end() if closing else span.end)


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
