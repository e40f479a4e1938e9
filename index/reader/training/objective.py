"""What training makes small."""

from __future__ import annotations

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from index.reader.encoding import NO_ANSWER
from index.reader.network import Network, Tensor
from index.reader.training.batches import Batch


def loss(network: Network, batch: Batch) -> Tensor:
    """Cross entropy of start and end over the passage and [CLS], plus that of answerable."""
    ids, types, mask = (torch.from_numpy(a) for a in (batch.ids, batch.types, batch.mask))
    device = next(network.parameters()).device
    with torch.autocast(device.type, torch.bfloat16):
        starts, ends, answerable = network(ids.to(device), types.to(device), mask.to(device))
    outside = ~torch.from_numpy(batch.passage).to(device)
    start, end = (torch.from_numpy(a).to(device) for a in (batch.starts, batch.ends))
    found = (start != NO_ANSWER).float()
    return (
        cross_entropy(starts.float().masked_fill(outside, -1e4), start)
        + cross_entropy(ends.float().masked_fill(outside, -1e4), end)
    ) / 2 + binary_cross_entropy_with_logits(answerable.float(), found)
