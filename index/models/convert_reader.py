"""Shipped weights to OpenVINO's format: `-m index.models.convert_reader WEIGHTS TARGET`."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import openvino
import torch

from index.models.network import restored
from index.models.weights import load


def main(weights: Path, target: Path) -> None:
    """Write the network of the trained weights, as float16 on disk."""
    network = restored({name: torch.from_numpy(array) for name, array in load(weights).items()})
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in ("ids", "mask")}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # tracing warns of branches that no input of ours takes
        model = openvino.convert_model(network, example_input=example)
    openvino.save_model(model, target, compress_to_fp16=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
