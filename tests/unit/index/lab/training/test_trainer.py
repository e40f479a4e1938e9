"""The whole way of the weights: trained, taken up again, exported, converted, read with."""

import json

import numpy as np
import pytest

from index.models import packaged, weights
from index.models.encoding import PairEncoder
from index.models.reader import reading
from index.text.passages import heading
from tests.builders import hit
from tests.unit.index.lab.training import given

pytestmark = [pytest.mark.model, pytest.mark.timeout(900)]  # minutes without AVX-512

EXAMPLES, ROUNDS = 24, 2
QUESTION = "Who founded the first market in Arnsby?"


class Interrupted(Exception):
    pass


class Stops:
    """Measures nothing; ends the process before a round is kept."""

    def __init__(self, at: int | None = None) -> None:
        self._rounds, self._at = 0, at

    def measure(self, *_):
        self._rounds += 1
        if self._rounds == self._at:
            raise Interrupted
        return {"exact": 0.5}


@pytest.fixture(scope="module")
def train():
    """Train in a folder, from its checkpoint if there is one; return the network."""
    import torch

    from index.lab.training import trainer
    from index.lab.training.mixture import Mixture
    from index.models.network import Network

    plan = trainer.Plan(ROUNDS, tokens=1024, seed=1, device="cpu", attention="batched")

    def run(folder, measured, tell=print):
        torch.manual_seed(1)
        network = Network(packaged.folder(), attention=plan.attention)
        mixture = Mixture([("made up", given.all_items())], {}, 1)
        trainer.Trainer(network, plan, folder, tell).run(mixture, measured)
        return network

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainer, "ROUND_EXAMPLES", EXAMPLES)
        yield run


@pytest.fixture(scope="module")
def resumed(train, tmp_path_factory):
    """A folder and the network that was trained there, interrupted in its second round."""
    folder, told = tmp_path_factory.mktemp("resumed"), []
    with pytest.raises(Interrupted):
        train(folder, Stops(at=2))
    assert curve(folder) == [EXAMPLES]
    network = train(folder, Stops(), told.append)
    assert [line.split(":")[0] for line in told] == ["going on after round 1", "round 2 of 2"]
    return folder, network


def curve(folder):
    lines = (folder / "curve.jsonl").read_text().splitlines()
    return [json.loads(line)["examples"] for line in lines]


def test_training_that_was_interrupted_ends_where_it_would_have(resumed, train, tmp_path):
    folder, network = resumed
    whole = train(tmp_path, Stops()).state_dict()
    assert curve(folder) == curve(tmp_path) == [EXAMPLES, 2 * EXAMPLES]
    for name, weight in network.state_dict().items():
        np.testing.assert_allclose(weight, whole[name], atol=1e-5, err_msg=name)


def test_training_moves_all_weights_but_the_word_embeddings(resumed):
    from index.models.network import FROZEN, Network

    before = Network(packaged.folder(), attention="eager").state_dict()
    kept = {n for n, w in resumed[1].state_dict().items() if bool((w == before[n]).all())}
    assert kept == set(FROZEN)


@pytest.fixture(scope="module")
def exported(resumed):
    from index.lab.training.trainer import export

    folder, network = resumed
    return export(network, {"examples": "48"}, folder)


def test_the_exported_weights_are_the_trained_ones_in_eight_bits(resumed, exported):
    from index.models.network import FROZEN

    trained, found = resumed[1].state_dict(), weights.load(exported)
    assert set(found) == set(trained) - set(FROZEN)
    for name, array in found.items():
        weight = trained[name].numpy()
        step = np.abs(weight).max(axis=-1, keepdims=True) / weights.LEVELS
        assert (np.abs(array - weight) <= 0.5001 * step * (weight.ndim > 1)).all(), name


def test_the_shipped_reader_reads_as_the_network_does(exported, tmp_path, monkeypatch):
    from index.models.openvino_reader import OpenVinoReader

    monkeypatch.setattr(weights, "WEIGHTS", exported)
    monkeypatch.setattr(weights, "SHA256", exported.with_name(weights.SHA256.name))
    texts = [d.text for topic in given.topics() for d in topic.paragraphs]
    hits = [hit(text) for text in [*texts, texts[0] + " It rained. " * 30, "It rained."]]
    wanted = by_torch(exported, hits)
    reader = OpenVinoReader(tmp_path)
    found = reader.read(QUESTION, hits)
    assert spread(wanted) > 4 * 0.05
    for one, other in zip(found, wanted, strict=True):
        assert one.answerable == pytest.approx(other.answerable, abs=0.05)
        assert [s.score for s in one.sentences] == pytest.approx(
            [s.score for s in other.sentences], abs=0.05
        )
    assert reader.read(QUESTION, []) == []


def by_torch(path, hits):
    """The readings with the exported weights, in fp32 and every hit by itself."""
    import torch

    from index.models.network import Network

    network = Network(packaged.folder(), attention="eager").eval()
    network.load_trained({n: torch.from_numpy(a) for n, a in weights.load(path).items()})
    pairs = PairEncoder().encode([(QUESTION, heading(hit.article), hit.text) for hit in hits])
    found = []
    for pair, one in zip(pairs, hits, strict=True):
        ids, types = (torch.tensor([row]) for row in (pair.ids, pair.types))
        with torch.no_grad():
            starts, ends, answerable = (o[0].numpy() for o in network(ids, types, ids * 0 + 1))
        found.append(reading(pair, one.passage.sentences, starts, ends, float(answerable)))
    return found


def spread(readings):
    scores = [sentence.score for one in readings for sentence in one.sentences]
    return max(scores) - min(scores)


def test_what_is_measured_are_shares(resumed):
    from index.lab.training.measure import Measured

    measured = Measured(given.all_items(), seed=1)
    first, again = (measured.measure(resumed[1], PairEncoder(), "cpu") for _ in range(2))
    assert first == again
    assert set(first) == {"exact", "auc_span", "auc_head", "auc_both"}
    assert all(0 <= value <= 1 for value in first.values())
