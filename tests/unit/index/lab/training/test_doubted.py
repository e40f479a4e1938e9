import numpy as np

from index.lab.training.batches import ExampleEncoder
from index.lab.training.doubted import compiled_reader, kept, with_doubted
from index.lab.training.examples import Item, Paragraph, as_asked
from index.model import Span
from index.models.encoding import NO_ANSWER
from index.models.reader import Reading, SentenceReading

POND = Paragraph(
    "Pond", "The pond froze over in May this year. All of the ducks left for the river."
)


def items(*questions):
    return [Item(question, POND, (), "Pond") for question in questions]


def read(examples):
    """Doubt questions with "duck", take those with "pond" for answered, refuse all others."""
    scores = [0.5 if "duck" in e.question else 9 if "pond" in e.question else -9 for e in examples]
    return [Reading(0.0, (SentenceReading(score, Span(0, 3)),)) for score in scores]


def test_doubted_ones_are_drawn_with_as_many_others():
    given = items("a duck?", "a pond?", *(f"number {n}?" for n in range(9)), "two ducks?")
    drawn = [item.question for item in with_doubted(given, read)]
    assert sorted(drawn[:2]) == ["a duck?", "two ducks?"]
    assert len(drawn) == 4
    assert all(question.startswith("number") for question in drawn[2:])


def test_what_is_known_for_a_near_miss_is_drawn_also_where_the_reader_is_sure():
    given = items("a duck?", "a pond?", *(f"number {n}?" for n in range(9)))
    drawn = [item.question for item in with_doubted(given, read, 99, lambda _: True)]
    assert sorted(drawn[:2]) == ["a duck?", "a pond?"]
    assert len(drawn) == 4


def test_a_plan_that_is_taken_up_goes_on_with_the_same(tmp_path):
    given = items("a duck?", *(f"number {n}?" for n in range(9)))
    first = kept("plain", given, read, tmp_path)
    again = kept("plain", given[::-1], lambda _: [], tmp_path)
    assert [item.question for item in again] == [item.question for item in first]


class Network:
    """Takes the second token of a passage for the answer of every question."""

    def run(self, batches):
        return [self._logits(batch["ids"]) for batch in batches]

    def _logits(self, ids):
        scores = np.zeros(ids.shape, np.float32)
        scores[:, NO_ANSWER] = 1.0
        for row, line in zip(scores, ids, strict=True):
            row[list(line).index(2, 2) + 4] = 9.0  # </s></s>, the heading, the comma
        return [scores, scores, np.zeros(len(ids), np.float32)]


def test_a_network_reads_examples_in_their_order():
    examples = [as_asked(item, "near miss", 100) for item in items("When?", "Where is it cold?")]
    readings = compiled_reader(Network(), ExampleEncoder())(examples)
    assert len(readings) == len(examples)
    for told in readings:
        assert told.best == told.sentences[0].score > told.sentences[1].score
