"""Models to OpenVINO's format: `-m index.models.convert KIND levels|floats SOURCE TARGET`.

KIND is embedder or reader.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openvino
import torch
from openvino import opset13 as op

from index.models.network import restored
from index.models.weights import (
    GROUP,
    Levels,
    Scales,
    best_scales,
    load,
    load_levels,
    rounded,
)


class Pooled(torch.nn.Module):  # type: ignore[misc,unused-ignore]
    """A sentence encoder with mean pooling and normalisation inside."""

    def __init__(self, source: Path) -> None:
        """Load the encoder in a folder."""
        from transformers import AutoModel, logging

        super().__init__()
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self.encoder = AutoModel.from_pretrained(
            source, attn_implementation="eager", local_files_only=True
        )

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        """Return (rows, width) vectors of length 1; both arguments are (rows, tokens) int64."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=1)


def traced(network: torch.nn.Module, inputs: Sequence[str]) -> openvino.Model:
    """Return the graph of a network that takes `inputs`, (rows, tokens) each."""
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in inputs}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # tracing warns of branches that no input of ours takes
        return openvino.convert_model(network.eval(), example_input=example)


HEAD = "answerable."

EMBEDDER_BITS = 8
"""Of 1,500 questions of natural_news's passages .834 have theirs among the nearest 8 (bf16: .833),
.530 as the nearest (.531)."""

TAKEN = {"MatMul": 1, "Gather": 0}
"""Operations whose input of that number may be a matrix of few bits."""


def keep_levels(model: openvino.Model, levels: Mapping[str, tuple[Levels, Scales]]) -> None:
    """Put 8-bit levels, multiplied by their scales, in the place of the matrices they stand for.

    OpenVINO then keeps them so, and computes with 8-bit integers where the CPU can.
    """
    for node in model.get_ops():
        place = TAKEN.get(node.get_type_name())
        if place is None:
            continue
        matrix = node.input_value(place).get_node()
        name = matrix.get_friendly_name().removeprefix("self.")
        if name in levels:
            whole, scales = levels[name]
            grouped = op.constant(whole.reshape(*scales.shape, GROUP))
            floats = op.convert(grouped, "f16")
            wide = op.multiply(floats, op.constant(scales[..., None]))
            shape = op.constant(np.array(matrix.get_output_shape(0), np.int64))
            back = op.convert(op.reshape(wide, shape, special_zero=False), "f32")
            node.input(place).replace_source_output(back.output(0))


def rounded_layers(network: torch.nn.Module) -> dict[str, tuple[Levels, Scales]]:
    """Return the levels and scales of 8 bits of the matrices in a network's layers, by name."""
    found = {}
    for name, weights in network.state_dict().items():
        if ".layer." in name and weights.dim() == 2:
            array = weights.numpy()
            scales = best_scales(array, EMBEDDER_BITS)
            found[name] = rounded(array, EMBEDDER_BITS, scales), scales
    return found


def main(kind: str, stored: str, source: Path, target: Path) -> None:
    """Convert the packaged embedder in a folder, or the reader's weights in a file."""
    network: torch.nn.Module
    if kind == "embedder":
        network, inputs = Pooled(source), ("input_ids", "attention_mask")
    else:
        weights = load(source).items()
        network = restored({name: torch.from_numpy(array) for name, array in weights})
        inputs = ("ids", "mask")
    model = traced(network, inputs)
    if stored == "levels":
        found = rounded_layers(network) if kind == "embedder" else load_levels(source)
        # Not the head's: of a single row OpenVINO 2026.4 at times computes nothing.
        keep_levels(model, {n: one for n, one in found.items() if not n.startswith(HEAD)})
    openvino.save_model(model, target, compress_to_fp16=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
