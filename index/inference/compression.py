"""Weights of a converted model as int8, so that the CPU may multiply in int8."""

from __future__ import annotations

from typing import Any

import numpy as np

from index.inference.runtime import op, openvino

LEVELS = 127
"""Weights are whole numbers from -127 to 127 times the scale of their output."""

MIN_WIDTH = 64
"""Smaller matrices stay: OpenVINO 2026.4 computes one with a single output wrongly."""


def compress(model: openvino.Model) -> None:
    """Put int8 constants with a scale for each output in place of a model's matrices.

    OpenVINO's CPU plugin knows the pattern: where the CPU has the instructions (VNNI) it rounds
    the activations as well, in groups (`DYNAMIC_QUANTIZATION_GROUP_SIZE`), else it expands the
    weights when it compiles.
    """
    for node in model.get_ordered_ops():
        if node.get_type_name() != "MatMul":
            continue
        matrix = _constant(node.input(1).get_source_output().get_node())
        if matrix is not None and min(matrix.shape) >= MIN_WIDTH:
            outputs_first = node.get_attributes()["transpose_b"]
            node.input(1).replace_source_output(_compressed(matrix, axis=int(outputs_first)))


def _constant(node: Any) -> Any:
    """The values behind a node, None where they depend on the input."""
    while node.get_type_name() == "Convert":
        node = node.input(0).get_source_output().get_node()
    return node.get_data() if node.get_type_name() == "Constant" else None


def _compressed(matrix: Any, *, axis: int) -> Any:
    wide = np.asarray(matrix, dtype=np.float32)
    scale = np.abs(wide).max(axis=axis, keepdims=True) / LEVELS
    scale[scale == 0] = 1.0
    whole = op.convert(op.constant(np.rint(wide / scale).astype(np.int8)), "f16")
    scaled = op.multiply(whole, op.constant(scale.astype(np.float16)))
    return op.convert(scaled, "f32").output(0)
