"""From a question to an answer in the articles' own words, or to a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from index import strings
from index.answers import (
    citing,
    facts,
    lacking,
    namesakes,
    recalling,
    requests,
    sayings,
    stories,
    suggestions,
    summary,
    summary_requests,
    telling,
    topics,
    updates,
)
from index.answers.asked import Asked
from index.answers.candidates import Candidate, Judge, Judged, choose
from index.answers.introducing import introduced, is_anothers
from index.answers.question import Question, understand
from index.answers.reader_scoring import LANGUAGE, MOST_READ, ReaderJudge
from index.answers.refusal import missing
from index.answers.remembered import Remembered
from index.answers.requests import Request, Wanted
from index.answers.scoring import SentenceVectors
from index.answers.similarity import BySimilarity
from index.answers.spelling import read_names
from index.answers.timings import Timings
from index.answers.titles import read_titles
from index.answers.topics import OnTopic
from index.model import (
    THRESHOLDS,
    Answer,
    AnswerSentence,
    Article,
    Certainty,
    Form,
    Hit,
    Missing,
    Thresholds,
)
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope, Searcher
from index.store.database import Clock, utc_now
from index.store.snapshot import Snapshot
from index.text import words
from index.text.normalise import plain

MOST_HITS = 150
"""Passages among which all articles on a topic are found."""

LISTED = 8
"""Headlines of a list: what a card has room for."""

LIKELY = 0.5
"""The probability from which on articles are on a refused question's topic, or its nearest sentence
answers it. With twelve articles 70 % of 150 questions on them reach it, near misses as often as
those with an answer, and one of 35 questions on other topics."""

BY_WORDS = 0.95
"""The confidence of quoting who speaks by name beside a verb of speaking, and what is asked about
by name. Set, not measured."""

NOTHING_FOUND = Judged((), 0.0)


class Answerer:
    """Answers extractively: search, judge the best hits' sentences, decide, cite."""

    def __init__(
        self,
        embedder: Embedder,
        bm25: Bm25Index,
        searcher: Searcher,
        reader: Reader | None,
        clock: Clock = utc_now,
    ) -> None:
        """Without a reader, and in languages that it does not read, similarity decides."""
        self._clock = clock
        self._embedder = embedder
        self._vectors = SentenceVectors(embedder)
        self._bm25 = bm25
        self._searcher = searcher
        self._by_similarity = BySimilarity(self._vectors)
        self._by_reading = ReaderJudge(reader, self._vectors) if reader else None
        self._given = Remembered[Answer]()
        self._suggested = Remembered[tuple[str, ...]]()

    def answer(
        self,
        snapshot: Snapshot,
        text: str,
        scope: Scope,
        thresholds: Thresholds = THRESHOLDS,
        most_read: int = MOST_READ,
        beside: Scope | None = None,
        told: Sequence[str] = (),
    ) -> Answer:
        """Answer from the articles of the scope, as surely as the thresholds have it.

        At most so many passages are read. For `beside` and `told` see Library.go_on.
        """
        timings = Timings()
        with timings.step("total"):
            read = plain(text)
            with timings.step("spelling"):
                named = read_names(read, self._bm25, scope)
                rewritten = read_titles(named or read, self._bm25, scope) or named
            asked = Asked(
                text,
                read,
                rewritten,
                scope,
                snapshot,
                thresholds,
                timings,
                most_read,
                beside or (None if scope.only else scope),
                tuple(told),
            )
            state = (scope.version, asked.beside and asked.beside.version, self._today())
            key = (state, asked.read_as, thresholds, most_read, asked.told)
            answer = self._given.get(key)
            if answer is None:
                answer = self._find(asked)
                self._given.put(key, answer)
        return replace(answer, question=text, rewritten=rewritten, timings_ms=timings.milliseconds)

    def search(
        self, snapshot: Snapshot, text: str, scope: Scope, limit: int, *, rerank: bool
    ) -> list[Hit]:
        """Return the passages nearest to a question, best first, or as the reader ranks them."""
        text = plain(text)
        vector = self._embedder.embed([text], urgent=True)[0]
        enough = max(limit, MOST_READ) if rerank else limit
        hits = self._searcher.search(snapshot, text, vector, scope, enough)
        if not (hits and rerank):
            return hits
        question = understand(text, vector, self._bm25, scope.languages)
        ranked = self._judge_of(hits).judge(question, hits[:MOST_READ]).ranked
        order = dict.fromkeys([*(candidate.hit for candidate in ranked), *hits])
        return list(order)[:limit]

    def about(self, snapshot: Snapshot, text: str, scope: Scope) -> Article | None:
        """Return the article that a text is most likely about, None where none is likely."""
        vector = self._embedder.embed([text], urgent=True)[0]
        hits = self._searcher.search(snapshot, text, vector, scope, MOST_READ)
        question = understand(text, vector, self._bm25, scope.languages)
        found = topics.ranked(question, hits)
        return found[0].article if found and found[0].probability >= LIKELY else None

    def story(self, snapshot: Snapshot, article: Article, scope: Scope) -> list[Article]:
        """Return an article with the others of the scope that report on the same."""
        own = sayings.whole(snapshot, article)
        topic = stories.topic(own)
        vector = self._embedder.embed([topic], urgent=True)[0]
        near = self._searcher.search(snapshot, topic, vector, scope, stories.SEARCHED)
        return stories.of(own, near)

    def recall(
        self, snapshot: Snapshot, text: str, scope: Scope, told: Sequence[str], *, more: bool
    ) -> Answer:
        """Answer who said what the scope's only article was quoted with, or with more of it."""
        asked = Asked(text, plain(text), None, scope, snapshot, THRESHOLDS, Timings())
        with asked.timings.step("total"):
            find = recalling.further if more else recalling.who_said
            found = find(sayings.whole(snapshot, scope.only), told) if scope.only and told else []
            cited = citing.cite(found if more else introduced(snapshot, found))
        return asked.answer([], 1.0, Certainty.SURE, cited) if found else asked.answer([], 0.0)

    def suggest(self, snapshot: Snapshot, scope: Scope, count: int) -> tuple[str, ...]:
        """Return questions that the newest articles surely answer."""
        key = (scope.version, count)
        found = self._suggested.get(key)
        if found is None:
            proposed = suggestions.proposed(snapshot, scope.newest(suggestions.ARTICLES))
            answered = (q for q in proposed if self._is_sure(snapshot, q, scope))
            found = tuple(islice(answered, count))
            self._suggested.put(key, found)
        return found

    def _today(self) -> date:
        return self._clock().date()

    def _is_sure(self, snapshot: Snapshot, question: str, scope: Scope) -> bool:
        return self.answer(snapshot, question, scope).certainty is Certainty.SURE

    def _find(self, asked: Asked) -> Answer:
        if asked.scope.empty:
            return asked.answer([], 0.0)
        if summary_requests.is_request(asked.plain):
            return self._summary(asked)
        return self._known(asked) or self._said(asked) or self._answer(asked)

    def _known(self, asked: Asked) -> Answer | None:
        """Answer what is asked about articles themselves, None where nothing like that is."""
        texts = dict.fromkeys((asked.read_as, asked.plain))
        parsed = [
            one
            for text in texts
            for one in requests.parse(text, self._today())
            if not one.name
            or asked.snapshot.is_credited(facts.key_word(one.name), asked.scope.spaces)
        ]
        articles = topics.newest_first(asked.scope.everything()) if parsed else []
        for request in parsed:
            if chosen := facts.choose(request, articles):
                answer = self._of_articles(asked, request, chosen)
                if answer.answered or not (request.name or request.is_open):
                    return answer
        return None

    def _of_articles(self, asked: Asked, request: Request, chosen: facts.Chosen) -> Answer:
        """Tell a fact of the chosen articles or list them; refuse where none is on the topic."""
        question, hits = None, list[Hit]()
        found = [OnTopic(article, (), 1.0) for article in chosen.articles]
        if request.topic:
            question, hits = self._search(asked, request.sought, MOST_HITS)
            on_topic = self._on_topic(asked, request, question, hits)
            found = facts.about(on_topic, chosen)
            if not found:
                return self._refuse(asked, question, hits[:MOST_READ], Judged((), 0.0))
        if request.wanted is Wanted.ARTICLES:
            listed = self._headlines(asked, hits, found, question)
            if asked.scope.only:
                return replace(listed, note=strings.THIS_ARTICLE)
            what = facts.described(request, chosen, len(found))
            shown = len(listed.citations)
            note = strings.headlines(what, shown, all_shown=shown == len(found))
            return replace(listed, note=note)
        if request.wanted is Wanted.COUNT:
            newest = topics.newest_first(one.article for one in found)[0]
            told = [facts.count(request, chosen, newest, len(found))]
        else:
            told = facts.tell(request, found)
        return self._facts(asked, hits, told)

    def _on_topic(
        self, asked: Asked, request: Request, question: Question, hits: Sequence[Hit]
    ) -> list[OnTopic]:
        if request.literal:
            return topics.mentioning(request.sought, self._bm25, asked.snapshot, asked.scope)
        found = topics.ranked(question, hits)
        return [one for one in found if one.probability >= asked.thresholds.sure]

    def _facts(self, asked: Asked, hits: Sequence[Hit], told: Sequence[facts.Told]) -> Answer:
        """Cite the articles that facts are about by their first sentences."""
        openings = [topics.opening(asked.snapshot, one.article) for one in told]
        _, citations = citing.cite([one for one in openings if one])
        texts = {one.article.id: one.text for one in told}
        sentences = tuple(AnswerSentence(texts[c.article.id], (c.number,)) for c in citations)
        cited = citing.Cited(sentences, citations)
        return asked.answer(hits[:MOST_READ], 1.0, Certainty.SURE, cited, Form.FACTS)

    def _said(self, asked: Asked) -> Answer | None:
        """Quote whose words are asked for, None where nobody's are or nobody is known to speak."""
        voices = sayings.asked(asked.read_as)
        with asked.timings.step("read"):
            of = (asked.snapshot, self._bm25, asked.scope)
            found = [sayings.said(*of, voice) for voice in voices]
        chosen = [one for said in found for one in said.chosen]
        silent = tuple(
            voice.phrase for voice, said in zip(voices, found, strict=True) if said.is_silent
        )
        if not chosen and not silent:
            return None
        if not chosen:
            return self._perhaps_said(asked, found, Missing(silent=silent))
        _, hits = self._search(asked, asked.read_as)
        every = [one for said in found for one in said.every]
        cited = citing.cite(introduced(asked.snapshot, chosen), every)
        return asked.answer(hits, BY_WORDS, Certainty.SURE, cited)

    def _perhaps_said(
        self, asked: Asked, found: Sequence[sayings.Said], lacking: Missing
    ) -> Answer:
        """Answer what a name says that stands beside no verb of speaking, if the reader finds it.

        Else refuse with the first sentence that has the name.
        """
        question, hits = self._search(asked, asked.read_as, asked.most_read)
        judged = self._judge(asked, question, hits)
        own = [one for one in judged.ranked if any(said.may_be_of(one.text) for said in found)]
        certainty = asked.thresholds.certainty(judged.probability)
        if own and own[0] is judged.ranked[0] and certainty is not Certainty.NONE:
            cited = citing.cite(introduced(asked.snapshot, own[:1]))
            return asked.answer(hits, judged.probability, certainty, cited)
        refused = self._refuse(asked, question, hits, NOTHING_FOUND)
        _, near = citing.cite([one.mention for one in found if one.mention][:1])
        return replace(refused, missing=lacking, nearest=near[0])

    def _answer(self, asked: Asked) -> Answer:
        question, hits = self._search(asked, asked.read_as, asked.most_read)
        judged = self._doubted(asked, self._judge(asked, question, hits))
        certainty = asked.thresholds.certainty(judged.probability)
        if certainty is not Certainty.SURE and (answer := self._told(asked, certainty)):
            return answer
        if not judged.ranked or certainty is Certainty.NONE:
            return self._refuse(asked, question, hits, judged)
        judged = replace(judged, ranked=[updates.corrected(judged.ranked[0]), *judged.ranked[1:]])
        others = namesakes.others(question.text, judged.ranked)
        rivals = self._rivals(asked, question, judged) or others
        chosen = choose(judged.ranked, rivals, alone=certainty is Certainty.PERHAPS)
        told = introduced(asked.snapshot, chosen)
        if is_anothers(asked.read_as, chosen[0], told):
            return self._refuse(asked, question, hits, judged)
        cited = citing.cite(told, judged.ranked)
        return asked.answer(hits, judged.probability, certainty, cited)

    def _told(self, asked: Asked, certainty: Certainty) -> Answer | None:
        """Tell about a subject in sentences that have its words, None where none do.

        Keywords may ask for more than that, so such an answer is unsure.
        """
        subject = telling.subject(asked.read_as)
        unsure = subject is not None and subject.kind is telling.Kind.KEYWORDS
        if subject is None or (unsure and certainty is not Certainty.NONE):
            return None
        question, hits = self._search(asked, subject.topic)
        found = telling.told(self._by_similarity, subject, question, hits)
        sure = asked.thresholds.unsure(BY_WORDS) if unsure else BY_WORDS
        certainty = asked.thresholds.certainty(sure)
        if not found or certainty is Certainty.NONE:
            return None
        chosen = choose(found, alone=certainty is Certainty.PERHAPS)
        cited = citing.cite(introduced(asked.snapshot, chosen), found)
        return asked.answer(hits, sure, certainty, cited)

    def _doubted(self, asked: Asked, judged: Judged) -> Judged:
        """Make an answer unsure if its article lacks what is asked for, or has the contrary."""
        if not judged.ranked or judged.probability < asked.thresholds.sure:
            return judged
        best = judged.ranked[0]
        article = best.hit.article
        text = f"{article.title}\n{asked.snapshot.text(article)}"
        asks = asked.read_as
        doubtful = lacking.lacks(asks, text) or lacking.is_contrary(asks, best.text)
        if article.language != LANGUAGE or not doubtful:
            return judged
        return replace(judged, probability=asked.thresholds.unsure(judged.probability))

    def _rivals(self, asked: Asked, question: Question, judged: Judged) -> list[Candidate]:
        """Find what other articles say instead of a value, by the answer and the question."""
        best = judged.ranked[0]
        if not best.values or not asked.beside or best.hit.article.language != LANGUAGE:
            return []
        everywhere = replace(asked, scope=asked.beside)
        _, near = self._search(everywhere, f"{question.text} {best.text}", updates.SEARCHED)
        unread = updates.unread(question.text, judged.ranked, near)
        more = self._judge(asked, question, unread)
        return updates.rivals(question.text, best, [*judged.ranked, *more.ranked])

    def _summary(self, asked: Asked) -> Answer:
        """Summarise the article that the request names, else the newest."""
        topic = summary_requests.topic(words.subject_words(asked.read_as))
        articles = topics.newest_first(asked.scope.newest(summary.ARTICLES))
        named = summary.article_named(asked.plain, articles)
        article, sure, hits = named or articles[0], 1.0, list[Hit]()
        if topic and not (named or asked.scope.only):
            question, hits = self._search(asked, topic)
            found = topics.ranked(question, hits)
            sure = found[0].probability if found else 0.0
            if sure < asked.thresholds.sure:
                return self._refuse(asked, question, hits, Judged((), sure))
            article = found[0].article
        with asked.timings.step("read"):
            chosen = summary.summarise(asked.snapshot, self._vectors, article)
        return asked.answer(hits, sure, Certainty.SURE, citing.cite(chosen), Form.SUMMARY)

    def _headlines(
        self,
        asked: Asked,
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
                    chosen.append(topics.best_sentence(self._by_similarity, question, one))
                elif first := topics.opening(asked.snapshot, article):
                    chosen.append(first)
        if not chosen:
            return asked.answer(hits, 0.0)
        cited, sure = citing.cite(chosen), _highest(found)
        return asked.answer(hits[:MOST_READ], sure, Certainty.SURE, cited, Form.HEADLINES)

    def _search(
        self, asked: Asked, text: str, limit: int = MOST_READ
    ) -> tuple[Question, list[Hit]]:
        with asked.timings.step("embed"):
            vector = self._embedder.embed([text], urgent=True)[0]
        with asked.timings.step("search"):
            question = understand(text, vector, self._bm25, asked.scope.languages)
            hits = self._searcher.search(asked.snapshot, text, vector, asked.scope, limit)
        return replace(question, told=asked.told), hits

    def _judge(self, asked: Asked, question: Question, hits: Sequence[Hit]) -> Judged:
        if not hits:
            return NOTHING_FOUND
        with asked.timings.step("read"):
            return self._judge_of(hits).judge(question, hits)

    def _judge_of(self, hits: Sequence[Hit]) -> Judge:
        """Return the reader where it reads the best hit's language."""
        if self._by_reading and hits[0].article.language == LANGUAGE:
            return self._by_reading
        return self._by_similarity

    def _refuse(
        self, asked: Asked, question: Question, hits: Sequence[Hit], judged: Judged
    ) -> Answer:
        """Refuse with what is missing and the sentence that comes nearest."""
        with asked.timings.step("refuse"):
            whole = replace(question, text=asked.read_as)
            absent = missing(whole, self._bm25, asked.scope)
        on_topic = topics.ranked(question, hits)
        likely = max(_highest(on_topic), judged.probability) >= LIKELY
        refused = asked.answer(hits, judged.probability)
        _, near = citing.cite(choose(judged.ranked, alone=True)[:1])
        return replace(
            refused,
            missing=absent,
            nearest=near[0] if near else None,
            perhaps_there=likely and not absent.absent,
        )


def _highest(found: Sequence[OnTopic]) -> float:
    return max((one.probability for one in found), default=0.0)
