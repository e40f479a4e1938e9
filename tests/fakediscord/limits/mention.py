"""allowed_mentions: its limits, and whom a text notifies under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .form import Errors, Json

PARSED = ("users", "roles", "everyone")
CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)


@dataclass
class Pings:
    """Whom a message notifies: ids of users and roles, and whether @everyone or @here."""

    everyone: bool = False
    users: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.everyone or self.users or self.roles)

    def __or__(self, other: Pings) -> Pings:
        return Pings(
            self.everyone or other.everyone, self.users | other.users, self.roles | other.roles
        )


def allowed_mentions(errors: Errors, allowed: Json | None) -> None:
    """Check the form of allowed_mentions."""
    if allowed is None:
        return
    parse = allowed.get("parse") or []
    for index, part in enumerate(parse):
        if part not in PARSED:
            path = ("allowed_mentions", "parse", index)
            errors.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {PARSED}.")
    for key in ("users", "roles"):
        errors.length(("allowed_mentions", key), allowed.get(key), 0, 100)
        if allowed.get(key) and key in parse:
            errors.add(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f"parse:['{key}'] and {key}: [ids...] are mutually exclusive.",
            )


def pings(
    text: str,
    allowed: Json | None,
    *,
    webhook: bool = False,
    can_everyone: bool = True,
    mentionable: Iterable[str] = (),
    reply_to: str | None = None,
) -> Pings:
    """Find what `text` notifies, given allowed_mentions and the sender's permission.

    `reply_to` is the replied user's id; `mentionable` the ids of the roles that anyone may ping.
    """
    text = CODE.sub(" ", text or "")
    explicit = allowed is not None
    if allowed is None:
        allowed = {"parse": ["users"] if webhook else list(PARSED)}
    parse = allowed.get("parse") or []
    users, roles = set(re.findall(r"<@!?(\d+)>", text)), set(re.findall(r"<@&(\d+)>", text))
    got = Pings()
    got.users = users if "users" in parse else users & {str(x) for x in allowed.get("users") or ()}
    got.roles = roles if "roles" in parse else roles & {str(x) for x in allowed.get("roles") or ()}
    if not can_everyone:
        got.roles &= set(mentionable)
    loud = re.search(r"@(everyone|here)\b", text)
    got.everyone = can_everyone and "everyone" in parse and bool(loud)
    if reply_to and (allowed.get("replied_user") if explicit else True):
        got.users = got.users | {reply_to}
    return got
