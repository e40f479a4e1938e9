"""Compare new articles with what people subscribe to."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from typing import TYPE_CHECKING

from bot.cogs.ask import strings as ask_strings
from bot.errors import ShuttingDown
from bot.server_settings import visible
from index.answers import summary
from index.errors import FootnoteError, UnknownArticle
from index.model import PUBLIC, Space
from index.text.words import subject_words

if TYPE_CHECKING:
    import discord

    from bot.services import Services
    from index.model import Answer
    from index.store.subscriptions import Arrival, Subscription

# In capitals it is a name: WHO.
_QUESTION = re.compile(r"(?:[Ww]h(?:o|om|ose|at|en|ere|ich|y)|[Hh]ow)\b.*|.*[?？؟;]\s*", re.DOTALL)


log = logging.getLogger(__name__)


def question_of(topic: str) -> str:
    """Return the topic itself where it is a question, else one for the latest on it.

    Any article can be summed up, so what asks for a summary is taken for the topic of one.
    """
    if summary.is_request(topic):
        return ask_strings.latest_question(summary.topic(subject_words(topic)))
    return topic if _QUESTION.fullmatch(topic) else ask_strings.latest_question(topic)


def guild_of(space: Space) -> int | None:
    """Return the server whose own space it is, None for public."""
    return None if space == PUBLIC else int(space)


async def ask_article(
    services: Services, subscription: Subscription, article: str
) -> Answer | None:
    """Ask the article with the server's settings of now; return None where it does not answer.

    So it is for an article that is gone, or not to be seen there. Takes its time, so that whoever
    asks a question meanwhile is answered as fast. Raises StorageError, ModelError,
    TimeoutError.
    """
    began = time.perf_counter()
    guild_id = guild_of(subscription.space)
    settings = await services.settings_of(guild_id)
    try:
        found = await services.workers.ask(
            services.library.ask,
            question_of(subscription.topic),
            visible(guild_id, public=settings.public),
            article_id=article,
            threshold=settings.threshold,
        )
    except UnknownArticle:
        return None
    except (FootnoteError, ShuttingDown, TimeoutError):
        raise
    except Exception:  # one topic that breaks the answering must not hold up all others
        log.exception("subscription %d: article %s cannot be asked", subscription.id, article)
        return None
    await asyncio.sleep(time.perf_counter() - began)
    return found if found.answered else None


class Matcher:
    """Matches articles in order; the database keeps how far it is, also over restarts."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services

    async def match_next(self) -> bool:
        """Match the next article, if there is one; an article is noted whole or not at all."""
        ask, matches = self._services.workers.ask, self._services.library.records.matches
        arrival = await ask(matches.next)
        if arrival is None:
            return False
        spaces = [PUBLIC, *(Space(str(guild.id)) for guild in self._client.guilds)]
        matching = await self._matching(arrival, await ask(matches.candidates, arrival, spaces))
        await ask(matches.note, arrival, matching)
        log.info("article %s matches %d subscriptions", arrival.article, len(matching))
        return True

    async def _matching(
        self, arrival: Arrival, subscriptions: list[Subscription]
    ) -> list[Subscription]:
        """Return those that the article answers to; a server asks the same only once."""
        known: dict[tuple[Space, str], bool] = {}
        matching = []
        for subscription in subscriptions:
            key = (subscription.space, subscription.topic.casefold())
            if key not in known:
                known[key] = bool(await ask_article(self._services, subscription, arrival.article))
            if known[key]:
                matching.append(subscription)
        return matching
