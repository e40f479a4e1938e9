"""The context of every command, and the options that several share."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from getpass import getpass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from bot import compose
from bot.cli import logs, probes, strings
from bot.cli.terminal import Changing, one_line, to_json
from bot.settings import Settings, SettingsError, unknown
from index.errors import FootnoteError, StorageError
from index.model import PUBLIC, Space
from index.strings import BEING_RESTORED, IN_USE

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.llm.draft import Fault
    from bot.llm.writer import Writer
    from bot.settings import LanguageModelSettings
    from index.folder_sync import Folder
    from index.library import Library
    from index.models.embedder import Embedder
    from index.models.reader import Reader
    from index.store.queue import Queue
    from index.web.fetch import Fetcher


ENV_FILE = Path(".env")
"""Settings, in the folder where a command is run."""


def environment(
    environ: Mapping[str, str], file: Path, warn: Callable[[str], object]
) -> dict[str, str]:
    """Return `file`'s variables under `environ`'s; warn of its lines that set none.

    Raises SettingsError.
    """
    if not file.is_file():
        return dict(environ)
    from dotenv.parser import parse_stream

    try:
        text = file.read_text(encoding="utf-8-sig")  # some editors put a mark before the first name
    except OSError as error:
        raise SettingsError(
            str(file), f"unreadable ({error.strerror})", "a file that you may read"
        ) from error
    except ValueError as error:
        raise SettingsError(str(file), "unreadable", strings.ENV_FORMAT) from error
    given: dict[str, str] = {}
    for one in parse_stream(io.StringIO(text)):
        if one.key and one.value is not None:
            given[one.key] = one.value
        elif one.key or one.error:
            warn(f"{strings.WARNING}{strings.BAD_LINE.format(file=file, number=one.original.line)}")
    return given | dict(environ)


DISTRIBUTION = "footnote-bot"
SEEDS = "share/footnote/seeds/"
"""Where the wheel has its articles (pyproject.toml, data-files)."""


class Exit(IntEnum):
    """Exit codes."""

    OK = 0
    FAILED = 1
    WRONG_USE = 2
    REFUSED = 3


class UsageError(Exception):
    """A command was given what it cannot work with; the message says what would be right."""


def start_bot(settings: Settings, library: Library, seeds: Folder) -> int:
    """Run the Discord bot until SIGTERM or SIGINT; return the exit code."""
    from bot.app import run_bot

    return run_bot(settings, library, seeds)


def packaged_articles() -> list[Path]:
    """Return the articles in the wheel that is installed; none where the sources run."""
    with suppress(metadata.PackageNotFoundError):
        files = metadata.files(DISTRIBUTION) or ()
        return [Path(str(one.locate())) for one in files if SEEDS in one.as_posix()]
    return []


def start_page(
    settings: Settings,
    library: Library,
    seeds: Folder,
    spaces: Sequence[Space],
    say: Callable[[str], None],
    mark: Callable[[str, str, str, str | None], tuple[int, Path]],
) -> None:
    """Serve the web page until Ctrl-C. Raises SettingsError."""
    from bot.web.app import run_web

    run_web(settings, library, seeds, spaces, say, mark)


def start_worker(settings: Settings, library: Library) -> int:
    """Answer for bots that share the database until SIGTERM or SIGINT; return the exit code."""
    from bot.remote.worker import run_worker

    queue = compose.open_queue(settings, library)
    assert queue is not None
    return run_worker(library, queue, settings.metrics_port)


def make_fetcher() -> Fetcher:
    """Make the fetcher of links."""
    from index.web.fetch import Fetcher

    return Fetcher()


def stdin_is_terminal() -> bool:
    """Return whether standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _console(*, stderr: bool = False) -> Console:
    # Words come from articles and file names: nothing in them is markup, and rich must not guess.
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


@dataclass
class App:
    """One run of the command line; tests replace the defaults by fakes."""

    environ: Mapping[str, str]
    open_library: Callable[..., Library] = compose.open_library
    load_models: Callable[[Settings, Path], tuple[Embedder, Reader]] = compose.load_models
    models_ready: Callable[[Settings], tuple[int, int]] = compose.models_ready
    index_exists: Callable[[Settings], bool] = compose.index_exists
    open_writer: Callable[[Settings, Library], Writer | None] = compose.open_writer
    open_queue: Callable[[Settings, Library], Queue | None] = compose.open_queue
    try_language_model: Callable[[LanguageModelSettings], Fault | None] = probes.try_language_model
    ask_discord: Callable[[SecretStr], float | None] = probes.ask_discord
    ask_application: Callable[[SecretStr], probes.Application] = probes.ask_application
    ask_health: Callable[[int], list[str]] = probes.ask_health
    verify_model: Callable[[], None] = probes.verify_model
    verify_reader: Callable[[], None] = probes.verify_reader
    start_bot: Callable[[Settings, Library, Folder], int] = start_bot
    start_page: Callable[..., None] = start_page
    start_worker: Callable[[Settings, Library], int] = start_worker
    fetcher: Callable[[], Fetcher] = make_fetcher
    packaged_articles: Callable[[], list[Path]] = packaged_articles
    configure_logging: Callable[[Settings], None] = logs.configure
    interactive: Callable[[], bool] = stdin_is_terminal
    read_line: Callable[[str], str] = input
    read_hidden: Callable[[str], str] = getpass
    out: Console = field(default_factory=_console)
    err: Console = field(default_factory=lambda: _console(stderr=True))

    @cached_property
    def settings(self) -> Settings:
        """The settings, read (and logging set up by them) the first time. Raises SettingsError."""
        settings = Settings.from_environment(self.environ)
        self.configure_logging(settings)
        for name, meant in unknown(self.environ).items():
            self.warn(strings.unknown_variable(name, meant))
        return settings

    def library(
        self, *, chroma: bool, reembed: bool = False, spaces: Sequence[Space] = (PUBLIC,)
    ) -> Library:
        """Open the library; the caller closes it. Raises SettingsError, FootnoteError.

        It warns where the first of `spaces`, those that are asked for, has no articles.
        """
        settings = self.settings
        with self._status(settings, "Opening the index"):
            library = self.open_library(settings, chroma=chroma, reembed=reembed)
        there = library.spaces()
        if there and spaces[0] not in (PUBLIC, *there):
            self.warn(strings.unknown_space(spaces[0], there))
        return library

    def has_articles(self) -> bool:
        """Tell without loading anything whether there may be some, or a sample in their place."""
        return self.index_exists(self.settings) or bool(self._sample())

    def add_sample(self, library: Library) -> None:
        """Index the packaged articles if there are no others, so a first question has an answer."""
        if library.spaces() or not (sample := self._sample()):
            return
        from index.ingest import File

        for one in library.ingest(map(File, sample)).added:
            self.print_error(strings.SAMPLE.format(one.article.title))

    def _sample(self) -> list[Path]:
        """Return the packaged articles.

        None where there is a folder of seeds, or another one is set: those are for `footnote run`.
        """
        seeds = self.settings.seeds
        given = seeds != Settings().seeds or seeds.exists()
        return [] if given else self.packaged_articles()

    def models(self, cache: Path) -> tuple[Embedder, Reader]:
        """Load both models without a library. Raises SettingsError, ModelError."""
        settings = self.settings
        with self._status(settings, strings.LOADING):
            return self.load_models(settings, cache)

    def _status(self, settings: Settings, line: str) -> AbstractContextManager[object]:
        """Show what takes a while; elsewhere than on a terminal only that models are converted."""
        ready, count = self.models_ready(settings)
        first = ready < count
        if self.err.is_terminal:
            preparing = Changing(self._preparing(settings))
            return self.err.status(preparing if first else line)
        if first:
            self.print_error(strings.PREPARING)
        return nullcontext()

    def _preparing(self, settings: Settings) -> Callable[[], str]:
        began = time.monotonic()
        return lambda: strings.preparing(*self.models_ready(settings), time.monotonic() - began)

    def print(self, line: str) -> None:
        """Print one line of the result."""
        self.out.print(one_line(line), soft_wrap=True)

    def print_error(self, line: str) -> None:
        """Print one line that is not the result to standard error."""
        self.err.print(one_line(line), soft_wrap=True)

    def error(self, line: str) -> None:
        """Say what went wrong."""
        self.print_error(f"{strings.ERROR}{line}")

    def warn(self, line: str) -> None:
        """Warn of something that stops no command."""
        self.print_error(f"{strings.WARNING}{line}")

    def print_json(self, value: Any, *, indent: bool = False) -> None:
        """Print a value as JSON: one line, or indented where a person reads it."""
        text = to_json(value, indent=2 if indent and self.out.is_terminal else None)
        self.out.file.write(text + "\n")
        self.out.file.flush()  # a batch is read line by line as it comes


def app_of(context: typer.Context) -> App:
    """Return the command's App."""
    app = context.obj
    if not isinstance(app, App):
        raise TypeError("the command line was started without an App")
    return app


def explained(settings: Settings, error: FootnoteError | OSError) -> str:
    """Say what went wrong and, of a folder that is set, by which variable."""
    if isinstance(error, OSError):
        message, path = strings.os_error(error), error.filename
    else:
        message = strings.explain(error)
        if type(error) is StorageError and strings.on_server(error):
            # What the server or the connection says has no remedy; what we say has.
            return message + "; check the address and the server" * (error.__cause__ is not None)
        # What a damaged database needs is said already, and what to do about another process.
        busy = isinstance(error, StorageError) and error.reason in (IN_USE, BEING_RESTORED)
        path = error.path if type(error) is StorageError and not busy else None
    if not isinstance(path, str | Path):
        return message
    full = any(reason in message for reason in strings.FULL)
    folders = {
        "FOOTNOTE_MODELS": settings.models,
        "FOOTNOTE_DATA": settings.data,
        "FOOTNOTE_SEEDS": settings.seeds,
    }
    for variable, folder in folders.items():
        if folder and Path(path).absolute().is_relative_to(folder.absolute()):
            return message + strings.set_folder(variable, full=full)
    return message + strings.FREE_SPACE * full


JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

SpaceOption = Annotated[
    str,
    typer.Option(
        "--space", metavar="NAME", help="Whose articles: public, or a Discord server's ID."
    ),
]

ArticleOption = Annotated[
    str | None,
    typer.Option(
        "--article",
        metavar="ARTICLE",
        help="Look only in this article: its ID or words of its title.",
    ),
]

BatchOption = Annotated[
    str | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help='Read {"question": ...} lines (- is standard input), print a JSON line for each.',
    ),
]


def space_named(name: str) -> Space:
    """Return the space. Raises UsageError for an empty name."""
    if not name.strip():
        raise UsageError("--space needs a name")
    return Space(name.strip())


def visible(name: str) -> tuple[Space, ...]:
    """Return the spaces that are visible in one: it, and public."""
    space = space_named(name)
    return (space,) if space == PUBLIC else (space, PUBLIC)
