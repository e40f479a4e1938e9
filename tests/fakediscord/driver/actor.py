"""A human user: what he or she can do with the bot."""

# ruff: noqa: ASYNC109 (timeouts are part of what the users of the harness say)
from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .. import kinds, limits
from ..limits import Json
from ..model import Channel, File, Message, User
from ..permissions import PERMS, VIEW
from ..waiting import PATIENCE
from .command import Command
from .errors import Refused
from .forms import FormFill, as_list, find_component, pick
from .interaction import Interaction
from .options import Options, member_json
from .outcome import Outcome
from .reply import Reply

if TYPE_CHECKING:
    from .fake import FakeDiscord


class Actor(User):
    """A user to drive; Refused is raised where the official client would not let him or her."""

    fd: FakeDiscord

    # commands

    def visible_commands(self, channel: Channel) -> list[str]:
        """List the slash commands offered here."""
        offered = self.fd.commands().values()
        usable = (one for one in offered if not one.subcommands)
        return [one.name for one in usable if one.refusal(self, channel) is None]

    def _find(
        self, channel: Channel, name: str, bypass: bool, kind: int = kinds.CHAT_INPUT
    ) -> Command:
        offered = self.fd.commands(kind)
        command = offered.get(name.lstrip("/"))
        if not command or command.subcommands:
            raise Refused(f"no such command: {name!r}; there are {sorted(offered)}")
        why = command.refusal(self, channel)
        if why and not bypass:
            raise Refused(f"/{name}: {why}")
        return command

    async def slash(
        self, channel: Channel, name: str, /, *, bypass_permissions: bool = False, **options: Any
    ) -> Interaction:
        """Use /name (subcommands: "index url"), as if typed.

        Files are given as File(...), users, roles and channels as objects. bypass_permissions
        sends what Discord would not, to test the bot's own check.
        """
        command = self._find(channel, name, bypass_permissions)
        data = Options(self.fd, self, channel).command_data(command, options)
        return self._command(channel, command, data)

    def _command(
        self, channel: Channel, command: Command, data: Json, kind: int = kinds.COMMAND, **kw: Any
    ) -> Interaction:
        root, name = command.root, command.name
        return self.fd.interact(self, channel, kind, data, command=root, name=name, **kw)

    async def autocomplete(
        self,
        channel: Channel,
        name: str,
        option: str,
        partial: Any,
        *,
        bypass_permissions: bool = False,
        **others: Any,
    ) -> list[Json] | None:
        """Get the choices offered for `option` when `partial` is typed: [{"name", "value"}]."""
        command = self._find(channel, name, bypass_permissions)
        focused = command.options.get(option) or {}
        if not focused.get("autocomplete"):
            raise Refused(f"/{name} {option}: has no autocomplete")
        args = {**others, option: partial}
        data = Options(self.fd, self, channel).command_data(command, args, focus=option)
        ix = self._command(channel, command, data, kinds.AUTOCOMPLETE, focused=focused)
        await ix.acked()
        return ix.choices

    async def context_menu(
        self,
        target: Message | User,
        name: str,
        *,
        channel: Channel | None = None,
        bypass_permissions: bool = False,
    ) -> Interaction:
        """Choose Apps > name on a Message or a User (then `channel` is needed)."""
        channel = channel or target.channel
        on_message = isinstance(target, Message)
        kind = kinds.MESSAGE_MENU if on_message else kinds.USER_MENU
        command = self._find(channel, name, bypass_permissions, kind)
        resolved = {"messages" if on_message else "users": {target.id: target.json()}}
        if not on_message and (member := member_json(channel, target)):
            resolved["members"] = {target.id: member}
        data = {
            "id": command.root["id"],
            "name": command.root["name"],
            "type": kind,
            "target_id": target.id,
            "resolved": resolved,
        }
        return self._command(channel, command, data)

    # messages

    async def say(
        self,
        channel: Channel,
        content: str = "",
        *,
        attachments: Iterable[File] = (),
        reply_to: Message | None = None,
        mention_author: bool = True,
        max_content: int = limits.MAX_CONTENT,
    ) -> Message:
        """Write a message; who has Nitro may write 4,000 characters (`max_content`)."""
        need = PERMS["send_messages_in_threads" if channel.thread else "send_messages"] | VIEW
        if channel.permissions(self) & need != need:
            raise Refused("cannot write in this channel")
        body: Json = {"content": content}
        if reply_to and not mention_author:
            parse = ["users", "roles", "everyone"]
            body["allowed_mentions"] = {"parse": parse, "replied_user": False}
        uploads = {str(number): file for number, file in enumerate(attachments)}
        kind = kinds.REPLY if reply_to else kinds.DEFAULT
        return self.fd.send(
            channel, self, body, uploads, type=kind, reference=reply_to, max_content=max_content
        )

    async def forward(self, message: Message, channel: Channel) -> Message:
        """Forward a message to a channel; it has no words beside."""
        return self.fd.send(channel, self, {}, forwards=message)

    async def ask(
        self,
        channel: Channel,
        content: str,
        *,
        timeout: float = PATIENCE,
        settle: float = 0.1,
        until: Callable[[Reply], object] | None = None,
        **kw: Any,
    ) -> Reply:
        """Write a message (see say) and wait for the bot's final answer."""
        return await (await self.say(channel, content, **kw)).answer(timeout, settle, until)

    async def edit(self, message: Message, content: str, after: float | None = None) -> Message:
        """Edit a message; with `after`, as if so many seconds after it was sent."""
        at = None if after is None else message.created + after
        return self.fd.edit(message, {"content": content}, at=at)

    async def delete(self, message: Message) -> None:
        self.fd.delete(message)

    async def purge(self, messages: Iterable[Message]) -> None:
        """Delete messages of one channel at once, as moderators' bots do."""
        messages = list(messages)
        self.fd.delete_all(messages[0].channel, messages)

    async def type(self, channel: Channel) -> None:
        self.fd.type_in(channel, self)

    async def create_thread(self, where: Message | Channel, name: str, **kw: Any) -> Channel:
        """Start a thread on a Message, or in a Channel."""
        message = where if isinstance(where, Message) else None
        channel = where.channel if isinstance(where, Message) else where
        return self.fd.start_thread(channel, self, name, message=message, **kw)

    @property
    def dm(self) -> Channel:
        """The DM channel with the bot."""
        return self.fd.dm(self)

    # components and modals

    async def click(self, where: Message | Outcome, which: str | None = None) -> Interaction:
        """Press a button, by label, custom_id or emoji, of a Message or an Outcome's messages."""
        message, item = find_component(self, where, which, {kinds.BUTTON})
        return self._use(message, item, {})

    async def select(
        self, where: Message | Outcome, values: Any, which: str | None = None
    ) -> Interaction:
        """Choose in a select: option labels or values, or User / Role / Channel objects."""
        message, item = find_component(self, where, which, kinds.SELECTS)
        options = Options(self.fd, self, message.channel)
        more: Json = {"values": pick(options, item, as_list(values))}
        if options.resolved:
            more["resolved"] = options.resolved
        return self._use(message, item, more)

    def _use(self, message: Message, item: Json, more: Json) -> Interaction:
        data = {"custom_id": item["custom_id"], "component_type": item["type"], "id": item["id"]}
        channel, kind = message.channel, kinds.COMPONENT
        return self.fd.interact(self, channel, kind, data | more, message=message)

    async def submit_modal(self, ix: Interaction, values: dict[str, Any]) -> Interaction:
        """Fill in and submit the modal that `ix` was answered with.

        `values` are named by label or custom_id; a file upload takes File(...).
        """
        if not ix.modal:
            raise Refused("no modal is open")
        options = Options(self.fd, self, ix.channel)
        form = FormFill(options, values)
        data: Json = {"custom_id": ix.modal["custom_id"]}
        data["components"] = [form.fill(item) for item in ix.modal["components"]]
        if options.resolved:
            data["resolved"] = options.resolved
        if form.left:
            raise Refused(f"the modal has no field {list(form.left)}")
        return self.fd.interact(self, ix.channel, kinds.MODAL_SUBMIT, data, message=ix.source)
