"""Rounding in the loop: the loss and its gradients are those of the weights that will be stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import torch

from index.models import weights
from index.models.network import Tensor, TorchNetwork
from index.models.weights import Scales

BITS = {"words": 6, "qkv": 6, "out": 6, "up": 6, "down": 6}
"""Of each large matrix by the last part of its module's name."""


def starting_scales(network: TorchNetwork, start: Path | None = None) -> dict[str, Scales]:
    """Return the scales of the large matrices: an exported file's, else the best for `network`."""
    kept = weights.load_scales(start) if start and start.suffix == ".safetensors" else {}
    return {
        name: kept[name] if name in kept else weights.best_scales(tensor.numpy(), bits)
        for name, tensor in network.state_dict().items()
        if (bits := BITS.get(name.split(".")[-2], 0)) and tensor.ndim == 2
    }


class Rounding:
    """Rounds the trained matrices to the levels of fixed scales, and puts them back.

    Gradients pass as if nothing were rounded, the straight-through estimator (Bengio et al. 2013,
    https://arxiv.org/abs/1308.3432). Rounding after training alone undoes whatever moved by less
    than half a level, which is most where training began with rounded weights.
    """

    def __init__(self, network: TorchNetwork, scales: Mapping[str, Scales]) -> None:
        """Round for good what is not trained."""
        self._parts: list[tuple[Tensor, Tensor, int]] = []
        for name, parameter in network.named_parameters():
            if name not in scales:
                continue
            scale = torch.from_numpy(scales[name]).to(parameter).unsqueeze(-1)
            part = parameter, scale, weights.highest_level(BITS[name.split(".")[-2]])
            if parameter.requires_grad:
                self._parts.append(part)
            else:
                parameter.data = _rounded(*part)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Let the network compute with rounded weights; their gradients stay when it ends."""
        exact = [parameter.data for parameter, _, _ in self._parts]
        try:
            for part in self._parts:
                part[0].data = _rounded(*part)
            yield
        finally:
            for (parameter, _, _), data in zip(self._parts, exact, strict=True):
                parameter.data = data


def _rounded(parameter: Tensor, scale: Tensor, highest: int) -> Tensor:
    grouped = parameter.data.view(*scale.shape[:2], weights.GROUP)
    levels = (grouped / scale).round_().clamp_(-highest, highest)
    return levels.mul_(scale).view_as(parameter)
