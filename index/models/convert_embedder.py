"""The packaged model to OpenVINO's format: `-m index.models.convert_embedder SOURCE TARGET`."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

import openvino
import torch
from transformers import AutoModel, logging


def main(source: Path, target: Path) -> None:
    """Write the encoder with mean pooling and normalisation inside, weights as fp16."""
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    encoder = AutoModel.from_pretrained(source, attn_implementation="eager", local_files_only=True)

    class Pooled(torch.nn.Module):  # type: ignore[misc,unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder.eval()

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    example = {
        "input_ids": torch.ones((2, 8), dtype=torch.int64),
        "attention_mask": torch.ones((2, 8), dtype=torch.int64),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of branches that no input of ours takes
        model = openvino.convert_model(Pooled().eval(), example_input=example)
    openvino.save_model(model, target, compress_to_fp16=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
