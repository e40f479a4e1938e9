from index.answering.reading import SentenceVectors
from index.answering.sentences import MAX_SENTENCES, candidates, choose
from index.embedder import HashingEmbedder
from tests.index.answering.builders import EMBEDDER, article, hit, question

TEXT = "Vance spoke of tariffs. Hegseth dismissed NATO membership. The weather was mild."


class Counting(HashingEmbedder):
    """Counts the texts that it embeds."""

    texts = 0

    def embed(self, texts, **more):
        self.texts += len(texts)
        return super().embed(texts, **more)


def ranked(text, *hits):
    return candidates(question(text), hits, SentenceVectors(EMBEDDER))


def test_the_sentence_with_the_words_of_the_question_is_first():
    best = ranked("What did Hegseth say of NATO membership", hit(TEXT))[0]
    assert best.text == "Hegseth dismissed NATO membership."
    assert TEXT[best.span.start : best.span.end] == best.text


def test_who_said_it_decides_between_two_sentences_on_one_subject():
    text = "Hegseth called NATO a burden. Vance called NATO a shield."
    assert ranked("Vance NATO", hit(text))[0].text == "Vance called NATO a shield."


def test_a_better_passage_lifts_its_sentences():
    good = hit("The pier burned.", of=article("good"), score=1.0)
    poor = hit("The pier burned.", of=article("poor"), score=0.1)
    assert ranked("pier burned", poor, good)[0].hit.article.id == "good"


def test_one_to_three_sentences_are_chosen_and_no_wording_twice():
    same = "The pier burned down. "
    chosen = choose(ranked("pier burned down", hit(same * 1), hit(same, of=article("b"))))
    assert [c.text for c in chosen] == [same.strip()]
    many = " ".join(f"The pier burned down on day {n}." for n in range(6))
    assert len(choose(ranked("pier burned down", hit(many)))) == MAX_SENTENCES


def test_sentences_of_a_passage_are_embedded_once():
    embedder = Counting()
    reading = SentenceVectors(embedder)
    reading.of([hit(TEXT)])
    assert embedder.texts == 3
    ((again),) = reading.of([hit(TEXT)])
    assert embedder.texts == 3
    assert len(again) == 3


def test_headings_are_not_quoted_unless_there_is_nothing_else():
    text = "Mill reopens\n\nThe mill reopens on Tuesday after two years of repairs."
    assert [c.text for c in choose(ranked("mill reopens", hit(text)))] == [
        "The mill reopens on Tuesday after two years of repairs."
    ]
    assert [c.text for c in choose(ranked("mill reopens", hit("Mill reopens")))] == ["Mill reopens"]


def test_a_short_line_with_a_number_is_a_fact():
    text = "Repairs: 40 euros\n\nThe mayor came on Tuesday and cut the ribbon."
    assert choose(ranked("repairs euros", hit(text)))[0].text == "Repairs: 40 euros"
