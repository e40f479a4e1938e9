import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from index.lab.training.examples import Example, as_asked
from index.lab.training.swaps import Swap, in_both, in_passage, in_question, negated
from index.model import Span
from tests.properties import examples
from tests.unit.index.lab.training import given

TEXT = "Lind opened Bonn. In Bonn, Reddy of Bonner left Bonn for Wexmoor."
bits = st.lists(st.sampled_from("Bonn Bonner in ab-Bonn Bonn's Kyiv . é😀 x".split()), max_size=12)


def test_every_whole_word_is_swapped_and_nothing_else():
    swapped = Swap("Bonn", "Old Kyiv").of(TEXT)
    assert (
        swapped == "Lind opened Old Kyiv. In Old Kyiv, Reddy of Bonner left Old Kyiv for Wexmoor."
    )
    assert Swap("a.b", r"\1").of("a.b axb") == r"\1 axb"


@pytest.mark.parametrize("answer", ["Lind", "Reddy", "Wexmoor"])
@pytest.mark.parametrize("new", ["Ulm", "Old Kyiv"])
def test_in_both_the_answer_keeps_its_words(answer, new):
    example = given.example(TEXT, "Who left Bonn?", answer, heading="On Bonn")
    swapped = in_both(example, Swap("Bonn", new))
    assert (swapped.question, swapped.heading) == (f"Who left {new}?", f"On {new}")
    assert swapped.passage == Swap("Bonn", new).of(TEXT)
    assert swapped.answer.of(swapped.passage) == answer
    assert swapped.kind == "swapped in both"


@examples(200)
@any_of(bits, bits, st.sampled_from(["Ulm", "Old Kyiv"]))
def test_in_any_passage_the_answer_keeps_its_words_and_place(before, after, new):
    left, right = " ".join([*before, ""]), " ".join(["", *after])
    example = Example("?", "", f"{left}ANSWER{right}", Span(len(left), len(left) + 6), "")
    swap = Swap("Bonn", new)
    swapped = swap.within(example)
    if swap.of(example.passage) == example.passage:
        assert swapped is None
    else:
        assert swapped.passage == f"{swap.of(left)}ANSWER{swap.of(right)}"
        assert swapped.answer.of(swapped.passage) == "ANSWER"
        assert swapped.answer.start == len(swap.of(left))


@pytest.mark.parametrize("answer", ["Bonn", "opened Bonn", "Bonn. In Bonn"])
def test_a_swap_never_touches_the_answer(answer):
    example = given.example(TEXT, "Who left Bonn?", answer)
    assert in_both(example, Swap("Bonn", "Ulm")) is None
    assert in_passage(example, Swap("Bonn", "Ulm")) is None


def test_what_is_not_in_the_passage_cannot_be_swapped_there():
    example = given.example(TEXT, "Who left Ulm?", "Lind")
    assert in_both(example, Swap("Ulm", "Bonn")) is None
    assert in_passage(example, Swap("Lin", "Bonn")) is None
    assert in_passage(given.example(TEXT, "?", None), Swap("Bonn", "Ulm")) is None


def test_in_passage_changes_the_passage_and_takes_the_answer():
    example = given.example(TEXT, "Who left Bonn?", "Reddy", heading="On Bonn")
    swapped = in_passage(example, Swap("Bonn", "Ulm"))
    assert swapped == Example(
        "Who left Bonn?", "On Ulm", Swap("Bonn", "Ulm").of(TEXT), None, "swapped in passage"
    )


def test_in_question_changes_the_question_alone():
    example = given.example(TEXT, "Who left Bonn?", "Reddy")
    swapped = in_question(example, Swap("Bonn", "Ulm"))
    assert swapped == Example("Who left Ulm?", "Title", TEXT, None, "swapped in question")


def test_drawn_swaps_keep_their_promises(drawn):
    made = 0
    for example, swap in drawn:
        asked = in_question(example, swap)
        assert asked.question not in ("", example.question)
        if both := in_both(example, swap):
            made += 1
            assert both.answer.of(both.passage) == example.answer.of(example.passage)
            assert both.question == asked.question
        if passage := in_passage(example, swap):
            assert (passage.question, passage.answer) == (example.question, None)
            assert passage.passage != example.passage
    assert made > 20


@pytest.fixture
def drawn(swaps):
    """Pairs of an example of the made-up set and a swap for it."""
    found = []
    for seed in range(10):
        for item in given.all_items(adversarial=False):
            example = as_asked(item, given.rng(seed))
            if swap := swaps.draw(example, item.topic, given.rng(f"{seed}:{item.question}")):
                found.append((example, swap))
    return found


@pytest.mark.parametrize(
    ("question", "negative"),
    [
        ("What is the port?", "What isn't the port?"),
        ("Which town can be seen?", "Which town can't be seen?"),
        ("Who will be there?", "Who won't be there?"),
        ("When did Lind leave?", "When didn't Lind leave?"),
    ],
)
def test_a_question_is_negated_once(question, negative):
    example = negated(given.example("Lind left.", question, "Lind"))
    assert (example.question, example.answer, example.kind) == (negative, None, "negated")
    assert negated(given.example("Lind left.", "Who left?", "Lind")) is None


@pytest.mark.parametrize(
    "question",
    [
        "What isn't the port?",
        "Which town can’t be seen?",
        "Which town cannot be seen?",
        "Who was not there?",
        "Who has Never left?",
        "When did no ship leave?",
        "Who did neither harbour nor town belong to?",
    ],
)
def test_a_negative_question_is_left_alone(question):
    assert negated(given.example("Lind left.", question, "Lind")) is None
