import numpy as np
import pytest

from index.errors import ModelError
from index.models import load_embedder as load
from index.models import packaged

TEXTS = [
    "What did Hegseth say about NATO?",
    "The harbour opened on Monday. " * 20,
    "Ein Satz mit Umlauten: Häuser, Straßen.",
    "",
    "word " * 2000,
]


@pytest.mark.model
def test_vectors_are_nearly_those_of_sentence_transformers_in_fp32(embedder):
    reference = load(str(packaged.folder()), None)
    assert (embedder.dimension, reference.dimension) == (384, 384)
    cosines = (embedder.embed(TEXTS) * reference.embed(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.996  # of 8-bit levels; that of no words is the lowest
    np.testing.assert_allclose(np.linalg.norm(embedder.embed(TEXTS), axis=1), 1.0, atol=1e-3)


@pytest.mark.model
def test_a_text_has_the_same_vector_in_any_batch(embedder):
    together, alone = embedder.embed(TEXTS)[0], embedder.embed(TEXTS[:1])[0]
    assert float(together @ alone) > 0.9999


def test_a_model_that_does_not_exist_is_a_clear_error(tmp_path):
    with pytest.raises(ModelError, match="no-such-model"):
        load(str(tmp_path / "no-such-model"), tmp_path)
