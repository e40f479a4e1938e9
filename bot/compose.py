"""The composition root: settings become a library and a bot.

Heavy modules are imported when something is built, so that `footnote --help` starts fast.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.llm.writer import Offload, Writer
    from bot.remote.asking import Forwarding
    from bot.runtime.threads import Workers
    from bot.settings import Settings
    from index.library import Library
    from index.models.embedder import Embedder
    from index.models.reader import Reader
    from index.store.queue import Queue


def open_library(settings: Settings, *, chroma: bool, reembed: bool = False) -> Library:
    """Load the models and open the data folder. Raises FootnoteError.

    With `chroma` False search is exact, which starts faster. `reembed` opens another model's
    index, for embedding everything anew.
    """
    embedder, reader = load_models(settings, settings.model_cache)
    from index.library import Library
    from index.search.chroma import ChromaAccess

    key = settings.chroma_key.get_secret_value() if settings.chroma_key else None
    return Library.open(
        settings.data,
        embedder,
        reader,
        chroma=chroma,
        chroma_url=settings.chroma_url,
        chroma_access=ChromaAccess(settings.chroma_tenant, settings.chroma_database, key),
        database_url=settings.database,
        reembed=reembed,
        thresholds=settings.thresholds,
    )


def load_models(settings: Settings, cache: Path) -> tuple[Embedder, Reader]:
    """Load both models; `cache` is a folder for the converted weights. Raises ModelError."""
    if settings.model is None:
        # The packaged model is whole: no library need ask the hub about it. Set before the
        # libraries that read it are imported.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from index import models

    if settings.model:
        # First: if it cannot be loaded, the user need not wait for the reader's conversion.
        return models.load_embedder(settings.model, cache), models.load_reader(cache)
    with ThreadPoolExecutor() as pool:  # each takes a core for 10 s when it is converted
        loading = pool.submit(models.load_reader, cache)
        return models.load_embedder(settings.model, cache), loading.result()


def index_exists(settings: Settings) -> bool:
    """Tell whether there is an index; one in PostgreSQL is taken to be there."""
    from index.store.database import DATABASE

    return bool(settings.database) or (settings.data / DATABASE).exists()


def models_ready(settings: Settings) -> tuple[int, int]:
    """Count the models that were converted, and all that must be; that takes some 20 s.

    A model that is set in place of the packaged one needs no conversion.
    """
    from index.models import count_converted

    count = 1 if settings.model else 2
    return min(count_converted(settings.model_cache), count), count


def open_writer(
    settings: Settings, library: Library, offload: Offload = asyncio.to_thread
) -> Writer | None:
    """Make the writer, to be closed in the event loop that uses it; None where no model is set.

    Without a reader nothing could be checked, so nothing is written.
    """
    if settings.llm is None or library.reader is None:
        return None
    from bot.llm.client import OpenAIModel
    from bot.llm.writer import Writer
    from index.verification.verifier import Verifier

    return Writer(
        OpenAIModel(settings.llm),
        Verifier(library.reader),
        library.records.tokens,
        offload,
        timeout_seconds=settings.llm.timeout_seconds,
    )


def open_queue(settings: Settings, library: Library) -> Queue | None:
    """Return the queue between bots and workers; None where the articles are in SQLite."""
    if settings.database is None:
        return None
    from index.store.postgres import PostgresDatabase
    from index.store.queue import Queue

    database = library.records.database
    assert isinstance(database, PostgresDatabase)
    return Queue(database, version("footnote-bot"))


def open_forwarding(settings: Settings, library: Library, workers: Workers) -> Forwarding | None:
    """Return what has workers answer, to be closed; None where there can be none."""
    queue = open_queue(settings, library)
    if queue is None:
        return None
    from bot.remote.asking import Forwarding

    return Forwarding(queue, workers, library.thresholds)
