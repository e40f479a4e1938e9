"""Training's result as the file that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from index.inference.packaged import digest
from index.reader import weights
from index.reader.network import FROZEN, Network


def export(network: Network, about: dict[str, str], folder: Path) -> Path:
    """Write weights and their hash into `folder`; return the weights' path."""
    arrays = {
        name: tensor.detach().float().cpu().numpy().astype(np.float32)
        for name, tensor in network.state_dict().items()
        if name not in FROZEN and torch.is_floating_point(tensor)
    }
    path = folder / weights.WEIGHTS.name
    weights.save(arrays, path, about)
    (folder / weights.SHA256.name).write_text(digest(path) + "\n")
    return path
