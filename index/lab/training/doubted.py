"""Near misses that the shipped reader doubts: it learns nothing more from the others."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from index.lab.training.batches import Batch, ExampleEncoder, reader
from index.lab.training.examples import WHOLE_WORDS, Item, Read, as_asked
from index.models.reader import Floats, Network

LOWEST, HIGHEST = -3.0, 3.0
"""Log odds of an answer. Below, four in five near misses were refused so surely that they had a
twentieth of the loss of the others; above, it may be the label that errs."""

MOST_READ = {"beside": 20_000, "beside story": 20_000}
"""By source: all of those in passages beside the right one, as most are refused surely."""

ENOUGH = 3_000
"""Of all other sources: they do for a plan, and are read in some five minutes on two cores."""

MISTAKEN = Path(__file__).with_name("mistaken.json")
"""Passages beside the right one, by name, that do not answer though plan 11 was sure that they do:
766 of 1,313, as judged by a language model; most others answer as well."""

TOKENS = 1_024
"""In a batch."""


def with_doubted(
    near_misses: Sequence[Item],
    read: Read,
    most: int = ENOUGH,
    is_near_miss: Callable[[Item], bool] = lambda _: False,
) -> list[Item]:
    """Return those of `most` that the reader doubts, and as many others.

    Among them are those that it is sure of, though `is_near_miss` knows that they are near misses.
    """
    rng = random.Random(7)  # noqa: S311 - a sample, not a secret
    drawn = rng.sample(near_misses, min(most, len(near_misses)))
    readings = read([as_asked(item, "near miss", WHOLE_WORDS) for item in drawn])
    pairs = list(zip(drawn, readings, strict=True))
    found = [
        item
        for item, told in pairs
        if told.best >= LOWEST and (told.best <= HIGHEST or is_near_miss(item))
    ]
    others = [item for item, told in pairs if told.best < LOWEST]
    return [*found, *others[: len(found)]]


def kept(source: str, near_misses: Sequence[Item], read: Read, folder: Path) -> list[Item]:
    """Return the same as before where a plan is taken up; a file in the folder notes them."""
    path = folder / f"{source}_near_misses.json"
    if not path.is_file():
        mistaken = frozenset(json.loads(MISTAKEN.read_text(encoding="utf-8")))
        drawn = with_doubted(
            near_misses,
            read,
            MOST_READ.get(source, ENOUGH),
            # the questions of our own stories are written so that no other passage answers them
            lambda item: source == "beside story" or _name(item) in mistaken,
        )
        names = [_name(item) for item in drawn]
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
