"""Ways to answer and to search, asked the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answers.candidates import Candidate, Judged, choose, sentence_texts
from index.answers.question import Question, weigh
from index.answers.reader_scoring import (
    MOST_READ,
    SENTENCE,
    ReaderJudge,
    ReaderSignals,
    Seen,
    SentenceSignals,
)
from index.answers.scoring import Logistic, SentenceVectors
from index.answers.similarity import BySimilarity, SimilaritySignals
from index.answers.spelling import read_names
from index.lab.evaluation.bench import Bench
from index.lab.evaluation.data import GoldQuestion
from index.lab.evaluation.metrics import Retrieval, retrieval
from index.model import Hit, Span
from index.models.reader import Reader
from index.search.hybrid import DENSE_WEIGHT, Scope
from index.store.snapshot import Snapshot

DEPTH = 20
"""Hits looked at; a paragraph below that counts as not found."""

DENSE, BM25, HYBRID, FOOTNOTE = "dense alone", "BM25 alone", "hybrid, no reader", "Footnote"

SYSTEMS = (DENSE, BM25, HYBRID, FOOTNOTE)

CALIBRATED = (HYBRID, FOOTNOTE)
"""Their confidence is a probability."""


@dataclass(frozen=True, slots=True)
class Response:
    """What one system made of a question.

    `ranking` are paragraphs, best first; `paragraph` and `sentence` say where the best sentence
    stands, `words` what it takes for the answer; `confidence` is comparable within one system.
    """

    ranking: tuple[str, ...]
    paragraph: str
    sentence: Span
    words: str
    confidence: float


class Systems:
    """The systems over one bench."""

    def __init__(
        self, bench: Bench, reader: Reader, sentence: Logistic[SentenceSignals] = SENTENCE
    ) -> None:
        self._bench = bench
        self._vectors = SentenceVectors(bench.embedder)
        self.by_similarity = BySimilarity(self._vectors)
        self.by_reading = ReaderJudge(reader, self._vectors, sentence=sentence)

    def respond(self, snapshot: Snapshot, text: str, scope: Scope) -> dict[str, Response]:
        """Ask all systems; none where nothing was found."""
        question = self._weigh(text, scope)
        hits = self._search(snapshot, question, scope, DENSE_WEIGHT)
        if not hits:
            return {}
        return {
            DENSE: self._dense(question, self._search(snapshot, question, scope, 1.0)),
            BM25: self._bm25(question, self._search(snapshot, question, scope, 0.0)),
            HYBRID: self._hybrid(self.by_similarity.judge(question, hits), hits),
            FOOTNOTE: self._footnote(question, hits),
        }

    def observe(
        self, snapshot: Snapshot, text: str, scope: Scope
    ) -> tuple[SimilaritySignals, Candidate, ReaderSignals, list[Seen]] | None:
        """Return what both judges see, for fitting their weights; None where nothing was found."""
        question = self._weigh(text, scope)
        hits = self._search(snapshot, question, scope, DENSE_WEIGHT)
        if not hits:
            return None
        read = self.by_reading.read(question, hits)
        similar = self.by_similarity.signals(question, hits)
        most_similar = choose(self.by_similarity.judge(question, hits).ranked)[0]
        reading = self.by_reading.signals(question, read)
        return similar, most_similar, reading, read

    def _weigh(self, text: str, scope: Scope) -> Question:
        text = read_names(text, self._bench.bm25, scope) or text
        vector = self._bench.embedder.embed([text], urgent=True)[0]
        return weigh(text, vector, self._bench.bm25, scope.languages)

    def _search(
        self, snapshot: Snapshot, question: Question, scope: Scope, weight: float
    ) -> list[Hit]:
        searcher = self._bench.searcher(weight)
        return searcher.search(snapshot, question.text, question.vector, scope, DEPTH)

    def _dense(self, question: Question, hits: Sequence[Hit]) -> Response:
        (vectors,) = self._vectors.of(hits[:1])
        best = int((vectors @ question.vector).argmax())
        return _first(hits, best, max(hit.dense for hit in hits))

    @staticmethod
    def _bm25(question: Question, hits: Sequence[Hit]) -> Response:
        language = hits[0].article.language
        shares = [question.coverage(text, language) for text in sentence_texts(hits[0])]
        return _first(hits, shares.index(max(shares)), max(hit.bm25 for hit in hits))

    @staticmethod
    def _hybrid(judged: Judged, hits: Sequence[Hit]) -> Response:
        best = choose(judged.ranked)[0]  # its words are marks of likeness, not the answer
        return _response(best, best.text, _ranking(hits), judged.probability)

    def _footnote(self, question: Question, hits: Sequence[Hit]) -> Response:
        judged = self.by_reading.judge(question, hits[:MOST_READ])
        best = choose(judged.ranked)[0]
        words = best.words[0].of(best.text) if best.words else best.text
        ranking = _ranking([*(candidate.hit for candidate in judged.ranked), *hits])
        return _response(best, words, ranking, judged.probability)


def _response(best: Candidate, words: str, ranking: tuple[str, ...], confidence: float) -> Response:
    return Response(ranking, best.hit.article.origin or "", best.span, words, confidence)


def _first(hits: Sequence[Hit], sentence: int, confidence: float) -> Response:
    hit = hits[0]
    candidate = Candidate(hit, sentence, sentence_texts(hit)[sentence], score=0.0)
    return _response(candidate, candidate.text, _ranking(hits), confidence)


def _ranking(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return paragraphs in order; several passages of one count as one."""
    return tuple(dict.fromkeys(hit.article.origin or "" for hit in hits))


def rank(ranking: Sequence[str], paragraph: str) -> int:
    """Return the rank of a paragraph from 1, 0 where it was not found."""
    return ranking.index(paragraph) + 1 if paragraph in ranking else 0


def measure(bench: Bench, questions: Sequence[GoldQuestion], dense_weight: float) -> Retrieval:
    """Search all questions with one weight."""
    searcher = bench.searcher(dense_weight)
    vectors = bench.embedder.embed([question.text for question in questions])
    ranks = []
    with bench.catalog.snapshot() as snapshot:
        for question, vector in zip(questions, vectors, strict=True):
            hits = searcher.search(snapshot, question.text, vector, bench.scope, DEPTH)
            ranks.append(rank(_ranking(hits), question.paragraph))
    return retrieval(ranks)
