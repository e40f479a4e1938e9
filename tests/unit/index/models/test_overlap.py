from index.models.reader import MARGIN, OverlapReader
from tests import builders

TEXT = "The harbour opened on Monday. Mayor Lind cut the ribbon. It rained."


def read(question, *hits):
    return OverlapReader().read(question, hits)


def test_a_sentence_scores_by_its_share_of_the_questions_words():
    (reading,) = read("Did Mayor Lind open the harbour?", builders.hit(TEXT))
    opened, lind, rained = (sentence.score for sentence in reading.sentences)
    assert opened == MARGIN * (1 / 4 - 0.5)  # of Mayor, Lind, open, harbour
    assert lind == MARGIN * (2 / 4 - 0.5)
    assert rained == -MARGIN / 2
    assert reading.answerable == reading.best == lind


def test_all_words_make_it_sure():
    (reading,) = read("Who cut the ribbon?", builders.hit(TEXT))
    assert reading.best == MARGIN / 2


def test_the_span_is_the_whole_sentence_wherever_the_passage_begins():
    hit = builders.hit(TEXT, start=1000)
    (reading,) = read("Who cut the ribbon?", hit)
    sentences = [s.of("x" * 1000 + TEXT) for s in hit.passage.sentences]
    assert [s.span.end for s in reading.sentences] == [len(s) for s in sentences]
    assert reading.sentences[1].score == reading.best


def test_every_hit_is_read_in_order():
    first, second = read("Who cut the ribbon?", builders.hit("It rained."), builders.hit(TEXT))
    assert (len(first.sentences), len(second.sentences)) == (1, 3)
    assert first.best < second.best
    assert read("Who?") == []


def test_a_question_without_subject_words_answers_nothing():
    (reading,) = read("Who was it?", builders.hit(TEXT))
    assert reading.best < 0
