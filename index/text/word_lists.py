"""Word lists kept as text files beside the packages that use them."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def entries(package: str, name: str) -> tuple[str, ...]:
    """Return the entries of `lists/NAME.txt` in a package: one a line, without `#` comments."""
    text = (resources.files(package) / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@functools.cache
def antonyms() -> dict[str, tuple[str, ...]]:
    """Return for each lower-case word those that exclude it, in both directions.

    One in place of the other changes what is asked.
    """
    found: dict[str, tuple[str, ...]] = {}
    for pair in entries("index.text", "antonyms"):
        one, other = pair.split("/")
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found
