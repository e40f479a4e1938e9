"""A reader that reads a passage with a question once, for fitting in several rounds."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import Hit
from index.reader import Reader, Reading


class Remembering:
    """Keeps what another reader said."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, str, int], Reading] = {}

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit, in order."""
        new = [hit for hit in hits if _key(question, hit) not in self._known]
        for hit, reading in zip(new, self._reader.read(question, new), strict=True):
            self._known[_key(question, hit)] = reading
        return [self._known[_key(question, hit)] for hit in hits]


def _key(question: str, hit: Hit) -> tuple[str, str, int]:
    return (question, hit.article.version, hit.passage.n)
