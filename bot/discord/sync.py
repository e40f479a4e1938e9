"""Register the commands with Discord when they have changed."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

FILE = "discord-commands.json"


log = logging.getLogger(__name__)


async def sync_if_changed(
    tree: app_commands.CommandTree[Any], application_id: int, data: Path
) -> bool:
    """Register the commands unless this application has these very ones; return whether it did.

    Discord limits how often this may be done, so it is not done at every start. When it fails
    the commands that Discord has stay, and the next start tries again.
    """
    state = {"application": str(application_id), "commands": fingerprint(tree)}
    path = data / FILE
    if _read(path) == state:
        return False
    try:
        await tree.sync()
    except (discord.HTTPException, app_commands.AppCommandError) as error:
        log.error("the commands could not be registered: %s", error)
        return False
    log.info("registered %d commands", len(tree.get_commands()))
    try:
        path.write_text(json.dumps(state), encoding="utf-8")
    except OSError as error:
        log.warning("%s cannot be written: %s", path, error.strerror)
    return True


def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return a hash of the commands as they are registered."""
    commands = sorted((c.to_dict(tree) for c in tree.get_commands()), key=lambda c: c["name"])
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
