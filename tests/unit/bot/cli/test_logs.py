"""The set-up of logging."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.canary-of-the-token_0123456789abcdefghij"
KEY = "sk-canary-of-the-key"

CODE = """
import json, logging, sys
from bot.cli import logs
from bot.settings import Settings
logs.configure(Settings.from_environment(json.loads(sys.argv[1])))
exec(sys.argv[2])
"""

SPEAK = """
for name in ("bot.x", "index.x", "discord.http", "httpx"):
    for level in ("debug", "info", "warning"):
        getattr(logging.getLogger(name), level)("%s said", name)
"""

LEAK = f"""
try:
    raise ValueError("Bot {TOKEN}")
except ValueError:
    logging.getLogger("bot.x").exception("failed with %s", "{KEY}")
url = "https://discord.com/api/v10/webhooks/123456789/aW50ZXJhY3Rpb24_canary-of-an-interaction/messages"
logging.getLogger("discord.http").warning("We are being rate limited. PATCH %s", url)
"""


def logged(code, **environment):
    environment = {"LOG_LEVEL": "DEBUG", **environment}
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(environment), code],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not done.stdout
    return done.stderr


def test_ours_speak_at_the_level_and_others_from_warning_up():
    said = [tuple(line.split()[2:4]) for line in logged(SPEAK).splitlines()]
    levels = ("DEBUG", "INFO", "WARNING")
    ours = [(level, f"{name}:") for name in ("bot.x", "index.x") for level in levels]
    assert said == [*ours, ("WARNING", "discord.http:"), ("WARNING", "httpx:")]


def test_lines_of_json():
    lines = [json.loads(line) for line in logged(SPEAK, LOG_FORMAT="json").splitlines()]
    assert len(lines) == 8
    assert lines[0].keys() == {"time", "level", "logger", "message"}
    assert [lines[0][key] for key in ("level", "logger", "message")] == [
        "DEBUG", "bot.x", "bot.x said",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_line_holds_a_secret(form):
    model = {"LLM_BASE_URL": "http://localhost:1/v1", "LLM_MODEL": "m", "LLM_API_KEY": KEY}
    log = logged(LEAK, DISCORD_TOKEN=TOKEN, LOG_FORMAT=form, **model)
    assert "canary" not in log
    assert "ValueError: Bot ***" in log
    assert "failed with ***" in log
    assert "/webhooks/123456789/***/messages" in log
    if form == "json":
        error, warning = map(json.loads, log.splitlines())
        assert error["error"].startswith("Traceback")
        assert warning["logger"] == "discord.http"


def test_stand_ins_for_a_key_are_no_secrets():
    model = {"LLM_BASE_URL": "http://localhost:1/v1", "LLM_MODEL": "m", "LLM_API_KEY": "none"}
    assert "none of it" in logged('logging.getLogger("bot.x").info("none of it")', **model)


def test_pages_without_an_article_are_no_warning_of_a_library():
    assert logged('logging.getLogger("trafilatura.core").warning("discarding data: None")') == ""
