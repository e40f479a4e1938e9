from index.answers.scoring import SentenceVectors
from tests.builders import hit
from tests.fake_models import HashingEmbedder

TEXT = "Vance spoke of tariffs. Hegseth dismissed NATO membership. The weather was mild."


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
