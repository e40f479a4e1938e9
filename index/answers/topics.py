"""Which articles are about a topic: those whose passages mean the same, in whatever words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.answers.candidates import Candidate, Judge, is_label, sentence_texts
from index.answers.question import Question
from index.model import Article, Hit
from index.search.bm25 import Bm25Index, analyze, field_of
from index.search.hybrid import Scope
from index.store.snapshot import Snapshot
from index.text import words

HITS_OF_EACH = 2
"""Whose sentences are judged."""


SAME_MEANING = 0.438
"""The cosine similarity of an article's nearest passage to a topic from which on the article is
about it, whatever its words. Of 52 topics that were written in other words for one of
natural_news's 517 articles ("gay marriage in Finland", "women's rights in Iceland"), 43 find it by
this or by SHARED_WORDS; of ten topics that no article has, two find articles that have nothing to
do with them. With .02 more it is as many and one; a cosine of .5 alone finds 35. At the default
threshold an article counts that is .02 below."""

SHARED_WORDS = (0.568, 0.3)
"""The cosine needed where words are shared, and how much less it may be where all are."""

ONE_WORD = 0.188
"""The cosine needed where the only word of a topic stands there: single words are near to nothing.
"strike" has .27 with an article on one, words of other articles at most .1."""

STEEPNESS = 10.0
"""Of the probability: a cosine that is .1 higher than needed gives .73."""


@dataclass(frozen=True, slots=True)
class OnTopic:
    """An article, its hits (best first), and the probability (0 to 1) that it is on the topic."""

    article: Article
    hits: Sequence[Hit]
    probability: float


def ranked(question: Question, hits: Iterable[Hit]) -> list[OnTopic]:
    """Return the articles of a topic's hits, the likeliest to be about it first."""
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        by_article.setdefault(hit.article.id, []).append(hit)
    found = [_judged(question, own) for own in by_article.values()]
    return sorted(found, key=lambda one: -one.probability)


def highest(found: Sequence[OnTopic]) -> float:
    """Return the highest probability, 0 where nothing is found."""
    return max((one.probability for one in found), default=0.0)


def _judged(question: Question, hits: Sequence[Hit]) -> OnTopic:
    article = hits[0].article
    text = "\n".join((article.title, *(hit.text for hit in hits)))
    cosine = max(hit.dense for hit in hits)
    shared = question.coverage(text, article.language)
    without, saved = SHARED_WORDS
    needed = min(SAME_MEANING, without - saved * shared)
    if shared and len(question.terms[article.language]) == 1:
        needed = ONE_WORD
    return OnTopic(article, hits, (1 + math.tanh((cosine - needed) * STEEPNESS / 2)) / 2)


MENTIONS = 1_000
"""Passages with a word of what is to be mentioned that are looked at, best first."""


def mentioning(phrase: str, bm25: Bm25Index, snapshot: Snapshot, scope: Scope) -> list[OnTopic]:
    """Return the articles that have a phrase, in any inflection, or another name of that place."""
    found: dict[str, OnTopic] = {}
    for form in dict.fromkeys((phrase, *words.names_of_place(phrase))):
        hits = bm25.search(form, scope.spaces, scope.languages, limit=MENTIONS)
        current = scope.among({key for key, _, _ in hits})
        for key, n, score in hits:
            article = current.get(key)
            if article is None or article.id in found or not (read := snapshot.passage(article, n)):
                continue
            field = field_of(article.language)
            if _has_run(analyze(read[1], field), analyze(form, field)):
                hit = Hit(article, *read, score=1.0, dense=0.0, bm25=score)
                found[article.id] = OnTopic(article, [hit], 1.0)
    return list(found.values())


def _has_run(terms: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether terms stand together and in order among others."""
    starts = range(len(terms) - len(wanted) + 1)
    return bool(wanted) and any(terms[n : n + len(wanted)] == wanted for n in starts)


def best_sentence(judge: Judge, question: Question, one: OnTopic) -> Candidate:
    """Return the article's sentence that is nearest to the topic."""
    return _prose(judge.judge(question, one.hits[:HITS_OF_EACH]).ranked)


def opening(snapshot: Snapshot, article: Article) -> Candidate | None:
    """Return the article's first sentence, None where it is gone."""
    first = snapshot.passage(article, 0)
    if first is None:
        return None
    hit = Hit(article, *first, score=0.0, dense=0.0, bm25=0.0)
    return _prose([Candidate(hit, n, text, 0.0) for n, text in enumerate(sentence_texts(hit))])


def _prose(candidates: Sequence[Candidate]) -> Candidate:
    """Return the first that is no heading, else the first."""
    return next((c for c in candidates if not is_label(c.text)), candidates[0])


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """Sort by date of publication; undated ones come last, those added last first."""
    return sorted(articles, key=_date, reverse=True)


def _date(article: Article) -> tuple[bool, str]:
    return article.published is not None, article.published or article.added
