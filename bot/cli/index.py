"""`footnote add`, `reindex` and `watch`."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import json_output, strings
from bot.cli.app import (
    App,
    Exit,
    JsonOption,
    SpaceOption,
    UsageError,
    app_of,
    space_named,
    visible,
)
from bot.cli.articles import named
from bot.cli.ask import STDIN
from bot.cli.terminal import passages_progress
from bot.strings import in_all
from index.errors import SourceError
from index.model import PUBLIC, Failed, Report

if TYPE_CHECKING:
    from index.folder_sync import Synced
    from index.ingest import Fetch, Input

MAX_LISTED = 10
"""More new articles than this are counted, not listed."""

BARE_LINK = re.compile(
    r"www\.|(?:[a-z0-9-]+\.)+"
    r"(?:[a-z]{2,}(?::\d+)?/|(?:com|edu|eu|gov|info|int|net|news|org|uk|us)\Z)",
    re.IGNORECASE,
)
"""A link that lacks https://: a host with a path, or under a domain that is no file's suffix."""


def add(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH_OR_LINK", hidden=True)],
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="The article's title.")] = None,
    source: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="The article's link or publisher.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The article's date, such as 2025-02-14.")
    ] = None,
    space: SpaceOption = PUBLIC,
    as_json: JsonOption = False,
) -> None:
    """Add files, folders and links, or an article from standard input (-).

    They can be text, Markdown, HTML, PDF and Word (.docx).
    """
    from index.ingest import Data, File, Link, files
    from index.sources.decoding import MAX_BYTES
    from index.sources.document import NOTHING_GIVEN, Given

    app, into, given = app_of(context), space_named(space), Given(title, source, published)
    _check(paths, published, alone=given != NOTHING_GIVEN, sourced=source is not None)
    wrong = tuple(Failed(path, reason) for path in paths if (reason := _wrong(path)))
    missing = {one.name for one in wrong}
    paths = [path for path in paths if path not in missing]
    if not paths:
        raise UsageError("; ".join(f"{one.name}: {one.reason}" for one in wrong))
    inputs: list[Input]
    if paths == [STDIN]:
        # One byte more than is allowed, to be refused as such.
        inputs = [Data(strings.STDIN, sys.stdin.buffer.read(MAX_BYTES + 1), given)]
    elif given == NOTHING_GIVEN:
        inputs = [
            *files(Path(path) for path in paths if not _is_link(path)),
            *(Link(path) for path in dict.fromkeys(paths) if _is_link(path)),
        ]
    elif _is_link(paths[0]):
        inputs = [Link(paths[0], given)]
    else:
        inputs = [File(Path(paths[0]), given)]
    if not inputs:
        print_failed(app, Report((), wrong, 0.0))
        app.error("there's no text, Markdown, HTML, PDF or Word file (.docx) in there")
        raise typer.Exit(Exit.FAILED)
    try:
        inputs = [_read(inputs[0])] if len(inputs) == 1 else inputs
    except SourceError as error:
        report, total = Report((), (Failed(error.name, error.reason),), 0.0), 0
    else:
        with (
            app.library(chroma=True) as library,
            passages_progress(app.err, strings.INDEXING) as advance,
            _fetching(app) as fetch,
        ):
            report = library.ingest(inputs, into, fetch=fetch, progress=advance)
            total = library.count(visible(space))
    report = replace(report, failed=(*wrong, *report.failed))
    show_report(app, report, total if report.added else None, as_json=as_json)
    raise typer.Exit(Exit.OK if report.added else Exit.FAILED)


def _read(one: Input) -> Input:
    """Read a file before the models are loaded, so that it fails at once. Raises SourceError."""
    from index import sources
    from index.ingest import Data, File

    if isinstance(one, File):
        return sources.read_path(one.path, one.given)
    return sources.read(one.name, one.data, one.given) if isinstance(one, Data) else one


def reindex(
    context: typer.Context,
    article: Annotated[str | None, typer.Argument(metavar="ARTICLE", hidden=True)] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Compute all vectors again, changed or not.")
    ] = False,
    space: Annotated[
        str | None,
        typer.Option(
            "--space",
            metavar="NAME",
            help="Only these: public, or a Discord server's ID (all if left out).",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read files and links again, and update the articles that changed.

    All of them, or one by ID or words of its title.
    """
    app = app_of(context)
    only = None if space is None else space_named(space)
    with (
        app.library(
            chroma=True, reembed=everything, spaces=(PUBLIC if only is None else only,)
        ) as library,
        passages_progress(app.err, strings.INDEXING) as advance,
        _fetching(app) as fetch,
    ):
        spaces = library.spaces() if only is None else (only,)
        report = library.ingest(
            (named(library, article, spaces),) if article else library.list(spaces),
            fetch=fetch,
            progress=advance,
            force=everything,
        )
    show_report(app, report, as_json=as_json)
    raise typer.Exit(Exit.FAILED if report.failed and not report.added else Exit.OK)


@contextmanager
def _fetching(app: App) -> Iterator[Fetch]:
    """Return what fetches a link."""
    fetcher = app.fetcher()
    with asyncio.Runner() as runner:
        yield lambda link: runner.run(fetcher.fetch(link))


def show_report(app: App, report: Report, total: int | None = None, *, as_json: bool) -> None:
    """Print what was indexed, and to standard error what was not and why.

    `total` counts the articles that there are now.
    """
    print_failed(app, report)
    if as_json:
        app.print_json(json_output.report(report), indent=True)
        return
    if len(report.indexed) <= MAX_LISTED:
        for one in report.added:
            if one.indexed:
                app.print(f"{one.status} {one.article.id}: {one.article.title}")
    if report.duplicates <= MAX_LISTED:
        for one in report.added:
            if one.status == "duplicate":
                app.print(strings.duplicate(one))
    if len(report.failed) == 1 and not report.added:
        return  # that is said
    counted = "" if total is None else f" {in_all(total)}"
    app.print(strings.report(report) + counted)


def print_failed(app: App, report: Report) -> None:
    """Print each input that could not be indexed to standard error."""
    for failed in report.failed:
        app.error(f"{failed.name}: {failed.reason}")


def _check(paths: list[str], published: str | None, *, alone: bool, sourced: bool) -> None:
    """Raise UsageError before anything is opened; what goes with one article stands `alone`."""
    if STDIN in paths and len(paths) > 1:
        raise UsageError("- (standard input) can't be combined with other paths")
    links = [path for path in paths if _is_link(path)]
    if alone and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise UsageError(
            "--title, --source and --published only work with one file, link or - (standard input)"
        )
    if links and sourced:
        raise UsageError("a link is its article's source; leave out --source")
    if published:
        try:
            datetime.fromisoformat(published)
        except ValueError as error:
            raise UsageError(
                f"--published is {published!r}; allowed: 2025-02-14 or 2025-02-14T09:30:00+00:00"
            ) from error


def _wrong(path: str) -> str:
    """Return why there is nothing to read at a path, "" where there may be."""
    if path == STDIN or _is_link(path) or Path(path).exists():
        return ""
    if "://" in path:
        return strings.OTHER_LINK
    return strings.PERHAPS_LINK if BARE_LINK.match(path) else strings.NO_PATH


def _is_link(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", hidden=True)],
    space: SpaceOption = PUBLIC,
) -> None:
    """Add a folder and follow its changes, until Ctrl-C."""
    from bot.runtime.folder_watch import watch as until_cancelled
    from index.folder_sync import Folder

    app, into = app_of(context), space_named(space)
    if folder.is_file():
        raise UsageError(strings.FILE_TO_WATCH.format(folder))
    if not folder.is_dir():
        raise UsageError(strings.NO_FOLDER.format(folder))
    # Never the owner of the indexes: a bot that starts later must be able to be that.
    with app.library(chroma=False) as library:
        kept = Folder(library, folder, into)
        with passages_progress(app.err, strings.INDEXING) as advance:
            synced = kept.sync(progress=advance)
        show_synced(app, folder, synced)
        app.print_error(strings.watching(folder, synced.report))
        sync = partial(asyncio.to_thread, kept.sync, settled=True)
        asyncio.run(until_cancelled(kept, sync, partial(show_synced, app, folder)))


def show_synced(app: App, folder: Path, synced: Synced) -> None:
    """Print a line for each file that is new, changed or gone; what failed to standard error."""
    for added in synced.report.added:
        if added.status == "duplicate":
            app.print(strings.duplicate(added))
        elif added.indexed:
            app.print(strings.watched(added.status, folder, added.article))
    print_failed(app, synced.report)
    for article in synced.removed:
        app.print(strings.watched("removed", folder, article))
    if synced.missing:
        app.warn(f"the folder {folder} is gone; its articles stay, and I'll notice when it's back")
