"""`footnote web`: the chat and the articles in the browser."""

from __future__ import annotations

from functools import partial

import typer

from bot.cli.app import SpaceOption, app_of, visible
from bot.cli.evaluate import note_answer
from bot.cli.index import index_seeds
from index.model import PUBLIC


def web(context: typer.Context, space: SpaceOption = PUBLIC) -> None:
    """Show the chat and the articles in the browser, until Ctrl-C."""
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
