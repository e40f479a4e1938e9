"""Values of a command's options, as a client sends them and refuses them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import kinds
from ..limits import Json
from ..model import Channel, File, Role, User
from .command import Command
from .errors import Refused

if TYPE_CHECKING:
    from .fake import FakeDiscord

LARGEST = 2**53
PLAIN = {
    kinds.OPTION_STRING: str,
    kinds.OPTION_INTEGER: int,
    kinds.OPTION_BOOLEAN: bool,
    kinds.OPTION_NUMBER: (int, float),
}
USERS = (kinds.OPTION_USER, kinds.OPTION_MENTIONABLE)
ROLES = (kinds.OPTION_ROLE, kinds.OPTION_MENTIONABLE)


def member_json(channel: Channel, user: User) -> Json | None:
    """Describe a member with his or her permissions in a channel; None if not a member."""
    if not channel.guild or user.id not in channel.guild.members:
        return None
    bits = str(channel.permissions(user))
    return channel.guild.members[user.id].json(user=False, permissions=bits)


class Options:
    """The options that one user fills in; `resolved` collects the objects they name."""

    def __init__(self, fd: FakeDiscord, user: User, channel: Channel) -> None:
        self.fd, self.user, self.channel = fd, user, channel
        self.resolved: Json = {}

    def value(self, option: Json, value: Any, partial: bool = False) -> Any:
        """Give an option's value as it is sent; `partial`: still being typed.

        Raises
        ------
        Refused
            If the client would not take it.
        """
        kind, name = option["type"], option["name"]
        if kind == kinds.OPTION_ATTACHMENT:
            if not isinstance(value, File):
                raise Refused(f"{name}: needs a File")
            attachment = self.fd.attach(self.channel, value, ephemeral=True)
            return self._named("attachments", attachment.id, attachment.json())
        if kind in USERS and isinstance(value, User):
            if member := member_json(self.channel, value):
                self._named("members", value.id, member)
            return self._named("users", value.id, value.json())
        if kind in ROLES and isinstance(value, Role):
            return self._named("roles", value.id, value.json())
        if kind == kinds.OPTION_CHANNEL and isinstance(value, Channel):
            if option.get("channel_types") and value.type not in option["channel_types"]:
                raise Refused(f"{name}: that type of channel cannot be chosen")
            return self._named("channels", value.id, value.json(self.user))
        if kind not in PLAIN or partial:
            return value
        return plain_value(option, value)

    def _named(self, group: str, id: str, data: Json) -> str:
        self.resolved.setdefault(group, {})[id] = data
        return id

    def command_data(
        self, command: Command, args: Mapping[str, Any], focus: str | None = None
    ) -> Json:
        """Make the data of a command, or of an autocomplete of the option `focus`."""
        if extra := set(args) - set(command.options):
            known = list(command.options)
            raise Refused(f"/{command.name} has no option {sorted(extra)}; it has {known}")
        sent: list[Json] = []
        for name, option in command.options.items():
            if name in args:
                value = self.value(option, args[name], partial=name == focus)
                sent.append({"name": name, "type": option["type"], "value": value})
                if name == focus:
                    sent[-1]["focused"] = True
            elif option.get("required") and not focus:
                raise Refused(f"/{command.name}: option {name!r} is required")
        for node in reversed(command.path):
            sent = [{"name": node["name"], "type": node["type"], "options": sent}]
        data: Json = {key: command.root[key] for key in ("id", "name", "type")}
        data["options"] = sent
        if command.root.get("guild_id"):
            data["guild_id"] = command.root["guild_id"]
        if self.resolved and not focus:
            data["resolved"] = self.resolved
        return data


def plain_value(option: Json, value: Any) -> Any:
    """Check a string, number or boolean against type, choices and limits."""
    kind, name, choices = option["type"], option["name"], option.get("choices")
    mistaken = kind == kinds.OPTION_INTEGER and isinstance(value, bool)
    if not isinstance(value, PLAIN[kind]) or mistaken:
        raise Refused(f"{name}: {value!r} is of the wrong type")
    if choices and value not in [choice["value"] for choice in choices]:
        by_name = {choice["name"]: choice["value"] for choice in choices}
        if value not in by_name:
            raise Refused(f"{name}: {value!r} is not one of the choices {list(by_name)}")
        value = by_name[value]
    if kind == kinds.OPTION_STRING:
        size, low, high = len(value), option.get("min_length", 1), option.get("max_length", 6000)
    else:
        size = value
        low, high = option.get("min_value", -LARGEST), option.get("max_value", LARGEST)
    if kind != kinds.OPTION_BOOLEAN and not low <= size <= high:
        raise Refused(f"{name}: {size} is not between {low} and {high}")
    return value
