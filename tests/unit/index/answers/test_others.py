import pytest

from index.answers.others import is_about_another

STORM = (
    "About 1,200 people were moved from low-lying streets in Port Kerr before the tide.",
    "Most spent the night at the leisure centre.",
    "The railway line at Dornick has been closed since Saturday.",
    "Schools in Halby and Rye will open.",
)

RACE = (
    "Rowan Tully crossed the line first and wept as she was handed the trophy.",
    "She will spend the money on a new roof.",
    "She was told of the record later.",
    "Her coach, Des Molloy, said she trained before dawn.",
    "He believes she can run faster.",
    "There was rain.",
    "The road was wet.",
    "Molloy wants her to go to Zagreb.",
)


@pytest.mark.parametrize(
    ("question", "index", "another"),
    [
        ("how many people had to leave their homes in dornick", 0, True),
        ("how many people had to leave their homes in port kerr", 0, False),
        ("how many people had to leave their homes", 0, False),
        ("how many people were homeless in dornick", 1, False),
        ("how long is the line shut at Dornick", 2, False),
        ("how many people had to leave their homes in Ulm", 0, False),
        ("how many people left in Rye", 0, True),
    ],
)
def test_another_place(question, index, another):
    """ "How many had to leave in Dornick?" was answered with those of two other towns."""
    assert is_about_another(question, STORM, index, STORM) is another


@pytest.mark.parametrize(
    ("question", "index", "another"),
    [
        ("what does her trainer reckon tully could manage", 1, True),
        ("what does tullys coach want", 0, True),
        ("what does her trainer reckon tully could manage", 3, False),
        ("what does her trainer reckon tully could manage", 4, False),
        ("what does her trainer want", 7, False),
        ("what does Tully want", 1, False),
        ("what does her uncle want", 1, False),
    ],
)
def test_another_than_the_relative(question, index, another):
    """What her trainer thinks was answered with what the runner buys."""
    assert is_about_another(question, RACE, index, RACE) is another


def test_the_relative_may_be_told_of_in_another_passage():
    question = "what does tullys coach want"
    assert is_about_another(question, RACE[:3], 1, RACE)
    assert not is_about_another(question, RACE[:3], 1, RACE[:3])
    assert not is_about_another(question, RACE[4:], 0, RACE)


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("who was fastest bloke at the carrick marathon", True),
        ("name of the guy who won", True),
        ("who was the fastest woman", False),
        ("who told the man", False),
        ("who won", False),
    ],
)
def test_the_other_sex(question, another):
    """The fastest man was said to be a woman."""
    assert is_about_another(question, RACE, 0, RACE) is another
