"""footnote ask and search, also in batches and with written answers from a scripted server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import ask, json_output, strings
from bot.llm import strings as llm_strings
from bot.llm.draft import Fault
from bot.strings import CHATTER, FOR_EXAMPLE, GREETING, NOT_FOUND, UNCLEAR
from index.errors import EmbedderChanged, StorageError
from index.model import Document, Space
from index.store.usage import Tokens
from tests.builders import document, open_library
from tests.llmserver.scripts import refusal, says
from tests.llmserver.server import ScriptedServer
from tests.unit.bot.cli.conftest import HARBOUR, Footnote, lines
from tests.unit.bot.cli.fake_library import FakeLibrary
from tests.unit.bot.llm import builders as llm_builders

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


def test_two_questions_get_two_answers(footnote: Footnote):
    result = footnote("ask", f"{QUESTION} {OTHER_QUESTION}")
    assert result.exit_code == 0
    first, second = result.stdout.split("\n\nI couldn't find that")
    assert first.startswith("The harbour reopened on Monday. [1]")
    assert "Closest:" in second
    both = footnote("ask", f"{QUESTION} {OTHER_QUESTION}", "--json").stdout
    assert both.count('"answered"') == 2
    assert footnote("ask", f"{OTHER_QUESTION} Who sang in there?").exit_code == 3


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


def test_a_refusal_quotes_what_is_closest(footnote: Footnote):
    footnote.library.ingest([Document("Bridge closes", "The bridge closed.")])
    result = footnote("ask", OTHER_QUESTION)
    assert result.exit_code == 3
    assert result.stdout == (
        "I couldn't find that in the articles.\n"
        "Closest:\n"
        "  Harbour reopens\n"
        "    “The harbour reopened on Monday.”\n"
    )


def test_the_json_of_an_answer(footnote: Footnote):
    result = footnote("ask", QUESTION, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "question": QUESTION,
        "answered": True,
        "certainty": "sure",
        "answer": "The harbour reopened on Monday. [1]",
        "sentences": [
            {"text": "The harbour reopened on Monday.", "citations": [1], "earlier": False}
        ],
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
        "missing": {"mentioned": [], "absent": [], "silent": []},
        "closest": [{"article_id": "public-harbour-reopens", "title": "Harbour reopens"}],
        "nearest": None,
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
    assert (refusal["answered"], refusal["answer"]) == (
        False,
        "I couldn't find that in the articles.",
    )
    assert (refusal["sentences"], refusal["citations"]) == ([], [])
    assert refusal["certainty"] == "none"
    assert refusal["nearest"]["quote"] == "The harbour reopened on Monday."


def test_another_space_is_seen_with_public_and_not_from_it(footnote: Footnote):
    footnote.library.ingest([Document("Vault", "The vault holds tulips.")], Space("42"))
    assert footnote("ask", "What does the vault hold?").exit_code == 3
    assert footnote("ask", "What does the vault hold?", "--space", "42").exit_code == 0
    assert footnote.library.asked[-1][1] == ("42", "public")
    assert footnote("ask", QUESTION, "--space", "42").exit_code == 0


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("hi", f"{GREETING}\n{FOR_EXAMPLE}\n- When did the harbour reopen?\n"),
        ("lol", f"{CHATTER}\n"),
        (
            "what can you do?",
            f"{strings.CHAT_HELP[0]}\n{FOR_EXAMPLE}\n- When did the harbour reopen?\n",
        ),
        ("is this true?", f"{UNCLEAR}\n"),
        ("what did they say?", f"{UNCLEAR}\n"),
        ("???", f"{UNCLEAR}\n"),
    ],
)
def test_small_talk_is_not_searched_for(footnote: Footnote, said: str, reply: str):
    result = footnote("ask", said)
    assert (result.exit_code, result.stdout) == (3, reply)
    assert not footnote.library.asked
    assert not json.loads(footnote("ask", said, "--json").stdout)["answered"]


def test_one_article_by_id_or_title(footnote: Footnote):
    for name in ("public-harbour-reopens", "harbour REOPENS"):
        assert footnote("ask", QUESTION, "--article", name).exit_code == 0
        assert footnote.library.asked[-1][2] == "public-harbour-reopens"


def test_an_unknown_article_is_one_line_and_names_list(footnote: Footnote):
    result = footnote("ask", QUESTION, "--article", "nope")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "footnote: there's no article 'nope'; footnote list shows all\n"


def test_part_of_a_title_or_a_misspelt_one_names_an_article(footnote: Footnote, tmp_path: Path):
    with open_library(tmp_path / "data") as library:
        library.ingest([document("Harbour reopens"), document("Bridge closes", "It closed.")])
        library.ingest([document("Harbour secrets")], Space("42"))
        harbour, bridge = library.get("Harbour reopens").id, library.get("Bridge closes").id
    for given, found in (
        ("harbour", harbour),
        ("Harbuor reopen", harbour),
        ("closes bridge", bridge),
    ):
        with open_library(tmp_path / "data") as footnote.library:
            shown = json.loads(footnote("show", given, "--json").stdout)
            answer = json.loads(footnote("ask", QUESTION, "--article", given, "--json").stdout)
        assert shown["article_id"] == found
        assert {one["article_id"] for one in answer["closest"]} <= {found}
    for command in (["ask", QUESTION, "--article", bridge[:4]], ["show", bridge[:4]]):
        with open_library(tmp_path / "data") as footnote.library:
            result = footnote(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        suggested = f"{bridge[:4]!r}; did you mean Bridge closes ({bridge})?"
        assert result.stderr == f"footnote: there's no article {suggested}\n"
    with open_library(tmp_path / "data") as footnote.library:
        assert "footnote list shows all" in footnote("show", "zzzz").stderr


def test_words_of_several_titles_are_asked_about(footnote: Footnote):
    footnote.library.ingest([Document("Harbour closes", "Text.")])
    result = footnote("ask", QUESTION, "--article", "harbour")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2 articles match 'harbour'" in result.stderr
    line = json.dumps({"question": "harbour", "article": "harbour"})
    (reply,) = map(json.loads, lines(footnote("ask", "--batch", "-", input=line)))
    assert "2 articles match" in reply["error"]


def test_a_question_that_is_missing_is_asked_for_with_an_example(footnote: Footnote):
    for command in ("ask", "search"):
        for words in ([], [" "]):
            result = footnote(command, *words)
            assert result.exit_code == 2
            assert f'footnote {command} "What did' in result.stderr
            assert "not both" not in result.stderr
    assert "not both" in footnote("ask", QUESTION, "--batch", "-").stderr


def test_without_articles_nothing_sounds_like_a_refusal(footnote: Footnote):
    footnote.library = FakeLibrary()
    for command in (["ask", QUESTION], ["search", QUESTION], ["run"], ["list"], ["chat"]):
        footnote.typed = [QUESTION]
        result = footnote(*command)
        assert "There are no articles yet. Add some: footnote add PATH" in result.output
        assert NOT_FOUND not in result.output
        assert "No passage" not in result.output
        assert strings.FIRST_QUESTION not in result.output
    answer = json.loads(footnote("ask", QUESTION, "--json").stdout)
    assert answer["answer"] == strings.NO_ARTICLES


def test_a_space_without_articles_is_named_with_those_that_have_some(footnote: Footnote):
    footnote.library.ingest([Document("Vault", "The vault holds tulips.")], Space("42"))
    warning = "warning: there are no articles in the space '43', only in: 42, public\n"
    for command in (["ask", QUESTION], ["search", QUESTION], ["list"], ["chat"]):
        assert footnote(*command, "--space", "43").stderr == warning
        assert not footnote(*command, "--space", "42").stderr


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("FOOTNOTE_SEED", "did you mean FOOTNOTE_SEEDS?"),
        ("FOOTNOTE_DATA_DIR", "did you mean FOOTNOTE_DATA?"),
        ("footnote_data", "did you mean FOOTNOTE_DATA?"),
        ("FOOTNOTE_TRESHOLD", "did you mean FOOTNOTE_THRESHOLD?"),
        ("FOOTNOTE_ROLE", "did you mean FOOTNOTE_INDEX_ROLE?"),
        ("FOOTNOTE_TOKEN", "did you mean DISCORD_TOKEN?"),
        ("FOOTNOTE_LLM_MODEL", "did you mean LLM_MODEL?"),
        ("FOOTNOTE_SPACE", "the settings are DISCORD_TOKEN, FOOTNOTE_DATA, "),
        ("DISCORD_BOT_TOKEN", "did you mean DISCORD_TOKEN?"),
        ("LLM_BASEURL", "did you mean LLM_BASE_URL?"),
    ],
)
def test_an_unknown_variable_is_named_with_the_nearest(footnote: Footnote, name: str, meant: str):
    footnote.environ |= {name: "hunter2", "LOG_FILE": "x", "HF_TOKEN": "x", "FOOTNOTE_X": " "}
    result = footnote("ask", QUESTION)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"warning: {name} is not a Footnote setting; {meant}")
    assert result.stderr.count("\n") == 1
    assert "hunter2" not in result.output
    (check,) = (line for line in lines(footnote("doctor")) if "not a Footnote setting" in line)
    assert check.startswith(f"warn  {name}: not a Footnote setting; {meant}")


def test_what_is_like_a_variable_that_is_set_belongs_to_others(footnote: Footnote):
    footnote.environ |= {"LOG_LEVEL": "ERROR", "LOG_LEVELS": "x"}
    assert not footnote("ask", QUESTION).stderr


def test_an_error_on_a_folder_names_its_variable(footnote: Footnote, tmp_path: Path):
    footnote.environ["FOOTNOTE_MODELS"] = str(tmp_path / "models")
    for path, variable in (
        (tmp_path / "data" / "footnote.db", "FOOTNOTE_DATA"),
        (tmp_path / "data", "FOOTNOTE_DATA"),
        (tmp_path / "models" / "reader", "FOOTNOTE_MODELS"),
        (tmp_path / "seeds" / "a.txt", "FOOTNOTE_SEEDS"),
    ):
        for error in (StorageError(str(path), "no"), PermissionError(13, "no", str(path))):
            footnote.open_error = error
            result = footnote("ask", QUESTION)
            assert (result.exit_code, result.stderr) == (
                1,
                f"footnote: {path}: no; set {variable} to a folder that I can read and write\n",
            )
            (tmp_path / "data").mkdir(exist_ok=True)
            assert f"no; set {variable} to a folder" in footnote("doctor").stdout


def test_the_first_run_says_that_it_takes_a_while(footnote: Footnote):
    footnote.models_ready = 0
    assert footnote("ask", QUESTION).stderr == strings.PREPARING + "\n"


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


@pytest.mark.parametrize("at", ["{data}/footnote.db", "/backups/b.db"])
@pytest.mark.parametrize("raised", [StorageError, OSError])
def test_a_full_disk_is_not_taken_for_wrong_permissions(footnote: Footnote, raised: Any, at: str):
    data = footnote.environ["FOOTNOTE_DATA"]
    file, reason = at.format(data=data), "No space left on device"
    if raised is StorageError:
        reason = "database or disk is full"
    footnote.open_error = OSError(28, reason, file) if raised is OSError else raised(file, reason)
    result = footnote("ask", QUESTION)
    remedy = "free some space"
    if file.startswith(data):
        remedy += ", or set FOOTNOTE_DATA to a folder on another disk"
    assert (result.exit_code, result.stderr) == (1, f"footnote: {file}: {reason}; {remedy}\n")


def test_system_errors_are_one_line(footnote: Footnote):
    footnote.open_error = PermissionError(13, "Permission denied", "/data")
    result = footnote("ask", QUESTION)
    assert (result.exit_code, result.stderr) == (1, "footnote: /data: Permission denied\n")


def test_ctrl_c_leaves_with_130(footnote: Footnote):
    footnote.library.failure = KeyboardInterrupt()
    result = footnote("ask", QUESTION)
    assert result.exit_code == 130
    assert "Traceback" not in result.output


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
    assert (result.exit_code, result.stdout) == (0, "No passages found.\n")


@pytest.mark.parametrize("number", ["0", "-3", "101", "ten", "9" * 5000])
def test_a_number_of_passages_that_cannot_be_is_told_what_may(footnote: Footnote, number: str):
    result = footnote("search", "-k", number, QUESTION)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"footnote: -k is {number}; allowed: 1 to 100\n"


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


MAYOR_QUESTION = "Which mayor praised the divers?"
OWN = "Mayor Ilse Berg praised the divers."
WRITTEN = "The divers were praised by Mayor Ilse Berg."
REMARK = "Written by tiny-model, checked against the quotes."


@pytest.fixture
def server():
    with ScriptedServer(says(f"{WRITTEN} [1]")) as server:
        yield server


@pytest.fixture
def with_model(footnote, server, catalog):
    footnote.environ |= {
        "LLM_BASE_URL": server.url,
        "LLM_MODEL": llm_builders.MODEL,
        "LLM_API_KEY": llm_builders.KEY,
        "LLM_TIMEOUT": "5",
    }
    footnote.library.records.tokens = Tokens(catalog.database)
    return footnote


def test_ask_shows_the_models_words_over_the_quote(with_model, server):
    result = with_model("ask", MAYOR_QUESTION)
    assert result.exit_code == 0
    assert lines(result)[0] == f"{WRITTEN} [1]"
    assert f"    “{OWN}”" in lines(result)
    assert lines(result)[-1] == REMARK
    assert len(server.requests) == 1


def test_without_a_model_nothing_changes(footnote):
    assert footnote("ask", MAYOR_QUESTION).stdout.startswith(f"{OWN} [1]\n\n[1] Harbour reopens")
    assert "Written" not in footnote("ask", MAYOR_QUESTION).stdout


def test_a_refusal_is_not_sent_to_the_model(with_model, server):
    assert with_model("ask", "Who won?").exit_code == 3
    assert server.requests == []


def test_a_fault_is_a_note_without_the_key(with_model, server):
    server.script = refusal(401)
    result = with_model("ask", MAYOR_QUESTION)
    assert (result.exit_code, lines(result)[0]) == (0, f"{OWN} [1]")
    assert lines(result)[-1] == llm_strings.OWN_WORDS + llm_strings.NOTES[Fault.KEY]
    assert llm_builders.KEY not in result.output


def test_json_has_who_wrote_it(with_model, server):
    answer = json.loads(with_model("ask", "--json", MAYOR_QUESTION).stdout)
    assert (answer["written_by"], answer["remark"]) == (llm_builders.MODEL, REMARK)
    assert answer["answer"] == f"{WRITTEN} [1]"
    server.script = says("")
    answer = json.loads(with_model("ask", "--json", MAYOR_QUESTION).stdout)
    assert answer["written_by"] is None
    assert answer["remark"] == llm_strings.OWN_WORDS + llm_strings.NOTES[Fault.EMPTY]


def test_a_batch_is_written_with_one_writer(with_model, server):
    batch = f'{{"question": "{MAYOR_QUESTION}"}}\n{{"question": "Who won?"}}\n'
    result = with_model("ask", "--batch", "-", input=batch)
    first, second = map(json.loads, lines(result))
    assert (first["written_by"], second["written_by"]) == (llm_builders.MODEL, None)


def test_the_chat_sends_the_model_the_earlier_questions(with_model, server):
    with_model.typed = ["What reopened on Monday, the harbour?", MAYOR_QUESTION]
    result = with_model("chat")
    assert REMARK in result.stdout
    assert "Earlier questions: What reopened on Monday, the harbour?" in server.asked


def test_a_terminal_sees_sentences_as_they_are_checked(with_model, server):
    text = f"{WRITTEN} [1]\nThe harbour reopened in 1066. [1]\nMayor Ilse Berg praised divers. [1]"
    server.script = says(text, seconds_a_piece=0.05)
    result = with_model("ask", MAYOR_QUESTION, terminal=True)
    assert llm_strings.WRITING in result.stdout
    assert "1066" not in result.stdout
    assert result.stdout.count("praised by Mayor Ilse Berg") >= 2


def test_doctor_says_whether_the_model_answers(with_model, server):
    def doctor() -> tuple[int, str]:
        result = with_model("doctor")
        assert llm_builders.KEY not in result.output
        (line,) = (line for line in lines(result) if " LLM: " in line)
        return result.exit_code, line

    assert doctor()[1].startswith(f"ok    LLM: tiny-model at {server.url} answers (")
    with_model.try_language_model = lambda _: Fault.MODEL
    code, line = doctor()
    assert code == 1
    assert line == (
        f"fail  LLM: tiny-model at {server.url}: the server doesn't have this language model; "
        "fix LLM_MODEL, or LLM_BASE_URL (it usually ends in /v1)"
    )


def test_doctor_says_what_is_set_by_half(footnote):
    footnote.environ["LLM_MODEL"] = "llama3.2"
    assert any("LLM_MODEL: it's set without LLM_BASE_URL" in s for s in lines(footnote("doctor")))


GOOD = json.dumps({"question": "When did the harbour reopen?"})


def test_answers_come_in_order_from_one_open_library(footnote: Footnote, tmp_path: Path):
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{GOOD}\n\n{{"question": "Chess?"}}\n', encoding="utf-8-sig")
    result = footnote("ask", "--batch", str(file))
    assert result.exit_code == 0
    assert [json.loads(line)["answered"] for line in lines(result)] == [True, False]
    assert footnote.opened == [{"chroma": True, "reembed": False}]


def test_bad_lines_are_named_and_the_rest_goes_on(footnote: Footnote):
    bad = [
        b"nonsense",
        b"[]",
        b'{"question": ""}',
        b'{"question": 3}',
        b'{"question": "x", "article": 3}',
        b'{"question": "x", "article": "nope"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ]
    result = footnote("ask", "--batch", "-", input=b"\n".join([*bad, GOOD.encode()]))
    replies = [json.loads(line) for line in lines(result)]
    assert result.exit_code == 1
    assert [reply["line"] for reply in replies[:-1]] == list(range(1, len(bad) + 1))
    assert all(reply.keys() == {"error", "line"} for reply in replies[:-1])
    assert replies[-1]["answered"]


def test_an_article_of_a_line_goes_before_the_option(footnote: Footnote):
    line = json.dumps({"question": "harbour", "article": "Harbour reopens"})
    assert footnote("ask", "--batch", "-", "--article", "nope", input=line).exit_code == 0


def test_halves_of_surrogate_pairs_do_no_harm(footnote: Footnote):
    result = footnote("ask", "--batch", "-", input=b'{"question": "harbour \\ud800"}')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["question"] == "harbour ?"


def test_searches(footnote: Footnote):
    result = footnote("search", "--batch", "-", "-k", "1", input=f"{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0
    assert [len(json.loads(line)["hits"]) for line in lines(result)] == [1, 1]


def test_each_result_is_written_before_the_next_line_is_read():
    written: list[json_output.Json] = []

    def source():
        for n in range(3):
            assert len(written) == n
            yield GOOD.encode()

    assert ask.run(source(), lambda one: {"question": one.text}, written.append) == 0
    assert len(written) == 3


def test_a_bug_is_not_taken_for_a_bad_line():
    def reply(one: ask.BatchLine) -> json_output.Json:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask.run([GOOD.encode()], reply, lambda _: None)


def test_where_there_is_no_index_none_is_made_and_the_folder_is_named(footnote: Footnote):
    """Another directory got an empty data folder, and only heard that there are no articles."""
    footnote.index_exists = False
    for command in ("ask", "search"):
        result = footnote(command, QUESTION)
        assert strings.NO_ARTICLES in result.stdout
        data = footnote.environ["FOOTNOTE_DATA"]
        assert result.stderr == f"I looked in {data}; FOOTNOTE_DATA sets another folder.\n"
        assert (not footnote.opened, Path(data).exists()) == (True, False)
    answer = json.loads(footnote("ask", QUESTION, "--json").stdout)
    assert answer["answer"] == strings.NO_ARTICLES
    assert footnote("ask", QUESTION).exit_code == 3


def test_an_empty_database_is_named_by_its_setting(footnote: Footnote):
    footnote.library = FakeLibrary()
    footnote.environ["DATABASE_URL"] = "postgresql://me:secret@db.example/news"
    result = footnote("ask", QUESTION)
    assert result.stderr == "I looked in the database that DATABASE_URL names.\n"
