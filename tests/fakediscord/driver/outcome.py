"""What a user sees of the bot's answer."""

# ruff: noqa: ASYNC109 (timeouts are part of what the users of the harness say)
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Self

from .. import kinds
from ..limits import Json, Pings
from ..model import Attachment, Message
from ..waiting import PATIENCE, HarnessTimeout, Signal, now, wait_until

if TYPE_CHECKING:
    from .fake import FakeDiscord


class Outcome:
    """What a user sees in answer to something done at `t0`; times are seconds since then.

    Attributes
    ----------
    messages
        The bot's messages that belong to the answer.
    callback
        The type of an interaction's first answer.
    modal
        The form that it was answered with.
    """

    fd: FakeDiscord
    messages: Sequence[Message] = ()
    signal: Signal
    t0: float = 0.0
    callback: int | None = None
    modal: Json | None = None

    @property
    def message(self) -> Message | None:
        """The first of the messages."""
        return next(iter(self.messages), None)

    @property
    def content_text(self) -> str:
        """All that a user reads, of all messages."""
        return "\n".join(message.text for message in self.messages if message.text)

    @property
    def embeds(self) -> list[Json]:
        return [embed for message in self.messages for embed in message.embeds]

    @property
    def components(self) -> list[Json]:
        """Components of the top level."""
        return [item for message in self.messages for item in message.components]

    @property
    def attachments(self) -> list[Attachment]:
        return [one for message in self.messages for one in message.attachments]

    @property
    def ephemeral(self) -> bool:
        """Whether there are messages, and all are ephemeral."""
        return bool(self.messages) and all(message.ephemeral for message in self.messages)

    @property
    def buttons(self) -> list[str | None]:
        """Labels of the buttons."""
        items = [item for message in self.messages for item in message.interactive()]
        return [item.get("label") for item in items if item["type"] == kinds.BUTTON]

    @property
    def pinged(self) -> Pings:
        """Whom its messages notified (edits do not notify: see Message.would_ping_on_edit)."""
        pings = Pings()
        for message in self.messages:
            pings = pings | message.pinged
        return pings

    @property
    def history(self) -> list[tuple[float, str]]:
        """(time, text) of each visible state, so also of streaming edits."""
        return [(time - self.t0, text) for time, text in self._states()]

    @property
    def edits(self) -> int:
        return max(0, len(self._states()) - len(self.messages))

    @property
    def t_first_content(self) -> float | None:
        states = self._states()
        return states[0][0] - self.t0 if states else None

    @property
    def t_final(self) -> float | None:
        """When it changed last, without the settling."""
        states = self._states()
        return states[-1][0] - self.t0 if states else None

    def _states(self) -> list[tuple[float, str]]:
        return sorted(
            (time, text)
            for message in self.messages
            for time, text in message.history
            if time >= self.t0 and not message.loading
        )

    def _throttled(self) -> float:
        until = self.fd.buckets.throttled_until
        return max((until(message.channel.id) for message in self.messages), default=0)

    async def response(self, timeout: float = PATIENCE) -> Self:
        """Wait for the first visible content (or modal)."""

        def visible() -> Any:
            return self.modal or self._states()

        def what() -> str:
            return f"no visible response: {self!r}"

        await wait_until(self.signal, visible, timeout, what)
        return self

    async def final(
        self,
        timeout: float = PATIENCE,
        settle: float = 0.1,
        until: Callable[[Self], object] | None = None,
    ) -> Self:
        """Wait until nothing has changed for `settle` seconds (and `until(self)` holds)."""
        await self.response(timeout)
        end = self.t0 + timeout
        while not self.modal:
            quiet = now() - max(self._states()[-1][0], self._throttled())
            ready = not any(message.loading for message in self.messages)
            ready = ready and (until is None or bool(until(self)))
            if ready and quiet >= settle:
                break
            if now() > end + settle:
                raise HarnessTimeout(f"not settled within {timeout:g} s: {self!r}")
            await self.signal.wait(settle - quiet if ready else 0.5)
        return self

    def __repr__(self) -> str:
        texts = [message.text[:80] for message in self.messages]
        return f"<{type(self).__name__} callback={self.callback} messages={texts}>"
