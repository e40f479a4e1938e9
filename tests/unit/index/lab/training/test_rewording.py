import pytest

from index.lab.training.rewording import other_words, passage_reworded, restructured, reworded
from tests.unit.index.lab.training import given

DRAWS = 80


def all_of(question, how=reworded):
    return {how(question, given.rng(n)) for n in range(DRAWS)}


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Who founded the market in Arnsby?", "By whom was the market in Arnsby founded?"),
        ("Who wrote the letter?", "Who was the letter written by?"),
        ("By whom was the market founded?", "Who founded the market?"),
        ("When was the market founded?", "In what year was the market founded?"),
        ("In what year was the market founded?", "When was the market founded?"),
        ("Why did they leave?", "For what reason did they leave?"),
        ("What did Krane say about salt?", "What is Krane's view of salt?"),
        ("What is the name of the river?", "What is the river called?"),
        ("What is the river called?", "What is the name of the river?"),
    ],
)
def test_a_question_takes_another_form(question, other):
    assert other in all_of(question, restructured)


def test_a_question_of_no_known_form_stays():
    assert all_of("The market of Arnsby is where?", restructured) == {
        "The market of Arnsby is where?"
    }


def test_words_give_way_to_synonyms():
    found = all_of("The largest plane of Arnsby is where?")
    assert "The biggest aircraft of Arnsby is where?" in found
    assert "The largest plane of Arnsby is where?" in found
    assert all("Arnsby" in question for question in found)


def test_a_verb_is_a_verb_after_did_and_a_noun_after_an_article():
    after_did = " ".join(all_of("Did Krane start in Arnsby?"))
    assert "begin" in after_did
    assert "onset" not in after_did
    after_the = " ".join(all_of("Did Krane see the start of Arnsby?"))
    assert "onset" in after_the
    assert "commence" not in after_the


def test_the_article_follows_the_word():
    found = all_of("There was a plane, or an aircraft?")
    assert any("an airplane" in question for question in found)
    assert not any("a aircraft" in question or "an plane" in question for question in found)


def test_names_stay():
    assert "Plane" not in other_words()
    assert all_of("Plane Start Krane?") == {"Plane Start Krane?"}


@pytest.mark.parametrize("answer", ["Ilse Marten", "the first market", None])
def test_a_passage_keeps_its_answer(answer):
    passage = "Long ago Ilse Marten founded the first market. The town sold goods to a country."
    example = given.example(passage, "Who?", answer)
    drawn = [passage_reworded(example, given.rng(n)) for n in range(DRAWS)]
    assert len({e.passage for e in drawn}) > 10
    for other in drawn:
        assert other.question == "Who?"
        assert (other.answer and other.answer.of(other.passage)) == answer
