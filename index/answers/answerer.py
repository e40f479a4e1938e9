"""From a question to an answer in the articles' own words, or to a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from index.answers import (
    citing,
    directions,
    lacking,
    namesakes,
    recalling,
    sayings,
    stories,
    suggestions,
    summary_requests,
    telling,
    topics,
    updates,
)
from index.answers.article_questions import ArticleQuestions
from index.answers.cache import ThreadSafeCache
from index.answers.candidates import Candidate, Judged, choose
from index.answers.finder import LIKELY, NOTHING_FOUND, Finder
from index.answers.introducing import introduced, is_anothers
from index.answers.offices import read_offices, with_holder
from index.answers.question import Question
from index.answers.reader_scoring import LANGUAGE, MOST_READ
from index.answers.scoped import ScopedQuestion
from index.answers.spelling import read_names
from index.answers.timings import Timings
from index.model import (
    THRESHOLDS,
    Answer,
    Article,
    Certainty,
    Hit,
    Missing,
    Recalled,
    Thresholds,
)
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope, Searcher
from index.store.database import Clock, utc_now
from index.store.snapshot import Snapshot
from index.text.normalise import plain

BY_WORDS = 0.95
"""The confidence of quoting who speaks by name beside a verb of speaking, and what is asked about
by name. Set, not measured."""


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
        self._finder = Finder(embedder, bm25, searcher, reader)
        self._of_articles = ArticleQuestions(self._finder, self._today)
        self._given = ThreadSafeCache[Answer]()
        self._proposed = ThreadSafeCache[tuple[str, ...]]()
        self._suggested = ThreadSafeCache[tuple[str, ...]]()

    def answer(
        self,
        snapshot: Snapshot,
        text: str,
        scope: Scope,
        thresholds: Thresholds = THRESHOLDS,
        most_read: int = MOST_READ,
        beside: Scope | None = None,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """Answer from the articles of the scope, as surely as the thresholds have it.

        At most so many passages are read. For `beside` and `earlier` see Library.go_on.
        """
        timings = Timings()
        with timings.step("total"):
            read = plain(text)
            with timings.step("spelling"):
                named = read_names(read, self._finder.bm25, scope)
                rewritten = read_offices(named or read, self._finder.bm25, scope) or named
            asked = ScopedQuestion(
                text,
                read,
                rewritten,
                scope,
                snapshot,
                thresholds,
                timings,
                most_read,
                beside or (None if scope.only else scope),
                tuple(earlier),
            )
            state = (scope.version, asked.beside and asked.beside.version, self._today())
            key = (state, asked.read_as, thresholds, most_read, asked.earlier)
            answer = self._given.get(key)
            if answer is None:
                answer = self._find(asked)
                self._given.put(key, answer)
        if answer.rewritten not in (None, asked.read_as):
            rewritten = answer.rewritten
        return replace(answer, question=text, rewritten=rewritten, timings_ms=timings.milliseconds)

    def search(
        self, snapshot: Snapshot, text: str, scope: Scope, limit: int, *, rerank: bool
    ) -> list[Hit]:
        """Return the passages nearest to a question, best first, or as the reader ranks them."""
        text = plain(text)
        enough = max(limit, MOST_READ) if rerank else limit
        question, hits = self._finder.near(snapshot, text, scope, enough)
        if not (hits and rerank):
            return hits
        ranked = self._finder.judge_of(hits).judge(question, hits[:MOST_READ]).ranked
        order = dict.fromkeys([*(candidate.hit for candidate in ranked), *hits])
        return list(order)[:limit]

    def about(self, snapshot: Snapshot, text: str, scope: Scope) -> Article | None:
        """Return the article that a text is most likely about, None where none is likely."""
        question, hits = self._finder.near(snapshot, text, scope, MOST_READ)
        found = topics.ranked(question, hits)
        return found[0].article if found and found[0].probability >= LIKELY else None

    def story(self, snapshot: Snapshot, article: Article, scope: Scope) -> list[Article]:
        """Return an article with the others of the scope that report on the same."""
        own = sayings.whole(snapshot, article)
        _, near = self._finder.near(snapshot, stories.search_text(own), scope, stories.SEARCHED)
        return stories.on_same_story(own, near)

    def recall(
        self, snapshot: Snapshot, text: str, scope: Scope, earlier: Sequence[str], what: Recalled
    ) -> Answer:
        """Answer with what the scope's only article says on what was quoted of it before."""
        asked = ScopedQuestion(text, plain(text), None, scope, snapshot, THRESHOLDS, Timings())
        with asked.timings.step("total"):
            whole = sayings.whole(snapshot, scope.only) if scope.only and earlier else None
            found = recalling.recalled(what, whole, earlier) if whole else []
            more = what is Recalled.FURTHER
            cited = citing.cite(found if more else introduced(snapshot, found))
        return asked.answer([], 1.0, Certainty.SURE, cited) if found else asked.answer([], 0.0)

    def suggest(self, snapshot: Snapshot, scope: Scope, text: str, count: int) -> tuple[str, ...]:
        """Return questions that the newest articles surely answer, others after another text."""
        proposed = self._proposed.get(scope.version)
        if proposed is None:
            newest = scope.newest(suggestions.ARTICLES)
            proposed = tuple(suggestions.proposed(snapshot, newest))
            self._proposed.put(scope.version, proposed)
        turned = suggestions.turned(proposed, text)
        key = (turned, scope.version, count)
        found = self._suggested.get(key)
        if found is None:
            answered = (q for q in turned if self._is_sure(snapshot, q, scope))
            found = tuple(islice(answered, count))
            self._suggested.put(key, found)
        return found

    def _today(self) -> date:
        return self._clock().date()

    def _is_sure(self, snapshot: Snapshot, question: str, scope: Scope) -> bool:
        return self.answer(snapshot, question, scope).certainty is Certainty.SURE

    def _find(self, asked: ScopedQuestion) -> Answer:
        if asked.scope.empty:
            return asked.answer([], 0.0)
        if summary_requests.is_request(asked.plain):
            return self._of_articles.summary(asked)
        answer = self._find_as(asked)
        if answer.answered:
            return answer
        holder = with_holder(asked.read_as, self._finder.bm25, asked.scope, asked.snapshot)
        again = self._find_as(replace(asked, rewritten=holder)) if holder else answer
        return again if again.answered else answer

    def _find_as(self, asked: ScopedQuestion) -> Answer:
        return self._of_articles.answer(asked) or self._said(asked) or self._answer(asked)

    def _said(self, asked: ScopedQuestion) -> Answer | None:
        """Quote whose words are asked for, None where nobody's are or nobody is known to speak."""
        wanted = sayings.speakers_asked_for(asked.read_as)
        with asked.timings.step("read"):
            of = (asked.snapshot, self._finder.bm25, asked.scope)
            found = [sayings.said(*of, speaker) for speaker in wanted]
        chosen = [one for said in found for one in said.chosen]
        silent = tuple(
            speaker.phrase for speaker, said in zip(wanted, found, strict=True) if said.is_silent
        )
        if not chosen and not silent:
            return None
        if not chosen:
            return self._perhaps_said(asked, found, Missing(silent=silent))
        _, hits = self._finder.search(asked, asked.read_as)
        every = [one for said in found for one in said.every]
        cited = citing.cite(introduced(asked.snapshot, chosen), every)
        return asked.answer(hits, BY_WORDS, Certainty.SURE, cited)

    def _perhaps_said(
        self, asked: ScopedQuestion, found: Sequence[sayings.Statements], lacking: Missing
    ) -> Answer:
        """Answer what a name says that stands beside no verb of speaking, if the reader finds it.

        Else refuse with the first sentence that has the name.
        """
        question, hits = self._finder.search(asked, asked.read_as, asked.most_read)
        judged = self._finder.judge(asked, question, hits)
        own = [one for one in judged.ranked if any(said.may_be_of(one.text) for said in found)]
        certainty = asked.thresholds.certainty(judged.probability)
        if own and own[0] is judged.ranked[0] and certainty is not Certainty.NONE:
            cited = citing.cite(introduced(asked.snapshot, own[:1]))
            return asked.answer(hits, judged.probability, certainty, cited)
        refused = self._finder.refuse(asked, question, hits, NOTHING_FOUND)
        _, near = citing.cite([one.mention for one in found if one.mention][:1])
        return replace(refused, missing=lacking, nearest=near[0])

    def _answer(self, asked: ScopedQuestion) -> Answer:
        question, hits = self._finder.search(asked, asked.read_as, asked.most_read)
        judged = self._doubted(asked, self._finder.judge(asked, question, hits))
        certainty = asked.thresholds.certainty(judged.probability)
        if certainty is not Certainty.SURE and (answer := self._told(asked, certainty)):
            return answer
        if not judged.ranked or certainty is Certainty.NONE:
            return self._finder.refuse(asked, question, hits, judged)
        further = self._read_further(asked, question, judged)
        if asked.scope.only is None and _is_surer(further, judged):
            judged = self._doubted(
                asked, replace(further, ranked=[*further.ranked, *judged.ranked])
            )
            certainty, further = asked.thresholds.certainty(judged.probability), NOTHING_FOUND
        judged = replace(judged, ranked=[updates.corrected(judged.ranked[0]), *judged.ranked[1:]])
        others = namesakes.others(question.text, judged.ranked)
        rivals = self._rivals(asked, question, [*judged.ranked, *further.ranked]) or others
        chosen = choose(judged.ranked, rivals, alone=certainty is Certainty.PERHAPS)
        told = introduced(asked.snapshot, chosen, asked.read_as)
        if is_anothers(asked.read_as, chosen[0], told):
            return self._finder.refuse(asked, question, hits, judged)
        cited = citing.cite(told, judged.ranked)
        return asked.answer(hits, judged.probability, certainty, cited)

    def _told(self, asked: ScopedQuestion, certainty: Certainty) -> Answer | None:
        """Tell about a subject in sentences that have its words, None where none do.

        Keywords may ask for more than that, so such an answer is unsure.
        """
        subject = telling.subject(asked.read_as)
        unsure = subject is not None and subject.kind is telling.SubjectKind.KEYWORDS
        if subject is None or (unsure and certainty is not Certainty.NONE):
            return None
        question, hits = self._finder.search(asked, subject.topic)
        found = telling.sentences_on(self._finder.by_similarity, subject, question, hits)
        sure = asked.thresholds.unsure(BY_WORDS) if unsure else BY_WORDS
        certainty = asked.thresholds.certainty(sure)
        if not found or certainty is Certainty.NONE:
            return None
        chosen = choose(found, alone=certainty is Certainty.PERHAPS)
        cited = citing.cite(introduced(asked.snapshot, chosen), found)
        return asked.answer(hits, sure, certainty, cited)

    def _doubted(self, asked: ScopedQuestion, judged: Judged) -> Judged:
        """Make an answer unsure if its article lacks what is asked for, or has the contrary.

        So is one that says what was done where by whom is asked.
        """
        if not judged.ranked or judged.probability < asked.thresholds.sure:
            return judged
        best = judged.ranked[0]
        article = best.hit.article
        text = f"{article.title}\n{asked.snapshot.text(article)}"
        asks = asked.read_as
        doubtful = (
            lacking.lacks(asks, text)
            or lacking.is_contrary(asks, best.text)
            or directions.lacks_doer(directions.asked(asks), best.text)
        )
        if article.language != LANGUAGE or not doubtful:
            return judged
        return replace(judged, probability=asked.thresholds.unsure(judged.probability))

    def _read_further(self, asked: ScopedQuestion, question: Question, judged: Judged) -> Judged:
        """Read what may have another value than the best sentence: by the answer and the question.

        Nothing where no value or name is given, or other articles may not be asked.
        """
        best = judged.ranked[0]
        is_read = best.hit.article.language == LANGUAGE
        if not (asked.beside and is_read and updates.may_be_replaced(best)):
            return NOTHING_FOUND
        everywhere = replace(asked, scope=asked.beside)
        sought = f"{question.text} {best.text}"
        _, near = self._finder.search(everywhere, sought, updates.SEARCHED)
        return self._finder.judge(
            asked, question, updates.unread(question.text, judged.ranked, near)
        )

    def _rivals(
        self, asked: ScopedQuestion, question: Question, ranked: Sequence[Candidate]
    ) -> list[Candidate]:
        """Find what other articles say instead, and corrections, by the answer and the question."""
        if not asked.beside or ranked[0].hit.article.language != LANGUAGE:
            return []
        found = updates.rivals(question.text, ranked[0], ranked)
        if asked.scope.only is None:
            return found
        # A follow-up leaves out what it is about, so more has to tell that a story is the same.
        best = ranked[0].hit
        return [
            one
            for one in found
            if one.hit.article.id == best.article.id
            or len(updates.names_in_common(one.hit, best)) >= updates.NAMES_IN_COMMON
        ]


def _is_surer(one: Judged, other: Judged) -> bool:
    """Tell whether passages that were read later have a likelier answer."""
    if not one.ranked or one.ranked[0].excluded or one.probability <= other.probability:
        return False
    return one.ranked[0].score > other.ranked[0].score
