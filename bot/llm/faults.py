"""What can go wrong with a language model, by what can be done about it."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why an answer is not written by the model."""

    UNREACHABLE = "unreachable"  # nothing listens, or the connection broke
    KEY = "key"  # 401, 403
    MODEL = "model"  # 404
    BUSY = "busy"  # 429
    REFUSED = "refused"  # another 4xx, or a redirect
    SERVER = "server"  # 5xx
    SLOW = "slow"  # no answer, or not all of it, in time
    CUT = "cut"  # it ended before it was finished
    GARBAGE = "garbage"  # what came is not in OpenAI's format
    EMPTY = "empty"  # no sentence
    UNBORNE = "unborne"  # less than half of it stands in the articles
    RESTING = "resting"  # not asked, as it failed less than a minute ago
    SPENT = "spent"  # not asked, as the server's tokens for today are used up


DEAD = frozenset(
    {Fault.UNREACHABLE, Fault.KEY, Fault.MODEL, Fault.BUSY, Fault.REFUSED, Fault.SERVER}
)
"""After these the next question would fare no better."""


class WritingFault(Exception):
    """A model did not give a text. Holds nothing that the server said, which may be a secret.

    Attributes:
        fault: What went wrong.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
