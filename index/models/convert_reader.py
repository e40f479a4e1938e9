"""Shipped weights to OpenVINO's format: `-m index.models.convert_reader SOURCE WEIGHTS TARGET`."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import openvino
import torch

from index.models.conversion import compress
from index.models.network import Network
from index.models.weights import load


def main(source: Path, weights: Path, target: Path) -> None:
    """Put the trained weights onto the packaged encoder and write the whole."""
    network = Network(source, attention="eager")
    trained = {name: torch.from_numpy(array) for name, array in load(weights).items()}
    network.load_trained(trained)
    example = {
        name: torch.ones((2, 8), dtype=torch.int64)
        for name in ("input_ids", "token_type_ids", "attention_mask")
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of branches that no input of ours takes
        model = openvino.convert_model(network.eval(), example_input=example)
    openvino.save_model(model, target, compress_to_fp16=True)  # the word embeddings
    halved = openvino.Core().read_model(target)
    compress(halved)
    whole = target.with_name("whole.xml")
    openvino.save_model(halved, whole, compress_to_fp16=False)
    del halved  # it maps the file that is replaced now
    for suffix in (".xml", ".bin"):
        whole.with_suffix(suffix).replace(target.with_suffix(suffix))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
