"""What is kept of the reader's network is what the network computes."""

import numpy as np
import pytest

from index import models
from index.models import weights
from tests import readings

SAMPLE = 15

CLOSE = 0.25
"""Of logits between -15 and 15: bf16 differs from fp32 by less, other weights by more."""


@pytest.mark.model
def test_a_sample_computed_anew_is_the_same(model_cache):
    made_with, rows = readings.kept()
    assert made_with == weights.verify(), "the weights have changed: run make readings"
    keys = list(rows)[:: max(1, len(rows) // SAMPLE)]
    network = models.load_network(model_cache)
    for key, outputs in zip(keys, network.run([readings.batch_of(k) for k in keys]), strict=True):
        count = len(key) // 2
        for found, wanted in zip(outputs, readings.unpacked(rows[key]), strict=True):
            np.testing.assert_allclose(found[..., :count], wanted, atol=CLOSE)


class Network:
    """Gives logits of the tokens themselves, and counts the pairs it was asked for."""

    asked = 0

    def run(self, batches):
        self.asked += len(batches)
        return [[b["ids"] * 0.25, b["ids"] * -0.5, b["ids"][:, 0] * 1.0] for b in batches]


def test_what_is_kept_is_not_computed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(readings, "KEPT", tmp_path / "kept.npz")
    network = Network()
    pairs = [np.array(ids, np.uint16).tobytes() for ids in ([4, 9, 8], [4, 7], [5] * 20)]
    batches = [readings.batch_of(pair) for pair in pairs]

    def run(some):
        return readings.KeptNetwork(lambda: network, tmp_path).run(some)

    first = run(batches[:2])
    assert [logits.tolist() for logits in first[0]] == [[[1, 2.25, 2]], [[-2, -4.5, -4]], [4]]
    computed = readings.Computed(weights.verify(), tmp_path)
    readings.keep(weights.verify(), computed.all())
    computed.clear()
    for one, other in zip(run([*batches, batches[0]]), [*first, None, first[0]], strict=True):
        assert other is None or all(map(np.array_equal, one, other))
    assert network.asked == 3


def test_other_weights_compute_what_is_kept_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(readings, "KEPT", tmp_path / "kept.npz")
    network = Network()
    monkeypatch.setattr(models, "load_network", lambda cache: network)
    pair, other = (np.array(ids, np.uint16).tobytes() for ids in ([4, 9, 8], [4, 7]))
    readings.keep("0" * 64, {pair: np.zeros(7, np.float16).tobytes()})
    readings.KeptNetwork(lambda: network, tmp_path).run([readings.batch_of(other)])
    readings.main(tmp_path)
    made_with, rows = readings.kept()
    assert made_with == weights.verify()
    assert rows.keys() == {pair, other}
    assert [logits.tolist() for logits in readings.unpacked(rows[pair])][-1] == [4]
    assert network.asked == 2
