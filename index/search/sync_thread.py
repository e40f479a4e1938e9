"""Sync with what other processes publish, before anybody asks for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.errors import FootnoteError

if TYPE_CHECKING:
    from index.store.sessions import Listener

log = logging.getLogger(__name__)

POLL_SECONDS = 5.0
"""Between two syncs without a notification. A question syncs first, so it never sees less."""

REST_SECONDS = 0.5
"""Between two syncs however many notifications come: a bulk import is synced in steps."""


class SyncThread:
    """Calls `sync` in a thread whenever something may have changed."""

    def __init__(self, listener: Listener, sync: Callable[[], None]) -> None:
        self._listener = listener
        self._sync = sync
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sync", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop after the call that runs."""
        self._stopping.set()
        self._listener.wake()
        self._thread.join()
        self._listener.close()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._listener.wait(POLL_SECONDS)
            if self._stopping.is_set():
                return
            try:
                self._sync()
            except FootnoteError as error:
                log.warning("what others published cannot be looked up: %s", type(error).__name__)
            except Exception:
                log.exception("what others published cannot be synced")
            self._stopping.wait(REST_SECONDS)
