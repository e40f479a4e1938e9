"""Clocks, interactions and people as the code sees them, without time and without Discord."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import discord

GUILD = 42
ME, ALICE = 1, 7
"""The bot's id and a member's."""
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """Shows `now`, a time or a number of seconds, until a test sets it."""

    def __init__(self, now: Any = NOON) -> None:
        self.now = now

    def __call__(self) -> Any:
        return self.now


def http_error(status: int, code: int = 0) -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound, 503: discord.DiscordServerError}
    response = SimpleNamespace(status=status, reason="injected")
    kind = kinds.get(status, discord.HTTPException)
    return kind(response, {"code": code, "message": "injected"})


def _role(numbered: tuple[int, str]) -> SimpleNamespace:
    number, name = numbered
    return SimpleNamespace(id=500 + number, name=name)


def member(*roles: str) -> Mock:
    return Mock(spec=discord.Member, id=ALICE, roles=list(map(_role, enumerate(roles))))


def user(number: int, *, bot: bool = False) -> SimpleNamespace:
    return SimpleNamespace(id=number, bot=bot)


def message(number: int = 100, content: str = "Who?", **more) -> Mock:
    """Return Alice's message in a text channel of a server; `to` is what it replies to."""
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
        guild=SimpleNamespace(id=GUILD),
        channel=Mock(spec=discord.TextChannel, id=5),
        embeds=[],
        attachments=[],
        message_snapshots=[],
        reference=SimpleNamespace(message_id=to.id, resolved=to) if to else None,
    )
    made.configure_mock(**more)
    return made


class FakeFile:
    """An attachment that says any size; `fault` is raised where it is read."""

    def __init__(
        self,
        name: str = "a.txt",
        data: bytes = b"Words of a file.",
        *,
        kind: str | None = "text/plain",
        size: int | None = None,
        fault: Exception | None = None,
    ) -> None:
        self.filename, self.content_type, self._data, self._fault = name, kind, data, fault
        self.size = len(data) if size is None else size

    async def read(self) -> bytes:
        if self._fault:
            raise self._fault
        return self._data


class FakeResponse:
    """The first response: done once, faults first."""

    def __init__(self, sent: list, faults: list) -> None:
        self.sent, self.faults, self.done = sent, faults, False

    def is_done(self) -> bool:
        return self.done

    async def defer(self, *, ephemeral: bool, thinking: bool) -> None:
        self._respond(("defer", ephemeral, thinking))

    async def send_message(self, content: str, *, ephemeral: bool, embeds: Sequence = ()) -> None:
        self._respond(("message", content, ephemeral))

    def _respond(self, what: tuple) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(what)
        self.done = True


class FakeServices:
    """Keeps denied attempts; `fault` is raised by its worker."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.denied: list = []
        self.workers = self.server_settings = self
        self._fault = fault

    async def ask(self, call, *given):
        if self._fault:
            raise self._fault
        return call(*given)

    def deny(self, *attempt) -> None:
        self.denied.append(attempt)


class FakeInteraction:
    """Records what it is answered with in `sent`; raises `faults` one by one before that."""

    id = 99

    def __init__(self, *faults: Exception, kind: str = "application_command", **more) -> None:
        self.sent: list = []
        self.faults = list(faults)
        self.response = FakeResponse(self.sent, self.faults)
        self.type = discord.InteractionType[kind]
        self.guild_id = more.get("guild_id", GUILD)
        self.user = more.get("user", member())
        self.permissions = more.get("permissions", discord.Permissions.none())
        self.followup = SimpleNamespace(send=self._followup)
        self.client = SimpleNamespace(services=more.get("services", FakeServices()))
        self.command = more.get("command")
        self.namespace = SimpleNamespace(**more.get("options", {}))
        self.data = {"custom_id": more.get("custom_id", "")}
        self.extras: dict = {}

    async def edit_original_response(self, **fields) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(("edit", fields.get("content"), len(fields.get("embeds") or ())))

    async def delete_original_response(self) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(("delete",))

    async def _followup(self, content: str, *, ephemeral: bool, embeds: Sequence = ()) -> None:
        self.sent.append(("followup", content, ephemeral))
