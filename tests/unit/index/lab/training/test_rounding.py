import numpy as np
import pytest

pytestmark = pytest.mark.model  # it imports torch, which takes seconds


@pytest.fixture
def network():
    import torch

    from index.models.network import Size, TorchNetwork

    torch.manual_seed(1)
    network = TorchNetwork(Size(layers=2, width=64, heads=2, inner=128))
    network.freeze(1)
    return network


def rounded(array, scales):
    from index.models import weights

    wide = np.repeat(scales.astype(np.float32), weights.GROUP, axis=1)
    return weights.rounded(array, 6, scales) * wide


def test_the_network_computes_with_rounded_weights_and_keeps_the_exact_ones(network):
    from index.lab.training.rounding import Rounding, starting_scales

    before = {name: p.detach().clone().numpy() for name, p in network.named_parameters()}
    scales = starting_scales(network)
    rounding = Rounding(network, scales)
    with rounding.applied():
        for name, parameter in network.named_parameters():
            exact, found = before[name], parameter.detach().numpy()
            expected = rounded(exact, scales[name]) if name in scales else exact
            np.testing.assert_allclose(found, expected, rtol=1e-6, err_msg=name)
    for name, parameter in network.named_parameters():
        exact, found = before[name], parameter.detach().numpy()
        changed = name in scales and not parameter.requires_grad  # rounded for good
        np.testing.assert_array_equal(found, rounded(exact, scales[name]) if changed else exact)


def test_gradients_are_those_of_the_rounded_weights(network):
    import torch

    from index.lab.training.rounding import Rounding, starting_scales

    ids = torch.arange(5, 13).view(1, 8)

    def gradient():
        network.zero_grad()
        network(ids, torch.ones_like(ids))[2].sum().backward()
        return network.layers[1].down.weight.grad.clone()

    rounding = Rounding(network, starting_scales(network))
    with rounding.applied():
        inside = gradient()
        parts = [p.detach().clone() for p in network.parameters()]
    assert not torch.equal(inside, gradient())
    with torch.no_grad():
        for parameter, part in zip(network.parameters(), parts, strict=True):
            parameter.copy_(part)
    assert torch.equal(inside, gradient())
