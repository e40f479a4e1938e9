import numpy as np
import openvino
import pytest

from index.models import convert, runtime, weights
from index.models.runtime import Compiled

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A tiny reader's file: matrices of 6 bits, words of 8."""
    import torch

    from index.models.network import Size, TorchNetwork

    torch.manual_seed(3)
    network = TorchNetwork(Size(layers=2, width=64, heads=4, inner=128)).eval()
    arrays = {name: one.numpy() for name, one in network.state_dict().items()}
    bits = {name: 6 for name in arrays if name.startswith("layers") and arrays[name].ndim == 2}
    path = tmp_path_factory.mktemp("reader") / "reader.safetensors"
    weights.save(arrays, {**bits, "words.weight": 8}, path, {})
    return path


@pytest.fixture(scope="module", params=["levels", "floats"])
def converted(request, source):
    target = source.parent / request.param / "model.xml"
    convert.main("reader", request.param, source, target)
    return target


def test_matrices_stay_levels_of_eight_bits(source, tmp_path):
    convert.main("reader", "levels", source, tmp_path / "model.xml")
    model = openvino.Core().read_model(tmp_path / "model.xml")
    constants = [node for node in model.get_ops() if node.get_type_name() == "Constant"]
    levels = [c for c in constants if c.get_element_type() == openvino.Type.i8]
    assert len(levels) == 2 * 4 + 1  # four of each layer, and the words
    assert max(c.data.nbytes for c in constants if c not in levels) < 200_000


@pytest.mark.parametrize("whole", [False, True])
def test_it_scores_as_the_torch_network_does(converted, source, monkeypatch, whole):
    import torch

    from index.models.network import restored

    form = runtime._Form
    monkeypatch.setattr(runtime, "_Form", lambda precision, **_: form(precision, whole=whole))
    ids = np.arange(1000, 1096, 3).reshape(1, 32)
    inputs = {"ids": ids, "mask": np.ones_like(ids)}
    found = Compiled(converted).run([inputs])[0]
    network = restored({n: torch.from_numpy(a) for n, a in weights.load(source).items()})
    with torch.inference_mode():
        told = network(*(torch.from_numpy(one) for one in inputs.values()))
    for one, other in zip(found, told, strict=True):
        spread = max(float(other.std()), 0.05) if other.numel() > 1 else 0.2
        assert np.abs(one - other.numpy()).max() < spread
