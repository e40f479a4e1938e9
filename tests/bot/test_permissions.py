import discord
import pytest

from bot.permissions import (
    INDEX_HINT,
    NotAllowed,
    ServerOnly,
    index_hint,
    may_index,
    own_space,
    visible,
)
from index.model import PUBLIC
from tests.bot.fakes import FakeInteraction, member

MANAGES = discord.Permissions(manage_guild=True)
ADMINISTRATES = discord.Permissions(administrator=True)
NOTHING = discord.Permissions.none()


def test_spaces_that_are_seen():
    assert visible(None) == (PUBLIC,)
    assert visible(42) == ("42", PUBLIC)


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


def test_the_hint_would_hide_commands_from_the_role():
    assert index_hint(None) == INDEX_HINT
    assert index_hint("Librarian") is None
