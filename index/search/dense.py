"""Nearest passages by cosine: Chroma where it holds a version, exact search where it does not."""

from __future__ import annotations

from collections.abc import Mapping

from index.model import Space
from index.models.embedder import Vectors
from index.search import exact
from index.search.chroma_sync import ChromaSync
from index.search.exact import Scored
from index.search.scope import Scope
from index.store.snapshot import ArticleVersion, Snapshot

OVERFETCH = 2
"""How many more passages than needed are asked of Chroma, since some may be stale."""


class Dense:
    """Searches Chroma for the versions it holds, SQLite for all others."""

    def __init__(self, sync: ChromaSync | None) -> None:
        self._sync = sync

    def search(
        self, snapshot: Snapshot, scope: Scope, question: Vectors, limit: int
    ) -> list[Scored]:
        """The nearest passages of the scope, best first; `question` is (dimension,)."""
        if scope.only:  # Chroma would have to be asked for everything else as well
            return exact.search(snapshot, scope.current, question, limit)
        spaces = scope.passages.items()
        found = (self._in_space(snapshot, s, wanted, question, limit) for s, wanted in spaces)
        return exact.top(found, limit)

    def _in_space(
        self,
        snapshot: Snapshot,
        space: Space,
        wanted: Mapping[ArticleVersion, int],
        question: Vectors,
        limit: int,
    ) -> list[Scored]:
        held = self._sync.held(space) if self._sync else {}
        missing = {key: n for key, n in wanted.items() if held.get(key) != n}
        near = None
        if len(missing) < len(wanted):
            sound = {key: n for key, n in wanted.items() if key not in missing}
            near = self._ask_chroma(space, sound, question, limit)
        if near is None:
            return exact.search(snapshot, wanted, question, limit)
        return exact.top([near, exact.search(snapshot, missing, question, limit)], limit)

    def _ask_chroma(
        self, space: Space, wanted: Mapping[ArticleVersion, int], question: Vectors, limit: int
    ) -> list[Scored] | None:
        """Ask for more until enough of it is current; None when Chroma fails or lost vectors."""
        sync = self._sync
        if sync is None or (chroma := sync.chroma) is None:
            return None
        expected = min(limit, sum(wanted.values()))
        asked = limit * OVERFETCH
        while True:
            try:
                found = chroma.search(space, question, asked)
            except Exception as error:  # noqa: BLE001 - of many kinds; exact search goes on
                sync.lost(chroma, f"{type(error).__name__} in a search")
                return None
            near = [scored for scored in found if scored[0] in wanted]
            if len(near) >= expected:
                return near[:limit]
            if len(found) < asked:
                sync.lost(chroma, "vectors are missing")
                return None
            asked *= 4
