import pytest

from index.reader.training.forms import UNDECIDED_SHARE, whether
from tests.index.reader.training import given


def ask(text: str, title="Title", *, decided=True):
    """The first such question of a few draws, None where there is none."""
    drawn = (whether(given.item(text, "?", title=title), given.rng(n)) for n in range(40))
    return next((e for e in drawn if e and (e.answer is not None) == decided), None)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Otto Krane was the mayor of Arnsby.", "Was Otto Krane the mayor of Arnsby?"),
        ("Arnsby is a small port on the river.", "Is arnsby a small port on the river?"),
        ("The oldest bridge was built by Otto.", "Was the oldest bridge built by Otto?"),
        ("Old houses have thick walls of brick, or had.", "Have old houses thick walls of brick?"),
        ("The mayors of Velim can raise a tax.", "Can the mayors of Velim raise a tax?"),
    ],
)
def test_a_statement_becomes_a_question_that_it_answers(sentence, question):
    before = "Nobody knew why she left so early."
    example = ask(f"{before} {sentence}")
    assert (example.question, example.kind) == (question, "yes or no")
    assert example.answer.of(example.passage) == sentence


BEFORE, DECIDES, AFTER = (
    "Nobody knew why she left so early.",
    "The oldest bridge was built by Otto.",
    "She never came back.",
)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"{BEFORE} {DECIDES} {AFTER}", f"{BEFORE} {AFTER}"),
        (f"{BEFORE} {DECIDES}", BEFORE),
        (f"{DECIDES} {AFTER}", AFTER),
    ],
)
def test_without_the_sentence_that_decides_the_question_is_not_answered(text, rest):
    example = ask(text, "On bridges", decided=False)
    assert (example.passage, example.heading) == (rest, "On bridges")
    assert example.question == ask(text).question == "Was the oldest bridge built by Otto?"
    assert example.kind == "yes or no"


def test_a_sentence_alone_is_always_the_answer():
    assert ask(DECIDES)
    assert ask(DECIDES, decided=False) is None


def test_a_share_of_the_questions_is_undecided():
    items = given.all_items()
    drawn = [whether(i, given.rng(f"{n}:{m}")) for n in range(40) for m, i in enumerate(items)]
    share = sum(e.answer is None for e in drawn) / len(drawn)
    assert share == pytest.approx(UNDECIDED_SHARE, abs=0.05)


def test_in_a_long_paragraph_the_answer_is_at_its_offsets_in_the_passage():
    others = [f"Barge number {n} left the quay with timber for town {n}." for n in range(40)]
    sentence = "The oldest bridge was built by Otto."
    example = ask(" ".join([*others, sentence, *others[::-1]]))
    assert len(example.passage.split()) < 300
    assert example.answer.of(example.passage) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a small port on the river.",
        "They were built by the king of Velim.",
        "The town exported salt to Norvik.",
        "The bridge is old.",
        'The bridge was called "the old lady" by everyone.',
        "The very old and very famous bridge of Arnsby was built by Otto Krane.",
        "",
    ],
)
def test_other_sentences_are_left_alone(sentence):
    assert ask(sentence) is None


def test_questions_of_the_set_are_about_their_own_sentence():
    for seed, item in enumerate(given.all_items()):
        example, text = whether(item, given.rng(seed)), item.paragraph.text
        asked = set(example.question.lower().rstrip("?").split())
        sentences = [span.of(text) for span in item.paragraph.sentences]
        (decides,) = (s for s in sentences if asked <= set(s.lower().rstrip(".").split()))
        if example.answer is None:
            assert example.passage == " ".join(s for s in sentences if s != decides)
        else:
            assert example.answer.of(example.passage) == decides
            assert example.passage == text
