"""The reader as a torch module: MPNet's encoder with heads for start, end and no answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.functional import gelu, scaled_dot_product_attention

from index.models.encoding import NO_ANSWER, PAD

WORDS, POSITIONS = 30_527, 514
"""Rows of all-mpnet-base-v2's embeddings (its config.json)."""

BUCKETS, FARTHEST = 32, 128
"""Of relative positions: half of the buckets a direction, the last one from 128 tokens on."""

EPSILON = 1e-5
MASKED = -1e4

Tensor = Any  # torch is not typed well enough to say more


@dataclass(frozen=True, slots=True)
class Size:
    """Of an encoder; `inner` is the width of its feed-forward layers."""

    layers: int
    width: int
    heads: int
    inner: int


BASE = Size(layers=12, width=768, heads=12, inner=3072)
"""all-mpnet-base-v2's."""


class Layer(nn.Module):  # type: ignore[misc,unused-ignore]
    """One layer of the encoder; query, key and value are one matrix product."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        width = size.width
        self.heads = size.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, EPSILON)
        self.up = nn.Linear(width, size.inner)
        self.down = nn.Linear(size.inner, width)
        self.last_norm = nn.LayerNorm(width, EPSILON)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Return states of the same shape, (rows, tokens, width)."""
        rows, tokens, width = states.shape
        split = self.qkv(states).view(rows, tokens, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        mixed = scaled_dot_product_attention(query, key, value, attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(rows, tokens, width)
        states = self.norm(states + self.out(mixed))
        return self.last_norm(states + self.down(gelu(self.up(states))))


class TorchNetwork(nn.Module):  # type: ignore[misc,unused-ignore]
    """Scores every token as start and end of the answer, and the pair as answerable."""

    def __init__(self, size: Size = BASE) -> None:
        super().__init__()
        width = size.width
        self.words = nn.Embedding(WORDS, width)
        self.positions = nn.Embedding(POSITIONS, width)
        self.norm = nn.LayerNorm(width, EPSILON)
        self.distances = nn.Embedding(BUCKETS, size.heads)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.spans = nn.Linear(width, 2)
        self.answerable = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1))
        for head in (*self.spans.parameters(), *self.answerable.parameters()):
            nn.init.normal_(head, std=0.02 if head.dim() > 1 else 0.0)
        self.frozen_layers = 0
        self.buckets: Tensor
        self.register_buffer("buckets", _buckets(), persistent=False)

    def freeze(self, layers: int) -> None:
        """Leave embeddings and the lowest `layers` as they are; they then need no gradients."""
        self.frozen_layers = layers
        for part in (self.words, self.positions, self.norm, self.distances, *self.layers[:layers]):
            part.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return start and end logits, (rows, tokens) each, and answerable logits, (rows,).

        `ids` and `mask` are (rows, tokens) int64; `mask` is 1 where a token is no padding.
        """
        tokens = ids.shape[1]
        with torch.set_grad_enabled(torch.is_grad_enabled() and self.norm.weight.requires_grad):
            positions = mask.cumsum(1) * mask + PAD
            states = self.norm(self.words(ids) + self.positions(positions))
            places = torch.arange(tokens, device=ids.device)
            offsets = places[None, :] - places[:, None] + POSITIONS
            near = self.distances(self.buckets[offsets]).permute(2, 0, 1)
            hidden = (1.0 - mask[:, None, None, :].to(near.dtype)) * MASKED
            bias = near[None] + hidden
        for number, layer in enumerate(self.layers):
            if number < self.frozen_layers:
                with torch.no_grad():
                    states = layer(states, bias)
            else:
                states = layer(states, bias)
        starts, ends = self.spans(states).unbind(-1)
        return starts, ends, self.answerable(states[:, NO_ANSWER]).squeeze(-1)


def restored(weights: Mapping[str, Tensor]) -> TorchNetwork:
    """Return the network of all its weights, of the size that they have; ready for use."""
    size = Size(
        layers=sum(name.endswith(".last_norm.weight") for name in weights),
        width=weights["words.weight"].shape[1],
        heads=weights["distances.weight"].shape[1],
        inner=weights["layers.0.up.weight"].shape[0],
    )
    network = TorchNetwork(size)
    network.load_state_dict(weights)
    return network.eval()


def _buckets() -> Tensor:
    """Return the bucket of each offset (key less query), from -POSITIONS to POSITIONS.

    As in MPNet (Song et al. 2020) and T5: near offsets have their own, far ones share one on a
    logarithmic scale.
    """
    half, exact = BUCKETS // 2, BUCKETS // 4
    found = []
    for offset in range(-POSITIONS, POSITIONS + 1):
        distance = abs(offset)
        if distance >= exact:
            scale = math.log(distance / exact) / math.log(FARTHEST / exact)
            distance = min(half - 1, exact + int(scale * (half - exact)))
        found.append(distance + (half if offset > 0 else 0))
    return torch.tensor(found)
