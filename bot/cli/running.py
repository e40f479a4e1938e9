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
    from index.library import Library


def run(context: typer.Context) -> None:
    """Index the seeds, then start the bot (with DISCORD_TOKEN) or a chat."""
    app = app_of(context)
    with app.library(chroma=True) as library:
        index_seeds(app, library)
        if app.settings.token:
            raise typer.Exit(app.start_bot(app.settings, library))
        if app.interactive():
            app.tell(words.NO_BOT)
            converse(app, library, (PUBLIC,))
            return
        answer = library.ask(words.FIRST_QUESTION)
    app.say(words.FIRST_QUESTION)
    render.show(app.out, render.answer(answer))
    raise typer.Exit(Exit.OK if answer.answered else Exit.REFUSED)


def index_seeds(app: App, library: Library) -> None:
    """Index the seeds folder into public and sum up in one line; a missing folder is no error."""
    seeds = app.settings.seeds
    if not seeds.exists():
        app.tell(words.no_seeds(seeds))
        return
    with progress.passages(app.err, words.SEEDS) as advance:
        report = library.add_paths([seeds], PUBLIC, progress=advance)
    tell_failed(app, report)
    app.tell(words.seeds(seeds, report))
