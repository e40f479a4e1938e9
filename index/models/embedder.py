"""The embedder: texts to vectors, by the packaged model on OpenVINO or by any other.

Texts from all threads share batches: questions first, rows of like length together.
"""

from __future__ import annotations

import functools
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index import strings
from index.errors import ModelError, ModelNotFound
from index.models import packaged
from index.models.conversion import CONVERT, converted, suitable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
"""(n, dimension) float32, each row of length 1."""

EmbedProgress = Callable[[int], None]
"""Called with the number of texts that were embedded since the last call."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    @property
    def name(self) -> str:
        """Return which model made the vectors; stored with them."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: EmbedProgress | None = None
    ) -> Vectors:
        """Return (len(texts), dimension) vectors, in order. Blocks; thread-safe.

        Urgent texts (somebody waits for an answer) go before the rest.
        """
        ...


def similarities(vectors: Vectors, one: Vectors) -> list[float]:
    """Return the cosine similarity of each vector to one, (dimension,)."""
    # Not by @: BLAS shares small products among threads, which took 100 ms while others computed.
    found: list[float] = np.einsum("ij,j->i", vectors, one).tolist()
    return found


Codes = NDArray[np.uint64]
"""(n, words) uint64: a bit for each dimension of a vector, rounded up to whole words."""


def binary_codes(vectors: Vectors) -> Codes:
    """Return codes whose Hamming distance rises with the angle between the vectors.

    The signs of random projections (Charikar 2002, "Similarity estimation techniques from rounding
    algorithms") at right angles to each other (Ji et al. 2012, "Super-bit locality-sensitive
    hashing"); those of the vectors themselves would be alike where these have many zeros.
    """
    return signs(projected(vectors))


def projected(vectors: Vectors) -> Vectors:
    """Return the random projections whose signs the codes are: (n, bits)."""
    # Not by @, as above.
    found: Vectors = np.einsum("ij,jk->ik", vectors, _projection(vectors.shape[1]))
    return found


def signs(projections: Vectors) -> Codes:
    """Return the codes of projections."""
    return np.packbits(projections > 0, axis=1).view(np.uint64)


@functools.cache
def _projection(dimension: int) -> Vectors:
    """Return a random rotation, (dimension, bits), the same one at all times.

    Its rows are orthonormal, so that projections keep all angles.
    """
    bits = -(-dimension // 64) * 64
    # RandomState's numbers never change between releases of numpy; Generator's may.
    drawn = np.random.RandomState(0).standard_normal((bits, dimension))
    rotation, triangle = np.linalg.qr(drawn)
    rotation *= np.sign(np.diag(triangle))  # else each column's sign is up to LAPACK
    return np.ascontiguousarray(rotation.T, dtype=np.float32)


MAX_BATCH_TEXTS = 8
"""Measured on 2 cores: 8 rows give the most passages per second, and a question never waits
longer than one such batch."""


@dataclass(eq=False)
class _Request:
    """One call of `embed`: rows are taken longest first, so that a batch needs little padding."""

    items: Sequence[Sized]
    vectors: Vectors
    progress: EmbedProgress | None
    rows: deque[int] = field(init=False)
    missing: int = field(init=False)
    error: BaseException | None = None
    done: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        by_length = sorted(range(len(self.items)), key=lambda i: -len(self.items[i]))
        self.rows = deque(by_length)
        self.missing = len(self.items)


class Batcher:
    """Runs a model over rows that several threads wait for, in one worker thread."""

    def __init__(self, run: Callable[[Sequence[Any]], Vectors], dimension: int) -> None:
        """`run` gets 1 to MAX_BATCH_TEXTS items (token ids or texts), in one thread only."""
        self._run = run
        self._dimension = dimension
        self._urgent: deque[_Request] = deque()
        self._patient: deque[_Request] = deque()
        self._wake = threading.Condition()
        threading.Thread(target=self._work, name="embedder", daemon=True).start()

    def embed(
        self, items: Sequence[Sized], *, urgent: bool, progress: EmbedProgress | None
    ) -> Vectors:
        """Wait for one vector per item, in order; raises what the model raised."""
        vectors = np.empty((len(items), self._dimension), dtype=np.float32)
        if not items:
            return vectors
        request = _Request(items, vectors, progress)
        with self._wake:
            (self._urgent if urgent else self._patient).append(request)
            self._wake.notify()
        request.done.wait()
        if request.error:
            raise request.error
        return vectors

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._urgent or self._patient)
                batch = self._take(self._urgent or self._patient)
            try:
                vectors = self._run([request.items[row] for request, row in batch])
            except Exception as error:  # noqa: BLE001 - handed to the callers, who wait for it
                self._fail({request for request, _ in batch}, error)
                continue
            for (request, row), vector in zip(batch, vectors, strict=True):
                request.vectors[row] = vector
            self._finish([request for request, _ in batch])

    @staticmethod
    def _take(queue: deque[_Request]) -> list[tuple[_Request, int]]:
        batch: list[tuple[_Request, int]] = []
        while queue and len(batch) < MAX_BATCH_TEXTS:
            batch.append((queue[0], queue[0].rows.popleft()))
            if not queue[0].rows:
                queue.popleft()
        return batch

    @staticmethod
    def _finish(served: Sequence[_Request]) -> None:
        for request in dict.fromkeys(served):
            count = served.count(request)
            request.missing -= count
            if request.progress:
                request.progress(count)
            if not request.missing:
                request.done.set()

    def _fail(self, requests: set[_Request], error: BaseException) -> None:
        with self._wake:
            for queue in (self._urgent, self._patient):
                kept = [request for request in queue if request not in requests]
                queue.clear()
                queue.extend(kept)
        for request in requests:
            request.error = error
            request.done.set()


_FORMAT = "2"
"""Part of the converted model's folder name: raise it when `convert.py` changes."""


class OpenVinoEmbedder:
    """all-MiniLM-L6-v2, in the form that suits the CPU. Thread-safe."""

    name = packaged.NAME
    dimension = packaged.DIMENSION

    def __init__(self, cache: Path) -> None:
        """Load the model, converting it into `cache` the first time (3 to 10 s).

        Raises ModelError, ModelHashMismatch.
        """
        from tokenizers import Tokenizer

        from index.models.runtime import Compiled

        source = packaged.verify()
        self._tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(packaged.MAX_TOKENS)
        stored = suitable()
        name = f"{packaged.NAME}-{packaged.WEIGHTS_SHA256[:8]}-{_FORMAT}-{stored}"
        path = converted(name, CONVERT, ["embedder", stored, str(source)], cache)
        self._model = Compiled(path)
        self.precision = self._model.precision
        self._batcher = Batcher(self._run, self.dimension)

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: EmbedProgress | None = None
    ) -> Vectors:
        """Return (len(texts), 384) unit vectors, in order."""
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        token_ids = [encoding.ids for encoding in encodings]
        return self._batcher.embed(token_ids, urgent=urgent, progress=progress)

    def _run(self, token_ids: Sequence[list[int]]) -> Vectors:
        from index.models.runtime import padded, split

        batches = [
            {"input_ids": padded(rows), "attention_mask": padded([[1] * len(r) for r in rows])}
            for rows in split(token_ids, self._model.streams)
        ]
        return np.concatenate([vectors for (vectors,) in self._model.run(batches)])


class TransformerEmbedder:
    """A model that the user named: a folder, or a name in the hub's local cache or on the hub."""

    def __init__(self, model: str) -> None:
        """Load the model. Raises ModelNotFound, ModelError."""
        self._model = _load(model)
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise ModelError(strings.no_dimension(model))
        self.name = model
        self.dimension = int(dimension)
        self._batcher = Batcher(self._run, self.dimension)

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: EmbedProgress | None = None
    ) -> Vectors:
        """Return (len(texts), dimension) unit vectors, in order."""
        return self._batcher.embed(texts, urgent=urgent, progress=progress)

    def _run(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)


HUB_SECONDS = 4.0
"""How long the hub may take to say whether it has a model; its library tries for 90."""

_FILES = ("modules.json", "config.json")
"""Every model has one of them."""

_ORGANISATION = "sentence-transformers/"
"""Put by the library before a name without one."""


def _load(model: str) -> SentenceTransformer:
    """Load a model from this machine, else from the hub."""
    names = [model] if "/" in model else [_ORGANISATION + model, model]
    try:
        if _is_here(model, names):
            try:
                return _loaded(model, local=True)
            except OSError:  # a download that was broken off can be finished
                if os.path.isdir(model):
                    raise
        _find_on_hub(model, names)
        return _loaded(model, local=False)
    except (OSError, ValueError) as error:
        raise ModelError(strings.not_loaded(model, error)) from error


def _loaded(model: str, *, local: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(model, device="cpu", trust_remote_code=False, local_files_only=local)


def _is_here(model: str, names: Sequence[str]) -> bool:
    """Tell whether a model is in a folder or in the hub's cache. Raises ModelNotFound."""
    if os.path.isdir(model):
        if not any(Path(model, file).is_file() for file in _FILES):
            raise ModelNotFound(model, strings.NO_MODEL_FILES)
        return True
    from huggingface_hub import try_to_load_from_cache

    return any(
        isinstance(try_to_load_from_cache(name, file), str) for name in names for file in _FILES
    )


def _find_on_hub(model: str, names: Sequence[str]) -> None:
    """Ask the hub for a model, HUB_SECONDS at most. Raises ModelNotFound."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    reasons = [strings.HUB_SILENT]

    def ask() -> None:
        for name in names:
            try:
                HfApi().model_info(name, timeout=HUB_SECONDS)
            except RepositoryNotFoundError:
                reasons.append(strings.NOT_ON_HUB)
            except Exception as error:  # noqa: BLE001 - of the network, of any kind
                reasons.append(strings.no_hub(error))
                return
            else:
                reasons.clear()
                return

    # A thread that nobody waits for: looking up a host's address has no time limit.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(HUB_SECONDS)
    if reasons:
        raise ModelNotFound(model, reasons[-1])
