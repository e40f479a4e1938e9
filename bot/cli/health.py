"""`footnote health`: asks the bot that runs."""

from __future__ import annotations

import typer

from bot import probe
from bot.cli import words
from bot.cli.app import app_of
from bot.cli.exits import Exit, UsageError


def health(context: typer.Context) -> None:
    """Ask the bot that runs on this machine how it is; needs METRICS_PORT."""
    app = app_of(context)
    port = app.settings.metrics_port
    if port is None:
        raise UsageError(words.NO_METRICS_PORT)
    try:
        wrong = app.ask_health(port)
    except probe.Silent as error:
        app.tell(f"{words.ERROR}{words.silent(port, error.reason)}")
        raise typer.Exit(Exit.FAILED) from None
    for line in wrong or [words.WELL]:
        app.say(line)
    raise typer.Exit(Exit.FAILED if wrong else Exit.OK)
