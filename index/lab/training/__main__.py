"""`python -m index.lab.training DATA --encoder FOLDER`: train, from the last checkpoint if any.

At the end the best weights are exported (`index.lab.training.export`).

DATA is a folder of files in SQuAD's form; FOLDER holds all-mpnet-base-v2.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import torch

from index.lab.training.batches import ExampleEncoder
from index.lab.training.doubted import compiled_reader, kept
from index.lab.training.export import export
from index.lab.training.measure import measured, network_reader, samples
from index.lab.training.mixture import Mixture, sources
from index.lab.training.networks import begun, restarted
from index.lab.training.rounding import starting_scales
from index.lab.training.trainer import BEST, Plan, Trainer
from index.models import load_network
from index.models.packaged import digest

ENCODER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of all-mpnet-base-v2's model.safetensors, Apache 2.0."""

NATURAL, SQUAD = (110, 70), (50, 50)
"""Questions of the dev parts that are read while training: answerable, unanswerable."""


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(prog="python -m index.lab.training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with files in SQuAD's form")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--until", help="train until then, UTC: 2026-11-29T00:45")
    parser.add_argument("--tokens", type=int, default=8_000_000, help="in all, without --until")
    parser.add_argument("--batch", type=int, default=1536, help="tokens in a batch")
    parser.add_argument("--rate", type=float, default=6e-5, help="highest learning rate")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that are not trained")
    parser.add_argument("--measure-minutes", type=float, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--bf16", action="store_true", help="for accelerators and CPUs with AMX")
    parser.add_argument(
        "--start", type=Path, help="begin a new plan with a checkpoint or .safetensors"
    )
    given = parser.parse_args()
    found = digest(given.encoder / "model.safetensors")
    if found != ENCODER_SHA256:
        raise SystemExit(f"{given.encoder}: sha256 {found}, not {ENCODER_SHA256}")
    given.work.mkdir(parents=True, exist_ok=True)
    deadline = None
    if given.until:
        deadline = datetime.fromisoformat(given.until).replace(tzinfo=UTC).timestamp()
    plan = Plan(
        deadline,
        given.tokens,
        given.batch,
        given.rate,
        given.frozen,
        given.measure_minutes * 60,
        given.seed,
        given.device,
        given.bf16,
    )
    torch.manual_seed(given.seed)
    network = begun(given.start, given.encoder)
    scales = starting_scales(network, given.start)
    encoder = ExampleEncoder()
    small = samples(given.data, NATURAL, SQUAD)
    read = network_reader(network, encoder, given.device, bf16=given.bf16)
    trainer = Trainer(network, scales, encoder, plan, given.work, lambda: measured(read, small))
    shipped = compiled_reader(load_network(given.work / "models"), encoder)
    drawn = sources(
        given.data, choose=lambda source, items: kept(source, items, shipped, given.work)
    )
    if trainer.run(Mixture(drawn, given.seed, read)):
        export(restarted(network, given.work / BEST), BEST, given.work, scales)


if __name__ == "__main__":
    main()
