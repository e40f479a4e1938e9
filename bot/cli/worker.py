"""`footnote worker`: answer for bots that share a PostgreSQL database."""

from __future__ import annotations

import typer

from bot.cli import strings
from bot.cli.app import UsageError, app_of

NEEDS_DATABASE = "a worker needs DATABASE_URL, the same as the bots' (docs/operations.md, Workers)"


def worker(context: typer.Context) -> None:
    """Answer questions for bots with the same DATABASE_URL, until Ctrl-C."""
    app = app_of(context)
    if app.settings.database is None:
        raise UsageError(NEEDS_DATABASE)
    with app.library(chroma=True) as library:
        library.ask(strings.FIRST_QUESTION)  # builds the indexes before anybody waits for them
        raise typer.Exit(app.start_worker(app.settings, library))
