import discord
import pytest
from discord import app_commands

from bot.discord import error_handler
from bot.discord.error_handler import GIVEN_MAX
from bot.discord.replies import acknowledge
from bot.errors import NotAllowed
from index.errors import StorageError
from tests.fakes import GUILD, FakeInteraction, FakeServices, http_error


async def _callback(interaction: discord.Interaction) -> None: ...


async def _on_message(interaction: discord.Interaction, message: discord.Message) -> None: ...


GROUP = app_commands.Group(name="index", description="x")
URL = app_commands.Command(name="url", description="x", callback=_callback, parent=GROUP)
MENU = app_commands.ContextMenu(name="Index this message", callback=_on_message)


async def refused(error=None, *faults, **more):
    services = FakeServices(more.pop("fault", None))
    interaction = FakeInteraction(*faults, services=services, **more)
    await error_handler.handle(interaction, error or NotAllowed("Librarian"))
    return interaction, services.refused


@pytest.mark.parametrize(
    ("more", "attempt"),
    [
        ({"command": URL, "options": {"link": "http://a.example/"}}, "/index url"),
        ({"command": URL, "options": {"days": 3}}, "/index url"),
        ({"command": MENU}, "Index this message"),
        ({"kind": "component", "custom_id": "undo:123"}, "undo"),
        ({"kind": "component", "custom_id": "removal:remove:1:a:b"}, "removal"),
        ({"kind": "modal_submit", "custom_id": "form:paste"}, "form"),
    ],
)
async def test_who_tried_what_is_kept(more, attempt):
    interaction, kept = await refused(**more)
    given = next((v for v in more.get("options", {}).values() if isinstance(v, str)), None)
    assert kept == [(GUILD, attempt, given, interaction.user.id)]
    assert len(interaction.sent) == 1


async def test_a_setting_with_the_value_that_was_wanted():
    interaction, kept = await refused(NotAllowed(attempt=("threshold", 0.7)), kind="component")
    assert kept == [(GUILD, "threshold", 0.7, interaction.user.id)]


async def test_what_is_given_is_not_kept_in_full_however_long():
    _, ((_, _, given, _),) = await refused(command=URL, options={"link": "x" * 9_999})
    assert len(given) == GIVEN_MAX


async def test_it_is_kept_where_nothing_could_be_said():
    _, kept = await refused(None, http_error(404, 10062), command=URL)
    assert kept


async def test_where_it_cannot_be_kept_it_is_said_all_the_same(caplog):
    interaction, kept = await refused(fault=StorageError("/data", "full"), command=URL)
    assert interaction.sent
    assert not kept
    assert "/index url of 7 is not noted: StorageError" in caplog.text


async def test_there_is_no_log_in_direct_messages():
    assert not (await refused(guild_id=None, command=URL))[1]


async def test_other_errors_are_none():
    interaction = FakeInteraction(services=FakeServices(), command=URL)
    await acknowledge(interaction)
    await error_handler.handle(interaction, TimeoutError())
    assert not interaction.client.services.refused
