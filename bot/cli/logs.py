"""Logging of one run: to standard error, ours at LOG_LEVEL, others from WARNING up.

Whatever is logged, by whomever: no line holds a secret of the settings, nor the token of an
interaction, with which anybody could answer in the bot's name.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.settings import Settings

OURS = ("bot", "index")
TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
HIDDEN = "***"

SECRET_MIN = 8
"""A shorter one is a stand-in, as "none" for a model that asks for a key but reads none."""

_INTERACTION = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w-]{20,}")
"""As discord.py names it in its warnings of rate limits."""


def configure(settings: Settings) -> None:
    """Set up logging for this process, as lines of text or of JSON.

    Other people's loggers never go below WARNING: discord.py's DEBUG lines hold tokens.
    """
    handler = logging.StreamHandler()
    lines = _Json() if settings.log_format == "json" else logging.Formatter(TEXT)
    handler.setFormatter(_Hiding(lines, [secret.get_secret_value() for secret in settings.secrets]))
    logging.basicConfig(handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(settings.log_level)
    # It warns of pages in which one of two ways finds no article; when neither does, we say so.
    logging.getLogger("trafilatura").setLevel(logging.ERROR)
    # It logs the traceback of every connection that broke, which we report once, in a line.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)


class _Hiding(logging.Formatter):
    """Formats like another, and takes out what nobody may read, tracebacks included."""

    def __init__(self, lines: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._lines = lines
        self._secrets = [secret for secret in secrets if len(secret) >= SECRET_MIN]

    def format(self, record: logging.LogRecord) -> str:
        line = _INTERACTION.sub(rf"\1{HIDDEN}", self._lines.format(record))
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return line


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
