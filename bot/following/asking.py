"""Asking one article what somebody follows."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.following.topics import question_of
from bot.permissions import visible
from bot.workers import ShuttingDown
from index.errors import FootnoteError, UnknownArticle
from index.model import PUBLIC

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Follow
    from index.model import Answer, Space

log = logging.getLogger(__name__)


def guild_of(space: Space) -> int | None:
    """The server whose own space it is, None for public."""
    return None if space == PUBLIC else int(space)


async def ask_article(services: Services, follow: Follow, article: str) -> Answer | None:
    """Ask it as the follower's server asks at this moment; None where it does not answer.

    So it is for an article that is gone, or not to be seen there. Takes its time, so that whoever
    asks a question meanwhile is answered as fast. Raises StorageError, ModelError,
    TimeoutError.
    """
    began = time.perf_counter()
    guild_id = guild_of(follow.space)
    settings = await services.settings_of(guild_id)
    try:
        found = await services.workers.ask(
            services.library.ask,
            question_of(follow.topic),
            visible(guild_id, public=settings.public),
            article_id=article,
            threshold=settings.threshold,
        )
    except UnknownArticle:
        return None
    except (FootnoteError, ShuttingDown, TimeoutError):
        raise
    except Exception:  # one topic that breaks the answering must not hold up all others
        log.exception("follow %d: article %s cannot be asked", follow.id, article)
        return None
    await asyncio.sleep(time.perf_counter() - began)
    return found if found.answered else None
