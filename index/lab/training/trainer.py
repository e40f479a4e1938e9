"""The training loop, and its result as the file that ships."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.lab.training.batches import batches, loss
from index.lab.training.measure import Measured
from index.lab.training.mining import Tell
from index.lab.training.mixture import Mixture
from index.models import weights
from index.models.encoding import PairEncoder
from index.models.network import FROZEN, Network
from index.models.packaged import digest

ROUND_EXAMPLES = 4096
"""Between two checkpoints; on 2 cores about 3 minutes."""

PEAK_RATE = 1e-4

WARM_UP = 0.04
"""Of all examples: until the learning rate is at its peak. Then it falls to 0 in a line."""

BETAS = (0.9, 0.98)

WEIGHT_DECAY = 0.01

MAX_GRADIENT = 1.0

LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train. `tokens` is a batch's size; `device` as torch names it."""

    rounds: int
    tokens: int
    seed: int
    device: str
    attention: str


class Trainer:
    """Trains a reader round by round."""

    def __init__(self, network: Network, plan: Plan, work: Path, tell: Tell) -> None:
        """Take up the checkpoint in `work`, where there is one; `tell` gets lines of progress."""
        self._tell = tell
        self._plan = plan
        self._work = work
        self._network = network.to(plan.device)
        weights = [p for p in network.parameters() if p.requires_grad]
        self._weights = weights
        self._optimizer = torch.optim.AdamW(
            weights, lr=PEAK_RATE, betas=BETAS, weight_decay=WEIGHT_DECAY, fused=True
        )
        self._encoder = PairEncoder()
        self._round = 0
        self._load()

    def run(self, mixture: Mixture, measured: Measured) -> None:
        """Train to the end of the plan; the curve goes to `curve.jsonl`."""
        for number in range(self._round, self._plan.rounds):
            began = time.perf_counter()
            mean, tokens = self._train(mixture, number)
            seconds = time.perf_counter() - began
            line = {
                "examples": (number + 1) * ROUND_EXAMPLES,
                "loss": round(mean, 4),
                "tokens_per_second": round(tokens / seconds),
                **measured.measure(self._network, self._encoder, self._plan.device),
            }
            self._save(number + 1, line)
            self._tell(f"round {number + 1} of {self._plan.rounds}: {json.dumps(line)}")

    def _train(self, mixture: Mixture, number: int) -> tuple[float, int]:
        """One round; return its mean loss and how many tokens it read."""
        self._network.train()
        rng = random.Random(f"{self._plan.seed}:{number}:batches")  # noqa: S311
        examples = mixture.draw(number, ROUND_EXAMPLES)
        drawn = list(batches(examples, self._encoder, tokens=self._plan.tokens, rng=rng))
        total, tokens = 0.0, 0
        for step, batch in enumerate(drawn):
            self._set_rate((number + step / len(drawn)) / self._plan.rounds)
            value = loss(self._network, batch)
            value.backward()
            torch.nn.utils.clip_grad_norm_(self._weights, MAX_GRADIENT)
            self._optimizer.step()
            self._optimizer.zero_grad(set_to_none=True)
            total += float(value.detach())
            tokens += batch.tokens
            if step % LOG_EVERY == LOG_EVERY - 1:
                self._tell(f"round {number + 1}, batch {step + 1} of {len(drawn)}")
        return total / len(drawn), tokens

    def _set_rate(self, done: float) -> None:
        """Set the learning rate for a share (0 to 1) of the plan."""
        rate = PEAK_RATE * min(done / WARM_UP, (1 - done) / (1 - WARM_UP))
        for group in self._optimizer.param_groups:
            group["lr"] = rate

    def _save(self, number: int, line: dict[str, Any]) -> None:
        state = {
            "round": number,
            "network": self._network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        partial = self._work / "checkpoint.partial"
        torch.save(state, partial)
        partial.replace(self._work / "checkpoint.pt")
        with (self._work / "curve.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")

    def _load(self) -> None:
        checkpoint = self._work / "checkpoint.pt"
        if checkpoint.is_file():
            state = torch.load(checkpoint, map_location=self._plan.device, weights_only=True)
            self._network.load_state_dict(state["network"])
            self._optimizer.load_state_dict(state["optimizer"])
            self._round = state["round"]
            self._tell(f"going on after round {self._round}")


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
