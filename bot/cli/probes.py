"""What `footnote doctor` and `init` try: Discord, a running bot, the models."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import SecretStr

from bot.cli import strings

if TYPE_CHECKING:
    from bot.llm.draft import Fault
    from bot.settings import LanguageModelSettings

API = "https://discord.com/api/v10"
USER, APPLICATION = "/users/@me", "/oauth2/applications/@me"

AGENT = "DiscordBot (footnote)"
"""Discord refuses agents that do not begin so."""

TIMEOUT_SECONDS = 10.0

READS_MESSAGES = 1 << 18 | 1 << 19
"""Flags of an application with the Message Content Intent, as a verified bot's or another's
(https://discord.com/developers/docs/resources/application#application-object-application-flags)."""


class TokenRejected(Exception):
    """Discord does not take the token."""


class Unreachable(Exception):
    """Discord cannot be asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Application:
    """A bot's application; `reads_messages` tells whether it has the Message Content Intent."""

    id: int
    name: str
    reads_messages: bool


class _Reply(NamedTuple):
    """What Discord answers, and by how many seconds the clock here is ahead of its own."""

    body: Any
    ahead: float | None


def ask_discord(token: SecretStr) -> float | None:
    """Return by how many seconds this machine's clock is ahead of Discord's, None if unknown.

    Raises TokenRejected, Unreachable.
    """
    return asyncio.run(_ask(token, USER))[0].ahead


def ask_application(token: SecretStr) -> Application:
    """Return the application that a bot's token belongs to. Raises TokenRejected, Unreachable."""
    user, application = asyncio.run(_ask(token, USER, APPLICATION))
    try:
        reads_messages = bool(application.body["flags"] & READS_MESSAGES)
        return Application(int(application.body["id"]), user.body["username"], reads_messages)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreachable(strings.ANOTHER_PROGRAM) from error


async def _ask(token: SecretStr, *paths: str) -> list[_Reply]:
    """Get each path of Discord's API. Raises TokenRejected, Unreachable."""
    import aiohttp

    headers = {"Authorization": f"Bot {token.get_secret_value()}", "User-Agent": AGENT}
    timeout = aiohttp.ClientTimeout(TIMEOUT_SECONDS)
    replies = []
    try:
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
            for path in paths:
                async with session.get(API + path) as response:
                    ahead = judge(response.status, response.headers.get("Date"), time.time())
                    replies.append(_Reply(await response.json(), ahead))
    except (aiohttp.ContentTypeError, ValueError) as error:
        raise Unreachable(strings.ANOTHER_PROGRAM) from error
    except TimeoutError as error:
        raise Unreachable(strings.NO_ANSWER_IN.format(TIMEOUT_SECONDS)) from error
    except (aiohttp.ClientError, OSError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Unreachable(reason) from error
    return replies


def judge(status: int, date: str | None, now: float) -> float | None:
    """Judge an answer that came at `now`, a Unix time. Raises TokenRejected, Unreachable."""
    if status == HTTPStatus.UNAUTHORIZED:
        raise TokenRejected
    if status != HTTPStatus.OK:
        raise Unreachable(f"status {status}")
    try:
        return now - parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return None


PROBE_HOST = "127.0.0.1"
PROBE_TIMEOUT_SECONDS = 4.0


class Silent(Exception):
    """The bot does not answer at its port.

    Attributes:
        reason: What happened instead. refused: Whether nothing listens there.
    """

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.refused = refused


def ask_health(port: int, timeout_seconds: float = PROBE_TIMEOUT_SECONDS) -> list[str]:
    """Return what the bot says is wrong with it, nothing where all is well. Raises Silent."""
    connection = http.client.HTTPConnection(PROBE_HOST, port, timeout=timeout_seconds)
    try:
        connection.request("GET", "/health")
        state = json.loads(connection.getresponse().read())
        return [str(each) for each in state["wrong"]]
    except ConnectionRefusedError as error:
        raise Silent("nothing listens there", refused=True) from error
    except TimeoutError as error:
        raise Silent(strings.NO_ANSWER_IN.format(timeout_seconds)) from error
    except OSError as error:
        raise Silent(error.strerror or str(error)) from error
    except (http.client.HTTPException, ValueError, TypeError, KeyError) as error:
        raise Silent(strings.ANOTHER_PROGRAM) from error
    finally:
        connection.close()


def try_language_model(settings: LanguageModelSettings) -> Fault | None:
    """Have the language model write a word; return what is wrong with it."""
    from bot.llm.client import attempt

    return asyncio.run(attempt(settings))


def verify_model() -> None:
    """Check the packaged embedding model's weights. Raises ModelError."""
    from index.models.packaged import verify

    verify()


def verify_reader() -> None:
    """Check the reader's weights. Raises ModelError."""
    from index.models.weights import verify

    verify()
