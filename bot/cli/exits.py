"""Exit codes and the error of wrong use."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes."""

    OK = 0
    FAILED = 1
    WRONG_USE = 2
    REFUSED = 3


class UsageError(Exception):
    """A command was given what it cannot work with.

    Attributes:
        message: What is wrong and what would be right, in one line.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
