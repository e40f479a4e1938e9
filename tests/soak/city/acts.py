"""The ways in which people use the bot, and what each use came to."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.e2e.world import NATO, NATO_WORDS, words
from tests.fakediscord import HarnessTimeout, Outcome, Refused
from tests.soak.city.town import Person, Town

ANSWER_SECONDS = 120.0
"""After so long an answer counts as lost."""

TOLD_TO_WAIT = "wait before yours"


@dataclass(frozen=True, slots=True)
class Act:
    """One use. Times are in seconds since it; None is never.

    `where` is the id by which the bot's log names it. `problem` tells what is not as it has to be,
    whatever else the bot may have said; `said` is all that the user read.
    """

    way: str
    where: str
    acknowledged: float | None
    answered: float | None
    said: str
    problem: str | None = None
    copies: int = 1


Way = Callable[[Town, Person], Awaitable[Act]]


async def ask_own(town: Town, person: Person) -> Act:
    """/ask for the server's own word."""
    question = _question(person, person.hall.question)
    asked = await person.actor.slash(person.hall.channel, "ask", question=question)
    return await watched("/ask", person, asked.id, asked, person.hall.word)


async def ask_public(town: Town, person: Person) -> Act:
    """/ask what many ask."""
    asked = await person.actor.slash(person.hall.channel, "ask", question=NATO)
    return await watched("/ask", person, asked.id, asked, NATO_WORDS)


async def mention(town: Town, person: Person) -> Act:
    """A message to the bot in the server's channel."""
    said = f"{town.world.at} {_question(person, person.hall.question)}"
    message = await person.actor.say(person.hall.channel, said)
    reply = town.world.fd.reply_to(message)
    return await watched("mention", person, message.id, reply, person.hall.word)


async def direct(town: Town, person: Person) -> Act:
    """A direct message, which sees what is public."""
    message = await person.actor.say(person.actor.dm, _question(person, NATO))
    return await watched("direct message", person, message.id, town.world.fd.reply_to(message), "")


async def passages(town: Town, person: Person) -> Act:
    """The button under the last answer; a question where there is none yet."""
    if person.shown is None or "Passages" not in person.shown.buttons:
        return await ask_public(town, person)
    pressed = await person.actor.click(person.shown, "Passages")
    return await watched("Passages", person, pressed.id, pressed, "")


async def latest(town: Town, person: Person) -> Act:
    """/latest, on all there is."""
    asked = await person.actor.slash(person.hall.channel, "latest")
    return await watched("/latest", person, asked.id, asked, "")


async def autocomplete(town: Town, person: Person) -> Act:
    """The titles that are offered while one is typed."""
    began = time.monotonic()
    try:
        typed = person.hall.guild.name[:4]
        offered = await person.actor.autocomplete(person.hall.channel, "ask", "article", typed)
    except HarnessTimeout as error:
        return Act("autocomplete", "autocomplete", None, None, "", str(error))
    took = time.monotonic() - began
    problem = None if offered else "no titles were offered"
    return Act("autocomplete", "autocomplete", took, took, str(offered), problem)


WAYS: tuple[tuple[Way, int], ...] = (
    (ask_own, 25),
    (ask_public, 15),
    (mention, 20),
    (direct, 10),
    (passages, 10),
    (latest, 5),
    (autocomplete, 15),
)
"""How many of a hundred uses each is; most are questions."""


async def any_way(town: Town, person: Person) -> Act:
    """One of the ways, by chance."""
    (way,) = person.chance.choices([w for w, _ in WAYS], [weight for _, weight in WAYS])
    try:
        return _crossed(town, person, await way(town, person))
    except Refused as error:  # the bot's server is not available, or has no commands yet
        return Act(way.__name__, "refused", None, None, "", f"not possible: {error}")


def _question(person: Person, question: str) -> str:
    """Half of the questions are asked for the first time: what was answered is remembered."""
    person.asked += 1
    if person.chance.random() < 0.5:
        return question
    return f"{question[:-1]}, {person.name} asks for the {person.asked}th time?"


async def watched(way: str, person: Person, where: str, seen: Outcome, due: str) -> Act:
    """Wait for the answer; `due` are words that it has to have."""
    problem = None
    try:
        await seen.final(ANSWER_SECONDS, settle=0)
    except HarnessTimeout as error:
        problem = f"{way}: {error}"
    said = words(seen)
    if problem is None and due not in said and TOLD_TO_WAIT not in said:
        problem = f"{way}: not the answer: {said[:80]!r}"
    if problem is None and "Passages" in seen.buttons:
        person.shown = seen
    return Act(way, where, seen.t_ack, seen.t_final, said, problem, len(seen.messages))


def _crossed(town: Town, person: Person, act: Act) -> Act:
    """Take note of an answer with the word of another server."""
    others = town.words - {person.hall.word}
    if found := [word for word in others if word in act.said]:
        return Act(act.way, act.where, None, None, act.said, f"{act.way}: saw {found}")
    return act
