from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest

from bot.errors import ChannelOff
from bot.permissions import check_answered, may_write, mode_in
from bot.server_settings import ChannelMode, ServerSettings

TEXT = Mock(spec=discord.TextChannel, id=5)
THREAD = Mock(spec=discord.Thread, id=6, parent_id=5)
OFF = ServerSettings(channels={5: ChannelMode.OFF})


def test_a_thread_has_the_mode_of_its_channel_unless_its_own():
    assert mode_in(OFF, TEXT) is ChannelMode.OFF
    assert mode_in(OFF, THREAD) is ChannelMode.OFF
    own = ServerSettings(channels={5: ChannelMode.OFF, 6: ChannelMode.EVERY})
    assert mode_in(own, THREAD) is ChannelMode.EVERY
    assert mode_in(ServerSettings(), SimpleNamespace(id=9)) is ChannelMode.MENTION


def test_where_nothing_is_answered():
    check_answered(ServerSettings(), TEXT)
    check_answered(OFF, None)
    with pytest.raises(ChannelOff):
        check_answered(OFF, THREAD)


@pytest.mark.parametrize(
    ("channel", "permissions", "may"),
    [
        (TEXT, {"send_messages": True, "view_channel": True}, True),
        (TEXT, {"send_messages_in_threads": True, "view_channel": True}, False),
        (TEXT, {"send_messages": True}, False),
        (THREAD, {"send_messages_in_threads": True, "view_channel": True}, True),
        (THREAD, {"send_messages": True, "view_channel": True}, False),
    ],
)
def test_threads_have_a_permission_of_their_own(channel, permissions, may):
    assert may_write(channel, discord.Permissions(**permissions)) is may
