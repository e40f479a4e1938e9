"""Written answers in the terminal: ask, batch and chat, with a scripted server."""

from __future__ import annotations

import json

import pytest

from bot.llm import strings as llm_strings
from bot.llm.faults import Fault
from tests.llmserver.scripts import refusal, says
from tests.llmserver.server import ScriptedServer
from tests.unit.bot.cli.conftest import lines
from tests.unit.bot.llm import builders as llm_builders

QUESTION = "Which mayor praised the divers?"
OWN = "Mayor Ilse Berg praised the divers."
WRITTEN = "The divers were praised by Mayor Ilse Berg."
REMARK = "Written by tiny-model, checked against the quotes."


@pytest.fixture
def server():
    with ScriptedServer(says(f"{WRITTEN} [1]")) as server:
        yield server


@pytest.fixture
def with_model(footnote, server, tmp_path):
    footnote.environ |= {
        "LLM_BASE_URL": server.url,
        "LLM_MODEL": llm_builders.MODEL,
        "LLM_API_KEY": llm_builders.KEY,
        "LLM_TIMEOUT": "5",
    }
    with llm_builders.tokens(tmp_path / "counts") as footnote.library.records.tokens:
        yield footnote


def test_ask_shows_the_models_words_over_the_quote(with_model, server):
    result = with_model("ask", QUESTION)
    assert result.exit_code == 0
    assert lines(result)[0] == f"{WRITTEN} [1]"
    assert f"    “{OWN}”" in lines(result)
    assert lines(result)[-1] == REMARK
    assert len(server.requests) == 1


def test_without_a_model_nothing_changes(footnote):
    assert footnote("ask", QUESTION).stdout.startswith(f"{OWN} [1]\n\n[1] Harbour reopens")
    assert "Written" not in footnote("ask", QUESTION).stdout


def test_a_refusal_is_not_sent_to_the_model(with_model, server):
    assert with_model("ask", "Who won?").exit_code == 3
    assert server.requests == []


def test_a_fault_is_a_note_without_the_key(with_model, server):
    server.script = refusal(401)
    result = with_model("ask", QUESTION)
    assert (result.exit_code, lines(result)[0]) == (0, f"{OWN} [1]")
    assert lines(result)[-1] == llm_strings.OWN_WORDS + llm_strings.NOTES[Fault.KEY]
    assert llm_builders.KEY not in result.output


def test_json_tells_who_wrote_it(with_model, server):
    answer = json.loads(with_model("ask", "--json", QUESTION).stdout)
    assert (answer["written_by"], answer["remark"]) == (llm_builders.MODEL, REMARK)
    assert answer["answer"] == f"{WRITTEN} [1]"
    server.script = says("")
    answer = json.loads(with_model("ask", "--json", QUESTION).stdout)
    assert answer["written_by"] is None
    assert answer["remark"] == llm_strings.OWN_WORDS + llm_strings.NOTES[Fault.EMPTY]


def test_a_batch_is_written_with_one_writer(with_model, server):
    batch = f'{{"question": "{QUESTION}"}}\n{{"question": "Who won?"}}\n'
    result = with_model("ask", "--batch", "-", input=batch)
    first, second = map(json.loads, lines(result))
    assert (first["written_by"], second["written_by"]) == (llm_builders.MODEL, None)


def test_the_chat_tells_the_model_the_earlier_questions(with_model, server):
    with_model.typed = ["What reopened on Monday, the harbour?", QUESTION]
    result = with_model("chat")
    assert REMARK in result.stdout
    assert "Earlier questions: What reopened on Monday, the harbour?" in server.asked


def test_a_terminal_sees_sentences_as_they_are_checked(with_model, server):
    text = f"{WRITTEN} [1]\nThe harbour reopened in 1066. [1]\nMayor Ilse Berg praised divers. [1]"
    server.script = says(text, seconds_a_piece=0.05)
    result = with_model("ask", QUESTION, terminal=True)
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
        f"fail  LLM: tiny-model at {server.url}: the server does not have this language model; "
        "mend LLM_MODEL, or LLM_BASE_URL (it mostly ends in /v1)"
    )


def test_doctor_says_what_is_set_by_half(footnote):
    footnote.environ["LLM_MODEL"] = "llama3.2"
    assert any("LLM_MODEL: it is set without LLM_BASE_URL" in s for s in lines(footnote("doctor")))
