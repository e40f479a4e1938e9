from dataclasses import replace

import pytest

from index.lab.training.mining import KEPT, mine, mined_key
from index.models.embedder import HashingEmbedder
from tests.unit.index.lab.training import given

ARNSBY = "Northern ports/0"


def run(folder, *, topics=(), every=True, count=100, seed=1, tell=print):
    topics = [*topics, *(given.topics() if every else ())]
    return mine(topics, HashingEmbedder(), folder, tell, count=count, seed=seed)


@pytest.fixture(scope="module")
def mined(tmp_path_factory):
    return run(tmp_path_factory.mktemp("mined"))


def key_of(item):
    return mined_key(item.question, item.paragraph_name)


def test_every_answerable_question_is_searched_for(mined):
    assert set(mined) == {key_of(item) for item in given.all_items() if item.answers}


def test_what_is_found_never_answers(mined):
    for item in given.all_items():
        for heading, passage in mined.get(key_of(item), ()):
            assert heading in {"Northern ports", "River towns"}
            assert passage not in item.paragraph.text
            for answer in item.answers:
                assert answer.of(item.paragraph.text).casefold() not in passage.casefold()


def test_some_are_found_and_the_nearest_come_first(mined):
    assert max(map(len, mined.values())) == KEPT
    found = mined[mined_key("Who founded the first market in Arnsby?", ARNSBY)]
    assert "Arnsby" in found[0][1]  # its neighbour, which exports there
    assert "Ilse Marten" not in found[0][1]


def test_an_answer_that_others_name_too_leaves_out_their_passages(mined):
    found = mined[mined_key("Where was salt exported to?", ARNSBY)]  # to Norvik, as black tar was
    assert found
    assert not any("Norvik" in passage for _, passage in found)


def test_no_part_of_the_questions_own_paragraph_is_a_negative(tmp_path):
    parts = [f"The market of Arnsby sold salt at stall {n} to town {n}." for n in range(60)]
    parts[30] = "Ilse Marten founded the first market in Arnsby."
    question = "Who founded the very first market of Arnsby?"
    long = given.topic_of("Arnsby", " ".join(parts), question, "Ilse Marten")
    found = run(tmp_path, topics=[long])
    passages = found[mined_key(question, "Arnsby/0")]
    assert passages
    assert "Arnsby" not in {heading for heading, _ in passages}


def test_paragraphs_may_have_the_same_question(tmp_path):
    who, text = "Who led the rail strike?", "{} led the rail strike at the depot."
    twins = [given.topic_of(n, text.format(n), who, n) for n in ("Lind", "Okoye")]
    found = run(tmp_path, topics=twins)
    first, second = (found[mined_key(who, f"{name}/0")] for name in ("Lind", "Okoye"))
    assert first[0] == ("Okoye", "Okoye led the rail strike at the depot.")
    assert second[0] == ("Lind", "Lind led the rail strike at the depot.")


def test_a_question_is_named_without_its_line_breaks():
    assert mined_key(" Who \n left\t Kyiv? ", "War/3") == mined_key("Who left Kyiv?", "War/3")
    assert mined_key("Who left?", "War/3") != mined_key("Who left?", "War/4")


def test_paragraphs_of_other_parts_are_not_searched(tmp_path):
    north, south = given.topics()
    own = tuple(q for q in north.questions if q.paragraph != ARNSBY)
    found = run(tmp_path, topics=[replace(north, questions=own), south], every=False)
    passages = [passage for found_here in found.values() for _, passage in found_here]
    assert passages
    assert not any("Arnsby is a small port" in passage for passage in passages)


def test_the_same_seed_mines_the_same_questions(tmp_path):
    told = []
    first, again = run(tmp_path, count=5, tell=told.append), run(tmp_path, count=5)
    assert (len(first), first) == (5, again)
    assert told == ["mining: 0 of 5 questions"]
    assert set(run(tmp_path, count=5, seed=2)) != set(first)
