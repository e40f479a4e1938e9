"""Logistic regression over named signals, and vectors of single sentences."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from cachetools import LRUCache

from index.answers.candidates import sentence_texts
from index.model import Hit
from index.models.embedder import Embedder, Vectors

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

S = TypeVar("S", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Logistic(Generic[S]):
    """`weights` has one weight for each signal of the same name."""

    weights: S
    bias: float

    def logit(self, seen: S) -> float:
        """Return the log odds."""
        pairs = zip(astuple(self.weights), astuple(seen), strict=True)
        return self.bias + math.fsum(weight * value for weight, value in pairs)

    def probability(self, seen: S, *, plus: float = 0.0) -> float:
        """Return the probability (0 to 1); `plus` is added to the log odds."""
        logit = self.logit(seen) + plus
        return (1 + math.tanh(logit / 2)) / 2  # the logistic function, without overflow


MAX_PASSAGES = 2000
"""About 15 MB: five sentences of 384 float32 each."""

_Key = tuple[str, str, int]


class SentenceVectors:
    """Embeds the sentences of hits; a version never changes, so what was read stays true."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: LRUCache[_Key, Vectors] = LRUCache(MAX_PASSAGES)
        self._lock = threading.Lock()

    def of(self, hits: Sequence[Hit]) -> list[Vectors]:
        """Return one (sentences, dimension) array per hit."""
        with self._lock:
            found = {_key(hit): self._known.get(_key(hit)) for hit in hits}
        unread = [hit for hit in hits if found[_key(hit)] is None]
        texts = [text for hit in unread for text in sentence_texts(hit)]
        vectors = self._embedder.embed(texts, urgent=True)
        start = 0
        for hit in unread:
            end = start + len(hit.passage.sentences)
            found[_key(hit)] = vectors[start:end]
            start = end
        with self._lock:
            for key, read in found.items():
                assert read is not None
                self._known[key] = read
        return [read for hit in hits if (read := found[_key(hit)]) is not None]


def _key(hit: Hit) -> _Key:
    return (hit.article.id, hit.article.version, hit.passage.n)
