import math

import numpy as np
import pytest

from index.model import Span
from index.models.encoding import Pair
from index.models.reader import MAX_SPAN_TOKENS, UNREAD, NetworkReader, reading
from tests import builders

BEFORE = 3
"""Tokens of question and heading ahead of the passage's."""


def given(words: str, scores, none=(0.0, 0.0)):
    """A pair whose passage's tokens are its words, with (start, end) logits for each of them."""
    offsets, at = [], 0
    for word in words.split(" "):
        offsets.append((at, at + len(word)))
        at += len(word) + 1
    count = len(offsets)
    pair = Pair([0] * (BEFORE + count + 1), BEFORE, BEFORE + count, offsets)
    logits = np.full((BEFORE + count + 1, 2), 90.0, np.float32)  # elsewhere nothing may count
    logits[0] = none
    logits[BEFORE : BEFORE + count] = scores
    return pair, logits[:, 0], logits[:, 1]


def brute_force(scores, none=0.0):
    """The log odds by adding up span by span."""
    total = sum(
        math.exp(scores[i][0] + scores[j][1])
        for i in range(len(scores))
        for j in range(i, min(len(scores), i + MAX_SPAN_TOKENS))
    )
    return math.log(total) - none


def low(count):
    return np.full((count, 2), -9.0)


def test_the_best_span_is_the_words_between_start_and_end():
    text = "He left Kyiv on Monday."
    scores = low(5)
    scores[1, 0], scores[3, 1] = 5, 4
    pair, starts, ends = given(text, scores)
    (one,) = reading(pair, [Span(0, len(text))], starts, ends, 0.0).sentences
    assert one.span.of(text) == "left Kyiv on"
    assert one.score == pytest.approx(brute_force(scores), abs=1e-4)


def test_an_end_before_its_start_is_no_span():
    text = "He left Kyiv"
    scores = low(3)
    scores[2, 0], scores[0, 1], scores[2, 1] = 5, 5, 1
    pair, starts, ends = given(text, scores)
    (one,) = reading(pair, [Span(0, len(text))], starts, ends, 0.0).sentences
    assert one.span.of(text) == "Kyiv"


def test_no_span_goes_across_sentences():
    text = "He left Kyiv. She went home."
    sentences = [Span(0, 13), Span(14, 28)]
    scores = low(6)
    scores[2, 0], scores[3, 1] = 9, 9  # from `Kyiv.` to `She`
    scores[5, 0] = 1
    pair, starts, ends = given(text, scores)
    first, second = reading(pair, sentences, starts, ends, 0.0).sentences
    assert first.span.of("He left Kyiv.") == "Kyiv."
    assert second.span.of("She went home.") == "She"
    assert first.score == pytest.approx(brute_force(scores[:3]), abs=1e-4)
    assert second.score == pytest.approx(brute_force(scores[3:]), abs=1e-4)


def test_a_span_has_a_longest_length():
    text = " ".join("w" * (MAX_SPAN_TOKENS + 1))
    scores = low(MAX_SPAN_TOKENS + 1)
    scores[0, 0], scores[-1, 1], scores[-2, 1] = 8, 8, 7
    pair, starts, ends = given(text, scores)
    (one,) = reading(pair, [Span(0, len(text))], starts, ends, 0.0).sentences
    assert len(one.span.of(text).split()) == MAX_SPAN_TOKENS
    assert one.score == pytest.approx(brute_force(scores), abs=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_a_score_is_the_sum_over_all_spans_against_no_answer(seed):
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 4, (60, 2))
    none = rng.normal(0, 3, 2)
    text = " ".join(["word"] * 60)
    pair, starts, ends = given(text, scores, none)
    (one,) = reading(pair, [Span(0, len(text))], starts, ends, 0.0).sentences
    assert one.score == pytest.approx(brute_force(scores, none.sum()), abs=1e-3)


def test_large_logits_do_not_overflow():
    pair, starts, ends = given("He left", np.full((2, 2), 2000.0))
    (one,) = reading(pair, [Span(0, 7)], starts, ends, 0.0).sentences
    assert one.score == pytest.approx(4000 + math.log(3))


def test_a_sentence_that_was_cut_off_is_unread():
    text = "He left Kyiv. She went"
    pair, starts, ends = given("He left Kyiv.", low(3))
    sentences = [Span(0, 13), Span(14, len(text))]
    found = reading(pair, sentences, starts, ends, 1.5)
    assert found.sentences[1].score == UNREAD
    assert found.sentences[1].span == Span(0, len("She went"))
    assert (found.best, found.answerable) == (found.sentences[0].score, 1.5)


def test_a_sentence_that_is_partly_read_scores_by_what_was_read():
    pair, starts, ends = given("He left Kyiv. She", low(4))
    found = reading(pair, [Span(14, 22)], starts, ends, 0.0)
    assert found.best == pytest.approx(brute_force(low(1)), abs=1e-4)


def test_a_word_that_goes_beyond_the_sentence_is_not_its():
    pair, starts, ends = given("He leftKyiv", [[0, 0], [9, 9]])
    (one,) = reading(pair, [Span(0, 7)], starts, ends, 0.0).sentences
    assert (one.span, one.score) == (Span(0, 2), pytest.approx(0))


def test_a_passage_without_tokens_is_unread():
    pair = Pair([0] * 5, 4, 4, [])
    found = reading(pair, [Span(0, 2)], np.zeros(5, np.float32), np.zeros(5, np.float32), 0.0)
    assert found.best == UNREAD


class EarlyIsBest:
    """A network that likes a token the better the earlier it stands."""

    def run(self, batches):
        scores = [-np.arange(batch["ids"].shape[1], dtype=np.float32)[None] for batch in batches]
        return [[one, one, np.zeros(1, np.float32)] for one in scores]


@pytest.mark.parametrize("dateline", ["ZELLIN (VP) — ", "Athens, 3 March (Reuters) - ", ""])
def test_sentences_are_read_without_their_datelines(dateline):
    text = f"{dateline}The mayor left. It rained."
    (found,) = NetworkReader(EarlyIsBest()).read("Who left?", [builders.hit(text, start=40)])
    first, second = found.sentences
    assert first.span == Span(len(dateline), len(f"{dateline}The")), "it counts from the quote"
    assert second.span == Span(0, len("It"))
