"""Ask a follow-up: first the last answer's article, in the words that the reader is surest of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import UnknownArticle
from index.followups.frames import Turn
from index.followups.noun_phrases import Speaks, is_speaker
from index.followups.pronouns import leaves_open
from index.followups.rewriting import only_repeats, rewrite
from index.model import Answer, Article, Certainty, Space, Thresholds
from index.text.words import name_phrases, subject_words

if TYPE_CHECKING:
    from index.library import Library

SPEAKER_HITS = 5
"""Passages in which a name of a follow-up is looked for among those who say something."""

MOST_READ = 4
"""Passages of the last answer's article that are read in each wording, at .35 s each."""

SHORT_WORDS = 8
"""A question of no more words and without a name may go on from the answer before."""

ALMOST = 0.15
"""By so much another article may answer such a question more surely than the last one."""

_POINTS = re.compile(r"\b(?:this|that|there|these|those)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The library, what of it the asker may see, and the turns before a question."""

    library: Library
    spaces: Sequence[Space]
    thresholds: Thresholds | None
    turns: Sequence[Turn]

    def ask(self, question: str, article: str | None, whole: str | None = None) -> Answer:
        """Answer; `article` is the id of the only one to ask, if any.

        `whole` is the question as a language model has made it whole, if one did.
        """
        rewritten = whole or rewrite(question, self.turns, self._speaker_in(article))
        is_open = _is_open(question)
        may_go_on = is_open or rewritten != question or _is_short_and_nameless(question)
        last = (article or self.last_article()) if self.turns and may_go_on else None
        if last is None:
            return self._shown(self._asked(rewritten, article), question)
        wordings = [rewritten]
        if is_open and subject_words(question):  # "why?" alone says nothing
            wordings.append(question)
        within = self._surest(question, dict.fromkeys(wordings), last)
        if within.answered and (article or is_open or rewritten != question):
            return within
        if article or leaves_open(rewritten):  # who "he" is, no other article knows
            return replace(within, rewritten=None) if is_open else within
        whole_corpus = self._shown(self._asked(rewritten, None), question)
        almost = within.confidence + ALMOST >= whole_corpus.confidence
        if rewritten == question and within.certainty is Certainty.SURE and almost:
            return within
        if is_open and not whole_corpus.answered:
            return replace(whole_corpus, rewritten=None)
        return whole_corpus

    def ask_about(self, question: str, article: Article) -> Answer | None:
        """Answer a question on somebody's message about an article, None if it names its subject.

        It is asked of the article, as typed and with the article's title before it. How it was
        completed is not shown: the title is only likely to be what is meant.
        """
        is_open = _is_open(question)
        if not (is_open or _is_short_and_nameless(question)):
            return None
        within = self._surest(question, (f"{article.title}: {question}", question), article.id)
        within = replace(within, rewritten=None)
        if is_open:  # what "that" is, no other article knows
            return within
        alone = self._shown(self._asked(question, None), question)
        return within if within.confidence + ALMOST >= alone.confidence else alone

    def last_article(self) -> str | None:
        """Return the id of the article that the last answer quotes first.

        None where a question since then was about something else, by name.
        """
        for number in range(len(self.turns) - 1, -1, -1):
            turn = self.turns[number]
            if turn.answer:
                return turn.article or self._quoted(turn)
            before = " ".join(f"{t.question} {t.answer}" for t in self.turns[:number])
            if any(name not in before for name in name_phrases(turn.question)):
                return None
        return None

    def _quoted(self, turn: Turn) -> str | None:
        return self._asked(turn.question, None).first_article

    def _surest(self, question: str, wordings: Iterable[str], article: str) -> Answer:
        try:
            answers = [self._shown(self._in_part(one, article), question) for one in wordings]
        except UnknownArticle:  # it was removed meanwhile
            return self._shown(self._asked(next(iter(wordings)), None), question)
        best = max(answers, key=lambda answer: (answer.answered, answer.confidence))
        return replace(best, within=article)

    def _in_part(self, question: str, article: str) -> Answer:
        return self.library.ask(
            question,
            self.spaces,
            article_id=article,
            thresholds=self.thresholds,
            most_read=MOST_READ,
        )

    def _asked(self, question: str, article: str | None) -> Answer:
        return self.library.ask(
            question, self.spaces, article_id=article, thresholds=self.thresholds
        )

    def _speaker_in(self, article: str | None) -> Speaks:
        """Return how to tell whether the articles know a name as a speaker's."""

        def speaks(name: str) -> bool:
            hits = self.library.search(name, self.spaces, article_id=article, limit=SPEAKER_HITS)
            return is_speaker(name, (hit.text for hit in hits))

        return speaks

    def _shown(self, answer: Answer, question: str) -> Answer:
        """Return the answer as that to the question as typed; what only repeats is a refusal."""
        sentences = [sentence.text for sentence in answer.sentences]
        if only_repeats(question, sentences, self.turns):
            answer = replace(
                answer,
                certainty=Certainty.NONE,
                sentences=(),
                citations=(),
                perhaps_there=True,
            )
        rewritten = answer.rewritten if answer.question == question else answer.read_as
        return replace(answer, question=question, rewritten=rewritten)


def _is_open(question: str) -> bool:
    return leaves_open(question) or bool(_POINTS.search(question))


def _is_short_and_nameless(question: str) -> bool:
    return len(question.split()) <= SHORT_WORDS and not name_phrases(question)
