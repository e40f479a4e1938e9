"""Judging by the reader: a sentence answers when the reader finds the answer in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from index.answers import directions, namesakes, others, peers, roles, speakers
from index.answers.candidates import (
    Candidate,
    Judged,
    is_heading,
    sentence_texts,
    with_quotation_marks,
)
from index.answers.lacking import (
    has_name,
    has_word_alone,
    is_anothers_age,
    is_of_another_kind,
)
from index.answers.question import Question
from index.answers.reasons import only_restates
from index.answers.refusal import telling_names
from index.answers.rows import may_answer, rows_named, within_cell
from index.answers.scoring import Logistic, SentenceVectors
from index.answers.stated import is_stated
from index.model import Hit, Span
from index.models.reader import Reader, Reading

STEPS = (2, 4, 8)
"""The hits are read two by two and four, until one answers."""

MOST_READ = STEPS[-1]

NEAR_FIRST = 0.6
"""Of the first hit's score: what a hit of the last step needs to be read."""

SURE_LOGIT = 1.0
"""Log odds of SENTENCE from which on no further hits are read. The right sentence is then best for
.693 of 150 answerable questions of natural_news's tune part, with 4.4 hits read in the mean, and
for .796 of 323 typed hastily to articles of our own, with 3.4. Where the reader's own score decided
(2.0) it was .680 and .765, with 3.3 and 2.6; where all 8 are read it is .707 and .802."""

LANGUAGE = "en"
"""What the reader was trained on."""

_ASKS = re.compile(r"[^\"“”„«»:]+\?\s*")
"""What an interviewer asks is no answer. Nobody is quoted in it."""

MAX_LOGIT = 12.0
"""Beyond this the reader's scores say nothing more."""


@dataclass(frozen=True, slots=True)
class SentenceSignals:
    """What speaks for one sentence: the reader's log odds, search and words.

    `score` is the reader's for the sentence, `hybrid` its passage's; `coverage` is the share (0 to
    1) of the question's words in the sentence.
    """

    score: float
    hybrid: float
    coverage: float


SENTENCE = Logistic(SentenceSignals(score=0.383, hybrid=2.889, coverage=2.101), bias=-4.849)

STATED = 3.0
"""Added to the log odds where a sentence says in the question's own words what is asked. Set, not
fitted: two thirds of the questions for somebody's words on a subject in natural_news (19 of 28 in
its tune part) are near misses, so the reader doubts all of them."""

Seen = tuple[Candidate, SentenceSignals]
"""A sentence that was read, its score the log odds of SENTENCE."""


@dataclass(frozen=True, slots=True)
class ReaderSignals:
    """What speaks for the best sentence being right.

    `score` and `hybrid` are those of SentenceSignals, `sentence_dense` is the sentence's cosine
    similarity. Tried and left out, as they add nothing on the tune part: the answerable head, the
    lead over the next hit or sentence, the passage's similarity and shares of words and names.
    """

    score: float
    hybrid: float
    sentence_dense: float


class SentenceFilter(NamedTuple):
    """Excludes sentences by what a question asks for: whose words, who did it to whom, its kind."""

    question: str
    name: frozenset[str]
    role: frozenset[str]
    direction: directions.Direction | None
    found: Sequence[str]

    def excludes(self, sentences: Sequence[str], index: int) -> bool:
        """Tell whether a sentence is about another, is of another kind, or asks.

        So is one that tells what is asked the other way round, or not why it is so.
        """
        sentence = sentences[index]
        return (
            speakers.another_speaks(self.name, sentence)
            or roles.speaker_lacks_role(self.role, sentences, index)
            or directions.is_other_way(self.direction, sentences, index)
            or is_of_another_kind(self.question, sentence)
            or is_anothers_age(self.question, sentence)
            or others.is_about_another(self.question, sentences, index, self.found)
            or only_restates(self.question, sentence)
            or bool(_ASKS.fullmatch(sentence))
        )


ANSWERS = Logistic(ReaderSignals(score=0.262, hybrid=2.276, sentence_dense=1.901), bias=-3.593)


class ReaderJudge:
    """Judges with a reader. Further hits are read only while no answer is sure."""

    def __init__(
        self,
        reader: Reader,
        vectors: SentenceVectors,
        *,
        sentence: Logistic[SentenceSignals] = SENTENCE,
    ) -> None:
        """`sentence` weighs what speaks for one; others than SENTENCE are for fitting it."""
        self._reader = reader
        self._vectors = vectors
        self._sentence = sentence

    def judge(self, question: Question, hits: Sequence[Hit]) -> Judged:
        """Judge the sentences of the hits in the reader's language."""
        read = self.read(question, hits)
        if not read:
            return Judged((), 0.0)
        ranked = [candidate for candidate, _ in read]
        best, seen = read[0]
        stated = STATED * is_stated(question, best.text, seen.coverage)
        return Judged(ranked, ANSWERS.probability(self.signals(question, read), plus=stated))

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Seen]:
        """Read the hits; return their sentences, best first and headings last.

        Where the question names a row of a table, all other rows are left out, and where it names
        one of two people of one surname, or of several names in a list, the sentences about others.
        A passage that has a name only as a word is left out where another has the name.
        """
        readable = [hit for hit in hits if hit.article.language == LANGUAGE]
        own = _with_the_names(question.text, readable[:MOST_READ])
        every = [text for hit in own for text in sentence_texts(hit)]
        found: list[Seen] = []
        sentence_filter = SentenceFilter(
            question.text,
            speakers.name_asked_for(question.text),
            roles.role_asked_for(question.text),
            directions.asked(question.text),
            every,
        )
        rows = rows_named(question.text, every)
        people = namesakes.shared(own)
        wanted = namesakes.named_by(question.text, people)
        lists = peers.listed("\n".join(hit.text for hit in own))

        for start, end in pairwise((0, *STEPS)):
            some = own[start:end]
            if end == MOST_READ:
                some = [hit for hit in some if hit.score >= NEAR_FIRST * own[0].score]
            if not some or any(one.score > SURE_LOGIT for one, _ in found if not one.excluded):
                break
            for hit, reading in zip(some, self._reader.read(question.text, some), strict=True):
                meant, texts = namesakes.meant(hit, people), sentence_texts(hit)
                found.extend(
                    (replace(one, named_in=meant[one.index].named_in), signals)
                    for one, signals in self._sentences(question, hit, reading, sentence_filter)
                    if not meant[one.index].all_other(wanted)
                    and not question.is_repeated(one.text)
                    and not peers.about_another(question.text, lists, texts, one.index)
                    and may_answer(one.text, rows)
                )
            found.sort(key=lambda seen: _order(seen[0]))
        return found

    def signals(self, question: Question, read: Sequence[Seen]) -> ReaderSignals:
        """Return what the whole judgement rests on; `read` are all sentences, best first."""
        best, seen = read[0]
        (vectors,) = self._vectors.of([best.hit])
        dense = float(vectors[best.index] @ question.vector)
        return ReaderSignals(seen.score, seen.hybrid, dense)

    def _sentences(
        self, question: Question, hit: Hit, reading: Reading, sentence_filter: SentenceFilter
    ) -> Iterator[Seen]:
        texts = sentence_texts(hit)
        for index, (text, one) in enumerate(zip(texts, reading.sentences, strict=True)):
            coverage = question.coverage(text, LANGUAGE)
            seen = SentenceSignals(_clipped(one.score), hit.score, coverage)
            logit = self._sentence.logit(seen)
            excluded = sentence_filter.excludes(texts, index)
            found = Candidate(
                hit,
                index,
                text,
                logit,
                good_enough=logit >= 0 and not excluded,
                excluded=excluded,
                words=(_marked(text, one.span),),
            )
            yield found, seen


def _with_the_names(question: str, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Leave out passages with "asked" if the question is about Mr Ask, and others name him."""
    texts = [f"{hit.article.title}\n{hit.text}" for hit in hits]
    known = [name for name in telling_names(question) if any(has_name(name, t) for t in texts)]
    return [
        hit
        for hit, text in zip(hits, texts, strict=True)
        if not any(has_word_alone(name, text) for name in known)
    ]


def _marked(text: str, span: Span) -> Span:
    """Return the words of the answer with the quotation marks that touch them, of one cell."""
    return within_cell(text, with_quotation_marks(text, span))


def _order(one: Candidate) -> tuple[bool, float, str, int]:
    """Return the key by which the best comes first; what is excluded and headings come last."""
    return one.excluded or is_heading(one.text), -one.score, one.hit.article.id, one.index


def _clipped(logit: float) -> float:
    return min(max(logit, -MAX_LOGIT), MAX_LOGIT)
