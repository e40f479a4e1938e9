import threading

import numpy as np
import pytest

from index.models.embedder import MAX_BATCH_TEXTS, Batcher


class Model:
    """Length of each item as a one-number vector; records its batches; can be held up."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.started = threading.Semaphore(0)
        self.gate = threading.Event()
        self.gate.set()

    def run(self, items):
        self.batches.append(list(items))
        self.started.release()
        assert self.gate.wait(10)
        if "bad" in items:
            raise ValueError("bad input")
        return np.array([[len(item)] for item in items], dtype=np.float32)


def test_vectors_come_back_in_the_order_asked():
    texts = ["a" * n for n in (3, 1, 4, 1, 5, 9, 2, 6, 5, 3)]
    vectors = Batcher(Model().run, 1).embed(texts, urgent=False, progress=None)
    assert vectors[:, 0].tolist() == [len(text) for text in texts]


def test_rows_of_like_length_share_a_batch():
    model = Model()
    Batcher(model.run, 1).embed(["a" * n for n in range(20)], urgent=False, progress=None)
    assert [len(text) for text in model.batches[0]] == list(range(19, 19 - MAX_BATCH_TEXTS, -1))


def test_progress_adds_up():
    counts: list[int] = []
    Batcher(Model().run, 1).embed(["x"] * 20, urgent=False, progress=counts.append)
    assert sum(counts) == 20
    assert len(counts) > 1


def test_nothing_to_embed_is_no_work():
    model = Model()
    assert Batcher(model.run, 1).embed([], urgent=True, progress=None).shape == (0, 1)
    assert model.batches == []


def test_questions_go_first_and_together():
    model = Model()
    batcher = Batcher(model.run, 1)
    model.gate.clear()
    threads = [
        threading.Thread(
            target=batcher.embed, args=(["p"] * 20,), kwargs={"urgent": False, "progress": None}
        )
    ]
    threads[0].start()
    assert model.started.acquire(timeout=10)
    for text in ("q1", "q2", "q3"):
        threads.append(
            threading.Thread(
                target=batcher.embed, args=([text],), kwargs={"urgent": True, "progress": None}
            )
        )
        threads[-1].start()
    while len(batcher._urgent) < 3:
        pass
    model.gate.set()
    for thread in threads:
        thread.join(10)
    assert sorted(model.batches[1]) == ["q1", "q2", "q3"]


def test_an_error_reaches_the_caller_and_the_next_call_works():
    batcher = Batcher(Model().run, 1)
    with pytest.raises(ValueError, match="bad input"):
        batcher.embed(["bad"], urgent=True, progress=None)
    assert batcher.embed(["good"], urgent=True, progress=None).tolist() == [[4.0]]
