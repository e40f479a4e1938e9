from types import SimpleNamespace

import discord
import pytest

from bot.cogs.articles.views import UndoButton, undo_button
from bot.errors import NotAllowed, ServerOnly
from bot.server_settings import ServerSettings
from bot.services import Services
from index.errors import UndoExpired, UndoneAlready
from index.store.publications import Undone
from tests.fakediscord import limits
from tests.fakes import GUILD, FakeInteraction

ACTION = str(2**63)
ADMIN = discord.Permissions(manage_guild=True)


class Pressed(FakeInteraction):
    """Notes which buttons each edit leaves, None where it leaves all."""

    def __init__(self, **more):
        super().__init__(kind="component", permissions=more.pop("permissions", ADMIN), **more)
        self.left = []

    async def edit_original_response(self, **fields):
        await super().edit_original_response(**fields)
        buttons = fields["view"].children if fields["view"] else ()
        self.left.append([button.item.label for button in buttons])


@pytest.fixture
def services(monkeypatch, workers):
    async def settings_of(self, guild_id):
        return ServerSettings()

    monkeypatch.setattr(Services, "settings_of", settings_of)
    asked = []

    def undo(action, space):
        asked.append((action, space))
        if isinstance(outcome.now, Exception):
            raise outcome.now
        return outcome.now

    outcome = SimpleNamespace(now=(), asked=asked)
    records = SimpleNamespace(publications=SimpleNamespace(undo=undo))
    library = SimpleNamespace(records=records, outcome=outcome)
    return Services(library, workers, None)


async def press(services, outcome, **more):
    services.library.outcome.now = outcome
    interaction = Pressed(**more)
    await UndoButton(ACTION).pressed(interaction, services)
    return interaction


async def test_the_action_is_in_the_button():
    button = UndoButton(ACTION)
    match = UndoButton.__discord_ui_compiled_template__.fullmatch(button.custom_id)
    assert (await UndoButton.from_custom_id(None, None, match)).action == ACTION
    view = undo_button(ACTION)
    limits.message({"content": "x", "components": view.to_components()})
    assert view.is_finished(), "kept in no store: each press finds its class"


@pytest.mark.parametrize("forged", ["undo:", "undo:x", "undo:1:2", "undo:" + "1" * 21])
def test_other_ids_match_no_class(forged):
    assert not UndoButton.__discord_ui_compiled_template__.fullmatch(forged)


async def test_it_is_undone_in_the_own_space_and_the_button_goes(services):
    interaction = await press(services, (Undone("Bridge", "removed"),))
    assert services.library.outcome.asked == [(ACTION, str(GUILD))]
    assert interaction.sent == [("defer", False, False), ("edit", None, 1)]
    assert interaction.left == [[]]


async def test_what_was_changed_since_is_listed_and_can_be_tried_again(services):
    interaction = await press(services, (Undone("Bridge", "left"),))
    (_, (kind, text, ephemeral)) = interaction.sent
    assert (kind, ephemeral) == ("followup", True)
    assert text == "“Bridge” was left alone: someone has changed or removed it since."
    both = await press(services, (Undone("Bridge", "left"), Undone("Owls", "restored")))
    assert both.left == [["Undo"]]


@pytest.mark.parametrize("error", [UndoExpired(), UndoneAlready()])
async def test_a_button_that_can_do_nothing_goes(services, error):
    services.library.outcome.now = error
    interaction = Pressed()
    with pytest.raises(type(error)):
        await UndoButton(ACTION).pressed(interaction, services)
    assert interaction.left == [[]]


@pytest.mark.parametrize(
    ("more", "error"),
    [({"permissions": discord.Permissions.none()}, NotAllowed), ({"guild_id": None}, ServerOnly)],
)
async def test_who_may_not_index_undoes_nothing(services, more, error):
    with pytest.raises(error):
        await press(services, (), **more)
    assert not services.library.outcome.asked
