"""A loopback server that speaks OpenAI's chat completions and does what a test tells it to."""

from tests.llmserver.scripts import (
    Script,
    broken_off,
    nonsense,
    page,
    refusal,
    says,
    silent,
    stalls,
)
from tests.llmserver.server import ScriptedServer

__all__ = [
    "Script",
    "ScriptedServer",
    "broken_off",
    "nonsense",
    "page",
    "refusal",
    "says",
    "silent",
    "stalls",
]
