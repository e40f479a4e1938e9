"""Run the bot from its start to SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Mapping
from functools import partial

import aiohttp
import discord

from bot.client import FootnoteBot, ShardedBot, ShardsWanted
from bot.compose import open_forwarding, open_writer
from bot.metrics.monitor import Monitor, measure
from bot.places import key_of
from bot.runtime.folder_watch import watch_beside_questions
from bot.runtime.leadership import LEAD
from bot.runtime.threads import Workers
from bot.services import Services
from bot.settings import Settings, Shards
from index.folder_sync import Folder
from index.library import Library
from index.web.fetch import Fetcher

FINISH_SECONDS = 10.0
"""How long replies under way may take once the bot stops."""

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
FATAL: Mapping[int, str] = {
    4004: "Discord refused DISCORD_TOKEN: copy it again from the Developer Portal, Bot.",
    4010: "Discord refused the connection: the shard is invalid (4010).",
    4011: "Discord refused the connection: the bot is in too many servers for one shard (4011).",
    4012: "Discord refused the connection: it no longer serves this API version (4012).",
    4013: "Discord refused the connection: an intent is invalid (4013).",
    4014: "Discord refused an intent: turn it on in the Developer Portal, Bot (4014).",
}
"""What to print, by the code with which Discord closes a connection."""

log = logging.getLogger(__name__)


def run_bot(
    settings: Settings,
    library: Library,
    seeds: Folder,
    *,
    fetcher: Fetcher | None = None,
    poll_seconds: float | None = None,
) -> int:
    """Run the bot until SIGTERM or SIGINT, public in step with the seeds; return the exit code."""
    if settings.token is None:
        return _fail("DISCORD_TOKEN isn't set.")
    # Its warning of missing voice libraries would only mislead.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    try:
        return _run_adjusted(
            partial(_run_once, settings, library, seeds, fetcher, poll_seconds), settings.shards
        )
    except discord.LoginFailure:
        return _fail(FATAL[4004])
    except discord.PrivilegedIntentsRequired:
        return _fail(FATAL[4014])
    except discord.ConnectionClosed as error:
        return _fail(FATAL.get(error.code, f"Discord closed the connection ({error.code})."))
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        return _fail(f"I can't reach Discord: {error}")


def _run_adjusted(run: Callable[[Shards | None, bool], int], shards: Shards | None) -> int:
    """Run the bot, and again without the intent or with the shards that Discord asks for."""
    messages = True
    while True:
        try:
            return run(shards, messages)
        except _IntentDenied:
            log.warning("Discord refused the message content intent (4014): going on without it")
            messages = False
        except ShardsWanted as wanted:
            log.info("Discord recommends %d shards: this process carries all", wanted.count)
            shards = Shards(0, wanted.count - 1, wanted.count)


class _IntentDenied(Exception):
    """Discord no longer grants the intent for the text of messages."""


def _run_once(
    settings: Settings,
    library: Library,
    seeds: Folder,
    fetcher: Fetcher | None,
    poll_seconds: float | None,
    shards: Shards | None,
    messages: bool,
) -> int:
    """Run a new bot: discord.py closes one for good where Discord refuses an intent."""
    workers = Workers()
    writer = open_writer(settings, library, workers.ask)
    kept, shared = library.records.settings, settings.database is not None
    forwarding = open_forwarding(settings, library, workers)
    services = Services(
        library,
        workers,
        fetcher or Fetcher(),
        settings.index_role,
        writer=writer,
        web_url=settings.web_url,
        web_key=key_of(settings.data, kept, shared=shared) if settings.web_url else None,
        forwarding=forwarding,
    )
    kind = ShardedBot if shards else FootnoteBot
    bot = kind(
        services,
        settings.data,
        library.records.database.lock(LEAD),
        shards=shards,
        messages=messages,
        poll_seconds=poll_seconds,
    )
    token = settings.token.get_secret_value() if settings.token else ""
    try:
        return asyncio.run(_run(bot, token, seeds, settings.metrics_port))
    except discord.PrivilegedIntentsRequired as error:
        if bot.wanted.message_content:
            raise _IntentDenied from error
        raise
    finally:
        bot.lead.release()
        workers.close()
        if forwarding:
            forwarding.close()


async def _run(bot: FootnoteBot, token: str, seeds: Folder, metrics_port: int | None) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with bot:
        watching = bot.lead.whenever(lambda: watch_beside_questions(seeds, bot.services.workers))
        bot.background.start(watching, "watching the seeds")
        if metrics_port:
            _measure(bot, metrics_port)
        life = asyncio.create_task(bot.start(token))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((life, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not life.done():
            log.info("stopping")
            await bot.background.stop()
            if not await bot.services.workers.drain(FINISH_SECONDS):
                log.warning("some replies did not finish in %g seconds", FINISH_SECONDS)
            await bot.close()
            life.cancel()  # it may be waiting to connect again
            await asyncio.gather(life, return_exceptions=True)
            return 0
        await life
    return 0


def _measure(bot: FootnoteBot, port: int) -> None:
    """Serve the metrics from now on: that there is no connection yet is one of them."""
    services = bot.services
    monitor = Monitor(
        services.library, services.workers, services.metrics, lambda: bot.latency, services.writer
    )
    bot.background.start(measure(monitor, port), "serving metrics")


def _fail(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201 - the one line that whoever starts it must see
    return 1
