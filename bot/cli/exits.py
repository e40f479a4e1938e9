"""Exit codes, and the errors that become one."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command leaves with."""

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
