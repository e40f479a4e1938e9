import shutil

import numpy as np
import pytest

from index.embedder import load, openvino, packaged
from index.errors import ModelError, ModelHashMismatch

TEXTS = [
    "What did Hegseth say about NATO?",
    "The harbour opened on Monday. " * 20,
    "Ein Satz mit Umlauten: Häuser, Straßen.",
    "",
    "word " * 2000,
]


@pytest.fixture(scope="module")
def embedder(model_cache):
    return load(None, model_cache)


@pytest.mark.model
def test_vectors_are_those_of_sentence_transformers_in_fp32(embedder):
    reference = load(str(packaged.folder()), None)
    assert (embedder.dimension, reference.dimension) == (384, 384)
    cosines = (embedder.embed(TEXTS) * reference.embed(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.999
    np.testing.assert_allclose(np.linalg.norm(embedder.embed(TEXTS), axis=1), 1.0, atol=1e-3)


@pytest.mark.model
def test_a_text_has_the_same_vector_in_any_batch(embedder):
    together, alone = embedder.embed(TEXTS)[0], embedder.embed(TEXTS[:1])[0]
    assert float(together @ alone) > 0.9999


def test_altered_weights_are_refused(tmp_path, monkeypatch):
    shutil.copytree(packaged.folder(), tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x01")
    monkeypatch.setattr(packaged, "folder", lambda: tmp_path / "model")
    with pytest.raises(ModelHashMismatch) as caught:
        packaged.verify()
    assert caught.value.expected == packaged.WEIGHTS_SHA256
    assert str(weights) in str(caught.value)


@pytest.mark.model
def test_a_damaged_conversion_is_made_anew(embedder, model_cache, tmp_path):
    (made,) = model_cache.glob(f"{packaged.NAME}-*")
    shutil.copytree(made, tmp_path / made.name)
    (tmp_path / made.name / "model.bin").write_bytes(b"\x00" * 1000)
    mended = load(None, tmp_path)
    assert float(mended.embed(TEXTS[:1])[0] @ embedder.embed(TEXTS[:1])[0]) > 0.9999


def test_a_conversion_that_fails_says_why(tmp_path):
    with pytest.raises(ModelError, match="cannot be converted"):
        openvino._convert(tmp_path / "nothing here", tmp_path / "model.xml")


def test_a_model_that_does_not_exist_is_a_clear_error(tmp_path):
    with pytest.raises(ModelError, match="no-such-model"):
        load(str(tmp_path / "no-such-model"), tmp_path)
