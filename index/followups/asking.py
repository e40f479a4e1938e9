"""Ask a follow-up: first the last answer's article, in the words that the reader is surest of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from index.answers.lacking import lacks_name
from index.errors import UnknownArticle
from index.followups import showing
from index.followups.checks import Checks, as_refusal
from index.followups.english import back_to, parse
from index.followups.recalls import (
    asks_for_more,
    asks_since,
    asks_when_published,
    asks_who_said,
)
from index.followups.rewriting import (
    fragment,
    is_bare,
    is_elsewhere,
    is_only_open,
    is_open,
    leaves_open,
)
from index.followups.showing import NOTHING, Meant
from index.followups.turns import Turn, asks_why_told, may_be_amount, only_repeats, ruled_out
from index.model import (
    Answer,
    AnswerSentence,
    Article,
    Certainty,
    Citation,
    Recalled,
    Space,
    Thresholds,
)
from index.strings import SAYS_SO
from index.text.words import name_phrases, subject_words

if TYPE_CHECKING:
    from index.library import Library

SEARCHED = 4
"""Passages in which the words of the last answer are looked for."""

SHORT_WORDS = 8
"""A question of no more words and without a name may go on from the answer before."""

ALMOST = 0.15
"""By so much another article may answer such a question more surely than the last one."""

_FOOTNOTES = re.compile(r" (?:\[\d+\])+")

_BECAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|in order to|so that|the reason|in protest)\b",
    re.IGNORECASE,
)
"""What tells of a reason."""


WHEN_PUBLISHED = "When was it published?"
"""What "when?" asks behind "who wrote it?"."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The library, what of it the asker may see, and the turns before a question."""

    library: Library
    spaces: Sequence[Space]
    thresholds: Thresholds | None
    turns: Sequence[Turn]

    @property
    def _usual(self) -> Thresholds:
        return self.thresholds or self.library.thresholds

    @property
    def _checks(self) -> Checks:
        return Checks(self.library, self.spaces, self._usual, self.turns)

    def ask(self, question: str, article: str | None, whole: str | None = None) -> Answer:
        """Answer; `article` is the id of the only one to ask, if any.

        `whole` is the question as a language model has made it whole, if one did.
        """
        subject, rest = back_to(question)
        if subject_words(subject) and not whole:
            return replace(self._back_to(question, subject, rest, article), question=question)
        found = self._ask(question, article, whole)
        if not self.turns:
            return found
        found = self._checks.of_what_was_told(question, self._checks.of_the_named(question, found))
        if self._checks.lacks_phrase(question, found):
            named = self._of_what_is_named(question, found)
            found = named if named.answered else found
        for otherwise in (
            self._nearest_as_answer,
            self._of_what_is_named,
            self._of_what_was_near,
        ):
            found = found if found.answered else otherwise(question, found)
        return found

    def again(self, question: str) -> Answer | None:
        """Repeat the last answer to whoever doubts it; None where there is none to repeat."""
        last, told = self.last_article(), self.turns[-1].answer if self.turns else None
        if not (last and told):
            return None
        with suppress(UnknownArticle):  # it was removed meanwhile
            what = Recalled.AGAIN
            answer = self.library.recall(question, self.spaces, last, (told,), what=what)
            return replace(answer, note=SAYS_SO, within=last) if answer.answered else None
        return None

    def _back_to(self, question: str, subject: str, rest: str, article: str | None) -> Answer:
        """Go on from the latest turn with a subject, or ask of an article that is about it.

        Where there is neither the question stands alone: what was said last is not its subject.
        """
        words = subject_words(subject)
        for text_of in (_said, self._text_of):
            for number in range(len(self.turns), 0, -1):
                turn = self.turns[number - 1]
                if turn.answer and not lacks_name(words, text_of(turn)):
                    return replace(self, turns=self.turns[:number]).ask(rest, article)
        alone = replace(self, turns=())
        about = None if article else self._article_on(subject)
        if about is None:
            return alone._ask(question, article, None)
        with suppress(UnknownArticle):  # it was removed meanwhile
            wordings = (rest, f"{about.title}: {rest}")
            found = alone._surest(rest, wordings, alone._within((about.id,)))
            if found.answered or is_open(rest):
                return replace(found, rewritten=None, within=about.id)
        return alone.ask(rest, None)

    def _text_of(self, turn: Turn) -> str:
        with suppress(UnknownArticle):  # it was removed meanwhile
            return self.library.text(turn.article, self.spaces) if turn.article else ""
        return ""

    def _article_on(self, subject: str) -> Article | None:
        """Return the article that is likely about a subject, else the nearest that names it."""
        about = self.library.about(subject, self.spaces)
        near = () if about else self.library.search(subject, self.spaces, limit=SEARCHED)
        named = (hit.article for hit in near if not lacks_name(subject_words(subject), hit.text))
        return about or next(named, None)

    def _ask(self, question: str, article: str | None, whole: str | None) -> Answer:
        meant = Meant((whole,), (whole,)) if whole else self._meant(question)
        if self.turns and (asks_for_more(question) or asks_who_said(question)):
            return self._recalled(question, article)
        known = self._time_known(question, article) if self.turns else None
        if known and known.answered:
            return known
        if self.turns and not (meant.wordings or self.turns[-1].answer) and is_bare(question):
            return self._nothing(question)
        may_go_on = is_open(question) or bool(meant.wordings) or _is_short_and_nameless(question)
        last = (article or self.last_article()) if self.turns and may_go_on else None
        if last is not None:
            with suppress(UnknownArticle):  # it was removed meanwhile
                return self._go_on(question, meant, last, alone=bool(article))
        if self.turns and not meant.wordings and is_only_open(question):
            return self._nothing(question)
        asked = partial(self._asked, article=article)
        found = self._surest(question, (meant.wordings or (question,))[:1], asked, meant)
        if leaves_open(question) and meant.wordings:
            return self._checks.of_what_is_meant(question, meant.wordings[0], found)
        return found

    def _meant(self, question: str) -> Meant:
        """Return what a question may stand for; a name in it is written as in the last article."""
        phrase = fragment(question) or ""
        last = self.last_article() if phrase.islower() and self.turns else None
        with suppress(UnknownArticle):  # it was removed meanwhile
            text = self.library.text(last, self.spaces) if last else ""
            named = re.search(rf"(?<=[\w,] ){re.escape(phrase)}\b", text, re.IGNORECASE)
            if named and phrase not in text:
                question = question.replace(phrase, named[0])
        return showing.meant(question, self.turns)

    def _nothing(self, question: str) -> Answer:
        """Return a refusal of what asks about nothing that was spoken of."""
        return self.library.recall(question, self.spaces, None, (), what=Recalled.WHO_SAID)

    def _go_on(self, question: str, meant: Meant, last: str, *, alone: bool) -> Answer:
        """Ask the last answer's article, if not `alone` the others on its story, then all."""
        wordings, opens = meant.wordings or (question,), is_open(question)
        surest = partial(self._surest, question, meant=meant)
        earlier = ruled_out(question, self.turns)
        goes_on = opens or bool(meant.wordings)
        as_it_stands = (question,) if opens and subject_words(question) else ()
        here = self._within((last,), alone=alone, earlier=earlier)
        within = surest((*as_it_stands, *wordings), here)
        if not within.answered:
            within = self._nearest_as_answer(question, within)
        if alone or (within.answered and goes_on):
            return replace(within, within=last)
        story = tuple(one.id for one in self.library.story(last, self.spaces))
        if not within.answered and len(story) > 1:
            found = surest((*as_it_stands, *wordings), self._within(story, earlier=earlier))
            within = (self._checks.unsure(found) if opens else found) if found.answered else within
        within = replace(within, within=within.first_article or last)
        is_within = is_open(wordings[0]) or is_bare(question) or meant.is_guess
        if not within.answered and leaves_open(question):
            within = self._before_that(question, meant, last) or within
        if (within.answered and goes_on) or is_within:
            return within  # who "he" is, no article on anything else knows
        elsewhere = surest(wordings[:1], self._asked)
        if meant.wordings:
            return self._checks.of_what_is_meant(question, wordings[0], elsewhere)
        if elsewhere.nearest and not (within.answered or within.nearest):
            return elsewhere
        almost = within.confidence + ALMOST >= elsewhere.confidence
        if within.certainty is Certainty.SURE and almost:
            return within
        return elsewhere if self._checks.is_of_its_own(question, elsewhere, story) else within

    def _before_that(self, question: str, meant: Meant, last: str) -> Answer | None:
        """Return what an article that was spoken of earlier surely answers, if there is one."""
        if (asked := parse(question)) and asked.asks_what_was_said:
            return None  # by whom is not known
        earlier = dict.fromkeys(turn.article for turn in reversed(self.turns))
        for one in earlier:
            if one and one != last:
                with suppress(UnknownArticle):  # it was removed meanwhile
                    wordings = (question, *meant.wordings)
                    found = self._surest(question, wordings, self._within((one,)), meant)
                    if found.certainty is Certainty.SURE:
                        return replace(found, within=one)
        return None

    def _within(
        self, articles: Sequence[str], *, alone: bool = False, earlier: Sequence[str] = ()
    ) -> Callable[[str], Answer]:
        """Return what answers a question from these articles; see Library.go_on."""
        within = partial(self.library.go_on, spaces=self.spaces, article_ids=articles)
        return partial(within, alone=alone, earlier=earlier, thresholds=self.thresholds)

    def _recalled(self, question: str, article: str | None) -> Answer:
        """Answer from the last answer's article, or who said what a refusal showed as nearest."""
        more, earlier = asks_for_more(question), self._earlier_answers()
        what = Recalled.FURTHER if more else Recalled.WHO_SAID
        last = (article or self.last_article()) if more or self.turns[-1].answer else None
        if not (more or last):
            last, earlier = self._nearest_to_last()
        try:
            answer = self.library.recall(question, self.spaces, last, earlier, what=what)
        except UnknownArticle:  # it was removed meanwhile
            answer = self._nothing(question)
        return replace(answer, within=last)

    def _time_known(self, question: str, article: str | None) -> Answer | None:
        """Answer "from when?" of the last answer, and "when?" of who wrote the article."""
        *_, last = self.turns
        about = article or last.article
        if not last.answer or not about:
            return None
        with suppress(UnknownArticle):  # it was removed meanwhile
            if what := asks_since(question):
                earlier = (last.answer,)
                answer = self.library.recall(question, self.spaces, about, earlier, what=what)
                return replace(answer, within=about)
            if asks_when_published(question, last.question):
                answer = self._asked(WHEN_PUBLISHED, about)
                return replace(answer, question=question, rewritten=WHEN_PUBLISHED, within=about)
        return None

    def _nearest_to_last(self) -> tuple[str | None, list[str]]:
        """Return the article and the words of the sentence that the last refusal showed."""
        *before, last = self.turns
        again = replace(self, turns=before).ask(last.question, None)
        near = again.nearest
        return (near.article.id, [near.quote]) if near else (None, [])

    def ask_about(self, question: str, article: Article) -> Answer | None:
        """Answer a question on somebody's message about an article, None if it names its subject.

        It is asked of the article, as typed and with the article's title before it. How it was
        completed is not shown: the title is only likely to be what is meant.
        """
        opens = is_open(question)
        if not (opens or _is_short_and_nameless(question)):
            return None
        wordings = (f"{article.title}: {question}", question)
        try:
            within = self._surest(question, wordings, self._within((article.id,)))
        except UnknownArticle:  # it was removed meanwhile
            return self._surest(question, (question,), self._asked)
        within = replace(within, rewritten=None, within=article.id)
        if opens:  # what "that" is, no other article knows
            return within
        alone = self._surest(question, (question,), self._asked)
        return within if within.confidence + ALMOST >= alone.confidence else alone

    def _nearest_as_answer(self, question: str, refused: Answer) -> Answer:
        """Return the nearest sentence as an unsure answer to "why?" or "how much?" if it is likely.

        A reason says "because" or the like, or stands beside what was told.
        """
        near = refused.nearest
        if not near or self._usual.perhaps >= self._usual.sure:
            return refused
        is_reason = asks_why_told(question, self.turns) and self._may_be_reason(near)
        if not (is_reason or may_be_amount(question, near.quote)):
            return refused
        sentences = (AnswerSentence(near.quote, (near.number,)),)
        return replace(
            refused,
            certainty=Certainty.PERHAPS,
            confidence=self._usual.perhaps,
            sentences=sentences,
            citations=(near,),
            nearest=None,
        )

    def _may_be_reason(self, near: Citation) -> bool:
        text = self.library.text(near.article.id, self.spaces)
        told = [one for answer in self._earlier_answers()[-1:] for one in _FOOTNOTES.split(answer)]
        found = [(at, at + len(one)) for one in told if one and (at := text.find(one.strip())) >= 0]
        beside = (sorted((span, (near.span.start, near.span.end))) for span in found)
        is_beside = any(not text[first[1] : then[0]].strip() for first, then in beside)
        return is_beside or bool(found and _BECAUSE.search(near.quote))

    def _of_what_is_named(self, question: str, refused: Answer) -> Answer:
        """Return what the last article says of what "and Lund?" names, as an unsure answer."""
        phrase = fragment(question)
        last = (refused.within or self.last_article()) if phrase else None
        if not (phrase and last) or self._usual.perhaps >= self._usual.sure:
            return refused
        named = (re.sub(r"^(?:the|in|on|at) ", "", phrase), self.turns[-1].question)
        with suppress(UnknownArticle):  # it was removed meanwhile
            what = Recalled.NAMED
            answer = self.library.recall(question, self.spaces, last, named, what=what)
            if answer.answered:
                sure, unsure = self._usual.perhaps, Certainty.PERHAPS
                return replace(answer, confidence=sure, certainty=unsure, within=last)
        return refused

    def _of_what_was_near(self, question: str, refused: Answer) -> Answer:
        """Return, unsurely, what the article surely answers that the last refusal showed."""
        names_nothing = is_bare(question) or asks_for_more(question) or not subject_words(question)
        goes_on = is_open(question) or _is_short_and_nameless(question)
        if self.turns[-1].answer or names_nothing or not goes_on:
            return refused
        near, told = self._nearest_to_last()
        asked = subject_words(self.turns[-1].question)
        shared = [word for word in asked if not lacks_name([word], "".join(told))]
        if near and 2 * len(shared) >= len(asked):
            with suppress(UnknownArticle):  # it was removed meanwhile
                found = self._surest(question, (question,), self._within((near,)))
                if found.certainty is Certainty.SURE:
                    return replace(self._checks.unsure(found), within=near)
        return refused

    def last_article(self) -> str | None:
        """Return the id of the article that the last answer quotes first.

        None where a question since then was about something else, by name.
        """
        for number in range(len(self.turns) - 1, -1, -1):
            turn = self.turns[number]
            if turn.answer:
                return turn.article or self._quoted(turn)
            before = " ".join(f"{t.question} {t.answer}" for t in self.turns[:number])
            is_other = any(name not in before for name in name_phrases(turn.question))
            if is_other and not is_elsewhere(turn.question, before):
                return None
        return None

    def _quoted(self, turn: Turn) -> str | None:
        """Find the article by its words; by asking again where the answer is in others."""
        first = _FOOTNOTES.split(turn.answer or "")[0]
        near = self.library.search(first, self.spaces, limit=SEARCHED)
        quoted = (hit.article.id for hit in near if first in hit.text)
        return next(quoted, None) or self._asked(turn.question).first_article

    def _surest(
        self,
        question: str,
        wordings: Sequence[str],
        ask: Callable[[str], Answer],
        meant: Meant = NOTHING,
    ) -> Answer:
        """Ask in one wording after the other until the reader is sure; return the surest answer."""
        answers = []
        for wording in dict.fromkeys(wordings):
            answers.append(self._without_repeats(ask(wording), question))
            if answers[-1].certainty is Certainty.SURE:
                break
        best = max(answers, key=lambda answer: (answer.answered, answer.confidence))
        if best.question == question:
            return best
        is_shown = best.question in meant.shown and _is_certain(best, question, meant)
        return replace(best, question=question, rewritten=best.read_as if is_shown else None)

    def _asked(self, question: str, article: str | None = None) -> Answer:
        return self.library.ask(
            question, self.spaces, article_id=article, thresholds=self.thresholds
        )

    def _earlier_answers(self) -> list[str]:
        return [turn.answer for turn in self.turns if turn.answer]

    def _without_repeats(self, answer: Answer, question: str) -> Answer:
        """Return the answer; as a refusal where it says only what was said before."""
        sentences = [sentence.text for sentence in answer.sentences]
        sure = answer.certainty is Certainty.SURE
        if not only_repeats(question, sentences, self.turns, sure=sure):
            return answer
        return as_refusal(answer)


def _said(turn: Turn) -> str:
    return f"{turn.question} {turn.answer}"


def _is_certain(answer: Answer, question: str, meant: Meant) -> bool:
    """Tell whether a rewriting is certain: the reader is sure of it, or there is no other.

    That `it` stands for something in particular only an answer tells, where there is no choice.
    """
    if len(meant.wordings) > 1:
        return answer.certainty is Certainty.SURE and not leaves_open(question)
    return answer.answered or not leaves_open(question)


def _is_short_and_nameless(question: str) -> bool:
    return len(question.split()) <= SHORT_WORDS and not name_phrases(question)
