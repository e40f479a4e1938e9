import pytest

from index.lab.evaluation.data import of_part, read
from index.lab.evaluation.marking import mark

TEXT = "The ferry sails at noon.\n\nIt costs 4 euros. Dogs pay nothing."


def questions(file):
    return {q.text: q for topic in of_part(read(file), "dev") for q in topic.questions}


def test_marked_questions_are_a_question_set_of_the_dev_part(tmp_path):
    file = tmp_path / "marked" / "marked.json"
    assert mark(file, "What is the price?", "Ferry", TEXT, "4 euros") == 1
    assert mark(file, "When does it return?", "Ferry", TEXT, None) == 2
    assert mark(file, "Who sings?", "Choir", "Lind sings.", "Lind") == 3
    found = questions(file)
    (span,) = found["What is the price?"].answers
    assert span.of("It costs 4 euros. Dogs pay nothing.") == "4 euros"
    assert not found["When does it return?"].answerable
    assert found["Who sings?"].sort == "marked"
    assert not of_part(read(file), "tune")


def test_marked_again_the_new_answer_counts(tmp_path):
    file = tmp_path / "marked.json"
    mark(file, "What do dogs pay?", "Ferry", TEXT, "4 euros")
    assert mark(file, "What do dogs pay?", "Ferry", TEXT, "Dogs pay nothing") == 1
    assert len(questions(file)["What do dogs pay?"].answers) == 1


def test_words_that_the_article_has_not_change_nothing(tmp_path):
    file = tmp_path / "marked.json"
    mark(file, "What do dogs pay?", "Ferry", TEXT, "nothing")
    before = file.read_text()
    with pytest.raises(ValueError, match="5 euros"):
        mark(file, "What do cats pay?", "Ferry", TEXT, "5 euros")
    assert file.read_text() == before
