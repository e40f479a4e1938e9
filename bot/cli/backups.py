"""`footnote backup` and `footnote restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import words
from bot.cli.app import app_of
from bot.cli.exits import UsageError

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


def backup(
    context: typer.Context,
    file: FileArgument,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> None:
    """Save articles, settings and feedback to one file, also while the bot runs."""
    from index.catalog.backups import save

    app = app_of(context)
    if not file.parent.is_dir():
        raise UsageError(words.missing([file.parent]))
    try:
        articles = save(app.settings.data, file, overwrite=force)
    except FileExistsError as error:
        raise UsageError(words.needs_force(file)) from error
    app.say(words.saved(articles, file.stat().st_size, file))


def restore(context: typer.Context, file: FileArgument) -> None:
    """Put a backup in the index's place, and keep that beside it; the bot must be stopped."""
    from index.catalog.backups import restore as restore_from

    app = app_of(context)
    if not file.is_file():
        raise UsageError(words.missing([file]))
    done = restore_from(file, app.settings.data)
    app.say(words.restored(done.articles, file, done.kept))
