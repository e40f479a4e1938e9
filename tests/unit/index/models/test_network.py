import pytest

from index.models import packaged

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def networks():
    """The same weights with the attention of training and with that of use."""
    import torch

    from index.models.network import Network

    torch.manual_seed(1)
    batched = Network(packaged.folder(), attention="batched").eval()
    eager = Network(packaged.folder(), attention="eager").eval()
    eager.load_state_dict(batched.state_dict())
    return batched, eager


def rows(padding: int):
    """Two rows of tokens, the second one shorter by `padding`."""
    import torch

    ids = torch.arange(2000, 2040).reshape(2, 20)
    types = (torch.arange(20) > 8).long().expand(2, 20).clone()
    mask = torch.ones_like(ids)
    for array in (ids, types, mask):
        array[1, 20 - padding :] = 0
    return ids, types, mask


def outputs(network, padding):
    import torch

    ids, types, mask = rows(padding)
    with torch.no_grad():
        starts, ends, answerable = network(ids, types, mask)
    return torch.cat([(starts * mask).flatten(), (ends * mask).flatten(), answerable])


@pytest.mark.parametrize("padding", [0, 5])
def test_attention_in_training_is_that_in_use(networks, padding):
    batched, eager = (outputs(network, padding) for network in networks)
    assert float((batched - eager).abs().max()) < 1e-4


def test_outputs_have_a_row_each(networks):
    starts, ends, answerable = networks[1](*rows(0))
    assert (starts.shape, ends.shape, answerable.shape) == ((2, 20), (2, 20), (2,))


def test_word_embeddings_are_not_trained(networks):
    from index.models.network import FROZEN

    frozen = {name for name, p in networks[0].named_parameters() if not p.requires_grad}
    assert frozen == set(FROZEN)


def test_weights_that_do_not_fit_are_refused(networks):
    from index.models.network import FROZEN

    network = networks[1]
    weights = {name: w for name, w in network.state_dict().items() if name not in FROZEN}
    network.load_trained(weights)
    with pytest.raises(ValueError, match="do not fit"):
        network.load_trained(weights | {"another": weights["spans.bias"]})
    del weights["spans.bias"]
    with pytest.raises(ValueError, match=r"spans\.bias"):
        network.load_trained(weights)
