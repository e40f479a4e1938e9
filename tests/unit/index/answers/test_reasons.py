import pytest

from index.answers.reader_scoring import ReaderJudge
from index.answers.reasons import only_restates
from index.answers.scoring import SentenceVectors
from tests.builders import EMBEDDER, hit, question
from tests.fake_models import OverlapReader


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("why didnt they prosecute graham telford", "Graham Telford was not prosecuted."),
        ("Why was the logbook charge dropped?", "A second charge, on a logbook, was dropped."),
        ("How come the ferry's late?", "The ferry is three hours late."),
        ("and why won't the pilots load bags", "Pilots have said that they will not load bags."),
    ],
)
def test_a_sentence_that_says_only_that_it_is_so_gives_no_reason(asked, sentence):
    assert only_restates(asked, sentence)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("Why was the charge dropped?", "The charge was dropped because a witness had died."),
        ("Why was the charge dropped?", "The charge was dropped: the witness had died."),
        ("Why was the charge dropped?", "Its only witness had died."),
        ("Was the logbook charge dropped?", "A second charge, on a logbook, was dropped."),
        ("Why?", "The ferry is three hours late."),
        ("Why did the ferry leave Dornick three hours late?", "The ferry burst a pipe."),
    ],
)
def test_what_may_be_a_reason_is_left(asked, sentence):
    assert not only_restates(asked, sentence)


def test_the_sentence_with_the_reason_comes_before_the_one_that_restates():
    text = "The ferry to Dornick left late on Sunday. A pump had burst on the ferry."
    judged = ReaderJudge(OverlapReader(), SentenceVectors(EMBEDDER)).judge(
        question("Why did the ferry to Dornick leave late on Sunday?"), [hit(text)]
    )
    assert judged.ranked[0].text == "A pump had burst on the ferry."
