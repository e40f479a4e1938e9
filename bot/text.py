"""Plain text for people, in Discord, the browser and the terminal: numbers, lists, cuts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from index.text.normalise import INVISIBLE

_CONTROLS = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")

CUT = "…"


def and_more(count: int) -> str:
    """Say how many things are not named."""
    return f"and {count:,} more"


def plural(count: int, noun: str) -> str:
    """Put a number before a noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(things: Sequence[str], last: str) -> str:
    """Name things, with `last` before the last of them."""
    *some, end = things
    return f"{', '.join(some)} {last} {end}" if some else end


def size(text: str) -> int:
    """Count UTF-16 units, the strictest of the ways in which Discord counts characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(text: str) -> str:
    """Return the text without what cannot be seen, or turns around what can."""
    return INVISIBLE.sub("", _SURROGATE.sub("\ufffd", _CONTROLS.sub(" ", text)))


def fit_plain(text: str, limit: int) -> str:
    """Cut a text that is shown as it is: in a terminal, or as the name of a choice."""
    text = " ".join(visible(text).split())
    return cut(text, limit, lambda end: text[:end])


def cut(text: str, limit: int, render: Callable[[int], str]) -> str:
    """Return what `render` makes of as much of a text as fits, with the cut marked."""
    whole = render(len(text))
    if size(whole) <= limit:
        return whole
    words = [match.end() for match in re.finditer(r"\S+", text)]
    for ends in (words, range(1, len(text))):
        # A longer prefix is a longer text, but for a unit or two: hence the second look.
        n = bisect_right(ends, limit - len(CUT), key=lambda end: size(render(end)))
        while n and size(render(ends[n - 1])) > limit - len(CUT):
            n -= 1
        if n:
            return render(ends[n - 1]) + CUT
    return CUT if limit >= len(CUT) else ""
