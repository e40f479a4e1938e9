"""The reader: says whether a passage answers a question, and with which words."""

from __future__ import annotations

from pathlib import Path

from index.reader.base import Reader, Reading, SentenceReading
from index.reader.overlap import OverlapReader
from index.reader.weights import verify

__all__ = ["OverlapReader", "Reader", "Reading", "SentenceReading", "load", "verify"]


def load(cache: Path) -> Reader:
    """Load the shipped reader; `cache` is a folder for the converted weights. Raises ModelError."""
    from index.reader.openvino import OpenVinoReader

    return OpenVinoReader(cache)
