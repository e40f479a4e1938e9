"""What a check of `footnote doctor` comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check came out; the word is printed, so that nothing is told by colour alone."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    state: State
    subject: str
    finding: str
    remedy: str = ""
