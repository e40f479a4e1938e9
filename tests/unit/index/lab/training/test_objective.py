import numpy as np
import pytest

from index.lab.training.batches import Batch
from index.models.encoding import NO_ANSWER

pytestmark = pytest.mark.model  # it imports torch and transformers, which takes seconds


def batch(starts, ends):
    """Rows of six tokens of which [CLS] and the third to the fifth may answer."""
    shape = (len(starts), 6)
    passage = np.zeros(shape, np.bool_)
    passage[:, [NO_ANSWER, 2, 3, 4]] = True
    ids = np.ones(shape, np.int64)
    return Batch(ids, ids, ids, passage, np.array(starts), np.array(ends))


def loss_of(logits, answerable, made):
    """The loss of a network that gives the same logits for every row."""
    import torch

    from index.lab.training.batches import loss

    class Fixed(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.unused = torch.nn.Parameter(torch.zeros(1))

        def forward(self, ids, types, mask):
            rows = torch.tensor(logits, dtype=torch.float32).expand(len(ids), 6)
            return rows, rows, torch.tensor(answerable).expand(len(ids))

    return float(loss(Fixed(), made))


def test_it_is_the_cross_entropy_of_what_may_answer_and_of_whether():
    logits = [1.0, 50.0, 2.0, 0.0, -1.0, 50.0]  # the 50s are the question's and [SEP]'s
    allowed = np.exp([1.0, 2.0, 0.0, -1.0]).sum()
    span = -np.log([np.exp(2.0) / allowed, np.exp(0.0) / allowed]).mean()
    none = -np.log(np.exp(1.0) / allowed)
    yes, no = np.log1p(np.exp(-0.5)), np.log1p(np.exp(0.5))
    assert loss_of(logits, 0.5, batch([2], [3])) == pytest.approx(span + yes, rel=1e-3)
    assert loss_of(logits, 0.5, batch([0], [0])) == pytest.approx(none + no, rel=1e-3)
    both = batch([2, 0], [3, 0])
    assert loss_of(logits, 0.5, both) == pytest.approx((span + yes + none + no) / 2, rel=1e-3)


def test_a_sure_and_right_network_has_no_loss():
    right = [0.0, 0.0, 0.0, 40.0, 0.0, 0.0]
    assert loss_of(right, 40.0, batch([3], [3])) == pytest.approx(0, abs=1e-4)
    assert loss_of(right, 40.0, batch([2], [2])) > 10
