from collections import Counter

import pytest

from index.lab.training import examples
from index.lab.training.forms import UNANSWERED_SHARE
from index.lab.training.mining import mined_key
from index.lab.training.mixture import DATED_SHARE, DATES, OTHER_WORDS_WEIGHT, SHARES, Mixture
from tests.unit.index.lab.training import given

ASKED = "Who founded the first market in Arnsby?"
MINED = {mined_key(ASKED, "Northern ports/0"): (("Rivers", "Nobody built anything."),)}
COUNT = 3000
TOLERANCE = 0.03
LABELS = SHARES | {"answerable": SHARES["answerable"] + SHARES["contrast"]}
del LABELS["contrast"]  # which are answerable questions, too


EXPLAINED = given.item(
    "Tolbeck lost its market because the river changed its bed. Nobody ever came back.",
    "Why did Tolbeck lose its market?",
    "the river changed its bed",
)


def mixture(*, adversarial=True, mined=MINED, seed=1, explained=(EXPLAINED,)):
    items = [*given.all_items(adversarial=adversarial), *explained]
    return Mixture([("squad2_made_up", items)], mined, seed)


@pytest.fixture(scope="module")
def drawn():
    return mixture().draw(0, COUNT)


def test_the_shares_are_kept(drawn):
    found = Counter(example.kind for example in drawn)
    assert sum(SHARES.values()) == pytest.approx(1)
    assert set(found) == set(LABELS)
    for kind, share in LABELS.items():
        assert found[kind] / COUNT == pytest.approx(share, abs=TOLERANCE), kind


def test_somewhat_more_than_half_is_answerable(drawn):
    share = sum(example.answer is not None for example in drawn) / COUNT
    assert share == pytest.approx(0.55, abs=TOLERANCE)


def test_answers_are_words_of_the_passage(drawn):
    for example in drawn:
        if example.answer is not None:
            assert 0 <= example.answer.start < example.answer.end <= len(example.passage)
            assert example.answer.of(example.passage).strip()


def test_some_headings_are_dated(drawn):
    dated = [e.heading.split(" · ") for e in drawn if " · " in e.heading]
    assert len(dated) / COUNT == pytest.approx(DATED_SHARE, abs=TOLERANCE)
    assert {date for _, date in dated} == set(DATES)


def test_mined_passages_are_unanswered(drawn):
    mined = [e for e in drawn if e.kind == "mined"]
    assert {e.answer for e in mined} == {None}
    assert {e.heading.split(" · ")[0] for e in mined} == {"Rivers"}
    assert {ASKED, ASKED.lower().rstrip("?")} <= {e.question for e in mined}


def test_mined_passages_of_other_questions_are_refused():
    for other in (ASKED, mined_key(ASKED, "Northern ports/1")):
        with pytest.raises(ValueError, match="other questions"):
            mixture(mined={other: (("Rivers", "Nobody built anything."),)})


def test_a_round_is_the_same_for_the_same_seed_in_any_order():
    first, second = mixture(), mixture()
    second.draw(7, 10)
    assert first.draw(3, 80) == second.draw(3, 80)
    assert first.draw(3, 80) == second.draw(3, 80)


def test_rounds_and_seeds_differ():
    one = mixture()
    assert one.draw(0, 80) != one.draw(1, 80)
    assert one.draw(0, 80) != mixture(seed=2).draw(0, 80)


def test_it_works_without_adversarial_and_mined_questions():
    found = Counter(e.kind for e in mixture(adversarial=False, mined={}).draw(0, COUNT))
    assert set(found) == set(LABELS) - {"adversarial", "mined"}
    answerable = LABELS["answerable"] + LABELS["adversarial"]
    removed = SHARES["sentence removed"] + SHARES["mined"]
    assert found["answerable"] / COUNT == pytest.approx(answerable, abs=TOLERANCE)
    assert found["sentence removed"] / COUNT == pytest.approx(removed, abs=TOLERANCE)


def test_a_search_that_found_nothing_counts_as_none():
    found = mixture(mined=dict.fromkeys(MINED, ())).draw(0, 400)
    assert "mined" not in {e.kind for e in found}


def test_files_near_to_news_are_drawn_more_often():
    north, south = given.topics()
    files = [("squad2_x", examples.items([north])), ("reddit", examples.items([south]))]
    found = Mixture(files, {}, 1).draw(0, COUNT)
    northern, southern = 3.0 * 4 * 6, 1.0 * 2 * 6  # weight, paragraphs, questions
    share = share_of(north.title, found, "sentence removed")
    assert share == pytest.approx(northern / (northern + southern), abs=2 * TOLERANCE)


def test_contrast_is_drawn_from_topics_with_adversarial_questions():
    (north, _), (_, south) = given.topics(), given.topics(adversarial=False)
    found = Mixture([("made up", examples.items([north, south]))], {}, 1).draw(0, COUNT)
    plain = SHARES["answerable"] * 4 / 6  # of the paragraphs
    share = (plain + SHARES["contrast"]) / LABELS["answerable"]
    assert share_of(north.title, found, "answerable") == pytest.approx(share, abs=TOLERANCE)
    assert share_of(north.title, found, "adversarial") == 1.0


def share_of(title, examples, kind):
    titles = Counter(e.heading.split(" · ")[0] for e in examples if e.kind == kind)
    return titles[title] / titles.total()


def test_statements_are_made_of_the_files_near_to_news():
    north, south = given.topics()
    files = [("squad2_x", examples.items([north])), ("reddit", examples.items([south]))]
    said = [e for e in Mixture(files, {}, 1).draw(0, 600) if e.kind == "statement"]
    assert said
    assert not any("Estrava" in e.passage or "Velim" in e.passage for e in said)


def test_questions_are_asked_in_several_manners(drawn):
    for answered in (True, False):
        asked = [e.question for e in drawn if (e.answer is not None) == answered]
        lower = sum(question == question.lower() for question in asked) / len(asked)
        assert lower == pytest.approx(0.18, abs=0.05)


def test_why_is_asked_of_reasons(drawn):
    asked = [e for e in drawn if e.kind == "why"]
    answers = {e.answer and e.answer.of(e.passage) for e in asked}
    assert answers == {None, "the river changed its bed"}
    share = sum(e.answer is None for e in asked) / len(asked)
    assert share == pytest.approx(UNANSWERED_SHARE, abs=0.15)


def test_without_reasons_it_asks_whether():
    found = Counter(e.kind for e in mixture(explained=()).draw(0, COUNT))
    asked = SHARES["why"] + SHARES["yes or no"]
    assert found["why"] == 0
    assert found["yes or no"] / COUNT == pytest.approx(asked, abs=TOLERANCE)


def test_questions_in_other_words_than_the_answer_are_drawn_more_often():
    text = "Tolbeck lost its market. The river changed its bed."
    near = given.all_items(adversarial=False)
    far = [
        given.item(text, f"What befell commerce in town {n}?", "lost its market", title="Far")
        for n in range(len(near))
    ]
    drawn = Mixture([("made up", [*near, *far])], {}, 1).draw(0, COUNT)
    expected = OTHER_WORDS_WEIGHT / (1 + OTHER_WORDS_WEIGHT)
    kept = [e for e in drawn if e.kind == "sentence removed"]
    assert share_of("Far", kept, "sentence removed") == pytest.approx(expected, abs=0.1)
