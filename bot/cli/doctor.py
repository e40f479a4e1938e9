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
from pathlib import Path

import typer
from rich.text import Text

from bot.cli import probes, strings
from bot.cli.app import App, Exit, UsageError, app_of, explained
from bot.cli.probes import Refused, Silent, Unreachable
from bot.cli.terminal import one_line
from bot.llm.strings import NOTES, REMEDIES
from bot.settings import Settings, SettingsError, unknown
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


CLOCK_SECONDS = 30.0
"""How far the clock may be off: Discord's tokens and times of posts are in minutes."""


def discord(app: App, settings: Settings) -> Iterator[Check]:
    """Check that Discord takes the token, and the clock by Discord's."""
    if settings.token is None:
        return
    try:
        ahead = app.ask_discord(settings.token)
    except Refused:
        yield Check(State.FAIL, "Discord", strings.TOKEN_REFUSED, strings.BOT_REMEDY)
        return
    except Unreachable as error:
        yield Check(State.FAIL, "Discord", strings.unreached(str(error)), strings.NETWORK_REMEDY)
        return
    yield Check(State.OK, "Discord", strings.DISCORD_REACHED)
    if ahead is None:
        return
    if abs(ahead) > CLOCK_SECONDS:
        yield Check(State.WARN, "clock", strings.clock_off(ahead), strings.CLOCK_REMEDY)
    else:
        yield Check(State.OK, "clock", strings.CLOCK_RIGHT)


def metrics(app: App, settings: Settings) -> Check:
    """Check the process that runs, or that its port is free."""
    port = settings.metrics_port
    if port is None:
        return Check(State.OK, "METRICS_PORT", strings.NO_METRICS)
    try:
        wrong = app.ask_health(port)
    except Silent as silent:
        if silent.refused:
            return Check(State.OK, "METRICS_PORT", strings.port_free(port))
        finding = f"{port}: {silent.reason}"
        return Check(State.FAIL, "METRICS_PORT", finding, strings.PORT_REMEDY)
    if wrong:
        return Check(State.FAIL, "running process", " ".join(wrong), strings.RUNNING_REMEDY)
    return Check(State.OK, "running process", strings.RUNS_WELL)


OLDEST_PYTHON = (3, 11)

LOW_DISK_BYTES = 1_000_000_000
"""Room for the converted model (43 MB) and some 100,000 passages."""


def examine(app: App) -> Iterator[Check]:
    """Yield the checks, each made when it is asked for."""
    yield python(sys.version_info[:3])
    settings, wrong = read_settings(app)
    yield from wrong
    for name, meant in unknown(app.environ).items():
        yield Check(State.WARN, name, strings.NOT_A_SETTING, strings.meant_variable(meant))
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
        return Check(State.FAIL, "Python", shown, strings.PYTHON_REMEDY)
    return Check(State.OK, "Python", shown)


def read_settings(app: App) -> tuple[Settings, list[Check]]:
    """Read the settings without the wrong ones, of which each fails a check."""
    environ, checks = dict(app.environ), []
    while True:
        try:
            settings = Settings.from_environment(environ)
        except SettingsError as error:
            remedy = strings.set_to(error.allowed)
            checks.append(Check(State.FAIL, error.variable, strings.given(error.given), remedy))
            del environ[error.variable]
        else:
            app.configure_logging(settings)
            return settings, checks


def token(settings: Settings) -> Check:
    """Check that there is a token; its shape was checked when the settings were read."""
    if settings.token:
        return Check(State.OK, "DISCORD_TOKEN", strings.TOKEN_SET)
    return Check(State.WARN, "DISCORD_TOKEN", strings.NOT_SET, strings.BOT_REMEDY)


def seeds(folder: Path) -> Check:
    """Check the folder of seed articles."""
    if folder.is_dir():
        return Check(State.OK, "seeds", str(folder))
    return Check(State.WARN, "seeds", strings.no_folder(folder), strings.SEEDS_REMEDY)


def data_folder(data: Path) -> Check:
    """Check that the index can be written."""
    place = _nearest(data)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        finding = strings.unwritable(place, error)
        return Check(State.FAIL, "data folder", finding, strings.DATA_REMEDY)
    return Check(State.OK, "data folder", str(data) if data.exists() else strings.to_be_made(data))


def disk(data: Path) -> Check:
    """Check that there is room to index into."""
    free = shutil.disk_usage(_nearest(data)).free
    shown = strings.free_space(free)
    if free < LOW_DISK_BYTES:
        return Check(State.WARN, "disk", shown, strings.DISK_REMEDY)
    return Check(State.OK, "disk", shown)


def parsers() -> Check:
    """Check that the system keeps the parsers of PDF and Word files from opening others."""
    from index.sources import sandbox

    try:
        closed = sandbox.opens_nothing()
    except SourceError as error:
        return Check(State.FAIL, "file parsers", error.reason, strings.PARSERS_REMEDY)
    if not closed:
        return Check(State.WARN, "file parsers", strings.PARSERS_OPEN, strings.PARSERS_REMEDY)
    return Check(State.OK, "file parsers", strings.PARSERS_CLOSED)


def model(app: App, settings: Settings) -> Check:
    """Check the packaged model's weights; another model is tried when the index is opened."""
    if settings.model:
        return Check(State.OK, "model", strings.own_model(settings.model))
    try:
        app.verify_model()
    except ModelError as error:
        return Check(State.FAIL, "model", str(error), strings.MODEL_REMEDY)
    return Check(State.OK, "model", strings.MODEL_VERIFIED)


def reader(app: App) -> Check:
    """Check the reading model's weights."""
    try:
        app.verify_reader()
    except ModelError as error:
        return Check(State.FAIL, "reader", str(error), strings.READER_REMEDY)
    return Check(State.OK, "reader", strings.READER_VERIFIED)


def language_model(app: App, settings: Settings) -> Check:
    """Check that the language model writes; the key is never shown, nor what a server says."""
    if settings.llm is None:
        return Check(State.OK, "LLM", strings.NO_LLM)
    shown = strings.llm_at(settings.llm.model, settings.llm.base_url)
    began = time.perf_counter()
    fault = app.try_language_model(settings.llm)
    if fault is None:
        return Check(State.OK, "LLM", strings.llm_answers(shown, time.perf_counter() - began))
    return Check(State.FAIL, "LLM", f"{shown}: {NOTES[fault]}".rstrip("."), REMEDIES[fault])


def index(app: App, settings: Settings) -> Iterator[Check]:
    """Open the index and check its health."""
    if not (settings.data.exists() or settings.database):
        yield Check(State.WARN, "index", strings.NO_INDEX, strings.NO_INDEX_REMEDY)
        return
    try:
        with app.open_library(settings, chroma=True) as library:
            health = library.health()
            yield Check(State.OK, "database", library.records.database.name)
            if queue := app.open_queue(settings, library):
                yield workers(*queue.living())
            yield feeds(*library.records.feeds.tally())
    except (FootnoteError, OSError) as error:
        yield Check(State.FAIL, "index", explained(settings, error))
    except Exception as error:
        log.debug("the index cannot be opened", exc_info=True)
        finding = strings.unopened(error)
        yield Check(State.FAIL, "index", finding, strings.INDEX_REMEDY)
    else:
        yield from _health(health)


def feeds(total: int, due: int, failing: int) -> Check:
    """Check that the feeds can be read; how each does is seen in Discord."""
    if failing:
        return Check(State.WARN, "feeds", strings.feeds(total, due, failing), strings.FEEDS_REMEDY)
    return Check(State.OK, "feeds", strings.feeds(total, due, failing))


def workers(ours: int, others: int) -> Check:
    """Check that the workers that live answer for bots of this release."""
    if others:
        finding = f"{ours:,} running; {others:,} of another release"
        return Check(State.WARN, "workers", finding, strings.WORKERS_REMEDY)
    return Check(State.OK, "workers", f"{ours:,} running")


def _health(health: Health) -> Iterator[Check]:
    if health.articles:
        yield Check(State.OK, "index", strings.index_counts(health))
    else:
        yield Check(State.WARN, "index", strings.EMPTY_INDEX, strings.EMPTY_INDEX_REMEDY)
    if not health.problems:
        yield Check(State.OK, "vectors", health.vectors)
        yield Check(State.OK, "words", health.words)
    for problem, remedy in health.problems:
        yield Check(State.FAIL, "index", problem, remedy)


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
        raise UsageError(strings.NO_METRICS_PORT)
    try:
        wrong = app.ask_health(port)
    except probes.Silent as error:
        app.print_error(f"{strings.ERROR}{strings.silent(port, error.reason)}")
        raise typer.Exit(Exit.FAILED) from None
    for line in wrong or [strings.WELL]:
        app.print(line)
    raise typer.Exit(Exit.FAILED if wrong else Exit.OK)
