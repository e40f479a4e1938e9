"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.clean import well_formed
from bot.cli.exits import UsageError
from bot.cli.words import EMPTY_QUESTION, EMPTY_SPACE
from index.model import PUBLIC, Space

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SpaceOption = Annotated[
    str,
    typer.Option("--space", metavar="NAME", help="Use this space (and see public as well)."),
]
ArticleOption = Annotated[
    str | None,
    typer.Option("--article", metavar="ID", help="Look in this article alone (id or title)."),
]
BatchOption = Annotated[
    str | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help='Read {"question": ...} lines (- is standard input), print a JSON line for each.',
    ),
]


def space_named(name: str) -> Space:
    """Return the space. Raises UsageError for an empty name."""
    if not name.strip():
        raise UsageError(EMPTY_SPACE)
    return Space(name.strip())


def visible(name: str) -> tuple[Space, ...]:
    """Return what somebody in the space sees: it, and public."""
    space = space_named(name)
    return (space,) if space == PUBLIC else (space, PUBLIC)


def question_of(words: list[str]) -> str:
    """Return the question that was typed. Raises UsageError for an empty one."""
    question = well_formed(" ".join(words)).strip()
    if not question:
        raise UsageError(EMPTY_QUESTION)
    return question
