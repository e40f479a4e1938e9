"""Names side by side, of which a question names one."""

import pytest

from index.answers.peers import about_another, listed

LANDERS = (
    "Three firms, Astra Mobil, Ceres Robotic and Tarn Satellites, may bid.",
    "Michael Sand of Ceres Robotic said the award was a sign.",
    '"Small players add agility to the mix."',
    "He said his company's lander should be ready in 2028.",
    "Tarn Satellites is known for small ones.",
    "He declined to say when his company's lander would be ready.",
)


def others(question):
    peers = listed(" ".join(LANDERS))
    return [n for n in range(len(LANDERS)) if about_another(question, peers, LANDERS, n)]


def test_names_in_a_list_are_told_apart_by_the_words_that_only_one_has():
    (names,) = listed("It chose Orm Steel, Orm Glass and Tarn.")
    assert names == {frozenset(["steel"]), frozenset(["glass"]), frozenset(["tarn"])}
    assert listed("Lind left. Orm, where she lived, is small.") == []


@pytest.mark.parametrize(
    "question",
    ["When will the lander of Tarn Satellites be ready?", "when is tarn satellites' lander ready"],
)
def test_what_he_said_of_another_of_the_list_is_about_another(question):
    assert others(question) == [2, 3]


@pytest.mark.parametrize(
    ("question", "about_others"),
    [
        ("When will the lander of Ceres Robotic be ready?", [5]),
        ("When will the lander be ready?", []),
        ("Are Ceres Robotic and Tarn Satellites ready?", []),
    ],
)
def test_who_is_named_or_nobody(question, about_others):
    assert others(question) == about_others
