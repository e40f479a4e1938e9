"""A converted model, compiled by OpenVINO for the CPU that is there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino.passes import ConstantFolding, Manager

from index.models.weights import GROUP

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


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to compute; `whole` turns 8-bit levels into floats when the model is loaded."""

    precision: str
    whole: bool

    def compile(self, core: openvino.Core, path: Path, streams: int) -> openvino.CompiledModel:
        """Compile, and compute once: what a CPU lacks may show only then. Raises RuntimeError."""
        model = core.read_model(path)
        if self.whole:
            passes = Manager()
            passes.register_pass(ConstantFolding())
            passes.run_passes(model)
        config = {
            "INFERENCE_PRECISION_HINT": self.precision,
            "NUM_STREAMS": streams,
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0 if self.whole else GROUP,
        }
        compiled = core.compile_model(model, "CPU", config)
        compiled({port: _ones(port) for port in compiled.inputs})
        return compiled


def _compiled(path: Path, streams: int) -> tuple[str, openvino.CompiledModel]:
    """Compile in the first form that the CPU can compute; return its precision as well.

    Four passages took 246 ms with 8-bit levels, 315 in bf16 alone (266 and 647 in fp32). A CPU that
    may use AVX2 alone fails with the levels.
    """
    core = openvino.Core()
    forms = [_Form("f32", whole=False), _Form("f32", whole=True)]
    if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        forms.insert(0, _Form("bf16", whole=False))
    for form in forms[:-1]:
        # ONEDNN_MAX_CPU_ISA can forbid what the CPU is said to be capable of.
        with suppress(RuntimeError):
            return form.precision, form.compile(core, path, streams)
    return forms[-1].precision, forms[-1].compile(core, path, streams)


def _ones(port: Any) -> NDArray[Any]:
    shape = [LENGTH_STEP if size.is_dynamic else size.get_length() for size in port.partial_shape]
    return np.ones(shape, port.element_type.to_dtype())


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
