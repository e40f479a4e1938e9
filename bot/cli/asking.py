"""`footnote ask` and `footnote search`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import batch, render, shapes, words
from bot.cli.app import App, app_of
from bot.cli.exits import Exit, UsageError
from bot.cli.options import (
    ArticleOption,
    BatchOption,
    JsonOption,
    SpaceOption,
    question_of,
    visible,
)
from bot.cli.writing import Answering, answering
from index.model import PUBLIC, Space

if TYPE_CHECKING:
    from index.library import Library

MAX_HITS = 100

QuestionArgument = Annotated[
    list[str] | None, typer.Argument(metavar="QUESTION", show_default=False)
]


def ask(
    context: typer.Context,
    question: QuestionArgument = None,
    article: ArticleOption = None,
    space: SpaceOption = PUBLIC,
    batch_file: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question from the articles, with footnotes.

    Exit code 0: answered. 3: the articles do not say.
    """
    app, spaces = app_of(context), visible(space)
    _either(question, batch_file)
    if batch_file is not None:

        def reply(library: Library, asking: Answering, one: batch.Question) -> shapes.Json:
            within = article_id(library, one.article or article, spaces)
            return shapes.answer(*asking.ask(one.text, spaces, within))

        raise typer.Exit(_answer_batch(app, batch_file, reply))
    asked = question_of(question or [])
    with app.library(chroma=False) as library, answering(app, library) as asking:
        answer, remark = asking.ask(asked, spaces, article_id(library, article, spaces))
    if as_json:
        app.say_json(shapes.answer(answer, remark), indent=True)
    else:
        render.show(app.out, render.answer(answer, remark))
    raise typer.Exit(Exit.OK if answer.answered else Exit.REFUSED)


def search(
    context: typer.Context,
    question: QuestionArgument = None,
    limit: Annotated[
        int, typer.Option("-k", min=1, max=MAX_HITS, metavar="N", help="Passages to find.")
    ] = 10,
    article: ArticleOption = None,
    space: SpaceOption = PUBLIC,
    batch_file: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the passages nearest to a question."""
    app, spaces = app_of(context), visible(space)
    _either(question, batch_file)
    if batch_file is not None:

        def reply(library: Library, one: batch.Question) -> shapes.Json:
            within = article_id(library, one.article or article, spaces)
            hits = library.search(one.text, spaces, article_id=within, limit=limit)
            return shapes.search(one.text, hits)

        raise typer.Exit(_run_batch(app, batch_file, reply))
    asked = question_of(question or [])
    with app.library(chroma=False) as library:
        within = article_id(library, article, spaces)
        hits = library.search(asked, spaces, article_id=within, limit=limit)
    if as_json:
        app.say_json(shapes.search(asked, hits), indent=True)
    else:
        render.show(app.out, render.hits(hits))


def article_id(library: Library, given: str | None, spaces: Sequence[Space]) -> str | None:
    """Return the id of the article that was named by id or title. Raises UnknownArticle."""
    return None if given is None else library.get(given, spaces).id


def _either(question: list[str] | None, batch_file: str | None) -> None:
    if bool(question) == (batch_file is not None):
        raise UsageError(words.ASK_ONE)


def _answer_batch(
    app: App, file: str, reply: Callable[[Library, Answering, batch.Question], shapes.Json]
) -> Exit:
    with (
        batch.lines_of(file) as lines,
        app.library(chroma=True) as library,
        answering(app, library) as asking,
    ):
        errors = batch.run(lines, lambda one: reply(library, asking, one), app.say_json)
    return Exit.FAILED if errors else Exit.OK


def _run_batch(
    app: App, file: str, reply: Callable[[Library, batch.Question], shapes.Json]
) -> Exit:
    with batch.lines_of(file) as lines, app.library(chroma=True) as library:
        errors = batch.run(lines, lambda one: reply(library, one), app.say_json)
    return Exit.FAILED if errors else Exit.OK
