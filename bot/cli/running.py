"""`footnote run`: index the seeds, then the bot, a chat, or one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli import progress, render, words
from bot.cli.app import App, app_of
from bot.cli.chat import converse
from bot.cli.exits import Exit
from bot.cli.indexing import tell_failed
from index.model import PUBLIC

if TYPE_CHECKING:
    from index.folders import Folder
    from index.library import Library


def run(context: typer.Context) -> None:
    """Index the seeds, then start the bot (with DISCORD_TOKEN) or a chat."""
    app = app_of(context)
    with app.library(chroma=True) as library:
        seeds = index_seeds(app, library)
        if app.settings.token:
            raise typer.Exit(app.start_bot(app.settings, library, seeds))
        if app.interactive():
            app.tell(words.NO_BOT)
            converse(app, library, (PUBLIC,))
            return
        answer = library.ask(words.FIRST_QUESTION)
    app.say(words.FIRST_QUESTION)
    render.show(app.out, render.answer(answer))
    raise typer.Exit(Exit.OK if answer.answered else Exit.REFUSED)


def index_seeds(app: App, library: Library) -> Folder:
    """Bring public in step with the seeds folder and sum up in one line.

    A missing folder is no error. Returns the folder, to be watched.
    """
    from index.folders import Folder

    path = app.settings.seeds
    seeds = Folder(library, path, PUBLIC)
    with progress.passages(app.err, words.SEEDS) as advance:
        synced = seeds.sync(progress=advance)
    if synced.missing:
        app.tell(words.no_seeds(path))
        return seeds
    tell_failed(app, synced.report)
    for article in synced.removed:
        app.tell(words.watched("removed", path, article))
    app.tell(words.seeds(path, synced.report))
    return seeds
