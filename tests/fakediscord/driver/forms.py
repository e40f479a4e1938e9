"""Buttons and selects to use, and modals to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .. import kinds
from ..limits import Json
from ..model import Message, User
from ..permissions import VIEW
from .errors import Refused
from .options import Options
from .outcome import Outcome

# what a select of objects, or an upload, takes: the type of option that takes the same
OPTION_OF = {
    kinds.USER_SELECT: kinds.OPTION_USER,
    kinds.ROLE_SELECT: kinds.OPTION_ROLE,
    kinds.MENTIONABLE_SELECT: kinds.OPTION_MENTIONABLE,
    kinds.CHANNEL_SELECT: kinds.OPTION_CHANNEL,
    kinds.FILE_UPLOAD: kinds.OPTION_ATTACHMENT,
}
WITH_OPTIONS = (kinds.STRING_SELECT, kinds.RADIO_GROUP, kinds.CHECKBOX_GROUP)


def as_list(value: Any) -> list[Any]:
    """Give a list or tuple as a list, anything else as a list of one."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def find_component(
    user: User, where: Message | Outcome, which: str | None, types: Iterable[int]
) -> tuple[Message, Json]:
    """Find a component that a user can see, by label, custom_id, placeholder or emoji.

    Raises
    ------
    Refused
        If there is none, or it is disabled or a link.
    """
    messages = [where] if isinstance(where, Message) else list(reversed(where.messages))
    for message in messages:
        if message.deleted or not _sees(user, message):
            continue
        for item in message.interactive():
            if item["type"] in types and (which is None or which in _names(item)):
                if item.get("disabled") or item.get("style") == kinds.LINK_STYLE:
                    raise Refused(f"{which!r} is disabled or a link")
                return message, item
    every = [item for message in messages for item in message.interactive()]
    there = [(item.get("label"), item.get("custom_id")) for item in every]
    raise Refused(f"no component {which!r}; there are {there}")


def _sees(user: User, message: Message) -> bool:
    private = message.ephemeral and message.ix and message.ix.user is not user
    return not private and bool(message.channel.permissions(user) & VIEW)


def _names(item: Json) -> tuple[str | None, ...]:
    emoji = item.get("emoji") or {}
    keys = ("label", "custom_id", "placeholder")
    return (*(item.get(key) for key in keys), emoji.get("name"))


def pick(options: Options, item: Json, values: list[Any]) -> list[Any]:
    """Give the values chosen in a select (or group, or upload) as they are sent."""
    low, high = item.get("min_values"), item.get("max_values")
    low = 1 if low is None else low
    high = high or (10 if item["type"] == kinds.CHECKBOX_GROUP else 1)
    if not low <= len(values) <= high:
        raise Refused(f"{len(values)} values: not allowed here")
    if item["type"] in WITH_OPTIONS:
        known = {one[key]: one["value"] for one in item["options"] for key in ("label", "value")}
        if bad := [value for value in values if value not in known]:
            raise Refused(f"no such options: {bad}")
        return [known[value] for value in values]
    option = {"type": OPTION_OF[item["type"]], "name": item["custom_id"]}
    return [options.value(option, value) for value in values]


class FormFill:
    """A modal being filled in; `left` are the values not yet used."""

    def __init__(self, options: Options, values: Mapping[str, Any]) -> None:
        self.options, self.left = options, dict(values)

    def fill(self, item: Json, label: str | None = None) -> Json:
        """Give a component of the modal as it is submitted."""
        out: Json = {"type": item["type"], "id": item["id"]}
        if item["type"] == kinds.ACTION_ROW:
            out["components"] = [self.fill(one) for one in item["components"]]
        elif item["type"] == kinds.LABEL:
            out["component"] = self.fill(item["component"], item["label"])
        elif item["type"] != kinds.TEXT_DISPLAY:
            out["custom_id"] = item["custom_id"]
            out |= self._input(item, label)
        return out

    def _input(self, item: Json, label: str | None) -> Json:
        names = (item["custom_id"], label, item.get("label"))
        key = next((name for name in names if name in self.left), None)
        value = self.left.pop(key, None)
        if item["type"] == kinds.TEXT_INPUT:
            return {"value": self._text(item, label, value)}
        if item["type"] == kinds.CHECKBOX:
            return {"value": bool(value)}
        values = [] if value is None else as_list(value)
        if values or item.get("required", True):
            values = pick(self.options, item, values)
        if item["type"] == kinds.RADIO_GROUP:
            return {"value": values[0] if values else None}
        return {"values": values}

    @staticmethod
    def _text(item: Json, label: str | None, value: str | None) -> str:
        text = item.get("value") or "" if value is None else value
        low, high = item.get("min_length") or 0, item.get("max_length") or 4000
        required = item.get("required", True)
        if (required and not text) or (text and not low <= len(text) <= high):
            name = label or item.get("label")
            raise Refused(f"{name}: {len(text)} characters; {required=}, {low}..{high}")
        return text
