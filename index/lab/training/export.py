"""`python -m index.lab.training.export DATA CHECKPOINT --encoder FOLDER`: write what ships.

CHECKPOINT is one of the trainer's files; what it lacks (frozen parts) is taken from the encoder.
Questions of DATA's train part show what the matrices are multiplied with.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from index.lab.training.batches import RowEncoder
from index.lab.training.examples import WHOLE_WORDS, Example, as_asked, load
from index.lab.training.measure import network_reader
from index.lab.training.networks import merged
from index.models import weights
from index.models.network import Network, Tensor
from index.models.packaged import digest
from index.models.weights import Floats

BITS = {"words": 6, "qkv": 6, "out": 6, "up": 6, "down": 6}
"""Of each matrix by the last part of its name; the others have OTHER_BITS."""

OTHER_BITS = 8

ASKED = 200
"""Questions that are read to see what the matrices are multiplied with: some 26,000 tokens."""


def main() -> None:
    """Export a checkpoint."""
    parser = argparse.ArgumentParser(
        prog="python -m index.lab.training.export", description=__doc__
    )
    parser.add_argument("data", type=Path, help="folder with files in SQuAD's form")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=Path("build/reader"), help="folder")
    given = parser.parse_args()
    network = merged(given.checkpoint, given.encoder)
    export(network, given.checkpoint.name, given.to, asked(given.data))


def asked(data: Path) -> list[Example]:
    """Return ASKED questions with their passages, always the same."""
    items = load(data / "natural_news.json", "train")
    drawn = random.Random(1).sample(items, min(ASKED, len(items)))  # noqa: S311 - no secret
    return [as_asked(item, "natural", WHOLE_WORDS) for item in drawn]


def moments(network: Network, examples: Sequence[Example]) -> dict[str, Floats]:
    """Return for each layer's matrices the sum of the outer products of their inputs."""
    found: dict[str, Tensor] = {}

    def add(name: str, inputs: Tensor) -> None:
        rows = inputs.reshape(-1, inputs.shape[-1])
        found[name] = found.get(name, 0) + rows.T @ rows

    hooks = [
        module.register_forward_hook(lambda _, given, __, name=name: add(f"{name}.weight", *given))
        for name, module in network.named_modules()
        if name.split(".")[-1] in BITS and isinstance(module, torch.nn.Linear)
    ]
    network_reader(network, RowEncoder())(examples)
    for hook in hooks:
        hook.remove()
    return {name: tensor.numpy() for name, tensor in found.items()}


def export(network: Network, source: str, folder: Path, examples: Sequence[Example]) -> Path:
    """Write the weights and their hashes; print size, hash and the largest errors.

    They are rounded so that what the layers make of `examples` changes little.
    """
    path = folder / weights.WEIGHTS.name
    arrays = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    bits = {
        name: BITS.get(name.split(".")[-2], OTHER_BITS)
        for name, array in arrays.items()
        if array.ndim == 2 and array.shape[1] % weights.GROUP == 0
    }
    about = {"from": source, "group": str(weights.GROUP)}
    errors = weights.save(arrays, bits, path, about, moments(network, examples))
    path.chmod(0o644)  # safetensors writes it for its owner alone
    lines = (f"{digest(file)}  {file.name}\n" for file in (path, weights.TOKENIZER))
    (folder / weights.SHA256.name).write_text("".join(lines))
    worst = sorted(errors.items(), key=lambda pair: -pair[1])[:5]
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, sha256 {digest(path)}")
    print("largest relative errors:", ", ".join(f"{name} {error:.4f}" for name, error in worst))
    return path


if __name__ == "__main__":
    main()
