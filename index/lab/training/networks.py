"""Networks of all-mpnet-base-v2's weights, of checkpoints and of exported files."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file

from index.models import weights
from index.models.network import Tensor, TorchNetwork, restored


def begun(start: Path | None, encoder: Path) -> TorchNetwork:
    """Return the network that training begins with: a checkpoint's, an exported one, or a new."""
    if start is None:
        return pretrained(encoder)
    if start.suffix == ".safetensors":
        return shipped(start)
    return restarted(pretrained(encoder), start)


def restarted(network: TorchNetwork, *checkpoints: Path) -> TorchNetwork:
    """Return the network with the weights of a checkpoint (checkpoint-*.pt or best.pt).

    Of several it has the mean, which is better than each where one was begun with the other
    (Wortsman et al. 2022, https://arxiv.org/abs/2203.05482). What a checkpoint does not have, as it
    was not trained, is as in the network given.
    """
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in checkpoints]
    own = network.state_dict()
    weighed = [{**own, **state.get("network", state)} for state in states]
    mean = {name: sum(one[name] for one in weighed) / len(weighed) for name in weighed[0]}
    if unknown := network.load_state_dict(mean, strict=False).unexpected_keys:
        raise ValueError(f"{checkpoints[0]} has weights of another network: {unknown}")
    return network.eval()


def shipped(path: Path) -> TorchNetwork:
    """Return the network of an exported file."""
    return restored({name: torch.from_numpy(array) for name, array in weights.load(path).items()})


def pretrained(folder: Path) -> TorchNetwork:
    """Return a network with the weights of all-mpnet-base-v2 in `folder` and new heads."""
    network = TorchNetwork()
    network.load_state_dict(translated(load_file(folder / "model.safetensors")), strict=False)
    return network


def translated(given: dict[str, Tensor]) -> dict[str, Tensor]:
    """Rename Hugging Face's MPNet weights to this module's, and join query, key and value."""
    named = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "distances.weight": given["encoder.relative_attention_bias.weight"],
    }
    for n in range(sum(name.endswith("attention.attn.q.weight") for name in given)):
        old, new = f"encoder.layer.{n}", f"layers.{n}"
        for kind in ("weight", "bias"):
            parts = [given[f"{old}.attention.attn.{part}.{kind}"] for part in "qkv"]
            named[f"{new}.qkv.{kind}"] = torch.cat(parts)
            named[f"{new}.out.{kind}"] = given[f"{old}.attention.attn.o.{kind}"]
            named[f"{new}.norm.{kind}"] = given[f"{old}.attention.LayerNorm.{kind}"]
            named[f"{new}.up.{kind}"] = given[f"{old}.intermediate.dense.{kind}"]
            named[f"{new}.down.{kind}"] = given[f"{old}.output.dense.{kind}"]
            named[f"{new}.last_norm.{kind}"] = given[f"{old}.output.LayerNorm.{kind}"]
    return named
