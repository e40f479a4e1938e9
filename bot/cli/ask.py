"""`footnote ask` and `footnote search`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.cli import clean, json_output, render, strings
from bot.cli.app import (
    App,
    ArticleOption,
    BatchOption,
    JsonOption,
    SpaceOption,
    app_of,
    question_of,
    visible,
)
from bot.cli.exits import Exit, UsageError
from bot.cli.json_output import Json
from bot.flow import ask_on
from bot.llm import strings as llm_strings
from index.errors import FootnoteError
from index.model import PUBLIC, Space

if TYPE_CHECKING:
    from bot.llm.draft import Outcome
    from bot.llm.writer import Writer
    from index.followups.turns import Turn
    from index.library import Library
    from index.model import Answer

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a batch; `article` None means all articles."""

    text: str
    article: str | None = None


class BadLineError(ValueError):
    """A line that is no question; its text says why."""


def run(
    lines: Iterable[bytes], reply: Callable[[Question], Json], write: Callable[[Json], None]
) -> int:
    """Write a reply, or {"error", "line"}, for each line that is not blank; count the errors."""
    errors = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            result = reply(parse(line))
        except BadLineError as error:
            result = {"error": str(error), "line": number}
            errors += 1
        except FootnoteError as error:
            result = {"error": strings.explain(error), "line": number}
            errors += 1
        write(result)
    return errors


def parse(line: bytes) -> Question:
    """Read one line. Raises BadLineError."""
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLineError(strings.NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        raise BadLineError(strings.NOT_JSON) from error
    question = value.get("question") if isinstance(value, dict) else None
    if not isinstance(question, str) or not question.strip():
        raise BadLineError(strings.NOT_QUESTION)
    article = value.get("article")
    if article is not None and not isinstance(article, str):
        raise BadLineError(strings.BAD_ARTICLE)
    return Question(clean.well_formed(question), article and clean.well_formed(article))


@contextmanager
def lines_of(name: str) -> Iterator[Iterable[bytes]]:
    """Open a file, or standard input for "-". Raises UsageError where there is no such file."""
    if name == STDIN:
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise UsageError(strings.missing([path]))
    with path.open("rb") as file:
        yield file


LIVE_SECONDS = 0.25
"""Between two looks at what is being written; a terminal has no rate limits."""


class Answering:
    """Asks the library, and has what it answers written where there is a writer."""

    def __init__(
        self, library: Library, writer: Writer | None, runner: asyncio.Runner, out: Console
    ) -> None:
        self._library = library
        self._writer = writer
        self._runner = runner
        self._out = out

    def ask(
        self,
        question: str,
        spaces: Sequence[Space],
        article_id: str | None = None,
        *,
        turns: Sequence[Turn] = (),
    ) -> tuple[Answer, str]:
        """Return the answer and what is to be remarked of it. Raises FootnoteError.

        `turns` are what the question goes on from, oldest first.
        """
        found = ask_on(self._library, question, turns, spaces, article_id=article_id)
        if self._writer is None or not found.answered:
            return found, ""
        earlier = tuple(turn.question for turn in turns)
        outcome = self._runner.run(self._written(self._writer, found, spaces[0], earlier))
        return outcome.answer, llm_strings.remark(outcome)

    async def _written(
        self, writer: Writer, found: Answer, space: Space, earlier: Sequence[str]
    ) -> Outcome:
        async with writer.write(found, space, earlier=earlier) as writing:
            if self._out.is_terminal:
                with Live(console=self._out, transient=True, auto_refresh=False) as live:
                    async for answer in writing.snapshots(LIVE_SECONDS):
                        live.update(_so_far(answer), refresh=True)
            return await writing.outcome()


@contextmanager
def answering(app: App, library: Library) -> Iterator[Answering]:
    """Open the writer, if one is set, for some questions."""
    writer = app.open_writer(app.settings, library)
    with asyncio.Runner() as runner:
        try:
            yield Answering(library, writer, runner, app.out)
        finally:
            if writer:
                runner.run(writer.close())


def _so_far(answer: Answer) -> Text:
    """The checked sentences, and that there may be more."""
    sentences = list(render.answer(answer))[:1] if answer.sentences else []
    return Text("\n").join(
        [*(line.text for line in sentences), Text(llm_strings.WRITING, render.MARK)]
    )


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

        def reply(library: Library, asking: Answering, one: Question) -> json_output.Json:
            within = article_id(library, one.article or article, spaces)
            return json_output.answer(*asking.ask(one.text, spaces, within))

        raise typer.Exit(_answer_batch(app, batch_file, reply))
    asked = question_of(question or [])
    with app.library(chroma=False) as library, answering(app, library) as asking:
        answer, remark = asking.ask(asked, spaces, article_id(library, article, spaces))
    if as_json:
        app.say_json(json_output.answer(answer, remark), indent=True)
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

        def reply(library: Library, one: Question) -> json_output.Json:
            within = article_id(library, one.article or article, spaces)
            hits = library.search(one.text, spaces, article_id=within, limit=limit)
            return json_output.search(one.text, hits)

        raise typer.Exit(_run_batch(app, batch_file, reply))
    asked = question_of(question or [])
    with app.library(chroma=False) as library:
        within = article_id(library, article, spaces)
        hits = library.search(asked, spaces, article_id=within, limit=limit)
    if as_json:
        app.say_json(json_output.search(asked, hits), indent=True)
    else:
        render.show(app.out, render.hits(hits))


def article_id(library: Library, given: str | None, spaces: Sequence[Space]) -> str | None:
    """Return the id of the article that was named by id or title. Raises UnknownArticle."""
    return None if given is None else library.get(given, spaces).id


def _either(question: list[str] | None, batch_file: str | None) -> None:
    if bool(question) == (batch_file is not None):
        raise UsageError(strings.ASK_ONE)


def _answer_batch(
    app: App, file: str, reply: Callable[[Library, Answering, Question], json_output.Json]
) -> Exit:
    with (
        lines_of(file) as lines,
        app.library(chroma=True) as library,
        answering(app, library) as asking,
    ):
        errors = run(lines, lambda one: reply(library, asking, one), app.say_json)
    return Exit.FAILED if errors else Exit.OK


def _run_batch(app: App, file: str, reply: Callable[[Library, Question], json_output.Json]) -> Exit:
    with lines_of(file) as lines, app.library(chroma=True) as library:
        errors = run(lines, lambda one: reply(library, one), app.say_json)
    return Exit.FAILED if errors else Exit.OK
