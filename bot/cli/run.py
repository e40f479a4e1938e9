"""`footnote run`, `web` and `worker`: what goes on until it is stopped."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli import render, strings
from bot.cli.app import App, Exit, SpaceOption, UsageError, app_of, explained, visible
from bot.cli.chat import converse
from bot.cli.evaluate import note_answer
from bot.cli.index import print_failed
from bot.cli.terminal import passages_progress
from index.model import PUBLIC

if TYPE_CHECKING:
    from index.folder_sync import Folder
    from index.library import Library


def run(context: typer.Context) -> None:
    """Index the seeds folder, then start the bot or, without a token, a chat."""
    app = app_of(context)
    with app.library(chroma=True) as library:
        seeds = index_seeds(app, library)
        if app.settings.token:
            raise typer.Exit(app.start_bot(app.settings, library, seeds))
        app.add_sample(library)
        if app.interactive():
            app.print_error(strings.NO_BOT.format(_command()))
        if converse(app, library, (PUBLIC,)) or app.interactive():
            return
        if not library.list():
            app.print(strings.NO_ARTICLES)
            raise typer.Exit(Exit.REFUSED)
        answer = library.ask(strings.FIRST_QUESTION)
    app.print(strings.FIRST_QUESTION)
    render.show(app.out, render.answer(answer))
    raise typer.Exit(Exit.OK if answer.answered else Exit.REFUSED)


def _command() -> str:
    """Return how Footnote is started: by its path where its name alone is not found."""
    started = Path(sys.argv[0])
    if started.name == "footnote" and not shutil.which("footnote"):
        return str(started)
    return "footnote"


def web(context: typer.Context, space: SpaceOption = PUBLIC) -> None:
    """Show the chat and the articles in the browser, until Ctrl-C.

    It listens at http://127.0.0.1:8370; WEB_HOST and WEB_PORT set another address.
    """
    app, spaces = app_of(context), visible(space)
    app.settings.check_web()  # before anything is loaded
    if app.settings.web_public and space != PUBLIC:
        app.warn(
            f"WEB_PUBLIC=1 lets anybody who reaches the page read the articles of {space}; "
            "leave out --space to show only the public ones"
        )
    with app.library(chroma=True, spaces=spaces) as library:
        seeds = index_seeds(app, library)
        mark = partial(note_answer, app.settings.data)
        app.start_page(app.settings, library, seeds, spaces, app.print_error, mark)


def worker(context: typer.Context) -> None:
    """Answer questions for bots with the same DATABASE_URL, until Ctrl-C."""
    app = app_of(context)
    if app.settings.database is None:
        raise UsageError(
            "a worker needs DATABASE_URL, the same as the bots' (docs/operations.md, Workers)"
        )
    with app.library(chroma=True) as library:
        library.ask(strings.FIRST_QUESTION)  # builds the indexes before anybody waits for them
        raise typer.Exit(app.start_worker(app.settings, library))


def index_seeds(app: App, library: Library) -> Folder:
    """Sync public with the seeds folder and sum up in one line.

    A missing folder is no error. While another process leads, that one does it, unless there is
    nothing yet. Returns the folder, to be watched.
    """
    from bot.runtime.leadership import LEAD, leading
    from index.folder_sync import Folder

    path = app.settings.seeds
    seeds = Folder(library, path, PUBLIC)
    with leading(library.records.database.lock(LEAD)) as leads:
        if not leads and PUBLIC in library.spaces():
            app.print_error(strings.SEEDS_ELSEWHERE.format(path))
            return seeds
        with passages_progress(app.err, "Indexing the seeds") as advance:
            synced = seeds.sync(progress=advance)
    if synced.missing:
        app.warn(f"there's no folder {path} (FOOTNOTE_SEEDS); no seed articles were indexed")
        return seeds
    try:
        any(path.iterdir())  # looking for files passes over folders that may not be read
    except OSError as error:
        app.warn(explained(app.settings, error))
        return seeds
    print_failed(app, synced.report)
    for article in synced.removed:
        app.print_error(strings.watched("removed", path, article))
    app.print_error(strings.seeds(path, synced.report))
    return seeds
