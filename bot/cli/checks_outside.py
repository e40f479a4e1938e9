"""The checks of `footnote doctor` that ask others: Discord, and the bot where it runs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cli import words
from bot.cli.app import App
from bot.cli.checking import Check, State
from bot.discord_probe import Refused, Unreachable
from bot.probe import Silent
from bot.settings import Settings

CLOCK_SECONDS = 30.0
"""How far the clock may be off: Discord's tokens and times of posts are in minutes."""


def discord(app: App, settings: Settings) -> Iterator[Check]:
    """Check that Discord takes the token, and the clock by Discord's."""
    if settings.token is None:
        return
    try:
        ahead = app.ask_discord(settings.token)
    except Refused:
        yield Check(State.FAIL, "Discord", "it refuses DISCORD_TOKEN", words.BOT_REMEDY)
        return
    except Unreachable as error:
        yield Check(State.FAIL, "Discord", f"it is not reached: {error}", words.NETWORK_REMEDY)
        return
    yield Check(State.OK, "Discord", "reached, and takes the token")
    if ahead is None:
        return
    way = "fast" if ahead > 0 else "slow"
    if abs(ahead) > CLOCK_SECONDS:
        yield Check(State.WARN, "clock", f"{abs(ahead):.0f} s {way}", words.CLOCK_REMEDY)
    else:
        yield Check(State.OK, "clock", "as Discord's")


def metrics(app: App, settings: Settings) -> Check:
    """Check the bot that runs, or that its port is free."""
    port = settings.metrics_port
    if port is None:
        return Check(State.OK, "METRICS_PORT", "not set; /health and /metrics are not served")
    try:
        wrong = app.ask_health(port)
    except Silent as silent:
        if silent.refused:
            return Check(State.OK, "METRICS_PORT", f"{port} is free; no bot runs there")
        finding = f"{port}: {silent.reason}"
        return Check(State.FAIL, "METRICS_PORT", finding, words.PORT_REMEDY)
    if wrong:
        return Check(State.FAIL, "running bot", " ".join(wrong), words.RUNNING_REMEDY)
    return Check(State.OK, "running bot", "it is well")
