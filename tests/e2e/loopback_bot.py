"""`python -m tests.e2e.loopback_bot run`: Footnote, but that its bot reaches sites on loopback.

It polls for feeds that are due and new articles several times a second; feeds wait as long as ever.
"""

from __future__ import annotations

import os
from functools import partial

from bot.app import run_bot
from bot.cli.app import App
from bot.cli.commands import cli
from index.web.fetch import Fetcher
from tests.readings import keep_readings


def main(poll_seconds: float = 0.2) -> None:
    """Run one command."""
    fetcher = Fetcher(lambda address: address.is_loopback)
    start_bot = partial(run_bot, fetcher=fetcher, poll_seconds=poll_seconds)
    cli(obj=App(dict(os.environ), start_bot=start_bot, fetcher=lambda: fetcher))


if __name__ == "__main__":
    keep_readings()
    main()
