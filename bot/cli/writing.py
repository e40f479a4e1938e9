"""Answers in a model's words on the command line, where one is set."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.cli import render
from bot.cli.app import App
from bot.follow_ups import ask_on
from bot.words import writing as words

if TYPE_CHECKING:
    from bot.writing.writer import Writer
    from bot.writing.writing import Outcome
    from index.conversation import Turn
    from index.library import Library
    from index.model import Answer, Space

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
        return outcome.answer, words.remark(outcome)

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
    return Text("\n").join([*(line.text for line in sentences), Text(words.WRITING, render.MARK)])
