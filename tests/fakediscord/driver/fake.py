"""The fake Discord: the server, with users to drive and a bot to run."""

# ruff: noqa: ASYNC109 (timeouts are part of what the users of the harness say)
from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from .. import kinds
from ..limits import Json
from ..model import Channel, Message
from ..server import Server
from ..waiting import PATIENCE, HarnessTimeout, wait_until
from .actor import Actor
from .command import Command, flattened
from .interaction import Interaction
from .process import BotProcess, Program
from .reply import Reply

IN_GUILD, IN_DM = 0, 1


class FakeDiscord(Server):
    """What a test opens with `async with`; see the README."""

    user_class = Actor
    process: BotProcess | None = None

    def interact(
        self,
        user: Actor,
        channel: Channel,
        type: int,
        data: Json,
        *,
        message: Message | None = None,
        command: Json | None = None,
        name: str | None = None,
        focused: Json | None = None,
    ) -> Interaction:
        """Dispatch an INTERACTION_CREATE; the 3 s run from now."""
        ix = Interaction(self, user, channel, type, message, command, name)
        ix.focused = focused
        event = self._event(ix, data)
        if message:
            event["message"] = message.json()
        for session in list(self.sessions.values()):
            if session.covers(channel.guild):
                session.send("INTERACTION_CREATE", event)
        return ix

    def _event(self, ix: Interaction, data: Json) -> Json:
        user, channel, guild = ix.user, ix.channel, ix.channel.guild
        event: Json = {
            "id": ix.id,
            "application_id": self.bot.id,
            "type": ix.type,
            "token": ix.token,
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": channel.json(user),
            "entitlements": [],
            "entitlement_sku_ids": [],
            "attachment_size_limit": self.attachment_limit,
            "locale": user.locale,
            "app_permissions": str(channel.permissions(self.bot)),
            "context": IN_GUILD if guild else IN_DM,
            "authorizing_integration_owners": {"0": guild.id if guild else "0"},
        }
        if not guild:
            return event | {"user": user.json()}
        bits = str(channel.permissions(user))
        return event | {
            "guild_id": guild.id,
            "guild": {"id": guild.id, "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": guild.members[user.id].json(permissions=bits),
        }

    def reply_to(self, message: Message) -> Reply:
        """Watch for the bot's answer to a message."""
        return Reply(self, message)

    async def silence(self, message: Message, within: float = 2.0) -> None:
        """Assert that the bot does not answer this message within so many seconds."""
        await asyncio.sleep(within)
        if answers := self.reply_to(message).messages:
            raise AssertionError(f"the bot answered: {[answer.text for answer in answers]}")

    def commands(self, kind: int = kinds.CHAT_INPUT) -> dict[str, Command]:
        """Give {full name: Command}; `kind` is 1 slash, 2 user, 3 message."""
        every = [one for one in self.registered if one["type"] == kind]
        return {command.name: command for command in flattened(every)}

    async def wait_ready(self, timeout: float = PATIENCE, commands: Iterable[str] = ()) -> None:
        """Wait until a session is identified and the named commands are registered.

        Raises
        ------
        HarnessTimeout
            With the end of the bot's output; at once if it exits.
        """
        bot, wanted = self.process, set(commands)

        def ready() -> bool:
            have = {one["name"] for one in self.registered}
            return any(one.conn for one in self.sessions.values()) and wanted <= have

        def ready_or_gone() -> bool:
            return ready() or bool(bot and bot.returncode is not None)

        def what() -> str:
            tail = bot.tail() if bot else ""
            return f"bot not ready; identifies={self.gateway.identifies}\n{tail}"

        await wait_until(self.signal, ready_or_gone, timeout, what)
        if not ready():
            raise HarnessTimeout(f"the bot exited with {bot.returncode}\n{bot.tail()}")

    async def run_bot(
        self,
        cmd: Sequence[str | Path] | Program,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        token: str | None = None,
        log_file: str | Path | None = None,
    ) -> BotProcess:
        """Start the bot with the redirection.

        DISCORD_TOKEN, BOT_TOKEN and DISCORD_BOT_TOKEN are set unless in env.
        """
        self.process = BotProcess(self, cmd, env or {}, cwd, token or self.token, log_file)
        await self.process.start()
        return self.process

    async def __aexit__(self, *exc: object) -> None:
        if self.process:
            await self.process.terminate(3)
        await super().__aexit__(*exc)
