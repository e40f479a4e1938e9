"""Models to OpenVINO's format: `-m index.models.convert embedder|reader SOURCE TARGET`."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openvino
import torch

from index.models.network import restored
from index.models.weights import load


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


def write(network: torch.nn.Module, inputs: Sequence[str], target: Path) -> None:
    """Write a network that takes `inputs`, (rows, tokens) each; its weights as float16."""
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in inputs}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # tracing warns of branches that no input of ours takes
        model = openvino.convert_model(network.eval(), example_input=example)
    openvino.save_model(model, target, compress_to_fp16=True)


def main(kind: str, source: Path, target: Path) -> None:
    """Convert the packaged embedder in a folder, or the reader's weights in a file."""
    if kind == "embedder":
        write(Pooled(source), ("input_ids", "attention_mask"), target)
    else:
        arrays = load(source)
        network = restored({name: torch.from_numpy(array) for name, array in arrays.items()})
        write(network, ("ids", "mask"), target)


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
