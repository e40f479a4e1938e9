"""`footnote ask` and `footnote search`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.cli import json_output, render, strings
from bot.cli.app import (
    App,
    ArticleOption,
    BatchOption,
    Exit,
    JsonOption,
    SpaceOption,
    UsageError,
    app_of,
    visible,
)
from bot.cli.articles import named
from bot.cli.json_output import Json
from bot.cli.terminal import well_formed
from bot.flow import AnswerFlow, Asked
from bot.llm import strings as llm_strings
from bot.smalltalk import Talk, is_unclear, questions_of, talk_of
from bot.strings import CHATTER, GREETING, SORRY, THANKS, UNCLEAR, with_examples
from index.errors import FootnoteError
from index.followups.turns import Turn
from index.model import PUBLIC, Answer, Certainty, Hit, Space

if TYPE_CHECKING:
    from bot.llm.draft import Draft
    from index.library import Library

STDIN = "-"


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One line of a batch; `article` None means all articles."""

    text: str
    article: str | None = None


class BadLineError(ValueError):
    """A line that is no question; its message says why."""


def run(
    lines: Iterable[bytes], reply: Callable[[BatchLine], Json], write: Callable[[Json], None]
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
        except UsageError as error:  # an article that isn't named clearly
            result = {"error": str(error), "line": number}
            errors += 1
        write(result)
    return errors


def parse(line: bytes) -> BatchLine:
    """Read one line. Raises BadLineError."""
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLineError(strings.NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        raise BadLineError(strings.NOT_JSON) from error
    question = value.get("question") if isinstance(value, dict) else None
    if not isinstance(question, str) or not question.strip():
        raise BadLineError('not an object with a "question" in it')
    article = value.get("article")
    if article is not None and not isinstance(article, str):
        raise BadLineError('"article" isn\'t text')
    return BatchLine(well_formed(question), article and well_formed(article))


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
"""Between two updates of a draft; a terminal has no rate limits."""


class TerminalSurface:
    """Shows what is written so far while it is written; the answer is printed by the caller."""

    every_seconds = LIVE_SECONDS

    def __init__(self, out: Console) -> None:
        self.remark = ""
        self._out = out
        self._live: Live | None = None

    async def draft(self, so_far: Answer, _: Draft) -> None:
        """Show the checked sentences, and that there may be more."""
        if not self._out.is_terminal:
            return
        if self._live is None:
            self._live = Live(console=self._out, transient=True, auto_refresh=False)
            self._live.start()
        sentences = list(render.answer(so_far))[:1] if so_far.sentences else []
        lines = [*(line.text for line in sentences), Text(llm_strings.WRITING, render.MARK)]
        self._live.update(Text("\n").join(lines), refresh=True)

    async def finish(self, _: Answer, remark: str) -> None:
        """Keep the remark; nothing is remembered."""
        self.remark = remark

    def close(self) -> None:
        """Clear what was shown."""
        if self._live:
            self._live.stop()


Answering: TypeAlias = Callable[[Asked], tuple[Answer, str]]
"""Answers a question; returns the answer and a remark on who wrote it. Raises FootnoteError."""


@contextmanager
def answering(app: App, library: Library) -> Iterator[Answering]:
    """Open the writer, if one is set, for some questions."""
    writer = app.open_writer(app.settings, library)
    flow = AnswerFlow(library, _in_line, writer)
    with asyncio.Runner() as runner:

        def answer(asked: Asked) -> tuple[Answer, str]:
            with closing(TerminalSurface(app.out)) as surface:
                return runner.run(flow.answer(asked, surface)), surface.remark

        try:
            yield answer
        finally:
            if writer:
                runner.run(writer.close())


async def _in_line(call: Callable[..., Any], /, *args: Any) -> Any:
    """Run a blocking call in this thread, as nothing else waits."""
    return call(*args)


def answer_each(
    answer_to: Answering, asked: Asked, turns: deque[Turn]
) -> Iterator[tuple[Answer, str]]:
    """Answer the questions of a line one by one; each may go on from the turns, and is added."""
    for question in questions_of(asked.question):
        answer, remark = answer_to(replace(asked, question=question, turns=tuple(turns)))
        text = answer.text if answer.answered else None
        turns.append(Turn(answer.read_as, text, answer.first_article))
        yield answer, remark


MAX_HITS = 100

QuestionArgument = Annotated[list[str] | None, typer.Argument(metavar="QUESTION", hidden=True)]


def ask(
    context: typer.Context,
    question: QuestionArgument = None,
    article: ArticleOption = None,
    space: SpaceOption = PUBLIC,
    batch_file: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question, with footnotes.

    Two questions get two answers; with --json, one object each. Exit code 0: answered. 3: no
    answer was found.
    """
    app, spaces = app_of(context), visible(space)
    asked = _asked(context, question, batch_file)
    if batch_file is not None:
        with (
            lines_of(batch_file) as lines,
            app.library(chroma=True, spaces=spaces) as library,
            answering(app, library) as answer_to,
        ):
            app.add_sample(library)

            def reply(one: BatchLine) -> Json:
                within = article_id(library, one.article or article, spaces)
                found = answer_to(Asked(one.text, spaces, within))
                return json_output.answer(*found)

            errors = run(lines, reply, app.print_json)
        raise typer.Exit(Exit.FAILED if errors else Exit.OK)
    found = list(_answers(app, Asked(asked, spaces, article), as_json=as_json))
    for number, (answer, remark) in enumerate(found):
        if as_json:
            app.print_json(json_output.answer(answer, remark), indent=True)
            continue
        if number:
            app.out.print()
        render.show(app.out, render.answer(answer, remark))
        if answer.no_articles:
            app.print_error(strings.looked_in(app.settings))
    raise typer.Exit(Exit.OK if any(answer.answered for answer, _ in found) else Exit.REFUSED)


TALK = {
    Talk.COMPLAINT: SORRY,
    Talk.THANKS: THANKS,
    Talk.CHATTER: CHATTER,
    Talk.UNCLEAR: UNCLEAR,
    Talk.ADDING: strings.CHAT_ADDING,
}


def talk_back(app: App, library: Library, asked: Asked) -> bool:
    """Reply to small talk, and to a question about nothing that was said.

    Returns whether it is one of these.
    """
    talk = talk_of(asked.question)
    if talk and talk.wants_examples:
        empty = "" if library.count(asked.spaces) else strings.NO_ARTICLES
        words = GREETING if talk is Talk.GREETING else strings.CHAT_HELP[0]
        said = with_examples(words, library.suggestions(asked.spaces), empty)
    elif talk:
        said = TALK[talk]
    elif is_unclear(asked.question) and not (asked.turns or asked.article):
        said = UNCLEAR
    else:
        return False
    app.out.print(said, soft_wrap=not app.out.is_terminal)
    return True


def _answers(app: App, asked: Asked, *, as_json: bool) -> Iterator[tuple[Answer, str]]:
    """Answer the questions of a line; where there is no index, none is made.

    Small talk gets no answer, but a reply where people read it.
    """
    if not app.has_articles():
        yield Answer(asked.question, Certainty.NONE, (), (), (), 0.0, no_articles=True), ""
        return
    spaces = asked.spaces
    with app.library(chroma=False, spaces=spaces) as library, answering(app, library) as answer_to:
        app.add_sample(library)
        if not as_json and talk_back(app, library, asked):
            return
        within = article_id(library, asked.article, spaces)
        yield from answer_each(answer_to, replace(asked, article=within), deque())


def search(
    context: typer.Context,
    question: QuestionArgument = None,
    passages: Annotated[
        str, typer.Option("-k", metavar="N", help=f"How many passages, 1 to {MAX_HITS}.")
    ] = "10",
    article: ArticleOption = None,
    space: SpaceOption = PUBLIC,
    batch_file: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the passages nearest to a question."""
    app, spaces = app_of(context), visible(space)
    # Typer's own words for a wrong number are those of a library.
    limit = int(passages[:4]) if passages.isdecimal() else 0
    if not 1 <= limit <= MAX_HITS:
        raise UsageError(f"-k is {passages}; allowed: 1 to {MAX_HITS}")
    asked = _asked(context, question, batch_file)
    if batch_file is not None:
        with lines_of(batch_file) as lines, app.library(chroma=True, spaces=spaces) as library:

            def find(one: BatchLine) -> Json:
                within = article_id(library, one.article or article, spaces)
                hits = library.search(one.text, spaces, article_id=within, limit=limit, rerank=True)
                return json_output.search(one.text, hits)

            errors = run(lines, find, app.print_json)
        raise typer.Exit(Exit.FAILED if errors else Exit.OK)
    hits, empty = tuple[Hit, ...](), True
    if app.index_exists(app.settings):
        with app.library(chroma=False, spaces=spaces) as library:
            within = article_id(library, article, spaces)
            hits = library.search(asked, spaces, article_id=within, limit=limit, rerank=True)
            empty = not (hits or library.list(spaces))
    if as_json:
        app.print_json(json_output.search(asked, hits), indent=True)
    elif empty:
        app.print(strings.NO_ARTICLES)
        app.print_error(strings.looked_in(app.settings))
    else:
        render.show(app.out, render.hits(hits))


def article_id(library: Library, given: str | None, spaces: Sequence[Space]) -> str | None:
    """Return the id of the article that was named. Raises UnknownArticle, UsageError."""
    return None if given is None else named(library, given, spaces).id


def _asked(context: typer.Context, words: list[str] | None, batch_file: str | None) -> str:
    """Return the question that was typed, "" for a batch. Raises UsageError for none, and both."""
    question = well_formed(" ".join(words or ())).strip()
    if batch_file is not None:
        if words:
            raise UsageError("give either a question or --batch FILE, not both")
    elif not question:
        raise UsageError(strings.no_question(context.command.name or "ask"))
    return question
