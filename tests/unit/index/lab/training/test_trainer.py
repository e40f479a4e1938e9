"""Training of a tiny network: stopped, taken up again, measured, exported."""

import json
import os
import random
import signal

import numpy as np
import pytest

from index.lab.training.examples import Example
from index.model import Span
from index.models import weights

pytestmark = pytest.mark.model  # it imports torch, which takes seconds

TEXT = "The council met on Monday. It sold the bridge to {buyer} for one pound."
BUYERS = ("a farmer", "Ada Mill", "the railway", "a nun", "two brothers", "nobody")
PLAN = {"deadline": None, "tokens": 1000, "batch_tokens": 128, "peak_rate": 1e-3}


def examples():
    """Each buyer's passage with a question that it answers and one that it does not."""
    found = []
    for buyer in BUYERS:
        text = TEXT.format(buyer=buyer)
        start = text.index(buyer, text.index("bridge to "))
        sentences = (Span(0, 26), Span(27, len(text)))
        answer = Span(start, start + len(buyer))
        found.append(Example("Who bought it?", "Bridge", text, (answer,), sentences, "natural"))
        found.append(Example("Who lit it?", "Bridge", text, (), sentences, "natural"))
    return found


class Rounds:
    """A mixture of the same examples in another order each round; stops the trainer in one."""

    def __init__(self, stop_in: int | None = None) -> None:
        self._stop_in = stop_in

    def draw(self, number: int) -> list[Example]:
        if number == self._stop_in:
            os.kill(os.getpid(), signal.SIGTERM)
        found = examples()
        random.Random(number).shuffle(found)
        return found


@pytest.fixture(autouse=True, scope="module")
def handler():
    """Put back what SIGTERM did before."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="module")
def train():
    """Train a tiny network in a folder; return it and whether the plan was done."""
    import torch

    from index.lab.training.batches import ExampleEncoder
    from index.lab.training.measure import Samples, measured, network_reader
    from index.lab.training.rounding import starting_scales
    from index.lab.training.trainer import Plan, Trainer
    from index.models.network import Size, TorchNetwork

    def run(folder, mixture):
        torch.manual_seed(1)
        network, encoder = (
            TorchNetwork(Size(layers=2, width=64, heads=2, inner=128)),
            ExampleEncoder(),
        )
        plan = Plan(**PLAN, frozen_layers=1, measure_seconds=1e9, seed=1)
        read = network_reader(network, encoder)
        samples = Samples(examples(), examples(), examples())
        measure = lambda: measured(read, samples)  # noqa: E731 - on one line with what it is for
        trainer = Trainer(network, starting_scales(network), encoder, plan, folder, measure)
        return network, trainer.run(mixture)

    return run


@pytest.fixture(scope="module")
def trained(train, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    network, done = train(folder, Rounds())
    assert done
    return folder, network


def test_training_that_was_stopped_ends_where_it_would_have(trained, train, tmp_path):
    _, done = train(tmp_path, Rounds(stop_in=1))
    assert not done
    assert not (tmp_path / "curve.jsonl").exists()
    network, done = train(tmp_path, Rounds())
    assert done
    whole = trained[1].state_dict()
    for name, weight in network.state_dict().items():
        np.testing.assert_allclose(weight, whole[name], atol=1e-5, err_msg=name)


def test_embeddings_and_frozen_layers_stay_but_for_rounding(trained):
    import torch

    from index.lab.training.rounding import Rounding, starting_scales
    from index.models.network import Size, TorchNetwork

    torch.manual_seed(1)
    network = TorchNetwork(Size(layers=2, width=64, heads=2, inner=128))
    network.freeze(2)
    Rounding(network, starting_scales(network))
    before = network.state_dict()
    kept = {n for n, w in trained[1].state_dict().items() if bool((w == before[n]).all())}
    assert {name.split(".")[0] for name in kept} == {
        "words", "positions", "distances", "norm", "layers",
    }  # fmt: skip
    assert {name.split(".")[1] for name in kept if name.startswith("layers")} == {"0"}


def test_what_is_measured_are_shares(trained):
    (line,) = (trained[0] / "curve.jsonl").read_text().splitlines()
    figures = json.loads(line)
    for name in ("natural", "squad"):
        assert figures[name].pop("questions") == [len(BUYERS), len(BUYERS)]
        assert all(0 <= value <= 1 for value in figures[name].values())
    assert figures["natural_by_kind"]["natural"][0] == len(BUYERS)


@pytest.fixture(scope="module")
def exported(trained, tmp_path_factory):
    """The best weights of the plan, and the exported file of them."""
    import torch

    from index.lab.training.export import export
    from index.lab.training.networks import restarted
    from index.lab.training.rounding import starting_scales
    from index.lab.training.trainer import BEST
    from index.models.network import Size, TorchNetwork

    torch.manual_seed(1)
    network = TorchNetwork(Size(layers=2, width=64, heads=2, inner=128))
    scales = starting_scales(network)
    best = restarted(network, trained[0] / BEST)
    return best.state_dict(), export(best, BEST, tmp_path_factory.mktemp("exported"), scales)


def test_large_matrices_are_exported_exactly_as_they_were_measured(exported):
    best, path = exported
    found = weights.load(path)
    assert found.keys() == best.keys()
    for name, array in found.items():
        whole = best[name].numpy()
        if name.split(".")[-2] in {"words", "qkv", "out", "up", "down"} and whole.ndim == 2:
            np.testing.assert_array_equal(array, whole, err_msg=name)
        assert np.linalg.norm(array - whole) < 0.05 * np.linalg.norm(whole) + 1e-3, name


def test_of_several_checkpoints_the_mean_is_taken(tmp_path):
    """What one of them did not train is there as in the network given."""
    import torch

    from index.lab.training.networks import restarted
    from index.models.network import Size, TorchNetwork

    def of(value):
        network = TorchNetwork(Size(layers=1, width=64, heads=2, inner=128))
        for layer in (network.spans, network.layers[0].out):
            torch.nn.init.constant_(layer.weight, value)
        return network

    paths = [tmp_path / "checkpoint-1.pt", tmp_path / "checkpoint-4.pt"]
    torch.save(of(1.0).state_dict(), paths[0])
    whole = of(4.0).state_dict()
    torch.save({"network": {n: p for n, p in whole.items() if "layers" not in n}}, paths[1])
    mean = restarted(of(2.0), *paths)
    assert bool((mean.spans.weight == 2.5).all())
    assert bool((mean.layers[0].out.weight == 1.5).all())


def test_a_plan_can_begin_with_exported_weights(exported, tmp_path):
    from index.lab.training.networks import begun
    from index.lab.training.rounding import starting_scales

    _, path = exported
    arrays, network = weights.load(path), begun(path, tmp_path)
    found = network.state_dict()
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array, err_msg=name)
    kept = weights.load_scales(path)
    for name, scales in starting_scales(network, path).items():
        np.testing.assert_array_equal(scales, kept[name], err_msg=name)


def test_exported_files_are_verified(exported, monkeypatch):
    _, path = exported
    monkeypatch.setattr(weights, "WEIGHTS", path)
    monkeypatch.setattr(weights, "SHA256", path.with_name(weights.SHA256.name))
    assert weights.verify() == weights.digest(path)


def loss_of(starts, ends, answerable, right):
    """The loss of a network that gives the same logits for every batch, on one row."""
    import torch

    from index.lab.training.batches import Batch
    from index.lab.training.trainer import loss

    class Fixed(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.unused = torch.nn.Parameter(torch.zeros(1))

        def forward(self, ids, mask):
            return torch.tensor([starts]), torch.tensor([ends]), torch.tensor([answerable])

    def marks(places):
        row = np.zeros((1, len(starts)), np.bool_)
        row[0, list(places)] = True
        return row

    ids = np.ones((1, len(starts)), np.int64)
    batch = Batch([], ids, ids, marks([0, 2, 3, 4]), *map(marks, right))
    return float(loss(Fixed(), batch, bf16=False))


def test_the_loss_asks_for_span_and_sentence_among_what_may_answer_and_for_answerable():
    logits = [1.0, 50.0, 2.0, 0.0, -1.0, 50.0]  # the 50s are the question's and the end's
    allowed = np.exp([1.0, 2.0, 0.0, -1.0]).sum()
    exact = -np.log(np.exp(2.0) / allowed) - np.log(np.exp(0.0) / allowed)
    rough = -2 * np.log((np.exp(2.0) + np.exp(0.0)) / allowed)
    expected = (exact + 0.5 * rough) / 2 + np.log1p(np.exp(-0.5))
    assert loss_of(logits, logits, 0.5, ([2], [3], [2, 3])) == pytest.approx(expected, rel=1e-3)
    none = -np.log(np.exp(1.0) / allowed)
    expected = (2 * none + 0.5 * 2 * none) / 2 + np.log1p(np.exp(0.5))
    assert loss_of(logits, logits, 0.5, ([0], [0], [0])) == pytest.approx(expected, rel=1e-3)
