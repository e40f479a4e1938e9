"""`footnote watch`, and what is told of a folder that is kept in step."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import progress, words
from bot.cli.app import App, app_of
from bot.cli.exits import UsageError
from bot.cli.indexing import tell_failed
from bot.cli.options import SpaceOption, space_named
from index.model import PUBLIC

if TYPE_CHECKING:
    from index.folders import Synced


def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)],
    space: SpaceOption = PUBLIC,
) -> None:
    """Keep a folder's articles in step with its files, until Ctrl-C."""
    from bot.watching import watch as until_cancelled
    from index.folders import Folder

    app, into = app_of(context), space_named(space)
    if not folder.is_dir():
        raise UsageError(words.no_folder(folder))
    # Never the owner of the indexes: a bot that starts later must be able to be that.
    with app.library(chroma=False) as library:
        kept = Folder(library, folder, into)
        with progress.passages(app.err, words.INDEXING) as advance:
            synced = kept.sync(progress=advance)
        show_synced(app, folder, synced)
        app.tell(words.watching(folder, synced.report))
        sync = partial(asyncio.to_thread, kept.sync, settled=True)
        asyncio.run(until_cancelled(kept, sync, partial(show_synced, app, folder)))


def show_synced(app: App, folder: Path, synced: Synced) -> None:
    """Print a line for each file that is new, changed or gone; what failed to standard error."""
    for added in synced.report.added:
        if added.status != "unchanged":
            app.say(words.watched(added.status, folder, added.article))
    tell_failed(app, synced.report)
    for article in synced.removed:
        app.say(words.watched("removed", folder, article))
    if synced.missing:
        app.tell(words.folder_gone(folder))
