import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.cards import read_back, render
from bot.discord.markdown import escape, plain
from index.model import Answer, Missing, Span
from tests.properties import examples
from tests.strategies import answers
from tests.unit.bot.cogs.ask.given import answer


def quoted(text: str):
    """The one citation of an answer, all of it in bold."""
    return replace(answer("", text).citations[0], highlights=(Span(0, len(text)),))


QUESTION = "What did *Hegseth* say about [NATO]?"
SAID = "He said: **no**. 1. @everyone knows."


def read(said: Answer):
    card = render(said).card
    footnotes = any(field.name == "[1]" for field in card.fields)
    return read_back(card.title, card.description, footnotes=footnotes)


def test_an_answer_is_read_back_with_its_footnote_marks():
    assert read(answer(QUESTION, SAID)) == (QUESTION, f"{SAID} [1]")


def test_an_answer_in_the_words_of_a_refusal_is_an_answer():
    said = ask_strings.REFUSED.strip("*")
    bold = replace(answer(QUESTION, said), citations=(quoted(said),))
    assert render(bold).card.description.startswith(ask_strings.REFUSED)
    assert read(bold) == (QUESTION, f"{said} [1]")


@pytest.mark.parametrize("said", [SAID, None])
def test_the_question_is_the_one_that_was_answered(said):
    found = read(answer("and Vance?", said, "What did Vance say about NATO?"))
    assert found == ("What did Vance say about NATO?", said and f"{said} [1]")


def test_a_refusal_has_no_answer():
    said = replace(answer(QUESTION), missing=Missing(("Hegseth",), ("NATO",)))
    assert read(said) == (QUESTION, None)


def test_other_cards_answer_nothing():
    assert read_back("Articles (3), page 1 of 1", "The articles do not.", footnotes=False) is None


@given(st.text(alphabet=string.ascii_letters + string.punctuation + " \n"))
def test_markdown_is_read_back_to_what_it_shows(text):
    assert plain(escape(text)) == text


@given(answers())
@examples(50)
def test_any_answer_is_read_back(said):
    found = read(said)
    if said.answered:
        assert (found is not None) == bool(said.citations)
    else:
        assert found[1] is None
