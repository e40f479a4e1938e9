"""Small documents and libraries for tests of the index."""

from __future__ import annotations

from pathlib import Path

from index.library import Library
from index.model import Document
from index.models.embedder import HashingEmbedder

SEED = Path(__file__).parents[3] / "seeds" / "000_32a433d7d855f8fc.txt"


def document(
    title: str = "Harbour opens",
    text: str = "The harbour opened on Monday. Mayor Lind cut the ribbon.",
    **more: str,
) -> Document:
    """A two-sentence article."""
    return Document(title=title, text=text, **more)


def long_document(title: str, sentences: int, subject: str = "barge") -> Document:
    """An article of many different sentences, a dozen words each."""
    text = " ".join(
        f"The {subject} number {n} left quay {n % 7} at dawn with a load of timber {n}."
        for n in range(sentences)
    )
    return Document(title=title, text=text)


def open_library(folder: Path, *, chroma: bool = False, **more: object) -> Library:
    """A library with the toy embedder."""
    return Library.open(folder, HashingEmbedder(), chroma=chroma, **more)  # type: ignore[arg-type]
