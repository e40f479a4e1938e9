"""The console script: the commands by name, and the handling of their errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.cli import articles, ask, chat, doctor, evaluate, index, init, strings, web, worker
from bot.cli.app import DISTRIBUTION, ENV_FILE, App, Exit, UsageError, app_of, explained
from bot.settings import Settings, SettingsError
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
            self._leave(ctx, str(error), Exit.WRONG_USE)
        except SettingsError as error:
            self._leave(ctx, strings.settings_error(error), Exit.WRONG_USE)
        except (FootnoteError, OSError) as error:
            self._leave(ctx, explained(_settings(app_of(ctx)), error), Exit.FAILED)
        return result

    @staticmethod
    def _leave(ctx: Any, message: str, code: Exit) -> None:
        app_of(ctx).print_error(f"{strings.ERROR}{message}")
        raise typer.Exit(code) from None


def _settings(app: App) -> Settings:
    """Return the settings; the defaults where they are wrong, which `init` does not mind."""
    try:
        return app.settings
    except SettingsError:
        return Settings()


def _discard_output() -> None:
    """Discard output that is still buffered."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


cli = typer.Typer(
    cls=Commands,
    help=strings.HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"footnote {metadata.version(DISTRIBUTION)}\n")
        raise typer.Exit


@cli.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help=strings.HELP_VERSION
        ),
    ] = False,
) -> None:
    """Take the options that stand before the command."""


COMMANDS: Mapping[str, Callable[..., None]] = {
    "init": init.init,
    "run": index.run,
    "ask": ask.ask,
    "chat": chat.chat,
    "web": web.web,
    "worker": worker.worker,
    "search": ask.search,
    "add": index.add,
    "watch": index.watch,
    "list": articles.list_articles,
    "show": articles.show,
    "remove": articles.remove,
    "reindex": index.reindex,
    "backup": articles.backup,
    "restore": articles.restore,
    "migrate": articles.migrate,
    "doctor": doctor.doctor,
    "health": doctor.health,
    "evaluate": evaluate.evaluate,
    "gaps": evaluate.gaps,
    "mark": evaluate.mark,
}

for name, command in COMMANDS.items():
    cli.command(name)(command)


def main() -> None:
    """Run one command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Unicode shows \u2019, and lives
            stream.reconfigure(errors="backslashreplace")
    try:
        environ = environment(os.environ, ENV_FILE)
    except SettingsError as error:
        sys.stderr.write(f"{strings.ERROR}{strings.settings_error(error)}\n")
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
        raise SettingsError(str(file), "unreadable", strings.ENV_FORMAT) from error
    given = {name: value for name, value in from_file.items() if value is not None}
    return given | dict(environ)
