"""`footnote doctor`: what is well, what is not, and what to do about it."""

from __future__ import annotations

import typer
from rich.text import Text

from bot.cli import clean
from bot.cli.app import app_of
from bot.cli.checking import State
from bot.cli.checks import examine
from bot.cli.exits import Exit

STYLES = {State.OK: "green", State.WARN: "yellow", State.FAIL: "bold red"}


def doctor(context: typer.Context) -> None:
    """Check the set-up and the index; say what to do about what is wrong."""
    app, failed = app_of(context), False
    for check in examine(app):
        failed = failed or check.state is State.FAIL
        remedy = f"; {check.remedy}" if check.remedy else ""
        line = Text.assemble(
            (f"{check.state:<6}", STYLES[check.state]),
            clean.one_line(f"{check.subject}: {check.finding}{remedy}"),
        )
        app.out.print(line, soft_wrap=True)
    raise typer.Exit(Exit.FAILED if failed else Exit.OK)
