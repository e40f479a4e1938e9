"""`python -m index.lab.training.measure DATA WEIGHTS --encoder FOLDER`: the reader alone.

WEIGHTS is a checkpoint or an exported file (.safetensors). Every question has its own passage, and
is of a dev part.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.lab.evaluation.metrics import area_under_curve
from index.lab.training.batches import Batch, ExampleEncoder, reader
from index.lab.training.examples import WHOLE_WORDS, Example, Item, Read, as_asked, load
from index.lab.training.mixture import PLAIN
from index.lab.training.networks import begun
from index.models.network import TorchNetwork
from index.models.reader import Floats, Reading

TOKENS = 4096
"""In a batch."""

WHOLE = 400
"""Words: SQuAD's paragraphs are read whole."""

FULL_NATURAL = (400, 250)
"""All of the dev part (391 and 213)."""

FULL_SQUAD = (200, 200)


@dataclass(frozen=True)
class Samples:
    """Questions of the dev parts; `kinds` of the natural ones by question and passage."""

    natural: Sequence[Example]
    plain: Sequence[Example]
    squad: Sequence[Example]


def samples(folder: Path, natural: tuple[int, int], squad: tuple[int, int]) -> Samples:
    """Draw so many answerable and unanswerable questions, always the same."""
    kinds = _kinds(folder / "natural_news.json")
    drawn = _drawn(load(folder / "natural_news.json", "dev"), natural)
    named = [
        as_asked(i, kinds.get((i.question, i.paragraph.text), "natural"), WHOLE_WORDS)
        for i in drawn
    ]
    plain = [as_asked(i, "plain", WHOLE_WORDS) for i in _drawn(load(PLAIN, "dev"), natural)]
    others = _drawn(load(folder / "squad2_dev_part.json", "dev"), squad)
    return Samples(named, plain, [as_asked(i, "squad", WHOLE) for i in others])


def measured(read: Read, given: Samples) -> dict[str, object]:
    """Return AUCs of answerable against unanswerable, and how often the right sentence is best.

    `auc_span` is by the best sentence's score, `auc_head` by the answerable head, `auc_both` by
    the score plus half of the head's.
    """
    figures: dict[str, object] = {}
    for name, examples in vars(given).items():
        readings = read(examples)
        right = [_right(e, r) for e, r in zip(examples, readings, strict=True)]
        has = np.array([bool(e.answers) for e in examples])
        best = np.array([r.best for r in readings])
        head = np.array([r.answerable for r in readings])
        figures[name] = {
            "questions": [int(has.sum()), int((~has).sum())],
            "auc_span": _auc(has, best),
            "auc_head": _auc(has, head),
            "auc_both": _auc(has, best + head / 2),
            "right_sentence": _share([r for r, h in zip(right, has, strict=True) if h]),
            "right_at_85": _right_at(0.85, has, best + head / 2, np.array(right)),
        }
        if name == "natural":
            figures["natural_by_kind"] = _by_kind(examples, right, best + head / 2, has)
    return figures


def network_reader(
    network: TorchNetwork, encoder: ExampleEncoder, device: str = "cpu", *, bf16: bool = False
) -> Read:
    """Return a reader of examples by a network, computed in bfloat16 where `bf16`."""

    def run(drawn: Sequence[Batch]) -> Iterator[Sequence[Floats]]:
        network.eval()
        for batch in drawn:
            ids, mask = (torch.from_numpy(a).to(device) for a in (batch.ids, batch.mask))
            with torch.inference_mode(), torch.autocast(device, torch.bfloat16, enabled=bf16):
                yield [outputs.float().cpu().numpy() for outputs in network(ids, mask)]
        network.train()

    return reader(run, encoder, TOKENS)


def _drawn(items: Sequence[Item], counts: tuple[int, int]) -> list[Item]:
    rng = random.Random(13)  # noqa: S311 - a sample, not a secret
    found: list[Item] = []
    for count, kind in zip(counts, (True, False), strict=True):
        of_kind = [item for item in items if bool(item.answers) == kind]
        rng.shuffle(of_kind)
        found += of_kind[:count]
    return found


def _right(example: Example, read: Reading) -> bool:
    best = max(range(len(read.sentences)), key=lambda n: read.sentences[n].score)
    span = example.sentences[best]
    return any(span.start < a.end and a.start < span.end for a in example.answers)


def _right_at(
    refused: float, has: NDArray[np.bool_], scores: NDArray[np.float64], right: NDArray[np.bool_]
) -> float:
    """Return the share of answerable ones answered rightly where `refused` of the others are."""
    threshold = np.quantile(scores[~has], refused)
    return round(float((right & (scores > threshold))[has].mean()), 4)


def _by_kind(
    examples: Sequence[Example],
    right: Sequence[bool],
    scores: NDArray[np.float64],
    has: NDArray[np.bool_],
) -> dict[str, object]:
    """By kind: how many, right sentence first, and right where 85 % of near misses are refused."""
    threshold = np.quantile(scores[~has], 0.85)
    found: Mapping[str, list[tuple[bool, bool]]] = defaultdict(list)
    for example, is_right, score in zip(examples, right, scores, strict=True):
        if example.answers:
            found[example.kind].append((is_right, is_right and bool(score > threshold)))
    return {
        kind: [len(of), _share([a for a, _ in of]), _share([b for _, b in of])]
        for kind, of in sorted(found.items())
    }


def _auc(has: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    return round(float(area_under_curve(scores[has], scores[~has])), 4)


def _share(of: Sequence[bool]) -> float:
    return round(sum(of) / max(1, len(of)), 4)


def _kinds(path: Path) -> dict[tuple[str, str], str]:
    return {
        (" ".join(q["question"].split()), p["context"]): q["kind"]
        for topic in json.loads(path.read_text(encoding="utf-8"))["data"]
        for p in topic["paragraphs"]
        for q in p["qas"]
    }


def main() -> None:
    """Print the figures as one line of JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m index.lab.training.measure", description=__doc__
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--natural", type=int, nargs=2, default=FULL_NATURAL)
    parser.add_argument("--squad", type=int, nargs=2, default=FULL_SQUAD)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    given = parser.parse_args()
    network = begun(given.weights, given.encoder)
    read = network_reader(network.to(given.device), ExampleEncoder(), given.device)
    drawn = samples(given.data, tuple(given.natural), tuple(given.squad))
    print(json.dumps({"weights": str(given.weights), **measured(read, drawn)}))


if __name__ == "__main__":
    main()
