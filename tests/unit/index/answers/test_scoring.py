import math
from dataclasses import dataclass

import pytest

from index.answers.scoring import Logistic, SentenceVectors
from tests.builders import hit
from tests.fake_models import HashingEmbedder


@dataclass(frozen=True)
class Two:
    """Two signals."""

    first: float
    second: float


def test_weights_go_to_the_signals_of_the_same_name():
    logistic = Logistic(Two(first=2.0, second=-1.0), bias=0.5)
    assert logistic.logit(Two(first=1.0, second=3.0)) == pytest.approx(-0.5)
    assert logistic.probability(Two(1.0, 3.0)) == pytest.approx(1 / (1 + math.exp(0.5)))


def test_probabilities_stay_within_0_and_1_far_out():
    logistic = Logistic(Two(1.0, 0.0), bias=0.0)
    assert logistic.probability(Two(1e4, 0.0)) == 1.0
    assert logistic.probability(Two(-1e4, 0.0)) == pytest.approx(0.0)


TEXT = "Vance spoke of tariffs. Hegseth dismissed NATO membership. The sea was calm."


class Counting(HashingEmbedder):
    """Counts the texts that it embeds."""

    texts = 0

    def embed(self, texts, **more):
        self.texts += len(texts)
        return super().embed(texts, **more)


def test_sentences_of_a_passage_are_embedded_once():
    embedder = Counting()
    vectors = SentenceVectors(embedder)
    vectors.of([hit(TEXT)])
    assert embedder.texts == 3
    ((again),) = vectors.of([hit(TEXT)])
    assert embedder.texts == 3
    assert len(again) == 3
