import discord
import pytest

from bot.cogs.settings.panel import (
    ITEMS,
    AnnouncementsSelect,
    CooldownSelect,
    LevelSelect,
    ModeSelect,
    RolesSelect,
    SectionButton,
    SwitchButton,
    TokensSelect,
)
from bot.discord.components import row
from bot.errors import InvalidSetting
from bot.server_settings import MAX_ROLES, ChannelMode, Section
from tests.fakediscord import limits


@pytest.mark.parametrize("name", ["public", "private"])
@pytest.mark.parametrize("value", [True, False])
async def test_what_a_switch_sets_is_in_it(name, value):
    button = SwitchButton(name, value)
    match = SwitchButton.__discord_ui_compiled_template__.fullmatch(button.custom_id)
    again = await SwitchButton.from_custom_id(None, None, match)
    assert (again.name, again.value, again.item.label) == (name, value, button.item.label)


@pytest.mark.parametrize(
    "forged", ["settings:threshold:yes", "settings:public:maybe", "settings:cooldown:yes", "x"]
)
def test_other_ids_match_no_class(forged):
    for kind in ITEMS:
        assert not kind.__discord_ui_compiled_template__.fullmatch(forged)


MOST = tuple(range(2**62, 2**62 + MAX_ROLES))


@pytest.mark.parametrize(
    "items",
    [
        lambda: [LevelSelect(0.5), SwitchButton("public", False), SwitchButton("private", True)],
        lambda: [
            ModeSelect(ChannelMode.EVERY, MOST * 2, disabled=True),
            ModeSelect(ChannelMode.OFF, MOST),
            AnnouncementsSelect(MOST[:1]),
        ],
        lambda: [RolesSelect(MOST), CooldownSelect("member", 5), CooldownSelect("server")],
        lambda: [TokensSelect(20_000), SwitchButton("llm_mark", False)],
    ],
    ids=list(Section),
)
async def test_the_fullest_section_is_within_limits(items):
    turns = [SectionButton(section) for section in Section]
    view = row(*turns, *items())
    rows = view.to_components()
    limits.message({"content": "x", "components": rows})
    assert len(rows[0]["components"]) == len(turns), "what turns the pages stands apart"
    assert view.is_finished(), "kept in no store: each press finds its class"


async def test_a_section_of_another_release_leads_to_the_first():
    match = SectionButton.__discord_ui_compiled_template__.fullmatch("settings:section:tomorrow")
    assert (await SectionButton.from_custom_id(None, None, match)).section is Section.ANSWERS


async def test_a_cooldown_that_is_not_offered_is_shown():
    select = CooldownSelect("member")
    select.item._refresh_state(None, {"values": ["-1"]})
    with pytest.raises(InvalidSetting):
        await select.pressed(None, None)


@pytest.mark.parametrize(
    ("level", "chosen"), [("strict", ["strict"]), ("balanced", ["balanced"]), (None, [])]
)
async def test_the_level_that_holds_is_chosen(level, chosen):
    options = LevelSelect(level).item.options
    assert [option.value for option in options if option.default] == chosen


async def test_a_level_of_another_release_is_shown():
    select = LevelSelect()
    select.item._refresh_state(None, {"values": ["daring"]})
    with pytest.raises(InvalidSetting):
        await select.pressed(None, None)
    assert isinstance(select.item, discord.ui.Select)
