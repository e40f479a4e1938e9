"""Hard negatives: what our own search puts first for a question and does not hold its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index.lab.evaluation.bench import Bench
from index.lab.evaluation.data import Topic
from index.model import Hit
from index.models.embedder import Embedder
from index.search.hybrid import DENSE_WEIGHT

HITS = 10

KEPT = 4

PROGRESS_EVERY = 1000

Tell = Callable[[str], None]
"""Called with a line of progress."""

Mined = dict[str, tuple[tuple[str, str], ...]]
"""By question and paragraph (`mined_key`): headings and passages, hardest first."""


def mined_key(question: str, paragraph_name: str) -> str:
    """Name a question of a paragraph; other paragraphs may have the same question."""
    return f"{paragraph_name}\n{' '.join(question.split())}"


def mine(
    topics: Sequence[Topic], embedder: Embedder, work: Path, tell: Tell, *, count: int, seed: int
) -> Mined:
    """Search for `count` questions of the topics among all their paragraphs."""
    topics = [_asked_of(topic) for topic in topics]
    bench = Bench(work, topics, embedder)
    searcher = bench.searcher(DENSE_WEIGHT)
    texts = {d.origin: d.text for topic in topics for d in topic.paragraphs}
    whole = Topic("", (), tuple(q for topic in topics for q in topic.questions))
    asked = whole.sample(count, answerable=True, seed=seed)
    vectors = bench.embedder.embed([q.text for q in asked])
    mined: Mined = {}
    with bench.catalog.snapshot() as snapshot:
        for number, (question, vector) in enumerate(zip(asked, vectors, strict=True)):
            hits = searcher.search(snapshot, question.text, vector, bench.scope, HITS)
            said = {a.of(texts[question.paragraph]).casefold() for a in question.answers}
            kept = [h for h in hits if _is_negative(h, question.paragraph, said)][:KEPT]
            key = mined_key(question.text, question.paragraph)
            mined[key] = tuple((hit.article.title, hit.text) for hit in kept)
            if number % PROGRESS_EVERY == 0:
                tell(f"mining: {number} of {len(asked)} questions")
    bench.close()
    return mined


def _asked_of(topic: Topic) -> Topic:
    """The topic with the paragraphs of its questions alone: a collection has other parts' too."""
    own = {question.paragraph for question in topic.questions}
    return replace(topic, paragraphs=tuple(d for d in topic.paragraphs if d.origin in own))


def _is_negative(hit: Hit, paragraph: str, said: set[str]) -> bool:
    text = hit.text.casefold()
    return hit.article.origin != paragraph and not any(words in text for words in said)
