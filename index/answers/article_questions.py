"""Questions about the articles themselves: their facts, lists of them, summaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from index import strings
from index.answers import citing, facts, requests, summary, summary_requests, topics
from index.answers.candidates import Judged
from index.answers.finder import NOTHING_FOUND, Finder
from index.answers.question import Question
from index.answers.reader_scoring import MOST_READ
from index.answers.requests import Request, Wanted
from index.answers.scoped import ScopedQuestion
from index.answers.topics import OnTopic
from index.model import Answer, AnswerSentence, Certainty, Form, Hit
from index.text import words

MOST_HITS = 150
"""Passages among which all articles on a topic are found."""

LISTED = 8
"""Headlines of a list: what a card has room for."""


class ArticleQuestions:
    """Answers what is asked about articles, in which no words of theirs are an answer."""

    def __init__(self, finder: Finder, today: Callable[[], date]) -> None:
        self._finder = finder
        self._today = today

    def answer(self, asked: ScopedQuestion) -> Answer | None:
        """Answer what is asked about articles themselves, None where nothing like that is."""
        for text in dict.fromkeys((asked.read_as, asked.plain)):
            for request in requests.parse(text, self._today()):
                if chosen := facts.choose(request, asked.snapshot, asked.scope):
                    answer = self._of_articles(asked, request, chosen)
                    if answer.answered or not (request.name or request.is_open):
                        return answer
        return None

    def _of_articles(self, asked: ScopedQuestion, request: Request, chosen: facts.Chosen) -> Answer:
        """Tell a fact of the chosen articles or list them; refuse where none is on the topic."""
        question, hits = None, list[Hit]()
        found = [OnTopic(article, (), 1.0) for article in chosen.newest]
        number = len(found)
        if request.topic:
            question, hits = self._finder.search(asked, request.sought, MOST_HITS)
            on_topic = self._on_topic(asked, request, question, hits)
            found = facts.about(on_topic, chosen)
            number = len(found)
            if not found:
                return self._finder.refuse(asked, question, hits[:MOST_READ], NOTHING_FOUND)
        elif number == facts.LOOKED_AT:
            number = asked.scope.count(chosen.which)
        if request.wanted is Wanted.ARTICLES:
            listed = self._headlines(asked, hits, found, question)
            if asked.scope.only:
                return replace(listed, note=strings.THIS_ARTICLE)
            what = facts.described(request, chosen, number)
            shown = len(listed.citations)
            note = strings.headlines(
                what, shown, all_shown=shown == number, instead_of=request.instead_of
            )
            return replace(listed, note=note)
        if request.wanted is Wanted.COUNT:
            newest = topics.newest_first(one.article for one in found)[0]
            told = [facts.count(request, chosen, newest, number)]
        else:
            told = facts.tell(request, found)
        return self._facts(asked, hits, told)

    def _on_topic(
        self, asked: ScopedQuestion, request: Request, question: Question, hits: Sequence[Hit]
    ) -> list[OnTopic]:
        if request.literal:
            return topics.mentioning(request.sought, self._finder.bm25, asked.snapshot, asked.scope)
        found = topics.ranked(question, hits)
        return [one for one in found if one.probability >= asked.thresholds.sure]

    def _facts(
        self, asked: ScopedQuestion, hits: Sequence[Hit], told: Sequence[facts.Fact]
    ) -> Answer:
        """Cite the articles that facts are about by their first sentences."""
        openings = [topics.opening(asked.snapshot, one.article) for one in told]
        _, citations = citing.cite([one for one in openings if one])
        texts = {one.article.id: one.text for one in told}
        sentences = tuple(AnswerSentence(texts[c.article.id], (c.number,)) for c in citations)
        cited = citing.Cited(sentences, citations)
        return asked.answer(hits[:MOST_READ], 1.0, Certainty.SURE, cited, Form.FACTS)

    def summary(self, asked: ScopedQuestion) -> Answer:
        """Summarise the article that the request names, else the newest."""
        topic = summary_requests.topic(words.subject_words(asked.read_as))
        articles = topics.newest_first(asked.scope.newest(summary.ARTICLES))
        named = summary.article_named(asked.plain, articles)
        article, sure, hits = named or articles[0], 1.0, list[Hit]()
        if topic and not (named or asked.scope.only):
            question, hits = self._finder.search(asked, topic)
            found = topics.ranked(question, hits)
            sure = found[0].probability if found else 0.0
            if sure < asked.thresholds.sure:
                return self._finder.refuse(asked, question, hits, Judged((), sure))
            article = found[0].article
        with asked.timings.step("read"):
            chosen = summary.summarise(asked.snapshot, self._finder.vectors, article)
        return asked.answer(hits, sure, Certainty.SURE, citing.cite(chosen), Form.SUMMARY)

    def _headlines(
        self,
        asked: ScopedQuestion,
        hits: Sequence[Hit],
        found: Sequence[OnTopic],
        question: Question | None = None,
    ) -> Answer:
        """List articles, the newest first, each with its sentence nearest to the question.

        Without a question that is its first sentence.
        """
        articles = topics.newest_first(one.article for one in found)[:LISTED]
        by_id = {one.article.id: one for one in found}
        chosen = []
        with asked.timings.step("read"):
            for article in articles:
                one = by_id[article.id]
                if question and one.hits:
                    chosen.append(topics.best_sentence(self._finder.by_similarity, question, one))
                elif first := topics.opening(asked.snapshot, article):
                    chosen.append(first)
        if not chosen:
            return asked.answer(hits, 0.0)
        cited, sure = citing.cite(chosen), topics.highest(found)
        return asked.answer(hits[:MOST_READ], sure, Certainty.SURE, cited, Form.HEADLINES)
