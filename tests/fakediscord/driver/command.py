"""Registered commands, as a user's client lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .. import kinds
from ..limits import Json
from ..model import Channel, User
from ..permissions import PERMS, VIEW

IN_SERVERS, IN_DMS = 0, 1


@dataclass
class Command:
    """A registered command (or subcommand, under its full name).

    Attributes
    ----------
    json, root
        As registered: this node, and the command it is part of.
    path
        The nodes between, this one included.
    """

    name: str
    json: Json = field(repr=False)
    root: Json = field(repr=False)
    path: list[Json] = field(repr=False, default_factory=list)

    @property
    def options(self) -> dict[str, Json]:
        """Its options by name, without subcommands."""
        nodes = self.json.get("options") or ()
        return {node["name"]: node for node in nodes if node["type"] not in kinds.SUBCOMMANDS}

    @property
    def subcommands(self) -> list[str]:
        nodes = self.json.get("options") or ()
        return [node["name"] for node in nodes if node["type"] in kinds.SUBCOMMANDS]

    @property
    def description(self) -> str:
        return self.json.get("description", "")

    @property
    def default_member_permissions(self) -> str | None:
        return self.root.get("default_member_permissions")

    def refusal(self, user: User, channel: Channel) -> str | None:
        """Tell why Discord would not offer it to a user there; None if it would."""
        have, root = channel.permissions(user), self.root
        contexts = root.get("contexts")
        if not have & VIEW:
            return "cannot see the channel"
        if channel.type == kinds.DM:
            anywhere = not root.get("guild_id") and root.get("dm_permission", True)
            if not anywhere or IN_DMS not in (contexts or [0, 1, 2]):
                return "not available in DMs"
            return None
        if contexts and IN_SERVERS not in contexts:
            return "not available in servers"
        if not have & PERMS["use_application_commands"]:
            return "lacks use_application_commands"
        need, base = root["default_member_permissions"], channel.guild.permissions(user)
        if need is None or base & PERMS["administrator"]:
            return None
        if int(need) == 0 or base & int(need) != int(need):
            return f"lacks default_member_permissions {need}"
        return None


def flattened(registered: Iterable[Json]) -> Iterator[Command]:
    """Yield commands and, after each, what is under it."""
    for root in registered:
        yield from _under(root, root, [root["name"]], [])


def _under(node: Json, root: Json, names: list[str], path: list[Json]) -> Iterator[Command]:
    yield Command(" ".join(names), node, root, path)
    for option in node.get("options") or ():
        if option["type"] in kinds.SUBCOMMANDS:
            yield from _under(option, root, [*names, option["name"]], [*path, option])
