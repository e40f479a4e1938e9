"""An interaction, as its user sees it."""

# ruff: noqa: ASYNC109 (timeouts are part of what the users of the harness say)
from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Self

from .. import kinds
from ..limits import Json
from ..model import Channel, Message, User
from ..waiting import PATIENCE, HarnessTimeout, Signal, now, wait_until
from .errors import InteractionFailed
from .outcome import Outcome

if TYPE_CHECKING:
    from .fake import FakeDiscord


class Interaction(Outcome):
    """One interaction (command, component, autocomplete, modal) and the bot's answers to it.

    Attributes
    ----------
    source
        The message whose component was used.
    original, followups
        The first answer, and those after it.
    choices
        What an autocomplete offered.
    focused
        The option it was for.
    late
        Seconds after which the bot tried to answer in vain.
    """

    def __init__(
        self,
        fd: FakeDiscord,
        user: User,
        channel: Channel,
        type: int,
        source: Message | None = None,
        command: Json | None = None,
        name: str | None = None,
    ) -> None:
        self.fd, self.user, self.channel, self.type = fd, user, channel, type
        self.source, self.command, self.name = source, command, name
        self.id, self.token = fd.snowflake(), "aW50ZXJhY3Rpb24" + secrets.token_urlsafe(90)
        self.signal, self.t0 = Signal(), now()
        self.callback: int | None = None
        self.at_ack: float | None = None
        self.late: float | None = None
        self.original: Message | None = None
        self.followups: list[Message] = []
        self.modal: Json | None = None
        self.choices: list[Json] | None = None
        self.focused: Json | None = None
        fd.interactions[self.token] = self
        if source:
            source.watchers.append(self)

    @property
    def t_ack(self) -> float | None:
        """When it was answered or deferred."""
        return self.at_ack and self.at_ack - self.t0

    @property
    def deferred(self) -> bool:
        return self.callback in (kinds.DEFER_ANSWER, kinds.DEFER_UPDATE)

    @property
    def messages(self) -> list[Message]:
        """The answers; the source too if it was edited since, by whatever means."""
        every = dict.fromkeys([self.original, *self.followups, self.source])
        return [one for one in every if one and not one.deleted and self._counts(one)]

    def _counts(self, message: Message) -> bool:
        if message is not self.source:
            return True
        return bool(message.history) and message.history[-1][0] > self.t0

    def _throttled(self) -> float:
        of_webhook = self.fd.buckets.throttled_until(self.fd.bot.id, self.token)
        return max(super()._throttled(), of_webhook)

    async def acked(self) -> Self:
        """Wait for the initial response, 3 s at most.

        Raises
        ------
        InteractionFailed
            As a user would be told.
        """
        left = self.fd.ack_window - (now() - self.t0)

        def answered() -> bool:
            return self.callback is not None

        try:
            await wait_until(self.signal, answered, max(left, 0) + 0.05, "")
        except HarnessTimeout:
            message = f"The application did not respond: {self.name or self.type}"
            if self.late:
                message += f" (it tried after {self.late:.2f} s)"
            raise InteractionFailed(message) from None
        return self

    async def response(self, timeout: float = PATIENCE) -> Self:
        """Wait for the first visible content (or modal), but 3 s at most to be acknowledged."""
        await self.acked()
        return await super().response(timeout - (now() - self.t0))
