"""kill -9 of the bot while it indexes, and `footnote add` beside it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from pathlib import Path

from index.library import Library
from index.model import Space
from index.models import load_embedder as load
from tests.e2e.environment import NATO, NATO_WORDS, Environment, words
from tests.fakediscord import Interaction
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.command import MODELS, add, new_data
from tests.soak.steps import article, examine

TITLE = "kill -9 of the bot while it indexes, and `footnote add` beside it"
SOAK = 20
SUITE = 1

INDEX_SECONDS = 0.6
"""Within which the bot has indexed an article, most times."""

SEED = 6
FOUND_SECONDS = 5.0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: index an article through Discord, killed meanwhile; start it again; ask it."""
    return iter(asyncio.run(_rounds(rounds, folder)))


async def _rounds(rounds: Rounds, folder: Path) -> list[Figure]:
    data, random_ = new_data(folder), random.Random(SEED)
    embedder = await asyncio.to_thread(load, None, MODELS)
    last, made, problems, waits = -1, 0, [], [0.0]
    async with Environment(data) as env:
        space = Space(str(env.acme.id))
        for number in rounds:
            made += 1
            last += await _index_and_kill(env, last + 1, random_.uniform(0, INDEX_SECONDS))
            with Library.open(data, embedder) as library:
                problems += (await asyncio.to_thread(examine, library, last, space))[0]
            await env.restart(kill=True)
            asked = await env.alice.slash(env.general, "ask", question=NATO)
            if NATO_WORDS not in words(await asked.final()):
                problems.append("the bot does not answer")
            if number % 5 == 0:
                waits.append(await _found_after_adding(env, data, number, problems))
    longest = max(waits)
    return [
        Figure("killed", f"{made} times", made > 0),
        Figure("articles acknowledged before", str(last + 1), held=True),
        Figure("lost, half-visible, unrepaired or unanswered", first_few(problems), not problems),
        Figure(
            "longest until the bot answered from what `footnote add` had added beside it",
            f"{longest:.1f} s",
            longest < FOUND_SECONDS,
            timed=True,
        ),
    ]


async def _index_and_kill(env: Environment, step: int, seconds: float) -> bool:
    """Kill the bot so long after the form was sent; whether it had acknowledged the article."""
    document = article(step)
    form = await (await env.boss.slash(env.general, "index text")).final()
    sent = await env.boss.submit_modal(form, {"Title": document.title, "Text": document.text})
    await asyncio.sleep(seconds)
    await env.bot.kill()
    return _acknowledged(sent)


def _acknowledged(sent: Interaction) -> bool:
    return any(field["name"] == "ID" for embed in sent.embeds for field in embed.get("fields", ()))


async def _found_after_adding(
    env: Environment, data: Path, number: int, problems: list[str]
) -> float:
    title = f"Lighthouse of Kalmar {number}"
    file = data.with_name(f"{number}.txt")
    file.write_text(f"{title}\n\nMayor Ostrander opened lighthouse {number} on Tuesday.\n")
    if f": {title}\n" not in await asyncio.to_thread(add, data, file):
        problems.append("footnote add did not acknowledge")
    began = time.monotonic()
    question = f"Who opened lighthouse {number}?"
    asked = await env.alice.slash(env.general, "ask", question=question)
    if title not in words(await asked.final(settle=0)):
        problems.append(f"the bot does not find {title}")
    return time.monotonic() - began
