"""What every way of answering does: search, judge sentences, refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.answers import citing, topics
from index.answers.candidates import Candidate, Judge, Judged, nearest
from index.answers.question import Question, weigh
from index.answers.reader_scoring import LANGUAGE, MOST_READ, ReaderJudge
from index.answers.refusal import missing
from index.answers.scoped import ScopedQuestion
from index.answers.scoring import SentenceVectors
from index.answers.similarity import BySimilarity
from index.model import Answer, Hit
from index.models.embedder import Embedder, Vectors
from index.models.reader import Reader
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope, Searcher
from index.store.snapshot import Snapshot

LIKELY = 0.5
"""The probability from which on articles are on a refused question's topic, or its nearest sentence
answers it. With twelve articles 70 % of 150 questions on them reach it, near misses as often as
those with an answer, and one of 35 questions on other topics."""

MEANS_THE_SAME = 0.35
"""The cosine similarity from which on a refusal quotes a sentence whose passage has no word of
the question. Of 68 questions on other topics (baking, football, nonsense) to the seed article and
to tests/unit/index/answers/sample 59 have no word there; their most similar sentences reach .31 at
most. Of 127 that are refused on the articles' own topics 121 have one."""

NOTHING_FOUND = Judged((), 0.0)


class Finder:
    """Searches passages and judges their sentences."""

    def __init__(
        self, embedder: Embedder, bm25: Bm25Index, searcher: Searcher, reader: Reader | None
    ) -> None:
        """Without a reader, and in languages that it does not read, similarity decides."""
        self.bm25 = bm25
        self.vectors = SentenceVectors(embedder)
        self.by_similarity = BySimilarity(self.vectors)
        self._by_reading = ReaderJudge(reader, self.vectors) if reader else None
        self._embedder = embedder
        self._searcher = searcher

    def search(
        self, asked: ScopedQuestion, text: str, limit: int = MOST_READ
    ) -> tuple[Question, list[Hit]]:
        """Return the question and the passages nearest to a text, best first."""
        with asked.timings.step("embed"):
            vector = self._vector(text)
        with asked.timings.step("search"):
            question, hits = self._near(asked.snapshot, text, vector, asked.scope, limit)
        return replace(question, earlier=asked.earlier), hits

    def near(
        self, snapshot: Snapshot, text: str, scope: Scope, limit: int
    ) -> tuple[Question, list[Hit]]:
        """Return the same where no answer is made: for `footnote search`, say."""
        return self._near(snapshot, text, self._vector(text), scope, limit)

    def _near(
        self, snapshot: Snapshot, text: str, vector: Vectors, scope: Scope, limit: int
    ) -> tuple[Question, list[Hit]]:
        question = weigh(text, vector, self.bm25, scope.languages)
        return question, self._searcher.search(snapshot, text, vector, scope, limit)

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = self._embedder.embed([text], urgent=True)[0]
        return vector

    def judge(self, asked: ScopedQuestion, question: Question, hits: Sequence[Hit]) -> Judged:
        """Judge the sentences of the hits."""
        if not hits:
            return NOTHING_FOUND
        with asked.timings.step("read"):
            return self.judge_of(hits).judge(question, hits)

    def judge_of(self, hits: Sequence[Hit]) -> Judge:
        """Return the reader where it reads the best hit's language."""
        if self._by_reading and hits[0].article.language == LANGUAGE:
            return self._by_reading
        return self.by_similarity

    def refuse(
        self, asked: ScopedQuestion, question: Question, hits: Sequence[Hit], judged: Judged
    ) -> Answer:
        """Refuse with what is missing and the nearest sentence that has to do with the question."""
        with asked.timings.step("refuse"):
            whole = replace(question, text=asked.read_as)
            absent = missing(whole, self.bm25, asked.scope, hits)
        on_topic = topics.ranked(question, hits)
        likely = max(topics.highest(on_topic), judged.probability) >= LIKELY
        refused = asked.answer(hits, judged.probability)
        _, near = citing.cite(
            [one for one in nearest(judged.ranked) if self._is_related(question, one)]
        )
        return replace(
            refused,
            missing=absent,
            nearest=near[0] if near else None,
            perhaps_there=likely and not absent.absent,
        )

    def _is_related(self, question: Question, one: Candidate) -> bool:
        """Tell whether a sentence has to do with a question, by its passage's words or in sense."""
        article = one.hit.article
        if question.coverage(f"{article.title}\n{one.hit.text}", article.language):
            return True
        (vectors,) = self.vectors.of([one.hit])
        return float(vectors[one.index] @ question.vector) >= MEANS_THE_SAME
