"""`footnote add` and `footnote reindex`."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import progress, shapes, words
from bot.cli.app import App, app_of
from bot.cli.batch import STDIN
from bot.cli.exits import Exit, UsageError
from bot.cli.options import JsonOption, SpaceOption, space_named
from index.errors import SourceError
from index.model import PUBLIC, Added, Failed, Report, Space

if TYPE_CHECKING:
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
    with app.library(chroma=True) as library, progress.passages(app.err, words.INDEXING) as advance:
        if single:
            report = _add_one(library, paths[0], metadata, into, advance)
        else:
            report = library.add_paths([Path(path) for path in paths], into, progress=advance)
    show_report(app, report, as_json=as_json)
    if not (report.added or report.failed):
        app.tell(f"{words.ERROR}{words.NOTHING_TO_READ}")
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
    with opened as library, progress.passages(app.err, words.INDEXING) as advance:
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
        app.say_json(shapes.report(report), indent=True)
        return
    if len(report.indexed) <= MAX_LISTED:
        for one in report.added:
            if one.status != "unchanged":
                app.say(f"{one.status} {one.article.id}: {one.article.title}")
    app.say(words.report(report))


def tell_failed(app: App, report: Report) -> None:
    """Print each input that could not be indexed to standard error."""
    for failed in report.failed:
        app.tell(f"{words.ERROR}{failed.name}: {failed.reason}")


def _check(paths: list[str], metadata: Metadata) -> None:
    """Raise UsageError before anything is opened."""
    if STDIN in paths and len(paths) > 1:
        raise UsageError(words.STDIN_ALONE)
    missing = [Path(path) for path in paths if path != STDIN and not Path(path).exists()]
    if missing:
        raise UsageError(words.missing(missing))
    if metadata and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise UsageError(words.METADATA_ALONE)
    if metadata.published:
        try:
            datetime.fromisoformat(metadata.published)
        except ValueError as error:
            raise UsageError(words.not_a_date(metadata.published)) from error


def _add_one(
    library: Library,
    path: str,
    metadata: Metadata,
    space: Space,
    advance: progress.Advance | None,
) -> Report:
    """Index one file or standard input under the user's own metadata."""
    from index import sources

    from_stdin, began = path == STDIN, time.perf_counter()
    added: tuple[Added, ...] = ()
    failed: tuple[Failed, ...] = ()
    try:
        document = sources.read(
            STDIN_NAME if from_stdin else path,
            _read(path, sources.MAX_BYTES + 1),  # one more than is allowed, to be refused as such
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
