"""Three hundred questions in the same moment."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

from tests.soak.check import Figure, Rounds
from tests.soak.city import inside as city_inside
from tests.soak.city import timing as city_timing
from tests.soak.city.acts import TOLD_TO_WAIT, Act, watched
from tests.soak.city.opening import opened
from tests.soak.city.town import Person, Town
from tests.soak.examining import some

TITLE = "Three hundred ask at once"
SOAK = 5
SUITE = 1

CROWD = 300
SUITE_CROWD = 110
"""In the suite: still more than may wait, and done in time on a slow machine that does more."""
REST_SECONDS = 5.0
_PLACE = re.compile(r"(\d+) questions? " + TOLD_TO_WAIT)


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: all ask, each another question, half by command, half by direct message."""
    return iter(asyncio.run(_run(rounds, folder)))


async def _run(rounds: Rounds, folder: Path) -> list[Figure]:
    port = city_inside.free_port()
    acts: list[Act] = []
    lasted: list[float] = []
    crowd = CROWD if rounds.count > SUITE else SUITE_CROWD
    async with opened(folder, METRICS_PORT=str(port)) as town:
        before = await city_inside.lags(port)
        for number in rounds:
            began = time.monotonic()
            asked = [_ask(town, town.people[n % len(town.people)], number, n) for n in range(crowd)]
            acts += await asyncio.gather(*asked)
            lasted.append(time.monotonic() - began)
            await asyncio.sleep(REST_SECONDS)
        late = city_inside.lag(before, await city_inside.lags(port), p99=1.0, most=1.0)
        town.world.faultless()
    return [*_figures(acts, lasted), late]


async def _ask(town: Town, person: Person, number: int, nth: int) -> Act:
    question = f"{person.hall.question[:-1]}, asks visitor {nth} of day {number}?"
    if nth % 2:
        asked = await person.actor.slash(person.hall.channel, "ask", question=question)
        return await watched("/ask", person, asked.id, asked, person.hall.word)
    message = await person.actor.say(person.actor.dm, question)
    reply = town.world.fd.reply_to(message)
    return await watched("direct message", person, message.id, reply, "")


def _figures(acts: list[Act], lasted: list[float]) -> list[Figure]:
    put_off = [act for act in acts if TOLD_TO_WAIT in act.said]
    answered = [act for act in acts if act.answered is not None and act not in put_off]
    places = [int(place[1]) for act in put_off if (place := _PLACE.search(act.said))]
    wrong = [problem for act in acts if (problem := city_timing.wrong(act))]
    told = f"{len(put_off)}, with {min(places, default=0)} to {max(places, default=0)} before them"
    return [
        city_timing.uses(acts),
        Figure("answered", str(len(answered)), bool(answered)),
        Figure("told how many wait before, and to ask again", told, len(places) == len(put_off)),
        Figure("unanswered, double, wrong or of another server", some(wrong), not wrong),
        city_timing.acknowledgements(
            acts, p99=city_timing.DISCORD_SECONDS, most=city_timing.DISCORD_SECONDS
        ),
        city_timing.answers(answered),
        Figure("until all were done", f"{max(lasted, default=0):.0f} s at most", bool(lasted)),
    ]
