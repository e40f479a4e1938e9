"""Answer one question from the library, in the bot or in a worker; blocks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.smalltalk import doubts
from index.answers import requests, summary_requests
from index.errors import UnknownArticle
from index.followups.asking import Conversation
from index.followups.recalls import asks_who_said
from index.followups.turns import Turn
from index.model import Answer, Document, Space, Thresholds

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Everything that the answer depends on. Who asks is not part of it: see bot.flow.Asked.

    `whole` is the follow-up as a language model completed it, if one did.
    """

    question: str
    spaces: tuple[Space, ...]
    article: str | None = None
    turns: tuple[Turn, ...] = ()
    thresholds: Thresholds | None = None
    documents: tuple[Document, ...] = ()
    about: str = ""
    whole: str | None = None
    suggests: bool = True


def find_answer(library: Library, asked: Inquiry) -> Answer:
    """Answer in the articles' own words. Raises UnknownArticle.

    If nothing in the articles has to do with the question, some that they answer are suggested.
    """
    found = _find(library, asked)
    is_whole = found.answered or found.nearest or found.no_articles or asked.article
    if is_whole or not asked.suggests:
        return found
    return replace(found, suggested=library.suggestions(asked.spaces, question=asked.question))


def _find(library: Library, asked: Inquiry) -> Answer:
    article_id = library.get(asked.article.strip(), asked.spaces).id if asked.article else None
    question = asked.question.strip()
    if asked.documents:
        found = library.ask_of(asked.documents, question, thresholds=asked.thresholds)
        if found.answered:
            return found
    about = library.about(asked.about, asked.spaces) if asked.about and not article_id else None
    if about:  # as if the message had been an answer of that article
        asked = replace(asked, turns=(*asked.turns, Turn("", asked.about, about.id)))
    conversation = Conversation(library, asked.spaces, asked.thresholds, asked.turns)
    spoken_of = None if article_id else _article_spoken_of(library, asked, conversation)
    if spoken_of or requests.stands_alone(question) or summary_requests.is_request(question):
        found = library.ask(
            question,
            asked.spaces,
            article_id=article_id or spoken_of,
            thresholds=asked.thresholds,
        )
        return replace(found, within=spoken_of)
    told = conversation.ask_about(question, about) if about else None
    if not told and doubts(question) and not asks_who_said(question):
        told = conversation.again(question)
    return told or conversation.ask(question, article_id, asked.whole)


def _article_spoken_of(library: Library, asked: Inquiry, conversation: Conversation) -> str | None:
    """Return the id of the last answer's article, if the question is about that itself."""
    said = [text for turn in asked.turns[-1:] for text in (turn.question, turn.answer)]
    asks_back = requests.refers_back(asked.question, *said)
    if not (asks_back or summary_requests.refers_back(asked.question)):
        return None
    last = conversation.last_article()
    with suppress(UnknownArticle):  # it may have been removed
        return library.get(last, asked.spaces).id if last else None
    return None
