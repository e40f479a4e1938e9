"""What the reader has learned so far, on questions of the tune part with their own paragraph."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from index.lab.evaluation.metrics import area_under_curve
from index.lab.training.batches import Batch, batches
from index.lab.training.examples import Item, as_asked
from index.models.encoding import NO_ANSWER, PairEncoder
from index.models.network import Network

QUESTIONS = 400
"""Of each kind, drawn once."""

TOKENS = 8192


class Measured:
    """A fixed set of examples."""

    def __init__(self, items: Sequence[Item], seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311
        kinds = ([i for i in items if i.answers], [i for i in items if not i.answers])
        drawn = [rng.sample(kind, min(QUESTIONS, len(kind))) for kind in kinds]
        self._examples = [as_asked(item, rng) for kind in drawn for item in kind]

    def measure(self, network: Network, encoder: PairEncoder, device: str) -> dict[str, float]:
        """Return exact span accuracy of answerable questions and the adversarial AUCs."""
        network.eval()
        found = [
            _read(network, batch, device)
            for batch in batches(
                self._examples,
                encoder,
                tokens=TOKENS,
                rng=random.Random(0),  # noqa: S311
            )
        ]
        exact, margins, answerable, labels = (
            np.concatenate(part) for part in zip(*found, strict=True)
        )
        yes = labels == 1
        aucs = {"auc_span": margins, "auc_head": answerable, "auc_both": margins / 2 + answerable}
        return {
            "exact": round(float(exact[yes].mean()), 4),
            **{
                name: round(area_under_curve(score[yes], score[~yes]), 4) if (~yes).any() else 0.0
                for name, score in aucs.items()
            },
        }


def _read(network: Network, batch: Batch, device: str) -> tuple[NDArray[Any], ...]:
    with torch.no_grad(), torch.autocast(device, torch.bfloat16):
        outputs = network(
            *(torch.from_numpy(a).to(device) for a in (batch.ids, batch.types, batch.mask))
        )
    starts, ends, answerable = (output.float().cpu().numpy() for output in outputs)
    none = starts[:, NO_ANSWER] + ends[:, NO_ANSWER]
    inside = batch.passage.copy()
    inside[:, NO_ANSWER] = False
    starts = np.where(inside, starts, -np.inf)
    ends = np.where(inside, ends, -np.inf)
    best_start, best_end = starts.argmax(1), ends.argmax(1)
    margin = starts.max(1) + ends.max(1) - none
    exact = (best_start == batch.starts) & (best_end == batch.ends)
    return exact, margin, answerable, (batch.starts != NO_ANSWER).astype(float)
