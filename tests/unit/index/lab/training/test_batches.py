from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.lab.training.batches import batches
from index.lab.training.examples import as_asked
from index.model import Span
from index.models import packaged
from index.models.encoding import MAX_TOKENS, NO_ANSWER, PairEncoder
from tests.unit.index.lab.training import given

ENCODER = PairEncoder()
WORDS = Tokenizer.from_file(str(packaged.folder() / "tokenizer.json"))
EXAMPLES = [as_asked(item, given.rng(n)) for n, item in enumerate(given.all_items())]
CUT_OFF = "word " * (MAX_TOKENS + 10) + "Kyiv"


def made(examples, *, tokens=700, seed=1):
    return list(batches(examples, ENCODER, tokens=tokens, rng=given.rng(seed)))


def rows(examples, **how):
    """Every row of every batch: (ids without padding, start, end)."""
    for batch in made(examples, **how):
        for n in range(len(batch.ids)):
            length = int(batch.mask[n].sum())
            yield batch.ids[n, :length].tolist(), int(batch.starts[n]), int(batch.ends[n])


def test_every_example_is_a_row_whose_tokens_are_the_answers_words():
    found = {}
    for ids, start, end in rows(EXAMPLES):
        question = WORDS.decode(ids[1 : ids.index(102)])
        answer = None if start == NO_ANSWER else WORDS.decode(ids[start : end + 1])
        assert (start == NO_ANSWER) == (end == NO_ANSWER)
        found[question, WORDS.decode(ids)] = answer
    wanted = sorted(str(e.answer and e.answer.of(e.passage).lower()) for e in EXAMPLES)
    assert len(found) == len(EXAMPLES)
    assert sorted(map(str, found.values())) == wanted
    for (question, whole), answer in found.items():
        if answer == "1412":
            assert question == "when did ilse marten found the market?"
            assert "arnsby is a small port" in whole


def test_an_answer_inside_a_word_is_the_whole_words_tokens():
    passage = "It cost 12km/h-ish money."
    one = replace(given.example(passage, "How?", None), answer=Span(9, 11))
    ((ids, start, end),) = rows([one])
    assert WORDS.decode(ids[start : end + 1]).startswith("12")


@pytest.mark.parametrize("tokens", [150, 400, 1000])
def test_batches_keep_to_the_budget_with_their_padding(tokens):
    found = made(EXAMPLES, tokens=tokens)
    assert all(batch.ids.size <= tokens for batch in found)
    assert sum(len(batch.ids) for batch in found) == len(EXAMPLES)
    assert max(len(batch.ids) for batch in found) == tokens // max(b.ids.shape[1] for b in found)


def test_an_example_over_the_budget_is_a_batch_of_its_own():
    found = made(EXAMPLES, tokens=10)
    assert [len(batch.ids) for batch in found] == [1] * len(EXAMPLES)


def test_rows_are_padded_and_only_the_passage_may_answer():
    short = given.example("He left.", "Who?", None, heading="One two")
    long = given.example("He left Kyiv on Monday.", "Who?", None, heading="One two")
    (batch,) = made([long, short])
    assert batch.ids.shape == (2, 13)  # [CLS] who ? [SEP] one two + 6 + [SEP]
    np.testing.assert_array_equal(batch.mask.sum(1), [10, 13])
    assert not batch.ids[0, 10:].any()
    assert not batch.types[0, 10:].any()
    assert batch.types[1].tolist() == [0] * 4 + [1] * 9
    assert np.flatnonzero(batch.passage[0]).tolist() == [NO_ANSWER, 6, 7, 8]
    assert np.flatnonzero(batch.passage[1]).tolist() == [NO_ANSWER, *range(6, 12)]
    assert batch.tokens == 23


def test_an_answer_that_was_cut_off_is_not_taught():
    assert made([given.example(CUT_OFF, "Where?", "Kyiv")]) == []
    ((_, start, end),) = rows([given.example(CUT_OFF, "Where?", None)])
    assert (start, end) == (NO_ANSWER, NO_ANSWER)


def test_an_answer_that_was_partly_cut_off_is_not_taught():
    assert made([given.example(CUT_OFF, "Where?", "word " * MAX_TOKENS + "word")]) == []


def test_the_order_is_the_generators():
    first, again, other = (
        [b.ids.shape for b in made(EXAMPLES, tokens=200, seed=seed)] for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other
    assert sorted(first) == sorted(other)


def test_without_examples_there_are_no_batches():
    assert made([]) == []
