from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest

from bot.errors import ChannelOff, NotAllowed, ServerOnly
from bot.permissions import (
    check_answered,
    managed,
    manages,
    may_index,
    may_write,
    mode_in,
    own_space,
)
from bot.server_settings import ChannelMode, ServerSettings, visible
from index.model import PUBLIC
from tests.fakes import FakeInteraction, member

MANAGES = discord.Permissions(manage_guild=True)
ADMINISTRATES = discord.Permissions(administrator=True)
NOTHING = discord.Permissions.none()


def test_spaces_that_are_seen():
    assert visible(None) == (PUBLIC,)
    assert visible(42) == ("42", PUBLIC)
    assert visible(42, public=False) == ("42",)
    assert visible(None, public=False) == (PUBLIC,)


@pytest.mark.parametrize(
    ("granted", "roles", "role", "may"),
    [
        (NOTHING, (), None, False),
        (MANAGES, (), None, True),
        (ADMINISTRATES, (), "Librarian", True),
        (NOTHING, ("LIBRARIAN",), "librarian", True),
        (NOTHING, ("Librarian",), None, False),
        (NOTHING, ("Librarians",), "Librarian", False),
    ],
)
def test_who_may_index(granted, roles, role, may):
    interaction = FakeInteraction(user=member(*roles), permissions=granted)
    assert may_index(interaction, role) is may
    if may:
        assert own_space(interaction, role) == "42"
    else:
        with pytest.raises(NotAllowed):
            own_space(interaction, role)


def test_nobody_indexes_in_direct_messages():
    interaction = FakeInteraction(guild_id=None, permissions=MANAGES)
    assert not may_index(interaction, None)
    with pytest.raises(ServerOnly):
        own_space(interaction, None)


def test_roles_by_id_may_index_but_not_manage():
    interaction = FakeInteraction(user=member("Guest", "Editor"))
    editor = interaction.user.roles[1].id
    assert may_index(interaction, None, (editor,))
    assert own_space(interaction, None, (editor,)) == "42"
    assert not manages(interaction)
    with pytest.raises(NotAllowed) as caught:
        own_space(interaction, "Librarian", (999,))
    assert (caught.value.role, caught.value.roles) == ("Librarian", (999,))
    direct = FakeInteraction(user=member("Editor"), guild_id=None)
    assert not may_index(direct, None, (editor,))


@pytest.mark.parametrize("granted", [MANAGES, ADMINISTRATES])
def test_who_manages(granted):
    assert manages(FakeInteraction(permissions=granted))
    assert not manages(FakeInteraction(permissions=granted, guild_id=None))
    assert not manages(FakeInteraction(permissions=granted, user=object()))


def test_roles_open_nothing_that_is_for_admins():
    assert managed(FakeInteraction(permissions=MANAGES)) == 42
    assert managed(FakeInteraction(permissions=ADMINISTRATES)) == 42
    with pytest.raises(NotAllowed):
        managed(FakeInteraction(user=member("Editor")))
    with pytest.raises(ServerOnly):
        managed(FakeInteraction(guild_id=None, permissions=MANAGES))


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
