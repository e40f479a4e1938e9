"""Which word is swapped for which."""

import pytest

from index.lab.training.swaps import Swaps, in_question
from index.text.words import antonyms
from tests.unit.index.lab.training import given

NORTH, SOUTH = 0, 1
TEXT = "In 1412 Ilse Marten founded Arnsby. Otto Krane built the oldest bridge of Norvik."


def draw(swaps, question, answer, *, passage=TEXT, topic=NORTH, count=60):
    """All swaps of many draws."""
    example = given.example(passage, question, answer)
    found = [swaps.draw(example, topic, given.rng(n)) for n in range(count)]
    return {(swap.old, swap.new) for swap in found if swap}


def test_a_name_gives_way_to_another_name_of_the_set(swaps):
    found = draw(swaps, "Who ruled Arnsby?", "Ilse Marten")
    assert {old for old, _ in found} == {"Arnsby"}
    new = {new for _, new in found}
    assert {"Tolbeck", "Wexmoor"} <= new
    assert new <= {"Norvik", "Tolbeck", "Wexmoor", "Estrava", "Velim"} | {
        name for name in new if len(name.split()) == 2
    }
    assert not any("Ilse" in name or "Arnsby" in name for name in new)


def test_most_names_are_of_the_topic(swaps):
    example = given.example(TEXT, "Who ruled Arnsby?", "Ilse Marten")
    found = [swaps.draw(example, SOUTH, given.rng(n)) for n in range(200)]
    southern = {"Estrava", "Velim", "Ines Prado", "Jana Hruba", "Paulo Reis", "Karel Zeman"}
    share = sum(swap is not None and swap.new in southern for swap in found) / 200
    assert share > 0.5


def test_a_name_of_the_passage_stands_outside_the_sentence_that_answers(swaps):
    found = draw(swaps, "Who ruled Arnsby?", "Ilse Marten", count=200)
    near = {new for _, new in found if new in TEXT}
    assert near == {"Norvik", "Otto Krane"}


def test_a_number_gives_way_to_one_that_is_not_in_the_passage(swaps):
    found = draw(swaps, "What happened in 1412?", "Ilse Marten")
    assert {old for old, _ in found} == {"1412"}
    assert {abs(int(new) - 1412) for _, new in found} == {1, 2, 3, 5, 10, 20}
    assert "1413" not in {
        new for _, new in draw(swaps, "In 1412?", None, passage="In 1413 and 1412 it rained.")
    }


@pytest.mark.parametrize("number", ["1", "3.5", "1,000"])
def test_any_number_changes(swaps, number):
    question = f"What cost {number} crowns?"
    found = draw(swaps, question, None, passage="Rye.")
    assert found
    assert {old for old, _ in found} == {number}
    assert all(new != number and int(new) > 0 for _, new in found)


def test_a_word_gives_way_to_what_excludes_it(swaps):
    found = draw(swaps, "which bridge stood before the storm?", "Otto Krane")
    assert found == {("before", "after")}
    assert all(word in antonyms()[other] for word in antonyms() for other in antonyms()[word])
    assert not any(word in antonyms()[word] for word in antonyms())


@pytest.mark.parametrize(
    "question", ["how long was it?", "How old was it?", "and how high was it?"]
)
def test_after_how_a_word_asks_for_a_measure(swaps, question):
    assert draw(swaps, question, None) == set()


def test_a_question_with_nothing_to_swap_has_no_swap(swaps):
    assert draw(swaps, "What did they eat?", None) == set()
    assert draw(swaps, "Whose?", None) == set()


@pytest.mark.parametrize("name", ["Arnsby", "Sao-Vel", "O’Dea", "UN", "EU"])
def test_a_name_is_swapped_without_its_possessive(swaps, name):
    for mark in ("'s", "’s", "'", ""):
        found = draw(swaps, f"Who ruled {name}{mark} town?", None, passage="Rye.")
        assert {old for old, _ in found} == {name}
        assert not any(new.endswith(("'", "'s", "’s")) for _, new in found)


def test_names_of_two_letters_are_swapped_for_others():
    items = [given.item("", "Who ruled the UN?"), given.item("", "Was it the EU?")]
    example = given.example("The envoy ruled.", "Who ruled the UN?", None)
    drawn = [Swaps(items).draw(example, NORTH, given.rng(n)) for n in range(60)]
    assert {(swap.old, swap.new) for swap in drawn if swap} == {("UN", "EU")}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is Arnsby's name?", None),
        ("Who left the UN?", "UN"),
        ("Who founded the towns' market of Arnsby?", None),
    ],
)
def test_a_swap_changes_the_question(question, answer):
    passage = "The envoy left. Nobody knew of the UN there."
    items = [given.item(passage, question, *([answer] if answer else [])), *given.all_items()]
    example = given.example(passage, question, None)
    swaps = Swaps(items)
    found = [swap for n in range(300) if (swap := swaps.draw(example, NORTH, given.rng(n)))]
    assert found
    assert all(in_question(example, swap).question != question for swap in found)
