import pytest

from index.lab.training.examples import Example
from index.lab.training.forms import UNANSWERED_SHARE, explains, whether, why
from tests.unit.index.lab.training import given


def ask(text: str, title="Title", *, decided=True):
    """The first such question of a few draws, None where there is none."""
    drawn = (whether(given.item(text, "?", title=title), given.rng(n)) for n in range(40))
    return next((e for e in drawn if e and (e.answer is not None) == decided), None)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Otto Krane was the mayor of Arnsby.", "Was Otto Krane the mayor of Arnsby?"),
        ("Arnsby is a small port on the river.", "Is Arnsby a small port on the river?"),
        ("The oldest bridge was built by Otto.", "Was the oldest bridge built by Otto?"),
        ("Old houses have thick walls of brick, or had.", "Have Old houses thick walls of brick?"),
        ("The mayors of Velim can raise a tax.", "Can the mayors of Velim raise a tax?"),
        ("The town exported salt to Norvik.", "Did the town export salt to Norvik?"),
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
    assert share == pytest.approx(UNANSWERED_SHARE, abs=0.05)


def test_in_a_long_paragraph_the_answer_is_at_its_offsets_in_the_passage():
    others = [f"It left the quay with timber for town number {n}." for n in range(40)]
    sentence = "The oldest bridge was built by Otto."
    example = ask(" ".join([*others, sentence, *others[::-1]]))
    assert len(example.passage.split()) < 300
    assert example.answer.of(example.passage) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a small port on the river.",
        "They were built by the king of Velim.",
        "The people who were built a bridge over the river.",
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
        decides = max(sentences, key=lambda s: len(asked & set(s.lower().rstrip(".").split())))
        if example.answer is None:
            assert example.passage == " ".join(s for s in sentences if s != decides)
        else:
            assert example.answer.of(example.passage) == decides
            assert example.passage == text


EXPLAINED = "Tolbeck lost its market because the river changed its bed."


def ask_why(text: str) -> list[Example]:
    """All such questions of many draws."""
    drawn = (why(given.item(text, "?"), given.rng(n)) for n in range(60))
    return [example for example in drawn if example]


@pytest.mark.parametrize(
    ("sentence", "question", "reason"),
    [
        (EXPLAINED, "Why did Tolbeck lose its market?", "the river changed its bed"),
        (
            "The bridge was closed for a year due to a fire on the quay.",
            "Why was the bridge closed for a year?",
            "a fire on the quay",
        ),
        (
            "The mayors of Velim raised a tax in order to pay for the wall.",
            "Why did the mayors of Velim raise a tax?",
            "pay for the wall",
        ),
    ],
)
def test_a_reason_answers_why(sentence, question, reason):
    answered = [e for e in ask_why(f"{BEFORE} {sentence} {AFTER}") if e.answer]
    assert {(e.question, e.kind) for e in answered} == {(question, "why")}
    assert {e.answer.of(e.passage) for e in answered} == {reason}


def test_the_fact_without_its_reason_does_not_answer_why():
    drawn = ask_why(f"{BEFORE} {EXPLAINED} {AFTER}")
    unanswered = {e.passage for e in drawn if e.answer is None}
    assert unanswered == {
        f"{BEFORE} Tolbeck lost its market. {AFTER}",
        f"{BEFORE} {AFTER}",
    }
    assert {e.question for e in drawn} == {"Why did Tolbeck lose its market?"}


@pytest.mark.parametrize(
    "sentence",
    ["It rained because of the wind.", "Tolbeck lost its market.", "Because it rained, Bo left."],
)
def test_a_sentence_without_fact_and_reason_is_no_why(sentence):
    assert ask_why(sentence) == []
    assert not explains(given.item(sentence, "?"))
    assert explains(given.item(f"{sentence} {EXPLAINED}", "?"))
