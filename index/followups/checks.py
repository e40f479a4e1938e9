"""Whether an answer to a follow-up is of whom and what was spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.answers.lacking import lacks_name
from index.followups.another import is_of_another
from index.followups.rewriting import fragment, leaves_open, names_in
from index.followups.turns import Turn
from index.model import Answer, Certainty, Citation, Form, Space, Thresholds
from index.text.words import subject_words

if TYPE_CHECKING:
    from index.library import Library

CONTEXT_CHARS = 300
"""Before a sentence, in which its "he" may be named."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What the answers to a follow-up are checked against."""

    library: Library
    spaces: Sequence[Space]
    thresholds: Thresholds
    turns: Sequence[Turn]

    def of_the_named(self, question: str, answer: Answer) -> Answer:
        """Return an answer to "and Lund?"; not as sure, or a refusal, if it is of nobody named so.

        Behind a "he" the name stands before the sentence that is quoted.
        """
        names = names_in(question)
        if not names or answer.form is not Form.QUOTES:
            return answer
        own = _own(answer)
        if not lacks_name(names, own):
            return answer
        if lacks_name(names, "\n".join((own, *map(self._before, answer.citations)))):
            return as_refusal(answer)
        return self.unsure(answer)

    def of_what_was_told(self, question: str, answer: Answer) -> Answer:
        """Return an answer; not as sure where it is of something else than was spoken of."""
        if answer.certainty is not Certainty.SURE or answer.form is not Form.QUOTES:
            return answer
        turns = (f"{turn.question} {turn.answer or ''}" for turn in self.turns)
        told = " ".join((*turns, *(one.article.title for one in answer.citations)))
        return self.unsure(answer) if is_of_another(question, answer.text, told) else answer

    def lacks_phrase(self, question: str, answer: Answer) -> bool:
        """Tell whether an unsure answer to "what about the vaccine?" has no word of that."""
        words = subject_words(fragment(question) or "")
        is_unsure = answer.certainty is Certainty.PERHAPS
        return is_unsure and bool(words) and _lacks_all(words, _own(answer))

    def unsure(self, answer: Answer) -> Answer:
        """Return an answer that is not sure."""
        sure = self.thresholds.unsure(answer.confidence)
        return replace(answer, confidence=sure, certainty=self.thresholds.certainty(sure))

    def of_what_is_meant(self, question: str, rewritten: str, answer: Answer) -> Answer:
        """Refuse what another article says if it has no word of those that the rewriting added.

        Of several articles those that have one are left, which is no sure answer.
        """
        added = set(subject_words(rewritten)) - set(subject_words(question))
        if not added or answer.form is not Form.QUOTES:
            return answer
        if not _lacks_all(added, _own(answer)):
            left = _without(answer, lambda text: _lacks_all(added, text))
            return answer if left is answer else self.unsure(left)
        before = "\n".join(map(self._before, answer.citations))
        if not _lacks_all(added, before):
            return answer
        # What "it" stands for was guessed; who "and Macron?" asks about is plain.
        shown = None if leaves_open(question) else answer.rewritten
        return replace(as_refusal(answer), rewritten=shown)

    def is_of_its_own(self, question: str, answer: Answer, story: Sequence[str]) -> bool:
        """Tell whether an answer is from the story, or has a word of the question that this lacks.

        "What was the result?" goes on from what was told; another story's result is none to it.
        """
        if answer.first_article in story or answer.form is not Form.QUOTES:
            return True
        told = "\n".join(self.library.text(one, self.spaces) for one in story)
        new = [word for word in subject_words(question) if lacks_name([word], told)]
        own = answer.nearest.quote if answer.nearest else _own(answer)
        return bool(new) and not _lacks_all(new, own)

    def _before(self, quoted: Citation) -> str:
        text = self.library.text(quoted.article.id, self.spaces)
        return text[max(0, quoted.span.start - CONTEXT_CHARS) : quoted.span.start]


def _own(answer: Answer) -> str:
    return "\n".join((answer.text, *(one.article.title for one in answer.citations)))


def _without(answer: Answer, is_other: Callable[[str], bool]) -> Answer:
    """Return an answer without the articles whose titles and quoted words are of something else."""
    own: dict[str, str] = {}
    for one in answer.citations:
        own[one.article.id] = f"{own.get(one.article.id, one.article.title)}\n{one.quote}"
    kept = [one for one in answer.citations if not is_other(own[one.article.id])]
    if len(kept) == len(answer.citations):
        return answer
    numbers = {one.number: n for n, one in enumerate(kept, 1)}
    told = (
        replace(one, citations=tuple(numbers[n] for n in one.citations if n in numbers))
        for one in answer.sentences
    )
    citations = tuple(replace(one, number=numbers[one.number]) for one in kept)
    return replace(
        answer, sentences=tuple(one for one in told if one.citations), citations=citations
    )


def _lacks_all(added: Iterable[str], text: str) -> bool:
    return all(lacks_name([word], text) for word in added)


def as_refusal(answer: Answer) -> Answer:
    """Return an answer as a refusal of what may be there all the same."""
    return replace(answer, certainty=Certainty.NONE, sentences=(), citations=(), perhaps_there=True)
