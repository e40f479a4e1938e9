import pytest

pytestmark = pytest.mark.model  # it imports torch and transformers, which takes seconds


@pytest.fixture(scope="module")
def network():
    """A tiny one with random weights."""
    import torch

    from index.models.network import Size, TorchNetwork

    torch.manual_seed(1)
    return TorchNetwork(Size(layers=2, width=64, heads=4, inner=128)).eval()


def rows(padding: int):
    """Two rows of tokens, the second one shorter by `padding`."""
    import torch

    from index.models.encoding import PAD

    ids = torch.arange(2000, 2400, 5).reshape(2, 40)
    mask = torch.ones_like(ids)
    mask[1, 40 - padding :] = 0
    return ids.masked_fill(mask == 0, PAD), mask


def outputs(network, ids, mask):
    import torch

    with torch.inference_mode():
        return network(ids, mask)


def test_outputs_have_a_row_each(network):
    starts, ends, answerable = outputs(network, *rows(0))
    assert (starts.shape, ends.shape, answerable.shape) == ((2, 40), (2, 40), (2,))


def test_padding_changes_nothing(network):
    ids, mask = rows(padding=9)
    together = outputs(network, ids, mask)
    alone = outputs(network, ids[1:, :31], mask[1:, :31])
    for one, other in zip(together[:2], alone[:2], strict=True):
        assert float((one[1, :31] - other[0]).abs().max()) < 1e-4
    assert float(together[2][1]) == pytest.approx(float(alone[2][0]), abs=1e-4)


@pytest.mark.parametrize("tokens", [40, 300])
def test_the_encoder_is_hugging_faces_mpnet(network, tokens):
    """Near and far positions, with padding, by weights that were translated."""
    import torch
    from transformers import MPNetConfig, MPNetModel

    from index.lab.training.networks import translated
    from index.models.network import POSITIONS, WORDS, Size, TorchNetwork

    config = MPNetConfig(
        vocab_size=WORDS, hidden_size=64, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=128, max_position_embeddings=POSITIONS,
    )  # fmt: skip
    torch.manual_seed(2)
    original = MPNetModel(config, add_pooling_layer=False).eval()
    for weight in original.parameters():
        torch.nn.init.normal_(weight, std=0.1)
    ours = TorchNetwork(Size(layers=2, width=64, heads=4, inner=128)).eval()
    found = ours.load_state_dict(translated(original.state_dict()), strict=False)
    assert {name.split(".")[0] for name in found.missing_keys} == {"spans", "answerable"}
    ids = torch.randint(1000, 30_000, (2, tokens))
    mask = torch.ones_like(ids)
    mask[1, tokens - 7 :] = 0
    ids = ids.masked_fill(mask == 0, 1)
    with torch.inference_mode():
        states = original(input_ids=ids, attention_mask=mask).last_hidden_state
        wanted = ours.spans(states).unbind(-1)
    for one, other in zip(outputs(ours, ids, mask), wanted, strict=False):
        assert float(((one - other) * mask).abs().max()) < 1e-3


def test_frozen_parts_get_no_gradients(network):
    from index.models.network import Size, TorchNetwork

    made = TorchNetwork(Size(layers=3, width=64, heads=4, inner=128))
    made.freeze(2)
    made.words.requires_grad_(False)
    starts, _, answerable = made(*rows(3))
    (starts.sum() + answerable.sum()).backward()
    learned = {name.split(".")[0] for name, p in made.named_parameters() if p.grad is not None}
    assert learned == {"layers", "spans", "answerable"}
    assert all(p.grad is None for layer in made.layers[:2] for p in layer.parameters())


def test_a_network_is_restored_in_its_size(network):
    import torch

    from index.models.network import restored

    found = restored(network.state_dict())
    for one, other in zip(outputs(found, *rows(5)), outputs(network, *rows(5)), strict=True):
        assert torch.equal(one, other)


def test_weights_that_do_not_fit_are_refused(network):
    from index.models.network import restored

    given = network.state_dict()
    del given["spans.bias"]
    with pytest.raises(RuntimeError, match=r"spans\.bias"):
        restored(given)
