import pytest

from index.lab.evaluation.data import of_part
from index.lab.evaluation.questions import pose
from index.lab.training.variants import MADE_UP_SHARE, VARIED_SHARE, variants


@pytest.fixture
def posed(bench, topics):
    return list(pose(bench, topics, "dev", [], 99))


@pytest.fixture
def found(bench, topics, posed):
    """Many draws: the set is small."""
    own = of_part(topics, "dev")
    return [one for seed in range(60) for one in variants(posed, own, bench.scope, seed)]


def test_made_up_questions_have_no_answer(found, posed):
    asked = {one.text for one in posed}
    made_up = [one for one in found if one.kind == "adversarial" and one.text not in asked]
    assert made_up
    assert all(one.gold == one.gold_texts == () for one in made_up)


def test_a_variant_is_the_question_in_another_manner(found, posed):
    by_gold = {one.gold: one for one in posed if one.kind == "answerable"}
    answerable = [one for one in found if one.kind == "answerable"]
    assert answerable
    for one in answerable:
        assert one.text != by_gold[one.gold].text
        assert one.paragraph == by_gold[one.gold].paragraph


def test_as_many_are_made_as_the_shares_say(found, posed):
    answerable = sum(one.kind == "answerable" for one in posed)
    most = MADE_UP_SHARE * answerable
    assert len(found) / 60 <= most + 1.3 * VARIED_SHARE * (len(posed) + most)
    assert {one.kind for one in found} == {one.kind for one in posed} | {"adversarial"}


def test_the_same_seed_makes_the_same(bench, topics, posed):
    own = of_part(topics, "dev")
    assert list(variants(posed, own, bench.scope)) == list(variants(posed, own, bench.scope))
