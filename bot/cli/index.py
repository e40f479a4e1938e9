"""`footnote add`, `reindex`, `watch` and `run`."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import json_output, progress, render, strings
from bot.cli.app import App, JsonOption, SpaceOption, app_of, space_named
from bot.cli.ask import STDIN
from bot.cli.chat import converse
from bot.cli.exits import Exit, UsageError
from index.errors import SourceError
from index.model import PUBLIC, Added, Failed, Report, Space

if TYPE_CHECKING:
    from index.folder_sync import Folder, Synced
    from index.library import Library

MAX_LISTED = 10
"""More new articles than this are counted, not listed."""

STDIN_NAME = "standard input"
"""What errors call it. It has no suffix, so that its text tells what kind it is."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the user says about an article, before what its text says."""

    title: str | None = None
    source: str | None = None
    published: str | None = None

    def __bool__(self) -> bool:
        return any((self.title, self.source, self.published))


def add(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH|FOLDER|-...", show_default=False)],
    title: Annotated[str | None, typer.Option(help="Title of the one article.")] = None,
    source: Annotated[str | None, typer.Option(help="Its link or publisher.")] = None,
    published: Annotated[str | None, typer.Option(help="Its date, as 2025-02-14.")] = None,
    space: SpaceOption = PUBLIC,
    as_json: JsonOption = False,
) -> None:
    """Index files, folders, or standard input (-)."""
    app, into, metadata = app_of(context), space_named(space), Metadata(title, source, published)
    _check(paths, metadata)
    single = paths == [STDIN] or bool(metadata)
    with (
        app.library(chroma=True) as library,
        progress.passages(app.err, strings.INDEXING) as advance,
    ):
        if single:
            report = _add_one(library, paths[0], metadata, into, advance)
        else:
            report = library.add_paths([Path(path) for path in paths], into, progress=advance)
    show_report(app, report, as_json=as_json)
    if not (report.added or report.failed):
        app.tell(f"{strings.ERROR}{strings.NOTHING_TO_READ}")
    raise typer.Exit(Exit.OK if report.added else Exit.FAILED)


def reindex(
    context: typer.Context,
    article: Annotated[str | None, typer.Argument(metavar="[ID]", show_default=False)] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Embed all anew, changed or not.")
    ] = False,
    space: Annotated[
        str | None, typer.Option("--space", metavar="NAME", help="Only this space; else all.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read the articles' files again and index those that changed."""
    app = app_of(context)
    only = None if space is None else space_named(space)
    opened = app.library(chroma=True, reembed=everything)
    with opened as library, progress.passages(app.err, strings.INDEXING) as advance:
        spaces = library.spaces() if only is None else (only,)
        report = library.reindex(
            spaces, article_id=article, everything=everything, progress=advance
        )
    show_report(app, report, as_json=as_json)
    raise typer.Exit(Exit.FAILED if report.failed and not report.added else Exit.OK)


def show_report(app: App, report: Report, *, as_json: bool) -> None:
    """Print what was indexed, and to standard error what was not and why."""
    tell_failed(app, report)
    if as_json:
        app.say_json(json_output.report(report), indent=True)
        return
    if len(report.indexed) <= MAX_LISTED:
        for one in report.added:
            if one.status != "unchanged":
                app.say(f"{one.status} {one.article.id}: {one.article.title}")
    app.say(strings.report(report))


def tell_failed(app: App, report: Report) -> None:
    """Print each input that could not be indexed to standard error."""
    for failed in report.failed:
        app.tell(f"{strings.ERROR}{failed.name}: {failed.reason}")


def _check(paths: list[str], metadata: Metadata) -> None:
    """Raise UsageError before anything is opened."""
    if STDIN in paths and len(paths) > 1:
        raise UsageError(strings.STDIN_ALONE)
    missing = [Path(path) for path in paths if path != STDIN and not Path(path).exists()]
    if missing:
        raise UsageError(strings.missing(missing))
    if metadata and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise UsageError(strings.METADATA_ALONE)
    if metadata.published:
        try:
            datetime.fromisoformat(metadata.published)
        except ValueError as error:
            raise UsageError(strings.not_a_date(metadata.published)) from error


def _add_one(
    library: Library,
    path: str,
    metadata: Metadata,
    space: Space,
    advance: progress.Advance | None,
) -> Report:
    """Index one file or standard input under the user's own metadata."""
    from index import sources
    from index.sources import decoding

    from_stdin, began = path == STDIN, time.perf_counter()
    added: tuple[Added, ...] = ()
    failed: tuple[Failed, ...] = ()
    try:
        document = sources.read(
            STDIN_NAME if from_stdin else path,
            _read(path, decoding.MAX_BYTES + 1),  # one more than is allowed, to be refused as such
            origin=None if from_stdin else str(Path(path).resolve()),
            title=metadata.title,
            source=metadata.source,
            published=metadata.published,
        )
        added = library.add([document], space, progress=advance)
    except SourceError as error:
        failed = (Failed(error.name, error.reason),)
    return Report(added, failed, time.perf_counter() - began)


def _read(path: str, max_bytes: int) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read(max_bytes)
    with Path(path).open("rb") as file:
        return file.read(max_bytes)


def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)],
    space: SpaceOption = PUBLIC,
) -> None:
    """Keep a folder's articles in step with its files, until Ctrl-C."""
    from bot.runtime.folder_watch import watch as until_cancelled
    from index.folder_sync import Folder

    app, into = app_of(context), space_named(space)
    if not folder.is_dir():
        raise UsageError(strings.no_folder(folder))
    # Never the owner of the indexes: a bot that starts later must be able to be that.
    with app.library(chroma=False) as library:
        kept = Folder(library, folder, into)
        with progress.passages(app.err, strings.INDEXING) as advance:
            synced = kept.sync(progress=advance)
        show_synced(app, folder, synced)
        app.tell(strings.watching(folder, synced.report))
        sync = partial(asyncio.to_thread, kept.sync, settled=True)
        asyncio.run(until_cancelled(kept, sync, partial(show_synced, app, folder)))


def show_synced(app: App, folder: Path, synced: Synced) -> None:
    """Print a line for each file that is new, changed or gone; what failed to standard error."""
    for added in synced.report.added:
        if added.status != "unchanged":
            app.say(strings.watched(added.status, folder, added.article))
    tell_failed(app, synced.report)
    for article in synced.removed:
        app.say(strings.watched("removed", folder, article))
    if synced.missing:
        app.tell(strings.folder_gone(folder))


def run(context: typer.Context) -> None:
    """Index the seeds, then start the bot (with DISCORD_TOKEN) or a chat."""
    app = app_of(context)
    with app.library(chroma=True) as library:
        seeds = index_seeds(app, library)
        if app.settings.token:
            raise typer.Exit(app.start_bot(app.settings, library, seeds))
        if app.interactive():
            app.tell(strings.NO_BOT)
            converse(app, library, (PUBLIC,))
            return
        answer = library.ask(strings.FIRST_QUESTION)
    app.say(strings.FIRST_QUESTION)
    render.show(app.out, render.answer(answer))
    raise typer.Exit(Exit.OK if answer.answered else Exit.REFUSED)


def index_seeds(app: App, library: Library) -> Folder:
    """Bring public in step with the seeds folder and sum up in one line.

    A missing folder is no error. Returns the folder, to be watched.
    """
    from index.folder_sync import Folder

    path = app.settings.seeds
    seeds = Folder(library, path, PUBLIC)
    with progress.passages(app.err, strings.SEEDS) as advance:
        synced = seeds.sync(progress=advance)
    if synced.missing:
        app.tell(strings.no_seeds(path))
        return seeds
    tell_failed(app, synced.report)
    for article in synced.removed:
        app.tell(strings.watched("removed", path, article))
    app.tell(strings.seeds(path, synced.report))
    return seeds
