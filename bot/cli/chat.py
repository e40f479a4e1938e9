"""`footnote chat`: questions and answers until Ctrl-D."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli import render, strings
from bot.cli.app import App, SpaceOption, app_of, explained, visible
from bot.cli.articles import print_articles
from bot.cli.ask import Answering, answer_each, answering, talk_back
from bot.cli.index import BARE_LINK
from bot.cli.terminal import well_formed
from bot.flow import Asked
from bot.smalltalk import Talk, talk_of
from index.errors import FootnoteError
from index.followups.turns import MAX_TURNS, Turn
from index.model import PUBLIC, Space

if TYPE_CHECKING:
    from index.library import Library

HISTORY_FILE = "chat_history"
HISTORY_LINES = 1000
PROMPT = "> "
LEAVE = ("exit", "quit", "bye")

_LINK = re.compile(rf"(?:https?://|(?={BARE_LINK.pattern}))\S+", re.IGNORECASE)

_COMMAND = re.compile(r"footnote(?: \S.*)?")

log = logging.getLogger(__name__)


def chat(context: typer.Context, space: SpaceOption = PUBLIC) -> None:
    """Ask one question after another."""
    app, spaces = app_of(context), visible(space)
    with app.library(chroma=True, spaces=spaces) as library:
        app.add_sample(library)
        converse(app, library, spaces)


def converse(app: App, library: Library, spaces: Sequence[Space]) -> bool:
    """Answer each line until the input ends, and tell whether there was one.

    No error ends the chat.
    """
    prompt = PROMPT if app.interactive() else ""
    if prompt:
        count = library.count(spaces)
        app.print_error(strings.greeting(count))
        if not count:
            app.print_error(strings.looked_in(app.settings))
    turns = deque[Turn](maxlen=MAX_TURNS)
    keep = _history(app.settings.data / HISTORY_FILE) if prompt else lambda: None
    line = ""
    with answering(app, library) as answer_to:
        for line in _lines(app, prompt):
            keep()  # at once: a terminal may be closed at any time
            if not prompt:  # nobody sees what was typed
                app.print(f"{PROMPT}{line}")
            try:
                if line.removeprefix("/").casefold() in LEAVE:
                    break
                _reply(app, library, answer_to, spaces, line, turns)
            except KeyboardInterrupt:
                _drop_line(app, prompt)
            except (FootnoteError, OSError) as error:
                app.print_error(explained(app.settings, error))
            except Exception:
                log.debug("a question failed", exc_info=True)
                app.print_error("Something went wrong on my side; LOG_LEVEL=DEBUG shows what.")
    return bool(line)


def _lines(app: App, prompt: str) -> Iterator[str]:
    """Yield what is typed, without blank lines; Ctrl-C drops a line, Ctrl-D ends."""
    while True:
        try:
            line = well_formed(app.read_line(prompt)).strip()
        except KeyboardInterrupt:
            _drop_line(app, prompt)
            continue
        except EOFError:
            if prompt:
                app.print_error("")
            return
        if line:
            yield line


def _drop_line(app: App, prompt: str) -> None:
    """Go on after Ctrl-C, unless the lines come from a pipe: then it means to stop."""
    if not prompt:
        raise KeyboardInterrupt
    app.print_error("")


def _reply(
    app: App,
    library: Library,
    answer_to: Answering,
    spaces: Sequence[Space],
    line: str,
    turns: deque[Turn],
) -> None:
    asked = Asked(line, spaces, turns=tuple(turns))
    if line == "/help" or talk_of(line) is Talk.HELP:
        for help_line in strings.CHAT_HELP:
            app.out.print(help_line)
    elif line == "/articles":
        print_articles(app, library.list(spaces))
    elif advice := _advice(line):
        app.out.print(advice, soft_wrap=True)
    elif line.startswith("/"):
        app.print_error(f"There's no {line.split()[0]}. {strings.ANOTHER_LINE}")
    elif not talk_back(app, library, asked):
        for number, found in enumerate(answer_each(answer_to, asked, turns)):
            if number:
                app.out.print()
            render.show(app.out, render.answer(*found))
    app.out.print()


def _advice(line: str) -> str:
    """Return what to do with a line that belongs elsewhere, "" of a question."""
    if _LINK.fullmatch(line.strip("<>")):
        return strings.CHAT_ADDING
    return strings.CHAT_COMMAND if _COMMAND.fullmatch(line) else ""


def _history(file: Path) -> Callable[[], None]:
    """Let the arrow keys bring back earlier lines, those of earlier chats too.

    What is returned keeps the newest line; the file is for its owner alone.
    """
    try:
        import readline
    except ImportError:  # Windows, and some builds of Python
        return lambda: None
    readline.clear_history()
    readline.set_history_length(HISTORY_LINES)
    with suppress(OSError):  # a full disk or a read-only folder costs the history alone
        file.touch(mode=0o600)
        file.chmod(0o600)
        readline.read_history_file(file)
    kept = readline.get_current_history_length()

    def keep() -> None:
        nonlocal kept
        new = readline.get_current_history_length() - kept
        kept += new
        with suppress(OSError):
            if hasattr(readline, "append_history_file"):
                # Another chat may have added lines meanwhile, and they stay.
                readline.append_history_file(new, file)
            else:  # libedit
                readline.write_history_file(file)

    return keep
