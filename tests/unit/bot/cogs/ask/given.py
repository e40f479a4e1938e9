"""Messages as discord.py has them."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import Mock

import discord

from bot.cogs.ask.cards import render
from bot.discord.replies import embeds
from index.model import Answer, AnswerSentence, Citation, Span
from tests.builders import article

ME, ALICE = 1, 7


def answer(question: str, said: str | None = None, rewritten: str | None = None) -> Answer:
    cited = Citation(1, article(), Span(0, len(said or "")), said or "")
    return Answer(
        question,
        said is not None,
        (AnswerSentence(said, (1,)),) if said else (),
        (cited,) if said else (),
        (),
        0.9,
        rewritten,
    )


def user(number: int, *, bot: bool = False) -> SimpleNamespace:
    return SimpleNamespace(id=number, bot=bot)


def message(number: int = 100, content: str = "Who?", **more) -> Mock:
    """A person's message in a text channel of a server, unless told otherwise."""
    to = more.pop("to", None)
    kind = discord.MessageType.reply if to else discord.MessageType.default
    made = Mock(
        spec=discord.Message,
        id=number,
        content=content,
        author=user(ALICE),
        webhook_id=None,
        type=kind,
        mentions=[],
        guild=SimpleNamespace(id=42),
        channel=Mock(spec=discord.TextChannel, id=5),
        embeds=[],
        reference=SimpleNamespace(message_id=to.id, resolved=to) if to else None,
    )
    made.configure_mock(**more)
    return made


def shown(number: int, said: Answer, **more) -> Mock:
    """The bot's message with an answer."""
    cards = embeds(render(said))
    return message(number, "", author=user(ME, bot=True), embeds=cards, **more)
