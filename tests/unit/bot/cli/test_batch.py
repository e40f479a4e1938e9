"""footnote ask --batch, footnote search --batch."""

import json
from pathlib import Path

import pytest

from bot.cli import ask, json_output
from tests.unit.bot.cli.conftest import Footnote, lines

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
    def reply(one: ask.Question) -> json_output.Json:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask.run([GOOD.encode()], reply, lambda _: None)
