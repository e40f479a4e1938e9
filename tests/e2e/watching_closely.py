"""`python -m tests.e2e.watching_closely run`: Footnote, but that its bot looks for new articles
several times a second."""

from __future__ import annotations

import os
from functools import partial

from bot.cli.app import App
from bot.cli.commands import cli
from bot.client import run_bot

if __name__ == "__main__":
    cli(obj=App(dict(os.environ), start_bot=partial(run_bot, follow_seconds=0.2)))
