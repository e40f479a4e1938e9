"""The child process and its limits, with a parser that does its worst."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.errors import EmptySource, SourceError, TooLargeSource, UndecodableSource
from index.sandboxed import child
from index.sources import sandbox
from index.sources.sandbox import LIMITS, ResourceLimits
from tests.files import p, word
from tests.unit.index.sources import hostile_parser

pytestmark = pytest.mark.sandboxed
MODULE = "tests.unit.index.sources.hostile_parser"


def run(how: str, data: bytes = b"", limits: ResourceLimits = LIMITS):
    return sandbox.run("a.pdf", MODULE, data, how, limits=limits)


def test_bytes_go_in_and_values_come_out():
    data = bytes(range(256)) * 1_000
    assert run("echo", data) == data.decode("latin-1")


@pytest.mark.parametrize("how", ["crash", "exit", "raise", "recurse"])
def test_a_parser_that_breaks_is_a_plain_error(how: str):
    with pytest.raises(UndecodableSource, match=r"a\.pdf: it seems damaged; .* retry"):
        run(how)


def test_the_parser_s_own_words_arrive():
    with pytest.raises(EmptySource) as caught:
        run("refuse")
    assert (caught.value.name, caught.value.reason) == ("a.pdf", "there is nothing in it")


@pytest.mark.parametrize(
    ("how", "limits", "reason"),
    [
        ("memory", LIMITS, "too much memory"),
        ("spin", replace(LIMITS, cpu_seconds=1), "too long"),
        ("hang", replace(LIMITS, wall_seconds=0.5), "too long"),
        ("flood", replace(LIMITS, output_bytes=1_000), "too much in it"),
    ],
)
def test_limits_hold(how: str, limits: ResourceLimits, reason: str):
    began = time.monotonic()
    with pytest.raises(TooLargeSource, match=reason):
        run(how, limits=limits)
    assert time.monotonic() - began < 20


def test_a_child_that_ends_before_it_has_read_everything_is_no_harm():
    with pytest.raises(UndecodableSource):
        sandbox.run("a", MODULE, b"a" * 5_000_000, limits=replace(LIMITS, memory_bytes=1))


def test_nothing_is_written_started_or_known_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    assert "secret" not in run("environment").values()
    with pytest.raises(SourceError):
        run("write")
    if os.geteuid() != 0:  # root may start as many processes as it likes
        with pytest.raises(SourceError):
            run("fork")


@pytest.mark.parametrize("how", ["file", "folder", "socket", "process", "import"])
def test_nothing_is_opened(how: str):
    with pytest.raises(UndecodableSource):
        run(how)
    assert sandbox.opens_nothing()


def test_a_child_that_could_open_files_is_logged_once(monkeypatch, caplog):
    monkeypatch.setattr(sandbox, "_open", threading.Event())
    monkeypatch.setattr(sandbox, "_child", lambda *_: sandbox._Ended(b'{"found": 1, "open": true}'))
    assert [run("echo"), run("echo")] == [1, 1]
    assert not sandbox.opens_nothing()
    assert caplog.text.count("lets parsers of files open others") == 1


def test_a_word_file_without_styles_is_read():
    found = sandbox.run("a.docx", "index.sandboxed.word", word(p("Cranes")))
    assert found["blocks"] == [["", "Cranes"]]


@pytest.mark.parametrize("charset", ["koi8-r", "utf-16", "shift_jis", "cp1255"])
def test_a_feed_in_any_encoding_is_read(charset: str):
    text = f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><title>A</title>'
    data = f"{text}</channel></rss>".encode(charset)
    assert sandbox.run("feed", "index.sandboxed.feed", data, "")["title"] == "A"


def test_the_child_starts_without_the_heavy_modules():
    loaded = run("modules")
    assert not {"yaml", "numpy", "index.sources", "index.text", "site"} & set(loaded)


def test_many_at_once_take_turns():
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda n: run("echo", b"%d" % n), range(6))) == list("012345")


def test_a_reply_is_json_even_where_the_text_is_broken():
    found = child.reply(hostile_parser, b"", ["surrogate"])
    assert found.startswith(r'{"found": "\ud800"')
    assert child.reply(child, b"", []).startswith('{"error": "broken"')
