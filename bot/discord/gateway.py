"""Contain errors in gateway events."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import discord

NEEDED = ("READY", "RESUMED")
"""Without these there is no connection, so that what goes wrong in them must end it."""


log = logging.getLogger(__name__)


def contain_errors(client: discord.Client) -> None:
    """Log events that cannot be parsed, and go on with the next.

    discord.py parses in the loop that reads the connection: a KeyError for a field that Discord
    left out would end `Client.connect`, and so the process.
    """
    parsers = client._connection.parsers  # there is no public way in
    for event in parsers.keys() - NEEDED:
        parsers[event] = _contained(event, parsers[event])


def _contained(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    @wraps(parse)
    def parse_or_log(data: Any) -> None:
        try:
            parse(data)
        except Exception:
            log.exception("event %s cannot be read", event)

    return parse_or_log
