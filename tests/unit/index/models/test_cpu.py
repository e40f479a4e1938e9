import os
import subprocess
import sys

import numpy as np
import openvino
import pytest
from openvino import opset13 as op

from index.models import encoding, packaged
from index.models.runtime import LENGTH_STEP, Compiled, padded, split


def test_rows_are_filled_up_with_zeros():
    array = padded([[1, 2, 3], [4], [], [5, 6]])
    assert array.shape == (4, LENGTH_STEP)
    assert array[:, :3].tolist() == [[1, 2, 3], [4, 0, 0], [0, 0, 0], [5, 6, 0]]
    assert not array[:, 3:].any()
    assert array.dtype == np.int64
    assert padded([[1, 2], [3]], 7)[:, :3].tolist() == [[1, 2, 7], [3, 7, 7]]


@pytest.mark.parametrize(
    ("length", "width"),
    [(1, LENGTH_STEP), (LENGTH_STEP, LENGTH_STEP), (LENGTH_STEP + 1, 2 * LENGTH_STEP)],
)
def test_there_are_few_lengths_of_rows(length, width):
    assert padded([[7] * length]).tolist() == [[7] * length + [0] * (width - length)]


@pytest.mark.parametrize("most", [packaged.MAX_TOKENS, encoding.MAX_TOKENS])
def test_no_row_is_longer_than_the_model_takes(most):
    assert padded([[7] * most]).shape == (1, most)


@pytest.mark.parametrize("count", range(1, 12))
@pytest.mark.parametrize("parts", range(1, 6))
def test_rows_are_cut_into_runs_of_about_the_same_length(count, parts):
    runs = split(range(count), parts)
    assert [row for run in runs for row in run] == list(range(count))
    assert len(runs) <= parts
    assert {len(run) for run in runs[:-1]} <= {-(-count // parts)}
    assert 0 < len(runs[-1]) <= -(-count // parts)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A model of two outputs: each number twice, and the sum of each row."""
    given = op.parameter([-1, -1], np.int64, name="given")
    wide = op.convert(given, "f32")
    both = [op.add(wide, wide), op.reduce_sum(wide, op.constant([1]), False)]
    path = tmp_path_factory.mktemp("compiled") / "model.xml"
    openvino.save_model(openvino.Model([op.result(one) for one in both], [given]), path)
    return Compiled(path)


@pytest.mark.parametrize("more", [0, 1, 3])
def test_any_number_of_batches_come_back_in_order(compiled, more):
    count = 2 * compiled.streams + more
    batches = [{"given": np.full((n % 3 + 1, n % 4 + 1), n, np.int64)} for n in range(count)]
    found = compiled.run(batches)
    assert len(found) == count
    for n, (twice, sums) in enumerate(found):
        assert twice.tolist() == [[2 * n] * (n % 4 + 1)] * (n % 3 + 1)
        assert sums.tolist() == [n * (n % 4 + 1)] * (n % 3 + 1)
        assert (twice.dtype, sums.dtype) == (np.float32, np.float32)


def test_without_batches_nothing_is_computed(compiled):
    assert compiled.run([]) == []


def test_outputs_outlive_the_next_run(compiled):
    ((first, _),) = compiled.run([{"given": np.array([[1, 2]])}])
    compiled.run([{"given": np.array([[9, 9]])}] * (2 * compiled.streams))
    assert first.tolist() == [[2, 4]]


def test_a_cpu_that_may_not_compute_in_bf16_computes_in_fp32(tmp_path):
    given = op.parameter([-1, 16], np.float32, name="given")
    weights = op.constant(np.eye(16, dtype=np.float32))
    mixed = op.matmul(op.softmax(op.matmul(given, weights, False, False), 1), weights, False, False)
    path = tmp_path / "model.xml"
    openvino.save_model(openvino.Model([op.result(mixed)], [given]), path)
    program = (
        "import pathlib, sys; from index.models.runtime import Compiled; "
        "print(Compiled(pathlib.Path(sys.argv[1])).precision)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env={**os.environ, "ONEDNN_MAX_CPU_ISA": "AVX2"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "f32"
