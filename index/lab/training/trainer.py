"""The training loop: sized by the clock or by tokens, with checkpoints, and taken up from them."""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from index.lab.training.batches import Batch, ExampleEncoder, batches
from index.lab.training.mixture import Mixture
from index.lab.training.rounding import Rounding
from index.models.encoding import NO_ANSWER
from index.models.network import MASKED, Tensor, TorchNetwork
from index.models.weights import Scales

WARM_UP = 0.06
"""Share of the plan until the rate is at its peak. Then it falls to 0 in a line."""

HEADS_FACTOR = 5.0
"""The heads start from nothing, so they learn so much faster than the encoder."""

WITHIN_WEIGHT = 0.5
"""Of the loss that asks only for the right sentence."""

BETAS = (0.9, 0.98)
WEIGHT_DECAY = 0.01
MAX_GRADIENT = 1.0
BEST = "best.pt"
"""The weights that measured best, rounded."""

LOG_EVERY = 10
CHECKPOINT_SECONDS = 600.0
KEPT_CHECKPOINTS = 2
SMOOTHING = 0.95
"""Of the loss that is printed: it is a mean of about the last 20 batches."""

Measure = Callable[[], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train: until `deadline` (seconds since 1970), else for `tokens` tokens.

    By the clock the rate falls to 0 at the deadline, however fast the machine turns out to be.
    """

    deadline: float | None
    tokens: int
    batch_tokens: int
    peak_rate: float
    frozen_layers: int
    measure_seconds: float
    seed: int
    device: str = "cpu"
    bf16: bool = False


@dataclass(slots=True)
class TrainingState:
    """How far training is. `done` is the share of the plan, 0 to 1."""

    round: int = 0
    batch: int = 0
    step: int = 0
    tokens: int = 0
    examples: int = 0
    seconds: float = 0.0
    done: float = 0.0
    loss: float = 0.0
    best: float = 0.0


class Trainer:
    """Trains a network; files go to `work`."""

    def __init__(
        self,
        network: TorchNetwork,
        scales: Mapping[str, Scales],
        encoder: ExampleEncoder,
        plan: Plan,
        work: Path,
        measure: Measure,
    ) -> None:
        """Take up the last checkpoint in `work`, where there is one."""
        self._plan = plan
        self._work = work
        self._encoder = encoder
        self._measure = measure
        self._network = network.to(plan.device)
        network.freeze(plan.frozen_layers)
        network.words.requires_grad_(False)
        self._rounding = Rounding(network, scales)
        self._weights = [p for p in network.parameters() if p.requires_grad]
        heads = {id(p) for part in (network.spans, network.answerable) for p in part.parameters()}
        groups = [
            {"params": [p for p in self._weights if (id(p) in heads) == of_heads], "factor": factor}
            for of_heads, factor in ((False, 1.0), (True, HEADS_FACTOR))
        ]
        self._optimizer = torch.optim.AdamW(
            groups, lr=plan.peak_rate, betas=BETAS, weight_decay=WEIGHT_DECAY, fused=True
        )
        self._place = TrainingState()
        self._stopped = False
        self._load()
        self._saved = self._measured = time.monotonic()

    def run(self, mixture: Mixture) -> bool:
        """Train to the end of the plan, measured there, or to a SIGTERM; write a checkpoint.

        Returns whether the plan was done.
        """
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "_stopped", True))
        self._network.train()
        while self._place.done < 1.0 and not self._stopped:
            rng = random.Random(f"{self._plan.seed}:{self._place.round}:batches")  # noqa: S311
            rows = self._encoder.encode(mixture.draw(self._place.round))
            drawn = list(batches(rows, self._plan.batch_tokens, rng))
            for batch in drawn[self._place.batch :]:
                self._step(batch)
                if time.monotonic() - self._measured > self._plan.measure_seconds:
                    self._note()
                if time.monotonic() - self._saved > CHECKPOINT_SECONDS:
                    self._save()
                if self._place.done >= 1.0 or self._stopped:
                    break
            else:
                self._place.round += 1
                self._place.batch = 0
        self._save()
        if self._stopped:
            return False
        self._note()
        return True

    def _step(self, batch: Batch) -> None:
        began, place = time.monotonic(), self._place
        rate = self._plan.peak_rate * min(place.done / WARM_UP, (1 - place.done) / (1 - WARM_UP))
        for group in self._optimizer.param_groups:
            group["lr"] = max(rate, 1e-7) * group["factor"]
        with self._rounding.applied():
            value = loss(self._network, batch, bf16=self._plan.bf16)
            value.backward()
        torch.nn.utils.clip_grad_norm_(self._weights, MAX_GRADIENT)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        found = float(value.detach())
        place.loss = SMOOTHING * place.loss + (1 - SMOOTHING) * found if place.step else found
        seconds = time.monotonic() - began
        place.step += 1
        place.batch += 1
        place.tokens += batch.tokens
        place.examples += len(batch.rows)
        place.seconds += seconds
        place.done = min(1.0, place.done + self._share(batch.tokens, seconds))
        if place.step % LOG_EVERY == 0:
            self._print(
                f"step {place.step} done {place.done:.3f} tokens {place.tokens} "
                f"loss {place.loss:.3f} rate {rate:.1e} {batch.tokens / seconds:.0f} tokens/s"
            )

    def _share(self, tokens: int, seconds: float) -> float:
        """Return how much of the plan a step was."""
        if self._plan.deadline is None:
            return tokens / self._plan.tokens
        left = self._plan.deadline - time.time() + seconds
        return 1.0 if left <= seconds else (1.0 - self._place.done) * seconds / left

    def _note(self) -> None:
        """Measure, append to the curve, and keep the weights where they are the best so far."""
        with self._rounding.applied():
            figures = self._measure()
            natural: Any = figures["natural"]
            score = float(natural["auc_both"]) + float(natural["right_sentence"])
            if score > self._place.best:
                self._place.best = score
                torch.save(self._network.state_dict(), self._work / "best.partial")
                (self._work / "best.partial").replace(self._work / BEST)
        line = {"at": time.strftime("%H:%M:%S"), **self._means(), **figures}
        with (self._work / "curve.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
        self._print(f"measured: {json.dumps(figures)}")
        self._measured = time.monotonic()

    def _means(self) -> dict[str, float]:
        place = self._place
        return {
            "step": place.step,
            "examples": place.examples,
            "tokens": place.tokens,
            "tokens_per_second": round(place.tokens / max(place.seconds, 1e-9), 1),
            "done": round(place.done, 4),
            "loss": round(place.loss, 4),
        }

    def _save(self) -> None:
        place = {name: getattr(self._place, name) for name in TrainingState.__slots__}
        trained = {n: p for n, p in self._network.named_parameters() if p.requires_grad}
        state = {"place": place, "network": trained, "optimizer": self._optimizer.state_dict()}
        partial = self._work / "checkpoint.partial"
        torch.save(state, partial)
        partial.replace(self._work / f"checkpoint-{self._place.step:06}.pt")
        for old in self._checkpoints()[:-KEPT_CHECKPOINTS]:
            old.unlink()
        self._saved = time.monotonic()

    def _load(self) -> None:
        """Take up the last checkpoint; if fewer layers are frozen now, their moments start anew."""
        if not (found := self._checkpoints()):
            return
        state = torch.load(found[-1], map_location=self._plan.device, weights_only=True)
        self._network.load_state_dict(state["network"], strict=False)
        self._place = TrainingState(**state["place"])
        if len(state["network"]) == len(self._weights):
            self._optimizer.load_state_dict(state["optimizer"])
        self._print(f"going on from {found[-1].name}")

    def _checkpoints(self) -> list[Path]:
        return sorted(self._work.glob("checkpoint-*.pt"))

    def _print(self, line: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def loss(network: TorchNetwork, batch: Batch, *, bf16: bool) -> Tensor:
    """Return the mean loss of a batch.

    That is the negative log of the probability of all right starts and ends (Clark and Gardner
    2018: any of several places may be right), half of that of the sentences they stand in, and
    the cross entropy of answerable. `bf16` computes in that, for accelerators and CPUs with AMX.
    """
    device = next(network.parameters()).device
    ids, mask, open_, starts, ends, within = (
        torch.from_numpy(a).to(device)
        for a in (batch.ids, batch.mask, batch.open, batch.starts, batch.ends, batch.within)
    )
    with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
        start_logits, end_logits, answerable = network(ids, mask)
    start_logs, end_logs = (
        logits.float().masked_fill(~open_, MASKED).log_softmax(-1)
        for logits in (start_logits, end_logits)
    )
    exact = _total(start_logs, starts) + _total(end_logs, ends)
    rough = _total(start_logs, within) + _total(end_logs, within)
    found = (~starts[:, NO_ANSWER]).float()
    return -(exact + WITHIN_WEIGHT * rough).mean() / 2 + binary_cross_entropy_with_logits(
        answerable.float(), found
    )


def _total(logs: Tensor, right: Tensor) -> Tensor:
    return logs.masked_fill(~right, MASKED).logsumexp(-1)
