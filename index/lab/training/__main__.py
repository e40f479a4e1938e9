"""`python -m index.reader.training DATA [--work FOLDER] [--rounds N]`: train, then write weights.

DATA is a folder of files in SQuAD's format. Interrupted training goes on from its checkpoint.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import torch

from index.lab.evaluation.data import Topic, of_part, read
from index.lab.training.examples import Item, items
from index.lab.training.measure import Measured
from index.lab.training.mining import Mined, mine
from index.lab.training.mixture import Mixture
from index.lab.training.trainer import ROUND_EXAMPLES, Plan, Trainer, export
from index.models import load_embedder, packaged, weights
from index.models.encoding import PairEncoder
from index.models.network import Network

MINED_QUESTIONS = 3000
"""Of each file; a search takes about 10 ms."""


def main() -> None:
    """Mine, train and export."""
    parser = argparse.ArgumentParser(prog="python -m index.reader.training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with files in SQuAD's format")
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--rounds", type=int, default=44, help="of 4,096 examples each")
    parser.add_argument("--tokens", type=int, default=4096, help="in a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    plan = Plan(given.rounds, given.tokens, given.seed, given.device, _attention(given.device))
    files = {path.stem: read(path) for path in sorted(given.data.glob("*.json"))}
    train = {name: of_part(topics, "train") for name, topics in files.items()}
    tune = [topic for topics in files.values() for topic in of_part(topics, "tune")]
    with_adversarial = [t for t in tune if not all(q.answerable for q in t.questions)]
    mixture = Mixture(_items(train), _mined(train, given.work, given.seed), given.seed)
    network = Network(packaged.verify(), attention=plan.attention)
    measured = Measured(items(with_adversarial or tune), given.seed)
    Trainer(network, plan, given.work, _tell).run(mixture, measured)
    about = {"examples": str(plan.rounds * ROUND_EXAMPLES), "seed": str(plan.seed)}
    path = export(network, about, given.work)
    _tell(f"written: {path}")
    encoder = PairEncoder()
    _tell(f"as trained: {measured.measure(network, encoder, plan.device)}")
    shipped = {name: torch.from_numpy(array) for name, array in weights.load(path).items()}
    network.load_trained(shipped)
    _tell(f"as shipped: {measured.measure(network, encoder, plan.device)}")


def _tell(line: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)  # noqa: DTZ005 - for whoever watches


def _attention(device: str) -> str:
    return "batched" if device == "cpu" else "sdpa"


def _items(files: dict[str, list[Topic]]) -> list[tuple[str, Sequence[Item]]]:
    return [(name, items(topics)) for name, topics in files.items()]


def _mined(files: dict[str, list[Topic]], work: Path, seed: int) -> Mined:
    """Mine once; the next run reads what was found."""
    kept = work / "mined.json"
    if not kept.is_file():
        embedder = load_embedder(None, work / "models")
        mined: Mined = {}
        for topics in files.values():
            mined |= mine(topics, embedder, work, _tell, count=MINED_QUESTIONS, seed=seed)
        kept.write_text(json.dumps(mined))
    return {q: tuple((h, p) for h, p in found) for q, found in json.loads(kept.read_text()).items()}


if __name__ == "__main__":
    main()
