"""One command line over a library in memory."""

from __future__ import annotations

import readline
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import SecretStr
from rich.console import Console
from typer.testing import CliRunner, Result

from bot.cli.app import App
from bot.cli.commands import cli
from bot.cli.probes import Application
from bot.llm.draft import Fault
from bot.settings import LanguageModelSettings, Settings
from index.folder_sync import Folder
from index.model import Document
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.web.fetch import Fetcher
from tests.fake_models import HashingEmbedder, OverlapReader
from tests.unit.bot.cli.fake_library import FakeLibrary
from tests.unit.index.web.sites import anywhere

HARBOUR = Document(
    title="Harbour reopens",
    text="The harbour reopened on Monday.\nMayor Ilse Berg praised the divers.",
    source="https://news.example/harbour",
    published="2025-02-14T09:30:00+00:00",
)


@dataclass
class Footnote:
    """Runs commands; says with what the library was opened."""

    library: FakeLibrary
    environ: dict[str, str]
    opened: list[dict[str, bool]] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    bots: list[Settings] = field(default_factory=list)
    pages: list[tuple[Any, ...]] = field(default_factory=list)
    workers: list[Any] = field(default_factory=list)
    typed: list[str | type[BaseException]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    models_loaded: list[Path] = field(default_factory=list)
    models_ready: int = 2
    index_exists: bool = True
    open_error: Exception | None = None
    living: tuple[int, int] | None = None
    try_language_model: Callable[[LanguageModelSettings], Fault | None] = lambda _: None
    ask_discord: Callable[[SecretStr], float | None] = lambda _: 0.4
    ask_application: Callable[[SecretStr], Application] = lambda _: Application(7, "Quoter", True)
    ask_health: Callable[[int], list[str]] = lambda _: []
    verify_model: Callable[[], None] = lambda: None
    verify_reader: Callable[[], None] = lambda: None
    fetcher: Callable[[], Fetcher] = anywhere
    packaged_articles: Callable[[], list[Path]] = list

    def __call__(
        self,
        *args: str,
        input: bytes | str | None = None,
        terminal: bool = False,
        interactive: bool = False,
    ) -> Result:
        """Run one command; `terminal` for its output, `interactive` for its input."""
        app = App(
            self.environ,
            open_library=self.open_library,
            load_models=self.load_models,
            open_queue=self.open_queue,
            index_exists=lambda _: self.index_exists,
            models_ready=lambda _: (self.models_ready, 2),
            try_language_model=self.try_language_model,
            ask_discord=self.ask_discord,
            ask_application=self.ask_application,
            ask_health=self.ask_health,
            verify_model=self.verify_model,
            verify_reader=self.verify_reader,
            start_bot=self.start_bot,
            start_page=lambda *given: self.pages.append(given),
            start_worker=self.start_worker,
            fetcher=self.fetcher,
            packaged_articles=self.packaged_articles,
            configure_logging=self.levels.append,
            interactive=lambda: interactive,
            read_line=self.read_line,
            read_hidden=self.read_hidden,
        )
        if terminal:
            app.out = Console(
                force_terminal=True,
                width=60,
                color_system="truecolor",
                highlight=False,
                markup=False,
                emoji=False,
            )
        return CliRunner().invoke(cli, args, input=input, obj=app, catch_exceptions=False)

    def open_library(self, settings: Settings, **how: bool) -> Any:
        if self.open_error:
            raise self.open_error
        self.opened.append(how)
        return self.library

    def load_models(self, settings: Settings, cache: Path) -> tuple[Embedder, Reader]:
        self.models_loaded.append(cache)
        return HashingEmbedder(), OverlapReader()

    def open_queue(self, settings: Settings, library: Any) -> Any:
        return self.living and SimpleNamespace(living=lambda: self.living)

    def start_bot(self, settings: Settings, library: Any, seeds: Folder) -> int:
        self.bots.append(settings)
        return 7

    def start_worker(self, settings: Settings, library: Any) -> int:
        self.workers.append(library)
        return 0

    def read_hidden(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self.hidden.pop(0)

    def read_line(self, prompt: str) -> str:
        self.prompts.append(prompt)
        line = self.typed.pop(0) if self.typed else EOFError
        if isinstance(line, str):
            if prompt:
                readline.add_history(line)  # as `input` does on a terminal
            return line
        raise line


@pytest.fixture
def footnote(tmp_path: Path) -> Footnote:
    """A command line with one article in public; no seeds folder, no token."""
    environ = {"FOOTNOTE_DATA": str(tmp_path / "data"), "FOOTNOTE_SEEDS": str(tmp_path / "seeds")}
    return Footnote(FakeLibrary(HARBOUR), environ)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good article and one without text."""
    made = tmp_path / "articles"
    made.mkdir()
    (made / "bridge.txt").write_text("Bridge closes\n\nThe bridge closed on Friday after a storm.")
    (made / "empty.txt").write_text("")
    return made


def raising(error: Exception) -> Callable[[object], Any]:
    def ask(_: object) -> Any:
        raise error

    return ask


def lines(result: Result) -> Sequence[str]:
    """The lines of standard output."""
    return result.stdout.splitlines()
