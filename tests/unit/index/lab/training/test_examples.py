import random

import pytest

from index.lab.training.batches import ExampleEncoder, collate
from index.lab.training.examples import as_asked, load, words_of
from index.model import Span
from index.models.encoding import NO_ANSWER, PAD
from tests.unit.index.lab.evaluation.builders import entry, write

PARAGRAPH = (
    "The council met on Monday. It sold the old bridge to a farmer for one pound. "
    "The farmer, Ada Mill, said she would paint it blue."
)
FARMER = Span(PARAGRAPH.index("a farmer"), PARAGRAPH.index("a farmer") + len("a farmer"))


def items(tmp_path, answer="a farmer", **options):
    """A question with an answer and one without, on the same paragraph."""
    asked = [("who  bought it", answer), ("who sold a road", "")]
    path = write(tmp_path, "set", entry("Bridge", {PARAGRAPH: asked}))
    parts = [load(path, part, **options) for part in ("train", "tune", "dev")]
    assert sum(map(bool, parts)) == 1  # an article is in one part whole
    return [item for part in parts for item in part]


def test_questions_are_read_with_their_paragraph(tmp_path):
    answered, unanswered = items(tmp_path)
    assert (answered.question, unanswered.question) == ("who bought it", "who sold a road")
    assert (answered.answers, unanswered.answers) == ((FARMER,), ())


def test_everywhere_takes_each_place_of_the_words(tmp_path):
    answered, _ = items(tmp_path, answer="farmer", everywhere=True)
    assert [a.of(PARAGRAPH) for a in answered.answers] == ["farmer"] * 2


def test_an_example_keeps_its_answer_in_a_cut_passage(tmp_path):
    answered, unanswered = items(tmp_path)
    made = as_asked(answered, "squad", 10, random.Random(1))
    assert [a.of(made.passage) for a in made.answers] == ["a farmer"]
    assert len(made.passage) < len(PARAGRAPH)
    assert all(s.end <= len(made.passage) for s in made.sentences)
    assert as_asked(unanswered, "adversarial", 110).answers == ()


def test_words_are_lower_case_without_marks():
    assert words_of("Ada's BRIDGE, 2 pounds") == {"ada", "s", "bridge", "2", "pounds"}


@pytest.fixture
def rows(tmp_path):
    """The two questions, the first one with its answer."""
    return ExampleEncoder().encode([as_asked(item, "squad", 110) for item in items(tmp_path)])


def test_a_row_knows_the_tokens_of_answer_and_sentence(rows):
    answered, unanswered = rows
    passage = answered.pair.offsets
    (start,), (end,) = answered.starts, answered.ends
    begin = passage[start - answered.pair.first][0]
    assert Span(begin, passage[end - answered.pair.first][1]) == FARMER
    within = [passage[n - answered.pair.first] for n in answered.within]
    assert PARAGRAPH[within[0][0] : within[-1][1]].startswith("It sold the old bridge")
    assert PARAGRAPH[within[0][0] : within[-1][1]].endswith("pound.")
    assert unanswered.starts == unanswered.ends == unanswered.within == (NO_ANSWER,)


def test_an_example_whose_answer_is_cut_off_is_left_out(tmp_path):
    answered, _ = items(tmp_path)
    made = as_asked(answered, "squad", 110)
    long = "word " * 500
    moved = tuple(Span(a.start + len(long), a.end + len(long)) for a in made.answers)
    beyond = type(made)(made.question, "", long + made.passage, moved, (), "squad")
    assert ExampleEncoder().encode([beyond]) == []


def test_in_a_batch_only_passage_and_no_answer_may_answer(rows):
    batch = collate(rows)
    for n, row in enumerate(rows):
        length = len(row.pair.ids)
        assert batch.ids[n, :length].tolist() == list(row.pair.ids)
        assert (batch.ids[n, length:] == PAD).all()
        assert batch.mask[n].sum() == length
        allowed = [NO_ANSWER, *range(row.pair.first, row.pair.last)]
        assert batch.open[n].nonzero()[0].tolist() == allowed
        assert batch.starts[n].nonzero()[0].tolist() == list(row.starts)
    assert batch.tokens == sum(len(row.pair.ids) for row in rows)
