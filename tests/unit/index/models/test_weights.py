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

RNG = np.random.default_rng(2)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Weights of two arrays, a tokenizer and their hashes in place of the trained ones."""
    for name in ("WEIGHTS", "TOKENIZER", "SHA256"):
        monkeypatch.setattr(weights, name, tmp_path / getattr(weights, name).name)
    weights.save({"a": np.eye(64, dtype=np.float32)}, {"a": 6}, weights.WEIGHTS, {})
    weights.TOKENIZER.write_text("{}")
    lines = (f"{digest(path)}  {path.name}\n" for path in (weights.WEIGHTS, weights.TOKENIZER))
    weights.SHA256.write_text("".join(lines))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("weights") / "folder" / "made.safetensors"


@examples(60)
@given(bits=st.sampled_from([6, 8]), data=st.data(), rows=st.integers(1, 4))
def test_levels_survive_packing(bits, data, rows):
    highest = 2 ** (bits - 1) - 1
    whole = st.integers(-highest, highest)
    levels = data.draw(arrays(np.int8, (rows, weights.GROUP), elements=whole))
    stored = weights.packed(levels, bits)
    assert stored.nbytes == levels.size * bits // 8
    assert (weights.unpacked(stored, bits).reshape(levels.shape) == levels).all()


@pytest.mark.parametrize(("bits", "error"), [(6, 0.03), (8, 0.01)])
def test_weights_come_back_nearly_as_they_were(scratch, bits, error):
    array = RNG.normal(0, 0.04, (32, 256)).astype(np.float32)
    errors = weights.save({"m": array, "v": array[0]}, {"m": bits}, scratch, {})
    found = weights.load(scratch)
    assert (found["m"].dtype, found["m"].shape) == (np.float32, array.shape)
    assert errors["m"] < error
    relative = np.square(found["m"] - array).mean() / np.square(array).mean()
    assert np.sqrt(relative) == pytest.approx(errors["m"], rel=0.01)
    np.testing.assert_allclose(found["v"], array[0], rtol=1e-3, atol=1e-6)


def test_rounded_weights_stay_where_they_lie_if_their_scales_are_kept(scratch):
    levels = RNG.integers(-25, 26, (8, 256)).astype(np.int8)
    scales = RNG.uniform(0.01, 0.1, (8, 256 // weights.GROUP)).astype(np.float16)
    array = levels * np.repeat(scales.astype(np.float32), weights.GROUP, axis=1)
    errors = weights.save({"m": array}, {"m": 6}, scratch, {}, {"m": scales})
    assert errors["m"] == 0
    np.testing.assert_array_equal(weights.load(scratch)["m"], array)
    np.testing.assert_array_equal(weights.load_scales(scratch)["m"], scales)


def test_a_large_group_does_not_coarsen_a_small_one(scratch):
    array = RNG.normal(0, 1, (1, 2 * weights.GROUP)).astype(np.float32)
    array[:, weights.GROUP :] *= 1e-3
    weights.save({"m": array}, {"m": 8}, scratch, {})
    small = weights.load(scratch)["m"][:, weights.GROUP :]
    np.testing.assert_allclose(small, array[:, weights.GROUP :], atol=3e-5)


def test_a_group_of_zeros_stays_zero(scratch):
    weights.save({"m": np.zeros((2, 64), np.float32)}, {"m": 6}, scratch, {})
    assert not weights.load(scratch)["m"].any()


def test_the_file_holds_six_bits_a_weight_and_what_it_is(scratch):
    weights.save({"m": np.ones((100, 1280), np.float32)}, {"m": 6}, scratch, {"from": "best.pt"})
    assert scratch.stat().st_size < 128_000 * (6 / 8 + 2 / weights.GROUP) + 1000
    with safe_open(scratch, "np") as file:
        assert file.metadata() == {"from": "best.pt"}


def test_untouched_files_are_accepted(shipped):
    assert weights.verify() == digest(weights.WEIGHTS)


@pytest.mark.parametrize("name", ["WEIGHTS", "TOKENIZER"])
def test_changed_files_are_refused(shipped, name):
    path = getattr(weights, name)
    before = digest(path)
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    with pytest.raises(ModelHashMismatch) as caught:
        weights.verify()
    assert (caught.value.expected, caught.value.found) == (before, digest(path))


def test_a_file_without_a_hash_is_refused(shipped):
    weights.SHA256.write_text("")
    with pytest.raises(ModelHashMismatch):
        weights.verify()


@pytest.mark.parametrize("name", ["WEIGHTS", "TOKENIZER", "SHA256"])
def test_missing_files_are_a_clear_error(shipped, name):
    getattr(weights, name).unlink()
    with pytest.raises(ModelError, match="is missing"):
        weights.verify()
