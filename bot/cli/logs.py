"""Logging of one run: to standard error, ours at LOG_LEVEL, others from WARNING up."""

from __future__ import annotations

import logging

OURS = ("bot", "index")


def configure(level: str) -> None:
    """Set up logging for this process.

    Other people's loggers never go below WARNING: discord.py's DEBUG lines hold tokens.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in OURS:
        logging.getLogger(name).setLevel(level)
