"""What users do with the bot, and the result of each use."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.e2e.environment import NATO, NATO_WORDS, words
from tests.fakediscord import HarnessTimeout, Outcome, Refused
from tests.soak.simulation.servers import Simulation, User

ANSWER_SECONDS = 120.0
"""After so long an answer counts as lost."""

QUEUE_FULL = "ahead of yours"


@dataclass(frozen=True, slots=True)
class Result:
    """One use. Times are in seconds since it; None is never.

    `logged_as` is the id by which the bot's log names it. `problem` says what is not as it has to
    be, whatever else the bot answered; `text` is all that the user read.
    """

    action: str
    logged_as: str
    acknowledged: float | None
    answered: float | None
    text: str
    problem: str | None = None
    copies: int = 1


Action = Callable[[Simulation, User], Awaitable[Result]]


async def ask_server(sim: Simulation, user: User) -> Result:
    """/ask for the server's own word."""
    question = _question(user, user.server.question)
    asked = await user.actor.slash(user.server.channel, "ask", question=question)
    return await wait_for_answer("/ask", user, asked.id, asked, user.server.word)


async def ask_public(sim: Simulation, user: User) -> Result:
    """/ask what many ask."""
    asked = await user.actor.slash(user.server.channel, "ask", question=NATO)
    return await wait_for_answer("/ask", user, asked.id, asked, NATO_WORDS)


async def mention(sim: Simulation, user: User) -> Result:
    """A message to the bot in the server's channel."""
    text = f"{sim.env.at} {_question(user, user.server.question)}"
    message = await user.actor.say(user.server.channel, text)
    reply = sim.env.fd.reply_to(message)
    return await wait_for_answer("mention", user, message.id, reply, user.server.word)


async def direct_message(sim: Simulation, user: User) -> Result:
    """A direct message, which sees what is public."""
    message = await user.actor.say(user.actor.dm, _question(user, NATO))
    return await wait_for_answer(
        "direct message", user, message.id, sim.env.fd.reply_to(message), ""
    )


async def passages(sim: Simulation, user: User) -> Result:
    """The button under the last answer; a question where there is none yet."""
    if user.last_answer is None or "Passages" not in user.last_answer.buttons:
        return await ask_public(sim, user)
    pressed = await user.actor.click(user.last_answer, "Passages")
    return await wait_for_answer("Passages", user, pressed.id, pressed, "")


async def latest(sim: Simulation, user: User) -> Result:
    """/latest, on all there is."""
    asked = await user.actor.slash(user.server.channel, "latest")
    return await wait_for_answer("/latest", user, asked.id, asked, "")


async def autocomplete(sim: Simulation, user: User) -> Result:
    """The titles that are offered while one is typed."""
    began = time.monotonic()
    try:
        typed = user.server.guild.name[:4]
        offered = await user.actor.autocomplete(user.server.channel, "ask", "article", typed)
    except HarnessTimeout as error:
        return Result("autocomplete", "autocomplete", None, None, "", str(error))
    took = time.monotonic() - began
    problem = None if offered else "no titles were offered"
    return Result("autocomplete", "autocomplete", took, took, str(offered), problem)


ACTIONS: tuple[tuple[Action, int], ...] = (
    (ask_server, 25),
    (ask_public, 15),
    (mention, 20),
    (direct_message, 10),
    (passages, 10),
    (latest, 5),
    (autocomplete, 15),
)
"""How many of a hundred uses each is; most are questions."""


async def random_action(sim: Simulation, user: User) -> Result:
    """A random one of the actions."""
    (action,) = user.rng.choices([one for one, _ in ACTIONS], [weight for _, weight in ACTIONS])
    try:
        return _check_leak(sim, user, await action(sim, user))
    except Refused as error:  # the bot's server is not available, or has no commands yet
        return Result(action.__name__, "refused", None, None, "", f"not possible: {error}")


def _question(user: User, question: str) -> str:
    """Half of the questions are asked for the first time: what was answered is remembered."""
    user.asked += 1
    if user.rng.random() < 0.5:
        return question
    return f"{question[:-1]}, {user.name} asks for the {user.asked}th time?"


async def wait_for_answer(
    action: str, user: User, logged_as: str, seen: Outcome, expected: str
) -> Result:
    """Wait for the answer; `expected` are words that it has to have."""
    problem = None
    try:
        await seen.final(ANSWER_SECONDS, settle=0)
    except HarnessTimeout as error:
        problem = f"{action}: {error}"
    text = words(seen)
    if problem is None and expected not in text and QUEUE_FULL not in text:
        problem = f"{action}: not the answer: {text[:80]!r}"
    if problem is None and "Passages" in seen.buttons:
        user.last_answer = seen
    return Result(action, logged_as, seen.t_ack, seen.t_final, text, problem, len(seen.messages))


def _check_leak(sim: Simulation, user: User, result: Result) -> Result:
    """Take note of an answer with the word of another server."""
    others = sim.words - {user.server.word}
    if found := [word for word in others if word in result.text]:
        return Result(
            result.action,
            result.logged_as,
            None,
            None,
            result.text,
            f"{result.action}: saw {found}",
        )
    return result
