import pytest

from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.cards import PASSAGE_MAX, passage_page, passages
from bot.discord.embeds import Tone, size
from index.model import Span
from tests.builders import answer, article, citation, hit

BEFORE, QUOTE, AFTER = "It was cold. ", "He left - at last, on Monday.", " Snow fell."
TEXT = BEFORE + QUOTE + AFTER
START = 1_000
"""Where the passage stands in its article."""
QUOTED_AT = START + len(BEFORE)


def winter(id="a1", **changes):
    return article(id, **({"title": "Winter", "source": "https://news.example/w"} | changes))


def passage(text=TEXT, start=START, **about):
    return hit(text, of=winter(**about), start=start)


def quote(number=1, text=QUOTE, start=QUOTED_AT, also=(), **about):
    return citation(text, number=number, of=winter(**about), start=start, also=also)


def found(hits, cited=()):
    return answer(*cited, hits=tuple(hits), question="When?")


def test_the_quoted_sentence_is_marked_in_its_surroundings():
    card = passage_page(found([passage()], [quote()]), 0).card
    assert card.title == "Passage 1 of 1"
    assert card.tone is Tone.NEUTRAL
    assert card.description.splitlines() == [
        "[Winter](https://news.example/w#:~:text=He%20left%20%2D%20at%20last%2C%20on%20Monday.)",
        "> It was cold. **He left - at last, on Monday.** Snow fell.",
        f"-# {ask_strings.QUOTED}[1]",
    ]


def test_quoted_passages_come_first_in_the_order_of_their_footnotes():
    other = passage("Rain fell. She stayed. ", id="a2")
    second = quote(2, "She stayed.", START + len("Rain fell. "), id="a2")
    shown = passages(found([passage("Unquoted.", id="a3"), other, passage()], [quote(), second]))
    assert [one.article.id for one in shown] == ["a1", "a2", "a3"]
    assert [one.numbers for one in shown] == [(1,), (2,), ()]


def test_another_version_or_article_is_not_marked_but_the_same_words_are():
    twin = winter(id="a2")
    given = [quote(also=(twin,))]
    own, same, old = passages(
        found([passage(), passage(version="w"), passage(f"Indeed: {TEXT}", id="a2")], given)
    )
    assert own.quoted == (Span(13, 42),)
    assert same.article.id == "a2"
    assert same.quoted[0].of(same.text) == QUOTE
    assert old.quoted == ()


def test_a_quote_that_runs_over_two_passages_is_marked_in_both():
    ending = passage(BEFORE, START)
    going_on = passage(QUOTE, QUOTED_AT)
    both = quote(text="cold. He left", start=START + 7)
    first, second = passages(found([ending, going_on], [both]))
    assert first.quoted[0].of(first.text) == "cold. "
    assert second.quoted[0].of(second.text) == "He left"


def test_a_summary_has_its_quotes_as_passages():
    (shown,) = passages(found([], [quote()]))
    assert (shown.text, shown.quoted) == (QUOTE, (Span(0, 29),))


def test_a_passage_that_was_only_near_leads_to_its_start_and_end():
    card = passage_page(found([passage("One two. " * 20)]), 0).card
    link = "#:~:text=One%20two.%20One%20two.%20One%20two.,One%20two.%20One%20two.%20One%20two."
    assert f"https://news.example/w{link})" in card.description
    assert "**" not in card.description
    assert card.description.endswith(f"-# {ask_strings.NEAR}")


@pytest.mark.parametrize("source", [None, "The Daily", "notes.txt"])
def test_a_source_that_is_no_link_is_named(source):
    first = passage_page(found([passage(source=source)]), 0).card.description.splitlines()[0]
    assert first == f"Winter · {source}" if source else first == "Winter"


def test_a_long_passage_is_cut_around_the_marked_words():
    text = "filler " * 600 + QUOTE
    given = quote(start=START + len("filler " * 600))
    card = passage_page(found([passage(text)], [given]), 0).card
    assert "**He left - at last, on Monday.**" in card.description
    assert size(card.description) < PASSAGE_MAX + 300


def test_nothing_to_show():
    assert passages(found([])) == ()
    assert passage_page(found([]), 0).content == ask_strings.NO_PASSAGES
