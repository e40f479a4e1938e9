"""The composition root: settings become a library and a bot.

Heavy modules are imported when something is built, so that `footnote --help` starts fast.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import LanguageModelSettings, Settings
    from bot.writing.faults import Fault
    from bot.writing.writer import Offload, Writer
    from index.embedder import Embedder
    from index.folders import Folder
    from index.library import Library
    from index.reader import Reader


class OpenLibrary(Protocol):
    """Opens the library of a data folder."""

    def __call__(self, settings: Settings, *, chroma: bool, reembed: bool = False) -> Library:
        """With `chroma` False search is exact, which starts faster.

        `reembed` opens another model's index, for embedding everything anew. Raises
        FootnoteError.
        """
        ...


def open_library(settings: Settings, *, chroma: bool, reembed: bool = False) -> Library:
    """Load the models and open the data folder. Raises FootnoteError."""
    embedder, reader = load_models(settings, settings.data / "models")
    from index.library import Library

    return Library.open(
        settings.data,
        embedder,
        reader,
        chroma=chroma,
        chroma_url=settings.chroma_url,
        reembed=reembed,
        threshold=settings.threshold,
    )


def load_models(settings: Settings, cache: Path) -> tuple[Embedder, Reader]:
    """Load both models; `cache` is a folder for the converted weights. Raises ModelError."""
    if settings.model is None:
        # The packaged model is whole: no library need ask the hub about it. Set before the
        # libraries that read it are imported.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from index import embedder, reader

    with ThreadPoolExecutor() as pool:  # each takes a core for 10 s when it is converted
        loading = pool.submit(reader.load, cache)
        return embedder.load(settings.model, cache), loading.result()


def open_writer(
    settings: Settings, library: Library, offload: Offload = asyncio.to_thread
) -> Writer | None:
    """Make the writer, to be closed in the event loop that uses it; None where no model is set.

    Without a reader nothing could be checked, so nothing is written.
    """
    if settings.llm is None or library.reader is None:
        return None
    from bot.writing.client import OpenAIModel
    from bot.writing.writer import Writer
    from index.answering.written import Verifier

    return Writer(
        OpenAIModel(settings.llm),
        Verifier(library.reader),
        library.records.tokens,
        offload,
        timeout_seconds=settings.llm.timeout_seconds,
    )


def try_language_model(settings: LanguageModelSettings) -> Fault | None:
    """Have the language model write a word; return what is wrong with it."""
    from bot.writing.trying import attempt

    return asyncio.run(attempt(settings))


def verify_model() -> None:
    """Check the packaged embedding model's weights. Raises ModelError."""
    from index.embedder import verify

    verify()


def verify_reader() -> None:
    """Check the reader's weights. Raises ModelError."""
    from index.reader import verify

    verify()


def start_bot(settings: Settings, library: Library, seeds: Folder) -> int:
    """Run the Discord bot until it is told to stop; return the exit code."""
    from bot.life import run_bot

    return run_bot(settings, library, seeds)
