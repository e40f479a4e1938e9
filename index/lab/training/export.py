"""`python -m index.lab.training.export CHECKPOINT... --encoder FOLDER`: write what ships.

CHECKPOINT is one of the trainer's files, of several their mean; what it lacks (frozen parts) is
taken from the encoder, or from the file that training began with.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from index.lab.training.networks import begun, restarted
from index.lab.training.rounding import BITS, starting_scales
from index.models import weights
from index.models.network import TorchNetwork
from index.models.packaged import digest
from index.models.weights import Scales

OTHER_BITS = 8
"""Of a matrix that is not among the large ones."""


def main() -> None:
    """Export a checkpoint, or the mean of several."""
    parser = argparse.ArgumentParser(
        prog="python -m index.lab.training.export", description=__doc__
    )
    parser.add_argument("checkpoints", type=Path, nargs="+", help="of several, their mean")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="what training began with, if not the encoder")
    parser.add_argument("--to", type=Path, default=Path("build/reader"), help="folder")
    given = parser.parse_args()
    network = begun(given.start, given.encoder)
    scales = starting_scales(network, given.start)
    names = " and ".join(path.name for path in given.checkpoints)
    export(restarted(network, *given.checkpoints), names, given.to, scales)


def export(network: TorchNetwork, source: str, folder: Path, scales: Mapping[str, Scales]) -> Path:
    """Write the weights and their hashes; print size, hash and the largest errors.

    The large matrices are rounded to the levels of `scales`.
    """
    path = folder / weights.WEIGHTS.name
    arrays = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    bits = {
        name: BITS.get(name.split(".")[-2], OTHER_BITS)
        for name, array in arrays.items()
        if array.ndim == 2 and array.shape[1] % weights.GROUP == 0
    }
    about = {"from": source, "group": str(weights.GROUP)}
    errors = weights.save(arrays, bits, path, about, scales)
    path.chmod(0o644)  # safetensors writes it for its owner alone
    lines = (f"{digest(file)}  {file.name}\n" for file in (path, weights.TOKENIZER))
    (folder / weights.SHA256.name).write_text("".join(lines))
    worst = sorted(errors.items(), key=lambda pair: -pair[1])[:5]
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, sha256 {digest(path)}")
    print("largest relative errors:", ", ".join(f"{name} {error:.4f}" for name, error in worst))
    return path


if __name__ == "__main__":
    main()
