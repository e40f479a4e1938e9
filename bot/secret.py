"""What must be shown nowhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that shows itself only when asked to."""

    value: str

    def reveal(self) -> str:
        """Return the text."""
        return self.value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__
