import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.spelling import is_typo, max_edits

NAME = st.text("abcdefghilmnoprstuvwyz", min_size=9, max_size=14)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("hegsteh", "hegseth"),  # swapped
        ("ehgseth", "hegseth"),  # swapped at the start
        ("hegset", "hegseth"),  # left out
        ("hegssseth", "hegsseth"),  # doubled
        ("hegsrth", "hegseth"),  # another key
        ("zelenski", "zelensky"),
        ("zelenskyy", "zelensky"),
        ("zelenskij", "zelensky"),  # two edits
        ("putun", "putin"),
        ("kharkov", "kharkiv"),
    ],
)
def test_typos(word, name):
    assert is_typo(word, name, max_edits(word))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("macron", "marco"),  # two edits, and short
        ("capote", "capone"),  # another sound
        ("lance", "vance"),  # another beginning
        ("loudoun", "london"),
        ("navalny", "navalnaya"),
        ("alaska", "alaskan"),
        ("yugoslavia", "yugoslavian"),
        ("imperialist", "imperialism"),
        ("johansson", "johnson"),
        ("arity", "rarity"),
    ],
)
def test_other_words(word, name):
    assert not any(is_typo(word, name, edits) for edits in range(1, max_edits(word) + 1))


@given(NAME, st.data())
def test_a_letter_wrong_inside_a_long_name_is_a_typo(name, data):
    at = data.draw(st.integers(1, len(name) - 3))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    before, here, after = name[:at], name[at], name[at + 1 :]
    for typed in (before + after, before + letter + after, before + letter + here + after):
        assert is_typo(typed, name, 1)
    assert is_typo(before + after[0] + here + after[1:], name, 1)


@given(st.text("abc", min_size=5, max_size=9), st.text("abc", min_size=4, max_size=10))
def test_a_typo_is_never_far(word, name):
    if is_typo(word, name, max_edits(word)):
        assert abs(len(word) - len(name)) <= max_edits(word)
        assert word[0] in name[:2]
