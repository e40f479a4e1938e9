"""The set-up of logging."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

CODE = """
import logging
from bot.cli import logs
logs.configure("DEBUG")
for name in ("bot.x", "index.x", "discord.http", "httpx"):
    for level in ("debug", "info", "warning"):
        getattr(logging.getLogger(name), level)("%s said", name)
"""


def test_ours_speak_at_the_level_and_others_from_warning_up():
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    said = [tuple(line.split()[2:4]) for line in done.stderr.splitlines()]
    levels = ("DEBUG", "INFO", "WARNING")
    ours = [(level, f"{name}:") for name in ("bot.x", "index.x") for level in levels]
    assert said == [*ours, ("WARNING", "discord.http:"), ("WARNING", "httpx:")]
    assert not done.stdout
