"""The commands by name, and what every one of them does about errors."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import typer
from typer.core import TyperGroup

from bot.cli import (
    articles,
    asking,
    backups,
    chat,
    doctor,
    evaluating,
    health,
    indexing,
    running,
    watching,
    words,
)
from bot.cli.app import app_of
from bot.cli.exits import Exit, UsageError
from bot.settings import SettingsError
from index.errors import FootnoteError


class Commands(TyperGroup):
    """The group of commands; a foreseeable error is one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command.

        In order: a reader that went away (silence, 1), wrong use and wrong settings (2), and what
        the index or the system refuse (1). Typer makes Ctrl-C 130. The rest is a bug and shows
        as one.
        """
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # a reader that went away is met here, not in the exit's traceback
        except BrokenPipeError:
            _discard_output()
            raise typer.Exit(Exit.FAILED) from None
        except UsageError as error:
            self._leave(ctx, error.message, Exit.WRONG_USE)
        except SettingsError as error:
            self._leave(ctx, words.settings_error(error), Exit.WRONG_USE)
        except FootnoteError as error:
            self._leave(ctx, words.explain(error), Exit.FAILED)
        except OSError as error:
            self._leave(ctx, words.os_error(error), Exit.FAILED)
        return result

    @staticmethod
    def _leave(ctx: Any, message: str, code: Exit) -> None:
        app_of(ctx).tell(f"{words.ERROR}{message}")
        raise typer.Exit(code) from None


def _discard_output() -> None:
    """Send what is still to be flushed nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


cli = typer.Typer(
    cls=Commands,
    help="Answers from indexed news articles, with a footnote to the exact words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli.command("run")(running.run)
cli.command("ask")(asking.ask)
cli.command("chat")(chat.chat)
cli.command("search")(asking.search)
cli.command("add")(indexing.add)
cli.command("watch")(watching.watch)
cli.command("list")(articles.list_articles)
cli.command("show")(articles.show)
cli.command("remove")(articles.remove)
cli.command("reindex")(indexing.reindex)
cli.command("backup")(backups.backup)
cli.command("restore")(backups.restore)
cli.command("doctor")(doctor.doctor)
cli.command("health")(health.health)
cli.command("evaluate")(evaluating.evaluate)
