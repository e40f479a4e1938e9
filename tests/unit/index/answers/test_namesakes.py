"""Two people of one surname are told apart."""

import pytest

from index.answers import namesakes
from index.answers.candidates import Candidate, sentence_texts
from tests.builders import article, hit

HARBOUR = hit(
    "Transport Minister Mary Smith said the harbour would be deepened. The works take three years,"
    " she said. John Smith, who leads the fishermen, said the dredging would bury the mussels."
    " Smith called the plan a gift. Minister Smith promised money. Everybody waits."
)
FOOTBALL = hit(
    "Alan Smith, the striker, misses the season. Smith said he would be back.", of=article("b")
)
PEOPLE = namesakes.shared([HARBOUR, FOOTBALL])
NAMES = ["mary", "mary", "john", "john", "mary", None]


def given(meant):
    return ["".join(*one.people[0].given) if one.people else None for one in meant]


def test_each_sentence_is_about_the_one_who_was_named_last():
    meant = namesakes.meant(HARBOUR, PEOPLE)
    assert given(meant) == NAMES
    assert [one.named_in for one in meant] == [None, None, None, 2, 0, None]
    meant = namesakes.meant(FOOTBALL, PEOPLE)
    assert (given(meant), meant[1].named_in) == (["alan", "alan"], 0)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What did Mary Smith say about the harbour?", [0, 1, 4, 5]),
        ("what did john smith say about dredging", [2, 3, 5]),
        ("did john smith promise money", [2, 3, 5]),
        ("What did Minister Smith promise?", [0, 1, 4, 5]),
        ("What did Alan Smith say?", [5]),
        ("when will the striker smith be back", [0, 1, 2, 3, 4, 5]),
        ("What did Smith say about the harbour?", [0, 1, 2, 3, 4, 5]),
        ("What did the fishermen say?", [0, 1, 2, 3, 4, 5]),
        ("Mary Smith and John Smith on the harbour", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_a_full_name_gets_nothing_of_a_namesake(question, left):
    wanted = namesakes.named_by(question, PEOPLE)
    meant = namesakes.meant(HARBOUR, PEOPLE)
    assert [n for n, one in enumerate(meant) if not one.all_other(wanted)] == left


def test_the_younger_of_two_is_not_the_one_who_was_named_last():
    one = hit("Kieran Maddox lied. His father, Roy Maddox, paid. The younger Maddox used screws.")
    people = namesakes.shared([one])
    wanted = namesakes.named_by("What did Kieran Maddox use?", people)
    younger = namesakes.meant(one, people)[2]
    assert not younger.all_other(wanted)
    assert younger.named_in is None


def test_a_couple_shares_its_name():
    people = namesakes.shared([hit("John and Mary Smith bought the mill.")])
    assert {name for one in people["smith"] for name in one.given} == {"john", "mary"}


def test_one_person_under_several_names_is_no_namesake():
    text = "Minister Mary Smith came. Mary Ann Smith spoke. On Monday Smith left. But Smith won."
    assert namesakes.shared([hit(text)]) == {}


def ranked(*order):
    texts = sentence_texts(HARBOUR)
    return [Candidate(HARBOUR, n, texts[n], float(-place)) for place, n in enumerate(order)]


def test_of_a_bare_surname_each_who_may_be_meant_is_heard():
    found = namesakes.others("What did Smith say about the harbour?", ranked(0, 1, 3, 2, 4))
    assert [one.index for one in found] == [3]
    assert not namesakes.others("What did Mary Smith say about it?", ranked(0, 1, 3, 2, 4))
    assert not namesakes.others("What did the fishermen say?", ranked(3, 0))
    assert not namesakes.others("What did Smith say?", ranked(5, 0, 2))
    assert not namesakes.others("How old is Smith?", ranked(0, 3))
