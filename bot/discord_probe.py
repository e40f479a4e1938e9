"""Asks Discord whether it takes a token; nothing is changed by that."""

from __future__ import annotations

import http.client
import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from bot.secret import Secret

HOST = "discord.com"
PATH = "/api/v10/users/@me"
AGENT = "DiscordBot (footnote doctor)"
"""Discord refuses agents that do not begin so."""

TIMEOUT_SECONDS = 10.0


class Refused(Exception):
    """Discord does not take the token."""


class Unreachable(Exception):
    """Discord cannot be asked; the message says why."""


def ask_discord(token: Secret) -> float | None:
    """Return by how many seconds this machine's clock is ahead of Discord's, None if not told.

    Raises Refused, Unreachable.
    """
    connection = http.client.HTTPSConnection(HOST, timeout=TIMEOUT_SECONDS)
    headers = {"Authorization": f"Bot {token.reveal()}", "User-Agent": AGENT}
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
