import json

import pytest

from index.errors import QuestionSetError
from index.lab.evaluation.data import (
    COLLECTION_PARAGRAPHS,
    GoldQuestion,
    Topic,
    of_part,
    read,
    sample,
)
from index.model import Document
from tests.unit.index.lab.evaluation.builders import TOWN, entry, title_of, write

PARTS = ("train", "tune", "dev")


def topic(title, paragraphs=1, questions=None):
    names = [f"{title}/{n}" for n in range(paragraphs)]
    documents = tuple(Document(title=title, text=name, origin=name) for name in names)
    return Topic(title, documents, tuple(GoldQuestion(f"{name}?", name, ()) for name in names))


def questions(topics, part):
    return {q.text for kept in of_part(topics, part) for q in kept.questions}


def test_questions_know_their_paragraph_and_their_answers(topics):
    (town,) = topics
    assert town.title == title_of("dev")
    pier, stone, sink = town.questions[:3]
    context = town.paragraphs[0].text
    assert [span.of(context) for span in pier.answers] == ["1901"]
    assert (pier.paragraph, stone.paragraph) == (f"{town.title}/0", f"{town.title}/0")
    assert town.questions[3].paragraph == f"{town.title}/1"
    assert (pier.answerable, sink.answerable) == (True, False)


def test_an_impossible_question_has_no_answers_even_with_plausible_ones(tmp_path):
    one = entry("T", {"A pier.": [("What?", "pier")]})
    one["paragraphs"][0]["qas"][0]["is_impossible"] = True
    ((asked,),) = [t.questions for t in read(write(tmp_path, "t", one))]
    assert not asked.answerable


def test_the_same_answer_marked_twice_is_one_and_squad_1_has_only_answers(tmp_path):
    one = entry("T", {"A pier.": [("What?", "pier")]})
    (qa,) = one["paragraphs"][0]["qas"]
    qa["answers"] *= 3
    del qa["is_impossible"]
    (read_topic,) = read(write(tmp_path, "t", one))
    assert len(read_topic.questions[0].answers) == 1


def test_copies_of_a_paragraph_are_one(tmp_path):
    one = entry("T", {"A pier.": [("What?", "pier")]})
    one["paragraphs"] += [{"context": "A mill.", "qas": []}, one["paragraphs"][0]]
    (read_topic,) = read(write(tmp_path, "t", one))
    assert [d.origin for d in read_topic.paragraphs] == ["T/0", "T/1"]
    assert [q.paragraph for q in read_topic.questions] == ["T/0", "T/0"]


def test_a_sample_is_the_same_each_time(topics):
    assert len(sample(topics, 10, answerable=True)) == len(sample(topics, answerable=True)) == 4
    assert len(sample(topics, 10, answerable=False)) == 2
    assert sample(topics, 2, answerable=True) == sample(topics, 2, answerable=True)


def test_every_topic_is_in_one_part():
    topics = [topic(f"Topic {n}", paragraphs=3) for n in range(200)]
    found = [questions(topics, part) for part in PARTS]
    assert all(found)
    assert sum(map(len, found)) == len(set.union(*found)) == 600
    titles = [{t.title for t in of_part(topics, part)} for part in PARTS]
    assert sum(map(len, titles)) == len(set.union(*titles)) == 200


def test_a_collection_is_split_by_paragraph():
    collection = topic("Posts", paragraphs=COLLECTION_PARAGRAPHS + 1)
    found = [questions([collection], part) for part in PARTS]
    assert [len(f) > 30 for f in found] == [True] * 3
    assert sum(map(len, found)) == len(set.union(*found)) == COLLECTION_PARAGRAPHS + 1
    assert [len(t.paragraphs) for t in of_part([collection], "dev")] == [COLLECTION_PARAGRAPHS + 1]


def test_a_part_does_not_depend_on_what_else_there_is():
    topics = [topic(f"Topic {n}") for n in range(40)]
    for part in PARTS:
        alone = set.union(set(), *(questions([one], part) for one in topics))
        assert alone == questions(topics, part) == questions(topics[::-1], part)


def test_the_split_is_the_one_that_the_reader_was_trained_on():
    assert [title_of(part) for part in PARTS] == ["Title 1", "Title 2", "Title 0"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        b"\xff\xfe",
        "[]",
        "{}",
        '{"data": 1}',
        '{"data": [1]}',
        '{"data": [{"title": "T"}]}',
        json.dumps({"data": [{"title": "T", "paragraphs": [{"context": 1, "qas": []}]}]}),
        json.dumps({"data": [{"title": "T", "paragraphs": [{"context": "A.", "qas": [{}]}]}]}),
    ],
)
def test_what_is_no_question_set_is_named(tmp_path, text):
    path = tmp_path / "set.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(QuestionSetError, match=r"set\.json: not ") as raised:
        read(path)
    assert "\n" not in str(raised.value)


def test_the_builders_cover_both_kinds():
    assert {bool(answer) for asked in TOWN.values() for _, answer in asked} == {True, False}
