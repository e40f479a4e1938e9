"""What every command is given: settings, consoles, and ways to open things."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from bot import compose, discord_probe, probe
from bot.cli import clean, logs, words
from bot.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from bot.secret import Secret
    from bot.settings import LanguageModelSettings
    from bot.writing.faults import Fault
    from bot.writing.writer import Writer
    from index.embedder import Embedder
    from index.folders import Folder
    from index.library import Library
    from index.reader import Reader


def stdin_is_terminal() -> bool:
    """Tell whether somebody can be asked something."""
    return sys.stdin is not None and sys.stdin.isatty()


def _console(*, stderr: bool = False) -> Console:
    # Words come from articles and file names: nothing in them is markup, and rich must not guess.
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


@dataclass
class App:
    """One run of the command line. Tests put a fake where a field has a default."""

    environ: Mapping[str, str]
    open_library: compose.OpenLibrary = compose.open_library
    load_models: Callable[[Settings, Path], tuple[Embedder, Reader]] = compose.load_models
    open_writer: Callable[[Settings, Library], Writer | None] = compose.open_writer
    try_language_model: Callable[[LanguageModelSettings], Fault | None] = compose.try_language_model
    ask_discord: Callable[[Secret], float | None] = discord_probe.ask_discord
    ask_health: Callable[[int], list[str]] = probe.ask_health
    verify_model: Callable[[], None] = compose.verify_model
    verify_reader: Callable[[], None] = compose.verify_reader
    start_bot: Callable[[Settings, Library, Folder], int] = compose.start_bot
    configure_logging: Callable[[Settings], None] = logs.configure
    interactive: Callable[[], bool] = stdin_is_terminal
    read_line: Callable[[str], str] = input
    out: Console = field(default_factory=_console)
    err: Console = field(default_factory=lambda: _console(stderr=True))

    @cached_property
    def settings(self) -> Settings:
        """The settings, read (and logging set up by them) the first time. Raises SettingsError."""
        settings = Settings.from_environment(self.environ)
        self.configure_logging(settings)
        return settings

    def library(self, *, chroma: bool, reembed: bool = False) -> Library:
        """Open the library; the caller closes it. Raises SettingsError, FootnoteError."""
        settings = self.settings
        with self._status(words.OPENING):
            return self.open_library(settings, chroma=chroma, reembed=reembed)

    def models(self, cache: Path) -> tuple[Embedder, Reader]:
        """Load both models without a library. Raises SettingsError, ModelError."""
        settings = self.settings
        with self._status(words.LOADING):
            return self.load_models(settings, cache)

    def _status(self, line: str) -> AbstractContextManager[object]:
        """Show what takes a while: the first time the models are converted, some 15 s."""
        return self.err.status(line) if self.err.is_terminal else nullcontext()

    def say(self, line: str) -> None:
        """Print one line of the result."""
        self.out.print(clean.one_line(line), soft_wrap=True)

    def tell(self, line: str) -> None:
        """Print one line that is not the result to standard error."""
        self.err.print(clean.one_line(line), soft_wrap=True)

    def say_json(self, value: Any, *, indent: bool = False) -> None:
        """Print a value as JSON: one line, or indented where a person reads it."""
        text = clean.to_json(value, indent=2 if indent and self.out.is_terminal else None)
        self.out.file.write(text + "\n")
        self.out.file.flush()  # a batch is read line by line as it comes


def app_of(context: typer.Context) -> App:
    """Return the command's App."""
    app = context.obj
    if not isinstance(app, App):
        raise TypeError("the command line was started without an App")
    return app
