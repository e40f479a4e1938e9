"""The composition root: settings become a library and a bot.

Heavy modules are imported when something is built, so that `footnote --help` starts fast.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.library import Library


class OpenLibrary(Protocol):
    """Opens the library of a data folder."""

    def __call__(self, settings: Settings, *, chroma: bool, reembed: bool = False) -> Library:
        """With `chroma` False search is exact, which starts faster.

        `reembed` opens another model's index, for embedding everything anew. Raises
        FootnoteError.
        """
        ...


def open_library(settings: Settings, *, chroma: bool, reembed: bool = False) -> Library:
    """Load the embedding model and open the data folder. Raises FootnoteError."""
    if settings.model is None:
        # The packaged model is whole: no library need ask the hub about it. Set before the
        # libraries that read it are imported.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from index.embedder import load
    from index.library import Library

    embedder = load(settings.model, settings.data / "models")
    return Library.open(
        settings.data,
        embedder,
        chroma=chroma,
        chroma_url=settings.chroma_url,
        reembed=reembed,
    )


def verify_model() -> None:
    """Check the packaged model's weights. Raises ModelError."""
    from index.embedder import verify

    verify()


def start_bot(settings: Settings, library: Library) -> int:
    """Run the Discord bot until it is told to stop; return the exit code."""
    from bot.client import run_bot

    return run_bot(settings, library)
