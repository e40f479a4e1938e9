"""Three hundred questions in the same moment."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

from tests.soak.check import Figure, Rounds, first_few
from tests.soak.simulation import timing
from tests.soak.simulation.actions import QUEUE_FULL, Result, wait_for_answer
from tests.soak.simulation.servers import DISCORD_ACK_SECONDS, Simulation, User, started
from tests.waiting import free_port

TITLE = "Three hundred ask at once"
SOAK = 5
SUITE = 0
"""tests/e2e/test_faults.py has more ask than may wait, with a bot that other tests use too."""

BURST = 300
REST_SECONDS = 5.0
_PLACE = re.compile(r"(\d+) questions? " + QUEUE_FULL)


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: all ask, each another question, half by command, half by direct message."""
    return iter(asyncio.run(_run(rounds, folder)))


async def _run(rounds: Rounds, folder: Path) -> list[Figure]:
    port = free_port()
    results: list[Result] = []
    lasted: list[float] = []
    async with started(folder, METRICS_PORT=str(port)) as sim:
        before = await timing.lags(port)
        for number in rounds:
            if number:
                await asyncio.sleep(REST_SECONDS)
            began = time.monotonic()
            asked = [_ask(sim, sim.users[n % len(sim.users)], number, n) for n in range(BURST)]
            results += await asyncio.gather(*asked)
            lasted.append(time.monotonic() - began)
        late = timing.lag(before, await timing.lags(port), p99=1.0, most=1.0)
        sim.env.assert_no_errors()
    return [*_figures(results, lasted), late]


async def _ask(sim: Simulation, user: User, number: int, nth: int) -> Result:
    question = f"{user.server.question[:-1]}, asks user {nth} in round {number}?"
    if nth % 2:
        asked = await user.actor.slash(user.server.channel, "ask", question=question)
        return await wait_for_answer("/ask", user, asked.id, asked, user.server.word)
    message = await user.actor.say(user.actor.dm, question)
    reply = sim.env.fd.reply_to(message)
    return await wait_for_answer("direct message", user, message.id, reply, "")


def _figures(results: list[Result], lasted: list[float]) -> list[Figure]:
    put_off = [result for result in results if QUEUE_FULL in result.text]
    answered = [
        result for result in results if result.answered is not None and result not in put_off
    ]
    places = [int(place[1]) for result in put_off if (place := _PLACE.search(result.text))]
    wrong = [problem for result in results if (problem := timing.wrong(result))]
    waiting = f"{min(places, default=0)} to {max(places, default=0)} before them"
    return [
        timing.actions(results),
        Figure("answered", str(len(answered)), bool(answered)),
        Figure(
            "told how many wait before, and to ask again",
            f"{len(put_off)}, with {waiting}",
            len(places) == len(put_off),
        ),
        Figure("unanswered, double, wrong or of another server", first_few(wrong), not wrong),
        timing.acknowledgements(results, p99=DISCORD_ACK_SECONDS, most=DISCORD_ACK_SECONDS),
        timing.answers(answered),
        Figure("until all were done", f"{max(lasted, default=0):.0f} s at most", bool(lasted)),
    ]
