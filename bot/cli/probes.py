"""What `footnote doctor` tries: Discord, a running bot, the models."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.cli import strings

if TYPE_CHECKING:
    from bot.llm.draft import Fault
    from bot.settings import LanguageModelSettings

HOST = "discord.com"
PATH = "/api/v10/users/@me"

AGENT = "DiscordBot (footnote doctor)"
"""Discord refuses agents that do not begin so."""

TIMEOUT_SECONDS = 10.0


class Refused(Exception):
    """Discord does not take the token."""


class Unreachable(Exception):
    """Discord cannot be asked; the message says why."""


def ask_discord(token: SecretStr) -> float | None:
    """Return by how many seconds this machine's clock is ahead of Discord's, None if unknown.

    Raises Refused, Unreachable.
    """
    connection = http.client.HTTPSConnection(HOST, timeout=TIMEOUT_SECONDS)
    headers = {"Authorization": f"Bot {token.get_secret_value()}", "User-Agent": AGENT}
    try:
        connection.request("GET", PATH, headers=headers)
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Unreachable(reason) from error
    finally:
        connection.close()
    return judge(response.status, response.getheader("Date"), time.time())


def judge(status: int, date: str | None, now: float) -> float | None:
    """Judge an answer that came at `now`, in seconds since 1970. Raises Refused, Unreachable."""
    if status == HTTPStatus.UNAUTHORIZED:
        raise Refused
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
        raise Silent(strings.NOTHING_LISTENS, refused=True) from error
    except TimeoutError as error:
        raise Silent(strings.no_answer_in(timeout_seconds)) from error
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
