"""Near misses that the shipped reader doubts: it learns nothing more from the others."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from index.lab.training.batches import Batch, ExampleEncoder, reader
from index.lab.training.examples import WHOLE_WORDS, Item, Read, as_asked
from index.models.reader import Floats, Network

LOWEST, HIGHEST = -3.0, 3.0
"""Log odds of an answer. Below, four in five near misses were refused so surely that they had a
twentieth of the loss of the others; above, it may be the label that errs."""

MOST_READ = 3_000
"""Of each source: enough for a plan, and some five minutes on two cores."""

TOKENS = 1_024
"""In a batch."""


def with_doubted(near_misses: Sequence[Item], read: Read) -> list[Item]:
    """Return those of MOST_READ that the reader doubts, and as many others."""
    rng = random.Random(7)  # noqa: S311 - a sample, not a secret
    drawn = rng.sample(near_misses, min(MOST_READ, len(near_misses)))
    readings = read([as_asked(item, "near miss", WHOLE_WORDS) for item in drawn])
    pairs = list(zip(drawn, readings, strict=True))
    found = [item for item, told in pairs if LOWEST <= told.best <= HIGHEST]
    others = [item for item, told in pairs if told.best < LOWEST]
    return [*found, *others[: len(found)]]


def kept(near_misses: Sequence[Item], read: Read, path: Path) -> list[Item]:
    """Return the same as before where a plan is taken up; `path` is where that is noted."""
    if not path.is_file():
        names = [_name(item) for item in with_doubted(near_misses, read)]
        path.write_text(json.dumps(names))
    by_name = {_name(item): item for item in near_misses}
    return [by_name[name] for name in json.loads(path.read_text()) if name in by_name]


def compiled_reader(network: Network, encoder: ExampleEncoder) -> Read:
    """Return a reader of examples by a network that is not trained."""

    def run(drawn: Sequence[Batch]) -> Iterable[Sequence[Floats]]:
        return network.run([{"ids": batch.ids, "mask": batch.mask} for batch in drawn])

    return reader(run, encoder, TOKENS)


def _name(item: Item) -> str:
    return sha256(f"{item.question}\n{item.paragraph.text}".encode()).hexdigest()[:16]
