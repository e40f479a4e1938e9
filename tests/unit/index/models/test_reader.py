"""The reader as it is used, with a tiny network: converted, compiled, read in batches."""

import numpy as np
import pytest

from index import models
from index.models import weights
from index.models.encoding import PairEncoder
from index.models.packaged import digest
from index.models.reader import reading
from index.text.passages import heading
from tests import builders

pytestmark = pytest.mark.model

QUESTION = "Who founded the first market in Arnsby?"
TEXTS = (
    "It rained.",
    builders.HARBOUR,
    builders.CLINIC,
    "It rained on Monday. " * 30,
    "Ada Mill founded the market in 1412. Nobody saw it.",
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A folder for the converted network."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """A tiny network with large random heads, saved in place of the trained one."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield saved(tmp_path_factory.mktemp("network"), monkeypatch)


def saved(folder, monkeypatch):
    import torch

    from index.models.network import Size, TorchNetwork

    torch.manual_seed(1)
    made = TorchNetwork(Size(layers=2, width=64, heads=2, inner=128)).eval()
    torch.nn.init.normal_(made.spans.weight, std=0.5)
    path = folder / weights.WEIGHTS.name
    arrays = {name: tensor.numpy() for name, tensor in made.state_dict().items()}
    weights.save(arrays, {}, path, {})
    monkeypatch.setattr(weights, "WEIGHTS", path)
    monkeypatch.setattr(weights, "SHA256", folder / weights.SHA256.name)
    lines = (f"{digest(file)}  {file.name}\n" for file in (path, weights.TOKENIZER))
    weights.SHA256.write_text("".join(lines))
    return made


def by_torch(network, hits):
    """The readings in fp32 and every hit by itself."""
    import torch

    pairs = PairEncoder().encode([(QUESTION, heading(hit.article), hit.text) for hit in hits])
    found = []
    for pair, hit in zip(pairs, hits, strict=True):
        ids = torch.tensor([list(pair.ids)])
        with torch.inference_mode():
            starts, ends, answerable = (o[0].numpy() for o in network(ids, torch.ones_like(ids)))
        found.append(reading(pair, hit.passage.sentences, starts, ends, float(answerable)))
    return found


CLOSE = 0.25
"""Of scores about 20: where the CPU computes in bfloat16, they differ by up to .1."""


def test_it_reads_as_the_network_does(network, cache):
    hits = [builders.hit(text) for text in TEXTS]
    reader = models.load_reader(cache)
    wanted, found = by_torch(network, hits), reader.read(QUESTION, hits)
    scores = [sentence.score for one in wanted for sentence in one.sentences]
    assert max(scores) - min(scores) > 4 * CLOSE
    for one, other in zip(found, wanted, strict=True):
        assert one.answerable == pytest.approx(other.answerable, abs=CLOSE)
        ours, theirs = ([s.score for s in each.sentences] for each in (one, other))
        np.testing.assert_allclose(ours, theirs, atol=CLOSE)
    assert reader.read(QUESTION, []) == []


def test_only_what_was_not_read_lately_goes_through_the_network(network, cache, monkeypatch):
    from index.models.runtime import Compiled

    reader = models.load_reader(cache)
    rain, harbour, clinic = (builders.hit(text) for text in TEXTS[:3])
    sizes, run = [], Compiled.run
    monkeypatch.setattr(Compiled, "run", lambda self, b: sizes.append(len(b)) or run(self, b))
    first = reader.read(QUESTION, [rain, harbour])
    assert reader.read(QUESTION, [harbour, clinic, rain])[::2] == first[::-1]
    assert sizes == [2, 1]
    assert reader.read("Where did it rain?", [rain]) != first[:1]
    assert sizes == [2, 1, 1]
