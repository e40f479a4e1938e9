import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from safetensors import safe_open

from index.errors import ModelError, ModelHashMismatch
from index.models import weights
from index.models.packaged import digest
from tests.properties import examples

numbers = st.floats(-1000, 1000, width=32).map(lambda x: 0.0 if abs(x) < 1e-6 else x)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Weights of two arrays in place of the trained ones."""
    monkeypatch.setattr(weights, "WEIGHTS", tmp_path / "reader.safetensors")
    monkeypatch.setattr(weights, "SHA256", tmp_path / "reader.sha256")
    arrays = {"a": np.eye(3, dtype=np.float32), "b": np.ones(3, np.float32)}
    weights.save(arrays, weights.WEIGHTS, {})
    weights.SHA256.write_text(digest(weights.WEIGHTS) + "\n")
    return weights.WEIGHTS


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("weights") / "folder" / "made.safetensors"


@examples(60)
@given(matrix=arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 9)), elements=numbers))
def test_a_matrix_comes_back_within_half_a_step_of_its_rows_scale(matrix, scratch):
    weights.save({"m": matrix}, scratch, {})
    found = weights.load(scratch)
    assert list(found) == ["m"]
    assert (found["m"].dtype, found["m"].shape) == (np.float32, matrix.shape)
    step = np.abs(matrix).max(axis=1, keepdims=True) / weights.LEVELS
    assert (np.abs(found["m"] - matrix) <= step * 0.5001).all()


def test_a_large_row_does_not_coarsen_a_small_one(scratch):
    matrix = np.array([[100.0, -50.0], [0.001, -0.0005]], np.float32)
    weights.save({"m": matrix}, scratch, {})
    np.testing.assert_allclose(weights.load(scratch)["m"], matrix, rtol=0.01)


def test_a_row_of_zeros_stays_zero(scratch):
    matrix = np.array([[0, 0], [1, -1]], np.float32)
    weights.save({"m": matrix}, scratch, {})
    np.testing.assert_array_equal(weights.load(scratch)["m"], matrix)


def test_vectors_are_kept_exactly(scratch):
    vector = np.array([1e-7, -3.25, 1 / 3], np.float32)
    weights.save({"v": vector, "s": np.array(0.1, np.float32)}, scratch, {})
    found = weights.load(scratch)
    np.testing.assert_array_equal(found["v"], vector)
    assert found["s"] == np.float32(0.1)


def test_the_file_holds_a_byte_a_weight_and_what_it_is(scratch):
    weights.save({"m": np.ones((100, 1000), np.float32)}, scratch, {"examples": "4096"})
    assert scratch.stat().st_size < 101_000
    with safe_open(scratch, "np") as file:
        assert file.metadata() == {"examples": "4096"}


def test_untouched_weights_are_accepted(shipped):
    assert weights.verify() == digest(shipped)


def test_changed_weights_are_refused(shipped):
    before = digest(shipped)
    shipped.write_bytes(shipped.read_bytes()[:-1] + b"\x01")
    with pytest.raises(ModelHashMismatch) as caught:
        weights.verify()
    assert (caught.value.expected, caught.value.found) == (before, digest(shipped))


@pytest.mark.parametrize("name", ["WEIGHTS", "SHA256"])
def test_missing_weights_are_a_clear_error(shipped, name):
    getattr(weights, name).unlink()
    with pytest.raises(ModelError, match="is missing"):
        weights.verify()
