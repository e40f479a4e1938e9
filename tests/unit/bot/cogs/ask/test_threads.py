from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest

from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.buttons import refusal

TEXT = Mock(spec=discord.TextChannel)
ALL = {"create_public_threads": True, "send_messages_in_threads": True}


def pressed(channel=TEXT, *, mine=ALL, theirs=ALL, ephemeral=False, has_thread=False):
    flags = SimpleNamespace(ephemeral=ephemeral, has_thread=has_thread)
    return SimpleNamespace(
        channel=channel,
        message=SimpleNamespace(flags=flags),
        app_permissions=discord.Permissions(**mine),
        permissions=discord.Permissions(**theirs),
    )


@pytest.mark.parametrize(
    ("interaction", "reason"),
    [
        (pressed(), None),
        (pressed(ephemeral=True), ask_strings.THREAD_PRIVATE),
        (pressed(Mock(spec=discord.Thread)), ask_strings.THREAD_HERE),
        (pressed(Mock(spec=discord.DMChannel)), ask_strings.THREAD_NOWHERE),
        (pressed(Mock(spec=discord.VoiceChannel)), ask_strings.THREAD_NOWHERE),
        (pressed(mine={"send_messages_in_threads": True}), ask_strings.THREAD_NOT_MINE),
        (pressed(mine={"create_public_threads": True}), ask_strings.THREAD_NOT_MINE_TO_WRITE),
        (pressed(theirs={}), ask_strings.THREAD_NOT_YOURS),
        (pressed(mine={}, theirs={}, has_thread=True), None),
    ],
)
def test_why_no_thread_can_be_started(interaction, reason):
    assert refusal(interaction) == reason
