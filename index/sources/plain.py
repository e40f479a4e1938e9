"""Plain text files."""

from __future__ import annotations

from index.sources.decoding import decode
from index.sources.document import Found


def parse(name: str, data: bytes) -> Found:
    """Read a text file; it says nothing of itself. Raises SourceError."""
    return Found(decode(name, data))
