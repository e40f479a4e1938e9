"""footnote chat."""

import stat
from pathlib import Path

import pytest

from bot.cli import strings
from bot.strings import CHATTER, UNCLEAR
from tests.unit.bot.cli.conftest import Footnote
from tests.unit.bot.cli.fake_library import FakeLibrary

QUESTION = "When did the harbour reopen?"
ANSWER = "The harbour reopened on Monday. [1]"


def test_questions_until_the_input_ends(footnote: Footnote):
    footnote.typed = [QUESTION, "", "Who won the chess tournament?"]
    result = footnote("chat", interactive=True)
    assert result.exit_code == 0
    assert ANSWER in result.stdout
    assert "I couldn't find that in the articles." in result.stdout
    assert "1 article" in result.stderr
    assert set(footnote.prompts) == {"> "}
    assert footnote.library.closed


def test_piped_questions_get_no_prompt(footnote: Footnote):
    footnote.typed = [QUESTION]
    result = footnote("chat")
    assert ANSWER in result.stdout
    assert set(footnote.prompts) == {""}
    assert not result.stderr


def test_commands(footnote: Footnote):
    footnote.typed = ["/help", "/articles", "/nonsense", "/quit", QUESTION]
    result = footnote("chat", interactive=True)
    assert "/articles  list the articles" in result.stdout
    assert "public-harbour-reopens" in result.stdout
    assert "There's no /nonsense." in result.stderr
    assert not footnote.library.asked


@pytest.mark.parametrize("word", ["exit", "Quit", "bye", "/exit", "/quit"])
def test_a_word_leaves(footnote: Footnote, word: str):
    footnote.typed = [word, QUESTION]
    assert footnote("chat", interactive=True).exit_code == 0
    assert not footnote.library.asked


def test_help_needs_no_slash(footnote: Footnote):
    footnote.typed = ["help"]
    assert "exit       leave" in footnote("chat", interactive=True).stdout


def test_ctrl_c_drops_a_line(footnote: Footnote):
    footnote.typed = [KeyboardInterrupt, QUESTION]
    assert ANSWER in footnote("chat", interactive=True).stdout


def test_ctrl_c_stops_piped_questions(footnote: Footnote):
    footnote.typed = [KeyboardInterrupt, QUESTION]
    assert footnote("chat").exit_code == 130


def test_no_error_ends_the_chat(footnote: Footnote):
    for failure in (
        ZeroDivisionError("secret detail"),
        OSError(28, "No space"),
        KeyboardInterrupt(),
    ):
        footnote.library.failure = failure
        footnote.typed = [QUESTION, "/articles"]
        result = footnote("chat", interactive=True)
        assert result.exit_code == 0
        assert "public-harbour-reopens" in result.stdout
        assert "secret detail" not in result.output


def test_history_is_kept_in_the_data_folder(footnote: Footnote):
    data = Path(footnote.environ["FOOTNOTE_DATA"])
    data.mkdir()
    history = data / "chat_history"
    history.write_text("an earlier question\n")
    history.chmod(0o644)
    footnote.library.failure = SystemExit()  # as when the terminal is closed
    for line in (QUESTION, "another question"):
        footnote.typed = [line]
        footnote("chat", interactive=True)
    assert history.read_text().split("\n") == [
        "an earlier question", QUESTION, "another question", "",
    ]  # fmt: skip
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_a_follow_up_goes_on_from_the_question_before(footnote: Footnote):
    first = "What did Ilse Berg say about the harbour?"
    footnote.typed = [first, "and about the chess tournament?"]
    result = footnote("chat")
    assert (
        "I understood this as: What did Ilse Berg say about the chess tournament?" in result.stdout
    )


def test_small_talk_is_not_searched_for(footnote: Footnote):
    footnote.typed = ["hi!", "thanks", "lol", "wrong answer", "what can you do?"]
    shown = footnote("chat").stdout
    assert "Hi! Ask me anything about the articles.\nFor example:\n- When did" in shown
    assert "You're welcome!" in shown
    assert "Sorry about that." in shown
    assert f"> lol\n{CHATTER}\n" in shown
    assert "/articles  list the articles" in shown
    assert not footnote.library.asked


def test_a_question_about_nothing_that_was_said_is_not_answered(footnote: Footnote):
    footnote.typed = ["is this true?", QUESTION, "is this true?"]
    shown = footnote("chat").stdout
    assert shown.startswith(f"> is this true?\n{UNCLEAR}\n")
    assert shown.count(UNCLEAR) == 1


def test_small_talk_on_a_pipe_is_not_wrapped(footnote: Footnote, monkeypatch):
    question = f"What is “{'A long title ' * 10}” about?"
    monkeypatch.setattr(FakeLibrary, "suggestions", lambda *_: (question,))
    footnote.typed = ["hi"]
    assert f"\n- {question}\n" in footnote("chat").stdout


def test_a_greeting_says_where_articles_are_missing(footnote: Footnote):
    footnote.typed = ["hi!", "thanks"]
    footnote.library = FakeLibrary()
    shown = footnote("chat").stdout
    assert f"Hi! Ask me anything about the articles.\n{strings.NO_ARTICLES}" in shown
    assert f"You're welcome!\n{strings.NO_ARTICLES}" not in shown


def test_two_questions_on_a_line_get_two_answers(footnote: Footnote):
    footnote.typed = [f"{QUESTION} And who won the chess tournament?"]
    shown = footnote("chat").stdout
    assert ANSWER in shown
    assert "I couldn't find that in the articles." in shown
    assert len({question for question, _, _ in footnote.library.asked}) == 2


def test_piped_questions_stand_before_their_answers(footnote: Footnote):
    footnote.typed = [QUESTION, "thanks"]
    shown = footnote("chat").stdout
    assert shown.startswith(f"> {QUESTION}\n{ANSWER}")
    assert "> thanks\nYou're welcome!" in shown
    footnote.typed = [QUESTION]
    assert f"> {QUESTION}" not in footnote("chat", interactive=True).stdout


@pytest.mark.parametrize(
    "link",
    [
        *("https://x.example/a?b=c", "<http://x.example>", "www.x.example"),
        *("x.example/a", "<news.co.uk>", "x.com"),
    ],
)
def test_a_link_is_no_question(footnote: Footnote, link: str):
    footnote.typed = [link]
    assert "To add articles: footnote add PATH_OR_LINK" in footnote("chat").stdout
    assert not footnote.library.asked


@pytest.mark.parametrize("command", ["footnote", "footnote add news.txt"])
def test_a_command_is_no_question(footnote: Footnote, command: str):
    footnote.typed = [command]
    assert "Run it in another terminal" in footnote("chat").stdout
    assert not footnote.library.asked


@pytest.mark.parametrize("line", ["Was it and/or best?", "x.com fell?", "Mr.Lind/Brandt said what"])
def test_what_only_has_dots_and_strokes_is_a_question(footnote: Footnote, line: str):
    footnote.typed = [line]
    footnote("chat")
    assert [asked for asked, *_ in footnote.library.asked] == [line]


def test_a_chat_without_articles_says_where_it_looked(footnote: Footnote):
    footnote.library = FakeLibrary()
    assert "I looked in " in footnote("chat", interactive=True).stderr
