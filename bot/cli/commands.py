"""The console script: the commands by name, and the handling of their errors."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from bot.cli import (
    articles,
    ask,
    chat,
    doctor,
    evaluate,
    index,
    init,
    run,
    strings,
)
from bot.cli.app import (
    DISTRIBUTION,
    ENV_FILE,
    App,
    Exit,
    UsageError,
    app_of,
    environment,
    explained,
)
from bot.cli.terminal import Output
from bot.settings import Settings, SettingsError
from index.errors import FootnoteError

INTERRUPTED = 130
"""Typer's exit code for Ctrl-C."""

HELP_MAX = 1_000
"""Characters of a command's first paragraph: all of it, where typer would cut it to a line."""


class Commands(TyperGroup):
    """The group of commands; a foreseeable error is one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command.

        In order: wrong use and wrong settings (2), and what the index or the system refuse (1).
        Typer makes Ctrl-C 130. The rest is a bug and shows as one.
        """
        try:
            return super().invoke(ctx)
        except UsageError as error:
            self._leave(ctx, str(error), Exit.WRONG_USE)
        except SettingsError as error:
            self._leave(ctx, strings.settings_error(error), Exit.WRONG_USE)
        except (FootnoteError, OSError) as error:
            self._leave(ctx, explained(_settings(app_of(ctx)), error), Exit.FAILED)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take `help` and, as the chat calls it, `articles` as commands too."""
        if args[:1] == ["help"]:
            args = [*args[1:], "--help"]
        elif args[:1] == ["articles"]:
            args = ["list", *args[1:]]
        elif args and " " in args[0].strip():
            ctx.fail(f'Before a question comes ask: footnote ask "{args[0]}"')
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands by what they are for."""
        del ctx
        for purpose, names in COMMANDS.items():
            with formatter.section(purpose):
                helps = [(name, self.commands[name].get_short_help_str(HELP_MAX)) for name in names]
                formatter.write_dl(helps)

    @staticmethod
    def _leave(ctx: Any, message: str, code: Exit) -> NoReturn:
        app_of(ctx).error(message)
        raise typer.Exit(code) from None


def _settings(app: App) -> Settings:
    """Return the settings; the defaults where they are wrong, which `init` does not mind."""
    try:
        return app.settings
    except SettingsError:
        return Settings()


cli = typer.Typer(
    cls=Commands,
    help="Answers questions from news articles, with a footnote to the exact words.",
    epilog=f'Try it: footnote ask "{strings.FIRST_QUESTION}"\n\n'
    "Set up a Discord bot: footnote init",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # it writes <list[str]> and <bool>, which only programmers can read
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
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Take the options that stand before the command."""


COMMANDS: Mapping[str, Mapping[str, Callable[..., None]]] = {
    "Ask": {
        "ask": ask.ask,
        "chat": chat.chat,
        "web": run.web,
        "search": ask.search,
    },
    "Articles": {
        "add": index.add,
        "watch": index.watch,
        "list": articles.list_articles,
        "show": articles.show,
        "remove": articles.remove,
        "reindex": index.reindex,
    },
    "The bot": {
        "init": init.init,
        "run": run.run,
        "worker": run.worker,
        "doctor": doctor.doctor,
        "health": doctor.health,
    },
    "The index": {
        "backup": articles.backup,
        "restore": articles.restore,
        "migrate": articles.migrate,
    },
    "Quality": {
        "evaluate": evaluate.evaluate,
        "gaps": evaluate.gaps,
        "mark": evaluate.mark,
    },
}
"""By what they are for, in the order of the help."""

for names in COMMANDS.values():
    for name, command in names.items():
        cli.command(name)(command)


def main() -> None:
    """Run one command and leave with its exit code."""
    _prepare_streams()
    try:
        environ = environment(os.environ, ENV_FILE, lambda line: sys.stderr.write(f"{line}\n"))
    except SettingsError as error:
        sys.stderr.write(f"{strings.ERROR}{strings.settings_error(error)}\n")
        sys.exit(Exit.WRONG_USE)
    try:
        cli(obj=App(environ), prog_name="footnote")
    except SystemExit as end:
        if end.code == INTERRUPTED:
            sys.stderr.write(strings.STOPPED)
            sys.stdout.flush()
            sys.stderr.flush()
            # A thread inside a library of C++ aborts the process if Python ends under it.
            os._exit(INTERRUPTED)
        raise
    finally:
        sys.stdout.flush()  # a reader that went away is met here, not after the end


def _prepare_streams() -> None:
    """Let no command fail for what its streams are: closed, a pipe, a terminal without Unicode."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # without Unicode, \u2019 is written out
            stream.reconfigure(errors="backslashreplace")
    if isinstance(out := sys.stdout, io.TextIOWrapper):
        sys.stdout = Output(out.buffer, out.encoding, out.errors, line_buffering=out.line_buffering)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - to the end
