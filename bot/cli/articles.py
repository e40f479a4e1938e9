"""`footnote list`, `show`, `remove`, `backup` and `restore`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli import json_output, strings
from bot.cli.app import App, Exit, JsonOption, SpaceOption, UsageError, app_of, visible
from bot.cli.terminal import one_line, printable
from bot.settings import Settings, SettingsError
from bot.text import plural
from index.errors import UnknownArticle
from index.model import PUBLIC, Article, Space

if TYPE_CHECKING:
    from index.library import Library

COLUMNS = ("id", "title", "source", "published", "passages")

IdArgument = Annotated[str, typer.Argument(metavar="ARTICLE", hidden=True)]


def list_articles(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", hidden=True),
    ] = None,
    space: SpaceOption = PUBLIC,
    as_json: JsonOption = False,
) -> None:
    """List the articles, newest first, or those with WORDS in title, source or author."""
    app, spaces = app_of(context), visible(space)
    sought = " ".join(words or ()).strip()
    with app.library(chroma=False, spaces=spaces) as library:
        articles = library.list(spaces, sought)
    if as_json:
        app.print_json([json_output.article(one) for one in articles], indent=True)
    elif sought and not articles:
        app.print_error(
            f"No article has “{sought}” in its title, source or author; footnote list shows all"
        )
    else:
        print_articles(app, articles)


def show(
    context: typer.Context,
    article: IdArgument,
    space: SpaceOption = PUBLIC,
    as_json: JsonOption = False,
) -> None:
    """Print an article, by ID or words of its title."""
    app, spaces = app_of(context), visible(space)
    with app.library(chroma=False, spaces=spaces) as library:
        found = named(library, article, spaces)
        text = library.text(found.id, spaces)
    shape = json_output.article(found)
    if as_json:
        app.print_json(shape | {"text": text}, indent=True)
        return
    shape["added"] = found.added.partition(".")[0]
    for name, value in shape.items():
        if value is not None and name != "version":
            app.print(f"{name}: {value}")
    app.out.print()
    app.out.print(Text(printable(text)), soft_wrap=not app.out.is_terminal)


def remove(
    context: typer.Context,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE", hidden=True)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask first.")] = False,
    space: SpaceOption = PUBLIC,
) -> None:
    """Remove articles, by ID, title or file.

    If one of them is unknown, none is removed.
    """
    app, spaces = app_of(context), visible(space)
    with app.library(chroma=True, spaces=spaces) as library:
        given = [_to_remove(library, article, spaces) for article in articles]
        found = list({article.id: article for article in given}.values())
        if not yes and not _confirmed(app, found):
            app.print_error("Nothing was removed.")
            raise typer.Exit(Exit.FAILED)
        for one in found:
            library.remove(one.id, spaces)
            app.print(strings.removed(one))
            if one.origin and Path(one.origin).is_relative_to(app.settings.seeds.resolve()):
                app.warn(
                    f"the next footnote run adds it again; to prevent that, delete {one.origin}"
                )


def named(library: Library, name: str, spaces: Sequence[Space]) -> Article:
    """Return an article by ID or title, else the only one that `footnote list NAME` finds.

    Raises UnknownArticle, and UsageError where there are several or none at all.
    """
    try:
        return _of_name(library, name, spaces)
    except UnknownArticle:
        found = library.list(spaces, name.strip()) if name.strip() else ()
        if len(found) > 1:
            raise UsageError(strings.several(name, found)) from None
        if found:
            return found[0]
        if not library.count(spaces):
            raise UsageError(strings.NO_ARTICLES) from None
        raise


def _of_name(library: Library, name: str, spaces: Sequence[Space]) -> Article:
    """Return an article by ID or title. Raises UnknownArticle, UsageError where several have it."""
    found = library.get(name, spaces)
    if found.id == name:
        return found
    titled = library.list(spaces, found.title)
    same = [one for one in titled if one.title.casefold() == found.title.casefold()]
    if len(same) > 1:
        raise UsageError(strings.several(name, same))
    return found


def _to_remove(library: Library, name: str, spaces: Sequence[Space]) -> Article:
    """Return an article by ID, title, or its file as it was added; never by a part of its title.

    Raises UnknownArticle, and UsageError where several have that title or are from such files.
    """
    try:
        return _of_name(library, name, spaces)
    except UnknownArticle:
        file = str(Path(name).resolve())
        files = [one for one in library.list(spaces) if one.origin and "://" not in one.origin]
        found = [one for one in files if one.origin == file]
        found = found or [one for one in files if Path(one.origin or "").name == name]
        if len(found) > 1:
            raise UsageError(strings.same_file(name, found)) from None
        if not found:
            raise
        return found[0]


def print_articles(app: App, articles: Sequence[Article]) -> None:
    """Print a table on a terminal, elsewhere a line of tab-separated fields for each."""
    if not articles:
        app.print_error(strings.NO_ARTICLES)
        app.print_error(strings.looked_in(app.settings))
    elif app.out.is_terminal:
        table = Table(*COLUMNS[:-1], box=None, pad_edge=False)
        table.add_column(COLUMNS[-1], justify="right")
        table.columns[0].no_wrap = True
        for article in articles:
            table.add_row(*map(Text, _fields(article)))
        app.out.print(table)
    else:
        for article in articles:
            app.out.file.write("\t".join(_fields(article)) + "\n")


def _fields(article: Article) -> list[str]:
    given = (article.id, article.title, article.source_or_file, article.published, article.passages)
    return [one_line(str(value)) if value is not None else "" for value in given]


def _confirmed(app: App, articles: Sequence[Article]) -> bool:
    """Ask on a terminal. Raises UsageError where nobody can be asked."""
    if not app.interactive():
        raise UsageError("I can't ask anybody here; add --yes to remove without asking")
    titles = [one_line(article.title) for article in articles]
    prompt = strings.remove_prompt(titles, sum(article.passages for article in articles))
    return app.read_line(prompt).strip().lower() in ("y", "yes")


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", hidden=True)]


def backup(
    context: typer.Context,
    file: FileArgument,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> None:
    """Save articles, settings and feedback to FILE, also while the bot runs."""
    from index.store.backups import save

    app = app_of(context)
    if app.settings.database:
        raise UsageError(strings.BACKUP_OF_POSTGRES)
    if not file.parent.is_dir():
        raise UsageError(strings.missing([file.parent]))
    try:
        articles = save(app.settings.data, file, overwrite=force)
    except FileExistsError as error:
        raise UsageError(f"{file} already exists; use --force to replace it") from error
    app.print(f"Saved {plural(articles, 'article')} ({file.stat().st_size / 1e6:.1f} MB) to {file}")


def migrate(
    context: typer.Context,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="URL",
            help="postgresql://user:password@host/database; a call that was stopped goes on.",
            show_default=False,
        ),
    ],
) -> None:
    """Copy the index into an empty PostgreSQL database; stop the bot first."""
    from index.store.moving import move

    app = app_of(context)
    try:
        target = Settings.from_environment({"DATABASE_URL": to}).database
    except SettingsError:
        target = None
    if not target:
        raise UsageError("--to needs postgresql://user:password@host/database")

    def report(name: str, rows: int) -> None:
        app.print(f"{name}: {plural(rows, 'row')}, the same in both")

    move(app.settings.data, target, report)
    app.print("Everything is there. Set DATABASE_URL to it. The SQLite file stays as it was.")


def restore(context: typer.Context, file: FileArgument) -> None:
    """Replace the index with a backup; stop the bot first.

    The old index is kept beside it.
    """
    from index.store.backups import restore as restore_from

    app = app_of(context)
    if app.settings.database:
        raise UsageError(strings.RESTORE_OF_POSTGRES)
    if not file.is_file():
        raise UsageError(strings.missing([file]))
    done = restore_from(file, app.settings.data)
    app.print(strings.restored(done.articles, file, done.kept))
