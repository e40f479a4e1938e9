"""footnote ask, footnote search."""

import json

from index.errors import EmbedderChanged, StorageError
from index.model import Document, Space
from tests.unit.bot.cli.conftest import HARBOUR, Footnote, lines

QUESTION = "When did the harbour reopen?"
OTHER_QUESTION = "Who won the chess tournament?"


def test_an_answer_on_a_pipe_is_plain_text(footnote: Footnote):
    result = footnote("ask", QUESTION)
    assert result.exit_code == 0
    assert result.stdout == (
        "The harbour reopened on Monday. [1]\n"
        "\n"
        "[1] Harbour reopens\n"
        "    2025-02-14 · https://news.example/harbour\n"
        "    “The harbour reopened on Monday.”\n"
    )
    assert not result.stderr
    assert footnote.opened == [{"chroma": False, "reembed": False}]
    assert footnote.library.closed


def test_a_question_needs_no_quotes(footnote: Footnote):
    footnote("ask", *QUESTION.split())
    assert footnote.library.asked[0][0] == QUESTION


def test_an_answer_on_a_terminal_has_bold_words_and_a_link(footnote: Footnote):
    out = footnote("ask", QUESTION, terminal=True).stdout
    assert "\x1b[1mharbour\x1b[0m reopened" in out
    assert "\x1b[2m [1]\x1b[0m" in out
    assert ";https://news.example/harbour\x1b\\Harbour reopens\x1b]8;;\x1b\\" in out


def test_long_lines_wrap_on_a_terminal_alone(footnote: Footnote):
    long = "The lighthouse " + "was painted white and red again " * 10
    footnote.library.ingest([Document("Lighthouse", long.strip())])
    piped = footnote("ask", "Which lighthouse?")
    assert max(map(len, lines(piped))) > 300
    shown = footnote("ask", "Which lighthouse?", terminal=True)
    assert max(len(line) for line in lines(shown) if "\x1b" not in line) <= 60


def test_a_refusal_names_the_closest_passages(footnote: Footnote):
    footnote.library.ingest([Document("Bridge closes", "The bridge closed.")])
    result = footnote("ask", OTHER_QUESTION)
    assert result.exit_code == 3
    assert result.stdout == (
        "The articles do not say.\n"
        "Closest:\n"
        "  Harbour reopens\n"
        "    “The harbour reopened on Monday.”\n"
        "  Bridge closes\n"
        "    “The bridge closed.”\n"
    )


def test_the_json_of_an_answer(footnote: Footnote):
    result = footnote("ask", QUESTION, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "question": QUESTION,
        "answered": True,
        "answer": "The harbour reopened on Monday. [1]",
        "sentences": [{"text": "The harbour reopened on Monday.", "citations": [1]}],
        "citations": [
            {
                "number": 1,
                "article_id": "public-harbour-reopens",
                "title": "Harbour reopens",
                "source": "https://news.example/harbour",
                "published": "2025-02-14T09:30:00+00:00",
                "quote": "The harbour reopened on Monday.",
                "start": 0,
                "end": 31,
                "also": [],
            }
        ],
        "understood": None,
        "missing": {"mentioned": [], "absent": []},
        "closest": [{"article_id": "public-harbour-reopens", "title": "Harbour reopens"}],
        "written_by": None,
        "remark": "",
        "confidence": 0.8765,
        "timings_ms": {"search": 1.23},
    }


def test_the_json_of_a_refusal_has_the_same_keys(footnote: Footnote):
    result = footnote("ask", OTHER_QUESTION, "--json")
    refusal = json.loads(result.stdout)
    assert result.exit_code == 3
    assert refusal.keys() == json.loads(footnote("ask", QUESTION, "--json").stdout).keys()
    assert (refusal["answered"], refusal["answer"]) == (False, "The articles do not say.")
    assert (refusal["sentences"], refusal["citations"]) == ([], [])


def test_another_space_is_seen_with_public_and_not_from_it(footnote: Footnote):
    footnote.library.ingest([Document("Vault", "The vault holds tulips.")], Space("42"))
    assert footnote("ask", "What does the vault hold?").exit_code == 3
    assert footnote("ask", "What does the vault hold?", "--space", "42").exit_code == 0
    assert footnote.library.asked[-1][1] == ("42", "public")
    assert footnote("ask", QUESTION, "--space", "42").exit_code == 0


def test_one_article_by_id_or_title(footnote: Footnote):
    for name in ("public-harbour-reopens", "harbour REOPENS"):
        assert footnote("ask", QUESTION, "--article", name).exit_code == 0
        assert footnote.library.asked[-1][2] == "public-harbour-reopens"


def test_an_unknown_article_is_one_line_and_names_list(footnote: Footnote):
    result = footnote("ask", QUESTION, "--article", "nope")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "footnote: there is no article 'nope'; footnote list shows all\n"


def test_another_embedder_names_the_command_that_embeds_anew(footnote: Footnote):
    footnote.open_error = EmbedderChanged("old", "new")
    result = footnote("ask", QUESTION)
    assert result.exit_code == 1
    assert "footnote reindex --all" in result.stderr
    assert result.stderr.count("\n") == 1


def test_storage_errors_are_one_line(footnote: Footnote):
    footnote.open_error = StorageError("/data", "the disk is full")
    result = footnote("ask", QUESTION)
    assert (result.exit_code, result.stderr) == (1, "footnote: /data: the disk is full\n")


def test_system_errors_are_one_line(footnote: Footnote):
    footnote.open_error = PermissionError(13, "Permission denied", "/data")
    result = footnote("ask", QUESTION)
    assert (result.exit_code, result.stderr) == (1, "footnote: /data: Permission denied\n")


def test_ctrl_c_leaves_with_130(footnote: Footnote):
    footnote.library.failure = KeyboardInterrupt()
    result = footnote("ask", QUESTION)
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_a_reader_that_went_away_is_no_error_to_talk_about(footnote: Footnote):
    footnote.library.failure = BrokenPipeError(32, "Broken pipe")
    result = footnote("ask", QUESTION)
    assert (result.exit_code, result.output) == (1, "")


def test_wrong_use(footnote: Footnote):
    for args in (
        ["ask"],
        ["ask", " "],
        ["ask", QUESTION, "--batch", "-"],
        ["ask", QUESTION, "--space", ""],
        ["ask", "--batch", "/no/such/file"],
        ["ask", QUESTION, "--nonsense"],
        ["search", QUESTION, "-k", "0"],
        ["nonsense"],
    ):
        result = footnote(*args)
        assert (result.exit_code, result.stdout) == (2, ""), args
        assert result.stderr
        assert "Traceback" not in result.stderr
    assert not footnote.opened


def test_a_wrong_setting_is_one_line(footnote: Footnote):
    footnote.environ["LOG_LEVEL"] = "loud"
    result = footnote("ask", QUESTION)
    assert (result.exit_code, result.stderr) == (
        2,
        "footnote: LOG_LEVEL is 'loud'; allowed: DEBUG, INFO, WARNING, ERROR\n",
    )


def test_help_needs_no_settings(footnote: Footnote):
    footnote.environ["LOG_LEVEL"] = "loud"
    for args in (["--help"], ["ask", "--help"]):
        assert footnote(*args).exit_code == 0


def test_escape_sequences_of_an_article_reach_no_terminal(footnote: Footnote):
    evil = "The \x1b[31mpirate\x1b]0;owned\x07 flag \x9b2J was [bold]raised[/bold]\u202e by night."
    footnote.library.ingest(
        [Document("Evil\x1b[2J title", evil, source="https://x.example/\x1b]8;;\x07")]
    )
    for terminal in (False, True):
        out = footnote("ask", "What pirate flag?", terminal=terminal).stdout
        assert not set("\x07\x9b\u202e") & set(out)
        assert "\x1b[31m" not in out
        assert "\x1b[2J" not in out
        assert "\x1b]0" not in out
        assert "[bold]raised[/bold]" in out
    written = footnote("ask", "What pirate flag?", "--json").stdout
    assert not set("\x1b\x07\x9b\u202e") & set(written)
    assert json.loads(written)["citations"][0]["quote"] == evil


def test_a_search_on_a_pipe(footnote: Footnote):
    result = footnote("search", "Which divers?")
    assert result.exit_code == 0
    assert lines(result) == [
        "0.500  Harbour reopens  public-harbour-reopens 32-67",
        "       Mayor Ilse Berg praised the divers.",
    ]


def test_a_search_that_finds_nothing_says_so(footnote: Footnote):
    result = footnote("search", OTHER_QUESTION)
    assert (result.exit_code, result.stdout) == (0, "No passage was found.\n")


def test_the_json_of_a_search(footnote: Footnote):
    footnote.library.ingest([Document("Second", "The harbour again.")])
    found = json.loads(footnote("search", QUESTION, "-k", "1", "--json").stdout)
    assert found == {
        "question": QUESTION,
        "hits": [
            {
                "article_id": "public-harbour-reopens",
                "title": "Harbour reopens",
                "text": "The harbour reopened on Monday.",
                "start": 0,
                "end": 31,
                "score": 0.3333,
            }
        ],
    }
    assert HARBOUR.text[0:31] == found["hits"][0]["text"]
