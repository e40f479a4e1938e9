"""From a question to an answer in the articles' own words, or to a refusal."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from index import words
from index.answering import citing, confidence, sentences, summary
from index.answering.highlights import highlights
from index.answering.question import Question, understand
from index.answering.reading import SentenceVectors
from index.catalog import Snapshot
from index.embedder import Embedder
from index.lexical import Lexical
from index.model import Answer, Article, Hit
from index.scope import Scope
from index.search import Searcher

HITS = 10
CLOSEST = 3
"""Articles that a refusal names."""


@dataclass
class _Timings:
    """Milliseconds by step, in the order taken."""

    milliseconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.milliseconds[name] = (time.perf_counter() - began) * 1000


class Answerer:
    """Answers extractively: search, read the best hits' sentences, decide, cite."""

    def __init__(self, embedder: Embedder, lexical: Lexical, searcher: Searcher) -> None:
        self._embedder = embedder
        self._reading = SentenceVectors(embedder)
        self._lexical = lexical
        self._searcher = searcher

    def answer(self, snapshot: Snapshot, text: str, scope: Scope) -> Answer:
        """Answer from the articles of the scope."""
        timings = _Timings()
        with timings.step("total"):
            if summary.is_request(text):
                answer = self._summary(snapshot, text, scope, timings)
            else:
                answer = self._answer(snapshot, text, scope, timings)
        return answer

    def _answer(self, snapshot: Snapshot, text: str, scope: Scope, timings: _Timings) -> Answer:
        question = self._understand(text, scope, timings)
        hits = self._search(snapshot, question, scope, timings)
        if not hits:
            return _refusal(text, hits, 0.0, timings)
        with timings.step("read"):
            ranked = sentences.candidates(question, hits, self._reading)
        sure = confidence.probability(confidence.signals(question, hits, ranked))
        if sure < confidence.THRESHOLD:
            return _refusal(text, hits, sure, timings)
        cited = citing.cite(
            sentences.choose(ranked),
            lambda sentence, language: highlights(question, sentence, language),
        )
        return _answered(text, cited, hits, sure, timings)

    def _summary(self, snapshot: Snapshot, text: str, scope: Scope, timings: _Timings) -> Answer:
        """Summarise the article that the request names, else the newest."""
        topic = summary.topic(words.subject_words(text))
        hits: Sequence[Hit] = ()
        sure = 1.0
        if topic and not scope.only:
            question = self._understand(topic, scope, timings)
            hits = self._search(snapshot, question, scope, timings)
            ranked = sentences.candidates(question, hits, self._reading)
            sure = confidence.probability(confidence.signals(question, hits, ranked))
        if not scope.current or sure < confidence.THRESHOLD:
            return _refusal(text, hits, sure if scope.current else 0.0, timings)
        with timings.step("read"):
            article = hits[0].article if hits else next(iter(scope.current.values()))
            chosen = summary.summarise(snapshot, self._reading, article)
        cited = citing.cite(chosen, lambda _sentence, _language: ())
        return _answered(text, cited, hits, sure, timings)

    def _understand(self, text: str, scope: Scope, timings: _Timings) -> Question:
        with timings.step("embed"):
            vector = self._embedder.embed([text], urgent=True)[0]
        return understand(text, vector, self._lexical, scope.languages)

    def _search(
        self,
        snapshot: Snapshot,
        question: Question,
        scope: Scope,
        timings: _Timings,
    ) -> list[Hit]:
        with timings.step("search"):
            return self._searcher.search(
                snapshot, question.text, question.vector, scope, limit=HITS
            )


def _answered(
    text: str, cited: citing.Cited, hits: Sequence[Hit], sure: float, timings: _Timings
) -> Answer:
    return Answer(
        question=text,
        answered=True,
        sentences=cited.sentences,
        citations=cited.citations,
        closest=_closest(hits) or tuple(dict.fromkeys(c.article for c in cited.citations)),
        confidence=sure,
        timings_ms=timings.milliseconds,
    )


def _refusal(text: str, hits: Sequence[Hit], sure: float, timings: _Timings) -> Answer:
    return Answer(
        question=text,
        answered=False,
        sentences=(),
        citations=(),
        closest=_closest(hits),
        confidence=sure,
        timings_ms=timings.milliseconds,
    )


def _closest(hits: Sequence[Hit]) -> tuple[Article, ...]:
    return tuple({hit.article.id: hit.article for hit in hits}.values())[:CLOSEST]
