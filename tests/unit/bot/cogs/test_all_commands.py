"""All cogs' commands and components, as they are registered with Discord."""

import pytest
from discord import AllowedMentions, AppCommandOptionType, AppCommandType, app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.client import ITEMS, FootnoteBot
from bot.permissions import SETTINGS_HINT
from bot.services import Services
from index.store.connections import Ownership
from tests.fakediscord import limits
from tests.properties import examples

NAMES = {
    *("ask", "articles", "help", "latest", "privacy", "reindex", "remove", "summary"),
    *("index url", "index file", "index text"),
    *("feeds add", "feeds list", "feeds remove", "feeds check"),
    *("settings panel", "settings log", "stats"),
    *("follow", "following", "unfollow"),
}
MENUS = ["Ask about this message", "Index this message"]
IN_SERVERS = {"settings", "stats", "Index this message"}


@pytest.fixture(params=[None, "Librarian"])
async def bot(request, tmp_path):
    async with FootnoteBot(
        Services(None, None, None, request.param), tmp_path, Ownership(tmp_path)
    ) as bot:
        await bot.add_parts()
        yield bot


async def test_within_limits_and_no_name_twice(bot):
    limits.commands([command.to_dict(bot.tree) for command in bot.tree.get_commands()])
    walked = [c for c in bot.tree.walk_commands() if isinstance(c, app_commands.Command)]
    names = [command.qualified_name for command in walked]
    assert sorted(names) == sorted(NAMES)
    menus = bot.tree.get_commands(type=AppCommandType.message)
    assert [menu.name for menu in menus] == MENUS


@examples(40)
@given(
    st.one_of(
        [st.from_regex(kind.__discord_ui_compiled_template__, fullmatch=True) for kind in ITEMS]
    )
)
def test_a_custom_id_is_that_of_one_kind_of_component(custom_id):
    templates = [kind.__discord_ui_compiled_template__ for kind in ITEMS]
    assert sum(bool(template.fullmatch(custom_id)) for template in templates) == 1


async def test_every_option_is_described(bot):
    for command in bot.tree.walk_commands():
        assert command.description.strip(" …")
        for option in getattr(command, "parameters", ()):
            assert option.description.strip(" …"), f"{command.qualified_name} {option.name}"


async def test_articles_complete_themselves(bot):
    for command in bot.tree.walk_commands():
        for option in getattr(command, "parameters", ()):
            if option.name == "article":
                assert option.type is AppCommandOptionType.string
                assert option.autocomplete, command.qualified_name


async def test_hint_and_places(bot):
    for command in bot.tree.get_commands():
        described = command.to_dict(bot.tree)
        for_admins = command.name in ("settings", "stats")
        assert command.default_permissions == (SETTINGS_HINT if for_admins else None)
        assert described["contexts"] == ([0] if command.name in IN_SERVERS else [0, 1])
        assert described["integration_types"] == [0]


async def test_nobody_is_pinged_and_no_privileged_intent(bot):
    assert bot.allowed_mentions.to_dict() == AllowedMentions.none().to_dict()
    assert not bot.intents.message_content
    assert not bot.intents.members
    assert not bot.intents.presences
