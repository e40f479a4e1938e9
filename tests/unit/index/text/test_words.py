import pytest

from index.text.words import names, subject_words


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What did Hegseth say about NATO?", ["Hegseth", "NATO"]),
        ("who is Carl Bildt", ["Carl", "Bildt"]),
        ("What does the US want?", ["US"]),
        ("What do they think of us?", []),
        ("Trump's well-known views, Trump’s?", ["Trump", "well-known", "views"]),
        ("", []),
    ],
)
def test_subject_words_say_what_it_is_about(question, subject):
    assert subject_words(question) == subject


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did JD Vance say in 2025?", ["JD", "Vance", "2025"]),
        ("Ukraine is where?", []),
        ("NATO is what?", ["NATO"]),
        ("what did hegseth say?", []),
    ],
)
def test_names_are_capitals_inside_and_numbers(question, expected):
    assert names(question) == expected
