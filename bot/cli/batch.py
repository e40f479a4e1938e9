"""Questions as JSON lines in, results as JSON lines out, in order, each as soon as it is there."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.cli import clean, words
from bot.cli.exits import UsageError
from bot.cli.shapes import Json
from index.errors import FootnoteError

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
            result = {"error": words.explain(error), "line": number}
            errors += 1
        write(result)
    return errors


def parse(line: bytes) -> Question:
    """Read one line. Raises BadLineError."""
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLineError(words.NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        raise BadLineError(words.NOT_JSON) from error
    question = value.get("question") if isinstance(value, dict) else None
    if not isinstance(question, str) or not question.strip():
        raise BadLineError(words.NOT_QUESTION)
    article = value.get("article")
    if article is not None and not isinstance(article, str):
        raise BadLineError(words.BAD_ARTICLE)
    return Question(clean.well_formed(question), article and clean.well_formed(article))


@contextmanager
def lines_of(name: str) -> Iterator[Iterable[bytes]]:
    """Open a file, or standard input for "-". Raises UsageError where there is no such file."""
    if name == STDIN:
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise UsageError(words.missing([path]))
    with path.open("rb") as file:
        yield file
