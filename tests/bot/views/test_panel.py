import discord
import pytest

from bot.server_settings import MAX_ROLES, InvalidSetting
from bot.views.panel import LevelSelect, RolesSelect, SwitchButton
from bot.views.pressed import row
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
def test_other_ids_are_nobodys(forged):
    for kind in (LevelSelect, RolesSelect, SwitchButton):
        assert not kind.__discord_ui_compiled_template__.fullmatch(forged)


async def test_the_fullest_panel_is_within_limits():
    roles = tuple(range(2**62, 2**62 + MAX_ROLES))
    switches = SwitchButton("public", False), SwitchButton("private", True)
    view = row(LevelSelect(0.5), RolesSelect(roles), *switches)
    limits.message({"content": "x", "components": view.to_components()})
    assert view.is_finished(), "kept in no store: each press finds its class"


@pytest.mark.parametrize(
    ("threshold", "chosen"), [(0.7, ["strict"]), (0.5, ["balanced"]), (0.6, [])]
)
async def test_the_level_that_holds_is_chosen(threshold, chosen):
    options = LevelSelect(threshold).item.options
    assert [option.value for option in options if option.default] == chosen


async def test_a_level_of_another_release_is_told():
    select = LevelSelect()
    select.item._refresh_state(None, {"values": ["daring"]})
    with pytest.raises(InvalidSetting):
        await select.pressed(None, None)
    assert isinstance(select.item, discord.ui.Select)
