"""The console script."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.cli import words
from bot.cli.app import App
from bot.cli.commands import cli
from bot.cli.exits import Exit
from bot.settings import SettingsError


def main() -> None:
    """Run one command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Unicode shows \u2019, and lives
            stream.reconfigure(errors="backslashreplace")
    try:
        environ = environment(os.environ, Path(".env"))
    except SettingsError as error:
        sys.stderr.write(f"{words.ERROR}{words.settings_error(error)}\n")
        sys.exit(Exit.WRONG_USE)
    cli(obj=App(environ), prog_name="footnote")


def environment(environ: Mapping[str, str], file: Path) -> dict[str, str]:
    """Return `file`'s variables under `environ`'s, changing neither. Raises SettingsError."""
    if not file.is_file():
        return dict(environ)
    from dotenv import dotenv_values

    try:
        from_file = dotenv_values(file, interpolate=False)
    except (OSError, ValueError) as error:
        raise SettingsError(str(file), "unreadable", "UTF-8 text, NAME=value lines") from error
    given = {name: value for name, value in from_file.items() if value is not None}
    return given | dict(environ)
