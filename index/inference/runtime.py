"""OpenVINO without openvino_telemetry, which tells Google of every import unless told not to.

OpenVINO does without that package where it is not installed, so it is made to look so.
"""

import sys

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

import openvino  # noqa: E402 - after its telemetry was put out of reach
from openvino import opset13 as op  # noqa: E402

__all__ = ["op", "openvino"]
