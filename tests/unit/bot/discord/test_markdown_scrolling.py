import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.markdown import END_WORDS, URL_MAX, WHOLE_MAX, safe_url, scrolling_to
from tests.properties import examples

PAGE = "https://news.example/a"
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen"


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("He left.", "He%20left."),
        ("co-chairs, R&D", "co%2Dchairs%2C%20R%26D"),
        ("“Why?” (2014)", "%E2%80%9CWhy%3F%E2%80%9D%20%282014%29"),
        ("two  blanks\tand a tab", "two%20blanks%20and%20a%20tab"),
        (LONG.removesuffix(" thirteen"), LONG.removesuffix(" thirteen").replace(" ", "%20")),
        (
            LONG,
            "one%20two%20three%20four%20five%20six,eight%20nine%20ten%20eleven%20twelve%20thirteen",
        ),
        ("First line.\n\nLast, line.", "First%20line.,Last%2C%20line."),
        ("100% #1 ~:~", "100%25%20%231%20~%3A~"),
    ],
)
def test_words_to_scroll_to(words, directive):
    assert scrolling_to(PAGE, words) == f"{PAGE}#:~:text={directive}"


@pytest.mark.parametrize(
    ("source", "link"),
    [
        (f"{PAGE}?b=1#part", f"{PAGE}?b=1#part:~:text=He"),
        (f"{PAGE}#part:~:text=other", f"{PAGE}#part:~:text=He"),
        ("https://news.example/x(1)", "https://news.example/x%281%29#:~:text=He"),
        ("HTTP://NEWS.EXAMPLE/a", "http://NEWS.EXAMPLE/a#:~:text=He"),
    ],
)
def test_a_link_keeps_its_own_place(source, link):
    assert scrolling_to(source, "He") == link


@pytest.mark.parametrize(
    "source",
    [None, "", "The Daily", "javascript:alert(1)", "ftp://news.example/a", "file:///etc/passwd"],
)
def test_what_is_no_web_page_stays(source):
    assert scrolling_to(source, "He left.") == source


def test_no_words_and_too_many_letters_leave_the_plain_link():
    assert scrolling_to(PAGE, " \n ") == PAGE
    assert scrolling_to(PAGE, "字" * 100) == PAGE
    assert scrolling_to(f"{PAGE}{'b' * URL_MAX}", "He left.") == f"{PAGE}{'b' * URL_MAX}"


@examples(200)
@given(st.lists(st.text("ab-,&.%#\né字 '\ud800", max_size=9), max_size=30).map(" ".join))
def test_whatever_the_words_start_and_end_are_theirs(words):
    link = scrolling_to(PAGE, words)
    assert safe_url(link) == link
    if "#" not in link:
        assert not words.strip() or "字" in words or len(words) > 100
        return
    directive = link.removeprefix(f"{PAGE}#:~:text=")
    assert re.fullmatch(r"[\w.~%,]+", directive, re.ASCII)
    lines = [
        " ".join(line.split()).replace("\ud800", "?") for line in words.split("\n") if line.strip()
    ]
    match list(map(unquote, directive.split(","))):
        case [whole]:
            assert lines == [whole]
            assert len(whole.split()) <= WHOLE_MAX
        case [start, end]:
            assert f"{lines[0]} ".startswith(f"{start} ")
            assert f" {lines[-1]}".endswith(f" {end}")
            assert max(len(start.split()), len(end.split())) <= END_WORDS
