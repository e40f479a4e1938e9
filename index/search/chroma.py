"""Chroma as a copy of SQLite's vectors: one collection per space, ids `article:version:n`."""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import SplitResult, urlsplit

from index import strings
from index.model import Space
from index.models.embedder import Vectors
from index.search.codes import Scored
from index.search.held import Held
from index.store.snapshot import ArticleVersion, Change, PassageKey

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection


class LastStop(Enum):
    """How the last process left a folder."""

    CLEAN = "stopped cleanly, or the folder was never used"
    ALTERED = "stopped cleanly; the files were changed since"
    KILLED = "killed while it had the folder open"


def record_clean_stop(folder: Path) -> None:
    """Record the folder's files; where that fails, the next start tests the folder."""
    file = _record(folder)
    try:
        file.write_text(json.dumps(_contents(folder)), encoding="utf-8")
    except OSError:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def record_use(folder: Path) -> None:
    """Record that the folder is in use from now on. Raises OSError."""
    _record(folder).unlink(missing_ok=True)


def last_stop(folder: Path) -> LastStop:
    """Return how the folder was left. Raises OSError where it cannot be read."""
    file = _record(folder)
    if not _contents(folder):
        return LastStop.CLEAN
    if not file.exists():
        return LastStop.KILLED
    try:
        recorded = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return LastStop.ALTERED
    return LastStop.CLEAN if recorded == _contents(folder) else LastStop.ALTERED


def _record(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.sealed")


def _contents(folder: Path) -> dict[str, list[int]]:
    """Return size and time of change of every file."""
    files = {p.relative_to(folder): p.stat() for p in folder.rglob("*") if p.is_file()}
    return {path.as_posix(): [s.st_size, s.st_mtime_ns] for path, s in sorted(files.items())}


BATCH = 20
"""Vectors per write. A write holds the GIL: 85 ms for 20, 5.2 s for 5,000."""

PROBE_SECONDS = 60
"""After which a probe counts as failed."""

SERVER_SECONDS = 5.0
"""How long a Chroma server may take for an answer; its client would wait for ever."""

_PREFIX = "footnote-"

_HNSW = {"hnsw": {"space": "cosine", "ef_search": 100, "ef_construction": 200}}


MARK = "footnote"
"""A collection without vectors, which says up to which generation a server's others have all."""

NEVER = -1
"""A generation before all others."""

IDS_A_READ = 10_000
"""Of a server, which has to answer in SERVER_SECONDS."""

CLOUD_RESULTS = 300
"""At most, of Chroma Cloud (docs.trychroma.com/cloud/quotas-limits); all keys are taken for its."""


@dataclass(frozen=True, slots=True)
class ChromaAccess:
    """Tenant, database and key for a server; a server of one's own needs only the defaults."""

    tenant: str = "default_tenant"
    database: str = "default_database"
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ChromaPlace:
    """Where Chroma keeps its data: a local folder, or a server where `url` is set."""

    folder: Path
    url: str | None = None
    access: ChromaAccess = ChromaAccess()


class Chroma:
    """An open Chroma. One writing thread; reads from any.

    Of the processes that use a server one writes, and notes there how far it is; the others
    read that.

    Attributes:
        writes: Whether this process may write.
        versions: What is there, by space and article, as far as this process writes.
        reached: The generation up to which all that changed is there.
        most: How many passages a search may ask for.
    """

    def __init__(
        self, place: ChromaPlace, embedder: str, dimension: int, *, writes: bool = True
    ) -> None:
        """Connect. Raises whatever Chroma raises: it comes in many kinds."""
        self.writes = writes
        self.versions: Held[tuple[Space, str]] = Held()
        self.reached = NEVER
        self.most = CLOUD_RESULTS if place.url and place.access.key else sys.maxsize
        self._place = place
        self._kind = {"embedder": embedder, "dimension": dimension}
        self._collections: dict[Space, Collection] = {}
        self._client = _connect(place)
        try:
            self._noted = self._note()
            if writes:
                self._read()
            else:
                self.reached = self._noted
        except BaseException:
            self.release()  # one that stays open is what the next attempt would be given
            raise

    def _read(self) -> None:
        """List what is there, and delete what another model made."""
        for collection in self._client.list_collections():
            if collection.name.startswith(_PREFIX):
                space = Space(collection.name.removeprefix(_PREFIX))
                if collection.metadata == self._kind:
                    self._collections[space] = collection
                else:  # another model's vectors; SQLite has the text
                    self._client.delete_collection(collection.name)
        at_once = min(self.most, IDS_A_READ) if self._place.url else None
        for space, collection in self._collections.items():
            for (article_id, version), passages in _contents_of(collection, at_once).items():
                self.versions.put((space, article_id), version, passages)

    def _note(self) -> int:
        """Return what is noted at the server, NEVER where nothing is or it is of another model."""
        if self._place.url is None:
            return NEVER
        found = self._find(MARK)
        metadata = dict(found.metadata or {}) if found else {}
        noted = metadata.pop("reached", NEVER)
        return noted if metadata == self._kind and isinstance(noted, int) else NEVER

    def _find(self, name: str) -> Collection | None:
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None

    def reach(self, generation: int) -> None:
        """Say up to which generation all is there, to the other processes as well."""
        self.reached = generation
        if self._place.url and generation != self._noted:
            metadata = {**self._kind, "reached": generation}
            mark = self._client.get_or_create_collection(MARK, embedding_function=None)
            mark.modify(metadata=metadata)
            self._noted = generation

    def lack(self, generation: int) -> None:
        """Say that what changed in a generation is missing."""
        self.reached = generation - 1
        if self._noted > self.reached:
            self.reach(self.reached)

    def verify(self) -> None:
        """Raise OSError where a server no longer has what was noted: it came back without it."""
        if self._note() != self._noted:
            raise OSError(strings.ANOTHER_STATE)

    def sync_reached(self) -> None:
        """Look how far whoever writes has come."""
        self.reached = self._noted = self._note()

    def close(self) -> None:
        """Release the folder and record that the stop was clean."""
        self.release()
        if not self._place.url:
            record_clean_stop(self._place.folder)

    def release(self) -> None:
        """Release the folder after a failure: the next process probes it before use."""
        self._client.close()
        if self._place.url:  # its client leaves these open
            client = cast("Any", self._client)
            client._server._session.close()
            client._admin_client._server._session.close()

    def holds(self, change: Change) -> bool:
        """Tell whether all of an article's current version is there."""
        article = (change.space, change.article_id)
        return self.versions.passages(article, change.version or "") == change.passages

    @property
    def may_be_stale(self) -> bool:
        """Tell whether some of what is there may have been replaced; only who writes knows."""
        return not self.writes or self.versions.stale

    def add(self, space: Space, passages: Sequence[PassageKey], vectors: Vectors) -> None:
        """Write passages of one version, in order, with their vectors; at most BATCH at a time."""
        if space not in self._collections:
            self._collections[space] = self._client.get_or_create_collection(
                _PREFIX + space,
                embedding_function=None,
                metadata=self._kind,
                configuration=_HNSW,  # type: ignore[arg-type]
            )
        ids = [_id(key, n) for key, n in passages]
        self._collections[space].upsert(ids=ids, embeddings=vectors)
        (article_id, version), last = passages[-1]
        self.versions.put((space, article_id), version, last + 1)

    def discard(self, space: Space, key: ArticleVersion) -> None:
        """Delete a version, BATCH passages at a time."""
        article_id, version = key
        passages = self.versions.passages((space, article_id), version)
        self.versions.drop((space, article_id), version)
        for start in range(0, passages, BATCH):
            ids = [_id(key, n) for n in range(start, min(start + BATCH, passages))]
            self._collections[space].delete(ids=ids)

    def search(self, space: Space, question: Vectors, limit: int) -> list[Scored]:
        """Return the nearest passages of a space, stale ones included, best first.

        `question` is (dimension,) float32.
        """
        collection = self._collections.get(space)
        if collection is None and not self.writes:  # it may be new
            collection = self._find(_PREFIX + space)
            if collection is not None:
                self._collections[space] = collection
        if collection is None:
            return []
        result = collection.query(
            query_embeddings=question.reshape(1, -1), n_results=limit, include=["distances"]
        )
        found: list[Scored] = []
        for id_, distance in zip(result["ids"][0], (result["distances"] or [[]])[0], strict=True):
            article, version, n = id_.split(":")
            found.append(((article, version), int(n), 1.0 - distance))
        return found


def make_sound(place: ChromaPlace) -> bool:
    """Delete a folder that others have changed, or that fails a probe after an unclean stop.

    The probe runs in a child process: a damaged folder can crash the process that opens it, which
    cannot be caught. Returns whether the folder was kept. Raises OSError.
    """
    if place.url:
        return True
    left = last_stop(place.folder)
    if left is LastStop.ALTERED or (left is LastStop.KILLED and not _passes(place.folder)):
        shutil.rmtree(place.folder)
        return False
    return True


def _passes(folder: Path) -> bool:
    """Probe the folder in a child process."""
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "index.search.probe", str(folder)],
            check=True,
            timeout=PROBE_SECONDS,
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
    except (subprocess.SubprocessError, OSError):
        return False
    return True


def _contents_of(collection: Collection, at_once: int | None) -> Counter[ArticleVersion]:
    """Count the passages of each version, reading so many ids at once; None: all."""
    found: Counter[ArticleVersion] = Counter()
    count = collection.count()
    for start in range(0, count, at_once or count or 1):
        for id_ in collection.get(include=[], limit=at_once, offset=start)["ids"]:
            article_id, version, _ = id_.split(":")
            found[article_id, version] += 1
    return found


def _connect(place: ChromaPlace) -> Client:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if place.url:
        url = urlsplit(place.url)
        _reach(url)
        access = place.access
        client: Any = chromadb.HttpClient(
            host=url.hostname or "localhost",
            port=_port(url),
            ssl=url.scheme == "https",
            headers={"X-Chroma-Token": access.key} if access.key else None,
            settings=settings,
            tenant=access.tenant,
            database=access.database,
        )
        client._server._session.timeout = SERVER_SECONDS  # no setting of its own has it
        return cast("Client", client)
    place.folder.mkdir(parents=True, exist_ok=True)
    record_use(place.folder)
    return cast("Client", chromadb.PersistentClient(str(place.folder), settings=settings))


def _reach(url: SplitResult) -> None:
    """Raise OSError where the server does not answer in time: its client asks it when made."""
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname or "localhost", _port(url), timeout=SERVER_SECONDS)
    try:
        connection.request("GET", "/api/v2/heartbeat")
        connection.getresponse().read()
    except http.client.HTTPException as error:
        raise OSError(f"no Chroma server answers ({type(error).__name__})") from error
    finally:
        connection.close()


def _port(url: SplitResult) -> int:
    return url.port or (443 if url.scheme == "https" else 8000)


def _id(key: ArticleVersion, n: int) -> str:
    return f"{key[0]}:{key[1]}:{n}"
