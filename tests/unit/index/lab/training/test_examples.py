from dataclasses import replace

import pytest

from index.lab.training.examples import PASSAGE_WORDS, as_asked, items, without_answer
from index.model import Span
from index.text import sentences
from tests.unit.index.lab.training import given

SEEDS = range(8)
LONG = " ".join(f"Barge number {n} left the old quay with timber for town {n}." for n in range(90))


def everything():
    return [(item, given.rng(seed)) for seed in SEEDS for item in given.all_items()]


def test_questions_know_their_paragraph_and_topic():
    found = given.all_items()
    assert len(found) == 6 * 7
    assert {item.topic for item in found} == {0, 1}
    assert all(a.of(i.paragraph.text).strip() for i in found for a in i.answers)
    assert sum(not item.answers for item in found) == 6


def test_a_question_names_its_paragraph():
    texts = {d.origin: d.text for topic in given.topics() for d in topic.paragraphs}
    found = {item.paragraph_name: item.paragraph.text for item in given.all_items()}
    assert found == texts


def test_a_questions_white_space_is_one_space():
    topic, _ = given.topics()
    (question, *_) = topic.questions
    object.__setattr__(question, "text", " Who \n left\t Kyiv? ")
    assert items([topic])[0].question == "Who left Kyiv?"


def test_the_answer_is_at_its_offsets_in_the_passage():
    for item, rng in everything():
        example = as_asked(item, rng)
        text = item.paragraph.text
        assert (example.question, example.heading) == (item.question, item.paragraph.title)
        assert example.passage in text
        if item.answers:
            assert example.answer.of(example.passage) in {a.of(text) for a in item.answers}
            assert example.kind == "answerable"
        else:
            assert (example.answer, example.kind) == (None, "adversarial")


@pytest.mark.parametrize("answered", [True, False])
def test_a_passage_is_of_the_index_s_size(answered):
    item = given.item(LONG, "Who?", *(["number 47"] if answered else []))
    found = [as_asked(item, given.rng(seed)) for seed in range(30)]
    sizes = [len(example.passage.split()) for example in found]
    assert min(PASSAGE_WORDS) / 2 < min(sizes) < 110 < max(sizes) < 2 * max(PASSAGE_WORDS)
    if answered:
        assert {example.answer.of(example.passage) for example in found} == {"number 47"}


def test_an_answer_across_passages_is_read_with_the_whole_paragraph():
    span = Span(LONG.index("number 3 "), LONG.index("number 80"))
    whole = replace(given.item(LONG, "Who?"), answers=(span,))
    example = as_asked(whole, given.rng())
    assert (example.passage, example.answer) == (LONG, span)


def test_one_of_several_answers_is_taken():
    item = given.item("He left Kyiv for Rome on Monday.", "Where?", "Kyiv", "Rome")
    found = {e.answer.of(e.passage) for n in SEEDS if (e := as_asked(item, given.rng(n)))}
    assert found == {"Kyiv", "Rome"}


def test_without_its_sentence_a_passage_does_not_say_the_answer():
    kept = 0
    for item, rng in everything():
        example = without_answer(item, rng)
        if example is None:
            continue
        kept += 1
        said = [a.of(item.paragraph.text).casefold() for a in item.answers]
        assert not any(words in example.passage.casefold() for words in said)
        assert (example.answer, example.question) == (None, item.question)
        for span in sentences.sentences(example.passage, title="", language="en"):
            assert span.of(example.passage) in item.paragraph.text
    assert kept == len(SEEDS) * 6 * 6  # all but the unanswerable


def test_a_passage_that_says_the_answer_elsewhere_is_no_negative():
    text = "Lind opened the harbour in May. The party was held by LIND herself."
    assert without_answer(given.item(text, "Who?", "Lind"), given.rng()) is None
    other = given.item(text, "When?", "May")
    assert without_answer(other, given.rng()).passage == "The party was held by LIND herself."


def test_an_answer_across_sentences_is_removed_with_all_of_them():
    text = "Lind came in May. The party left. Nobody saw them."
    found = without_answer(given.item(text, "What?", "May. The party"), given.rng())
    assert found.passage == "Nobody saw them."


def test_a_passage_of_one_sentence_has_no_rest():
    assert without_answer(given.item("Lind left Kyiv.", "Who?", "Lind"), given.rng()) is None
    assert without_answer(given.item("Lind left Kyiv. He ran.", "Who?"), given.rng()) is None
