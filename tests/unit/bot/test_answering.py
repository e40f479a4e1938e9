"""Which article "this article" is in a conversation, and what a refusal suggests."""

import pytest

from bot.answering import Inquiry, find_answer
from index.followups.turns import Turn
from index.model import PUBLIC, Form
from index.strings import SAYS_SO
from tests.builders import document, open_library

FERRY = document("Ferry burns", "The ferry Solveig burned off Kest. Nobody was hurt.")
WOLF = document("Wolf shot", "A farmer shot a wolf in the valley of Morr. It was the third.")
STRIKE = document("Strike", "Dockers in Orm walked out over pay. Ships wait in the bay.")
TURN = Turn("What burned?", "The ferry Solveig burned off Kest. [1]")


@pytest.fixture
def library(library):
    library.ingest([WOLF, FERRY, STRIKE])
    return library


def ask(library, question, *turns):
    return find_answer(library, Inquiry(question, (PUBLIC,), turns=turns))


def titles(answer):
    return {one.article.title for one in answer.citations}


@pytest.mark.parametrize(
    "question",
    ["What's this article about?", "what’s it about?", "tl;dr", "Summarize that story, please"],
)
def test_a_summary_is_of_the_article_that_was_spoken_of(library, question):
    for turns in ((TURN,), (TURN, Turn("how come?"))):
        answer = ask(library, question, *turns)
        assert (answer.form, titles(answer)) == (Form.SUMMARY, {"Ferry burns"})
        assert answer.within == answer.first_article


@pytest.mark.parametrize("question", ["What's this article about?", "Summarize the wolf article"])
def test_a_summary_is_of_the_only_article(tmp_path, question):
    with open_library(tmp_path) as library:
        library.ingest([WOLF])
        assert titles(ask(library, question)) == {"Wolf shot"}


def test_a_summary_is_of_what_it_names_whatever_was_spoken_of(library):
    first = ask(library, "Summarize the ferry article")
    turn = Turn(first.read_as, first.text, first.within)
    assert titles(ask(library, "Summarize the wolf article", turn)) == {"Wolf shot"}
    newest = ask(library, "Summarize the latest article", turn)
    assert titles(newest) == {"Strike"}


@pytest.mark.parametrize(
    "question",
    [
        "newest article?",
        "what's the newest article?",
        "Which articles do you have?",
        "latest story",
        "latest news?",
        "which is the newest one?",
    ],
)
def test_the_newest_of_all_articles_are_listed_whatever_was_spoken_of(library, question):
    """The last one spoken of was called the newest."""
    turn = Turn(TURN.question, TURN.answer, ask(library, TURN.question).first_article)
    answer = ask(library, question, turn)
    assert answer.form is Form.HEADLINES
    assert answer.citations[0].article.title == "Strike"


def test_what_is_new_is_asked_of_the_story_that_was_spoken_of(library):
    turn = Turn(TURN.question, TURN.answer, ask(library, TURN.question).first_article)
    assert titles(ask(library, "any news on this story?", turn)) == {"Ferry burns"}


def test_a_fact_is_of_the_article_that_was_spoken_of(library):
    answer = ask(library, "Who wrote that?", TURN)
    assert (answer.form, titles(answer)) == (Form.FACTS, {"Ferry burns"})
    again = ask(library, "When was it published?", Turn("Who wrote that?", "?", answer.within))
    assert titles(again) == {"Ferry burns"}


def test_questions_are_suggested_if_nothing_has_to_do_with_what_was_asked(library):
    nonsense = ask(library, "tell me a joke")
    assert not nonsense.answered
    assert nonsense.nearest is None
    assert nonsense.suggested == library.suggestions((PUBLIC,), question="tell me a joke")
    assert nonsense.suggested
    overheard = Inquiry("tell me a joke", (PUBLIC,), suggests=False)
    assert find_answer(library, overheard).suggested == ()
    related = ask(library, "How deep is the bay?")
    assert not related.answered
    assert related.nearest
    assert related.suggested == ()


def test_a_refusal_quotes_the_article_that_is_asked_about_not_the_last_one(library):
    answer = ask(library, "what was painted by dockers in orm?", TURN)
    assert not answer.answered
    assert answer.nearest.quote.startswith("Dockers in Orm")


@pytest.mark.parametrize("doubt", ["is this true?", "really?", "are you sure?", "proof?"])
def test_a_doubt_repeats_the_answer_without_calling_it_true(library, doubt):
    answer = ask(library, doubt, TURN)
    assert (answer.text, answer.note) == ("The ferry Solveig burned off Kest. [1]", SAYS_SO)
    assert not ask(library, doubt, Turn("Who sank it?")).note


def test_a_question_of_a_story_is_no_doubt_of_it(library):
    assert not ask(library, "Is it true that a wolf was shot?", TURN).note
