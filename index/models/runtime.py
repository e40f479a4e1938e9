"""A converted model, compiled by OpenVINO for the CPU that is there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray

MAX_STREAMS = 4
"""Batches computed side by side, each on its share of the cores. On 2 cores two streams of four
rows give a fifth more passages per second than one stream of eight."""

Ints = NDArray[np.int64]

Outputs = list[NDArray[np.float32]]

LENGTH_STEP = 16
"""Rows are padded to a multiple of this. OpenVINO keeps what it compiled for each shape of input:
memory grew with every new length, by 460 MB over 1,200 batches; in steps by 110 MB, and no slower
(82 s, 76 s)."""


class Compiled:
    """One model and a request per stream: for one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.streams = min(os.cpu_count() or 1, MAX_STREAMS)
        self.precision, model = _compiled(path, self.streams)
        self._outputs = len(model.outputs)
        self._queue = openvino.AsyncInferQueue(model, self.streams)
        self._queue.set_callback(self._keep)

    def run(self, batches: Sequence[dict[str, Ints]]) -> list[Outputs]:
        """Return copies of all outputs of each batch."""
        found: list[Outputs] = [[] for _ in batches]
        for inputs, outputs in zip(batches, found, strict=True):
            self._queue.start_async(inputs, outputs)
        self._queue.wait_all()
        return found

    def _keep(self, request: Any, outputs: Outputs) -> None:
        tensors = (request.get_output_tensor(n) for n in range(self._outputs))
        outputs += [np.array(tensor.data, dtype=np.float32) for tensor in tensors]


def _compiled(path: Path, streams: int) -> tuple[str, openvino.CompiledModel]:
    """Compile in bf16 where the CPU can, else in fp32; return which it is."""
    core = openvino.Core()
    model = core.read_model(path)
    config = {"INFERENCE_PRECISION_HINT": "bf16", "NUM_STREAMS": streams}
    if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        # ONEDNN_MAX_CPU_ISA can forbid what the CPU is said to be capable of.
        with suppress(RuntimeError):
            return "bf16", core.compile_model(model, "CPU", config)
    return "f32", core.compile_model(model, "CPU", {**config, "INFERENCE_PRECISION_HINT": "f32"})


def padded(rows: Sequence[Sequence[int]], pad: int = 0) -> Ints:
    """Pad rows of different lengths to one array, `pad` where a row has ended."""
    longest = max(map(len, rows))
    array = np.full((len(rows), -(-longest // LENGTH_STEP) * LENGTH_STEP), pad, np.int64)
    for line, row in zip(array, rows, strict=True):
        line[: len(row)] = row
    return array


def split(rows: Sequence[Any], parts: int) -> list[Sequence[Any]]:
    """Cut rows into at most `parts` runs of about the same length."""
    size = -(-len(rows) // parts)
    return [rows[start : start + size] for start in range(0, len(rows), size)]
