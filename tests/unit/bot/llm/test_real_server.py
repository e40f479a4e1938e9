"""`transformers serve`, a real server, with a tiny model: streamed through the real SDK.

13 s of CPU, nearly all of it importing torch: 50 s seen beside other work on both cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.llm.client import OpenAIModel, attempt
from bot.settings import LanguageModelSettings
from index.verification.prompt import ChatMessage
from tests.llmserver import tiny as llmserver_tiny
from tests.unit.bot.llm import builders
from tests.waiting import block_until, free_port, listens

pytestmark = pytest.mark.model

SENTENCE = "Mayor Ilse Berg praised the divers. [1]"
START_SECONDS = 90


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    llmserver_tiny.build(folder, SENTENCE)
    return folder


@pytest.fixture(scope="module")
def url(folder: Path):
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("transformers")), "serve", str(folder),
        "--host", "127.0.0.1", "--port", str(port), "--device", "cpu",
    ]  # fmt: skip
    environ = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    log = folder / "server.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(command, env=environ, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        try:
            block_until(lambda: listens(port) or process.poll() is not None, START_SECONDS)
            assert process.poll() is None, log.read_text(errors="replace")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


@pytest.fixture
def settings(url, folder):
    return LanguageModelSettings(url, str(folder), timeout_seconds=60)


async def test_it_streams_an_answer_that_is_checked(settings, counts):
    writer = builders.writer(settings.base_url, counts, timeout_seconds=60)
    writer.model = OpenAIModel(settings)
    async with writer.write(builders.harbour(), builders.SERVER) as draft:
        outcome = await draft.outcome()
    await writer.close()
    assert outcome.fault is None
    assert outcome.answer.text == SENTENCE
    assert outcome.answer.citations[0].quote.startswith("Mayor Ilse Berg praised the divers, who")
    assert counts.today(builders.SERVER) > 0


async def test_words_come_one_by_one(settings):
    model = OpenAIModel(settings)
    pieces = [piece async for piece in model.stream([ChatMessage("user", "Who?")], 50)]
    await model.close()
    texts = [piece.text for piece in pieces if piece.text]
    assert "".join(texts).split() == SENTENCE.split()
    assert len(texts) > 3


async def test_it_answers_the_doctor(settings):
    assert await attempt(settings) is None
