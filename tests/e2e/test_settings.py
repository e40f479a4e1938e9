from types import SimpleNamespace

import pytest

from bot.cogs.settings.strings import (
    ANNOUNCEMENTS_HINT,
    MODE_HINTS,
    ROLES_HINT,
    SETTING_NAMES,
    cooldown,
)
from tests.e2e.world import BETWEEN, NATO, NATO_WORDS, index, words
from tests.fakediscord import Refused
from tests.fakediscord import intents as fakediscord_intents
from tests.fakediscord import kinds as fakediscord_kinds

pytestmark = pytest.mark.asyncio(loop_scope="session")
COOLDOWN = SETTING_NAMES["member_cooldown_seconds"]
SURE = SETTING_NAMES["threshold"]
UNSURE = "Where was the conference?"
"""Answered when the threshold is 0.35, refused when it is 0.5."""
SECTIONS = ("Answers", "Channels", "Members")
SILENCE = "The articles do not say."


@pytest.fixture
def senate(world):
    """A server of its own for each test."""
    guild = world.add_server("Senate")
    editors = guild.add_role("Editors")
    return SimpleNamespace(
        guild=guild,
        floor=guild.add_channel("floor"),
        chair=guild.add_member("Chair", permissions="manage_guild"),
        guest=guild.add_member("Guest"),
        editor=guild.add_member("Editor", [editors]),
        editors=editors,
    )


async def done(ix):
    return await (await ix).final(20, settle=0.1)


async def opened(senate):
    return await done(senate.chair.slash(senate.floor, "settings panel"))


async def turned(senate, section, panel=None):
    return await done(senate.chair.click(panel or await opened(senate), section))


async def logged(senate):
    return words(await done(senate.chair.slash(senate.floor, "settings log")))


async def asked(actor, channel, question, **options):
    return await done(actor.slash(channel, "ask", question=question, **options))


async def test_panel_shows_what_holds_to_the_admin_alone(senate):
    panel = await opened(senate)
    assert panel.ephemeral
    for state in ("Balanced", "included", "open"):
        assert f"\n{state}\n" in words(panel), state
    assert panel.buttons == [*SECTIONS, "Leave out public articles", "Answer privately"]
    panel = await turned(senate, "Channels", panel)
    assert words(panel).count("\nno channel\n") == 3
    panel = await turned(senate, "Members", panel)
    assert words(panel).count("\nno limit\n") == 2
    assert panel.buttons == [*SECTIONS]
    assert "Nobody has changed a setting yet." in await logged(senate)
    assert "settings panel" in senate.chair.visible_commands(senate.floor)


async def test_threshold_counts_at_once_here_alone(world, senate):
    assert SILENCE not in words(await asked(senate.guest, senate.floor, BETWEEN))
    assert SILENCE in words(await asked(senate.guest, senate.floor, UNSURE))
    panel = await opened(senate)
    panel = await done(senate.chair.select(panel, ["Strict"], SURE))
    assert "Strict" in words(panel)
    assert SILENCE in words(await asked(senate.guest, senate.floor, BETWEEN))
    assert SILENCE in words(await senate.guest.ask(senate.floor, f"{world.at} {BETWEEN}"))
    assert SILENCE not in words(await asked(world.bea, world.lobby, BETWEEN)), "another server"
    await done(senate.chair.select(panel.message, ["Generous"], SURE))
    assert SILENCE not in words(await asked(senate.guest, senate.floor, UNSURE))
    said = await senate.guest.ask(senate.floor, f"{world.at} {UNSURE}")
    assert SILENCE not in words(said)
    log = await done(senate.chair.slash(senate.floor, "settings log"))
    newest, oldest = words(log).splitlines()[-2:]
    assert newest.startswith("<t:")
    assert f"<@{senate.chair.id}> · {SURE}: Strict → Generous" in newest
    assert f"{SURE}: the default → Strict" in oldest
    assert log.ephemeral
    assert not log.pinged


async def test_public_articles_left_out(world, senate):
    await index(world, senate.chair, senate.floor, "Own", "The senate of Orm meets on Mondays.")
    panel = await done(senate.chair.click(await opened(senate), "Leave out public articles"))
    assert "left out" in words(panel)
    assert NATO_WORDS not in words(await asked(senate.guest, senate.floor, NATO))
    said = await senate.guest.ask(senate.floor, f"{world.at} {NATO}")
    assert NATO_WORDS not in words(said)
    own = await asked(senate.guest, senate.floor, "When does the senate of Orm meet?")
    assert "on Mondays" in words(own)
    assert "Articles (1)" in words(await done(senate.guest.slash(senate.floor, "articles")))
    assert not await senate.guest.autocomplete(senate.floor, "ask", "article", "unsettling")
    assert NATO_WORDS in words(await asked(world.bea, world.lobby, NATO)), "another server"
    assert NATO_WORDS in words(await asked(senate.guest, senate.guest.dm, NATO))
    await done(senate.chair.click(panel.message, "Include public articles"))
    assert NATO_WORDS in words(await asked(senate.guest, senate.floor, NATO))


async def test_private_unless_the_asker_says_otherwise(senate):
    panel = await done(senate.chair.click(await opened(senate), "Answer privately"))
    assert panel.buttons[-1] == "Answer openly"
    assert (await asked(senate.guest, senate.floor, NATO)).ephemeral
    assert not (await asked(senate.guest, senate.floor, NATO, private=False)).ephemeral
    await done(senate.chair.click(panel.message, "Answer openly"))
    assert not (await asked(senate.guest, senate.floor, NATO)).ephemeral


async def test_chosen_roles_may_index(world, senate):
    refused = await done(senate.editor.slash(senate.floor, "index text"))
    assert "needs the permission Manage Server" in words(refused)
    panel = await done(
        senate.chair.select(await turned(senate, "Members"), [senate.editors], ROLES_HINT)
    )
    assert f"<@&{senate.editors.id}>" in words(panel)
    await index(world, senate.editor, senate.floor, "Bill", "The bill on bees passed, they said.")
    titles = await senate.editor.autocomplete(senate.floor, "remove", "article", "bill")
    assert [title["name"] for title in titles] == ["Bill"]
    assert not await senate.guest.autocomplete(senate.floor, "remove", "article", "bill")
    guest = await done(senate.guest.slash(senate.floor, "index text"))
    assert f"or the role <@&{senate.editors.id}>" in words(guest)
    assert not guest.pinged
    sure = await done(senate.editor.slash(senate.floor, "remove", article="Bill"))
    assert "Removed" in words(await done(senate.editor.click(sure, "Remove")))
    await done(senate.chair.select(panel.message, [], ROLES_HINT))
    again = await done(senate.editor.slash(senate.floor, "reindex"))
    assert "needs the permission Manage Server" in words(again)
    assert f"{SETTING_NAMES['index_roles']}: none → <@&{senate.editors.id}>" in await logged(senate)


async def test_role_that_is_gone_does_not_break_the_panel(world, senate):
    await done(senate.chair.select(await turned(senate, "Members"), [senate.editors], ROLES_HINT))
    assert await chosen_roles(senate) == [str(senate.editors.id)]
    del senate.guild.roles[senate.editors.id]
    data = {"guild_id": senate.guild.id, "role_id": senate.editors.id}
    world.fd.emit("GUILD_ROLE_DELETE", data, guild=senate.guild, intent=fakediscord_intents.GUILDS)
    assert await chosen_roles(senate) == []


async def chosen_roles(senate):
    items = (await turned(senate, "Members")).message.interactive()
    (select,) = [item for item in items if item["type"] == fakediscord_kinds.ROLE_SELECT]
    return [str(value["id"]) for value in select.get("default_values", ())]


async def test_who_may_not_is_refused_and_noted(world, senate):
    deputy = senate.guild.add_member("Deputy", permissions="manage_guild")
    panel = await done(deputy.slash(senate.floor, "settings panel"))
    members = await done(deputy.slash(senate.floor, "settings panel"))
    members = await done(deputy.click(members, "Members"))
    channels = await done(deputy.slash(senate.floor, "settings panel"))
    channels = await done(deputy.click(channels, "Channels"))
    senate.guild.set_roles(deputy, [])
    for pressed in (
        deputy.select(panel, ["Strict"], SURE),
        deputy.select(members, [senate.editors], ROLES_HINT),
        deputy.select(members, [f"A member: {cooldown(60)}"], COOLDOWN),
        deputy.select(channels, [senate.floor], MODE_HINTS["off"]),
        deputy.select(channels, [senate.floor], ANNOUNCEMENTS_HINT),
        deputy.click(panel, "Channels"),
        deputy.click(panel, "Answer privately"),
    ):
        ix = await done(pressed)
        assert "needs the permission Manage Server" in words(ix)
        assert ix.ephemeral
    with pytest.raises(Refused):
        await senate.guest.slash(senate.floor, "settings panel")
    for name in ("panel", "log"):
        ix = await done(
            senate.guest.slash(senate.floor, f"settings {name}", bypass_permissions=True)
        )
        assert "needs the permission Manage Server" in words(ix)
        assert ix.ephemeral
    log = await logged(senate)
    assert f"<@{deputy.id}> · refused: {SURE} → Strict" in log
    assert f"<@{deputy.id}> · refused: {SETTING_NAMES['private']} → private" in log
    roles = f"refused: {SETTING_NAMES['index_roles']} → <@&{senate.editors.id}>"
    assert f"<@{deputy.id}> · {roles}" in log
    assert f"refused: {COOLDOWN} → 1 minute" in log
    assert f"refused: {SETTING_NAMES['off']} → <#{senate.floor.id}>" in log
    assert f"refused: {SETTING_NAMES['announcements']} → <#{senate.floor.id}>" in log
    assert f"<@{senate.guest.id}> · refused: /settings panel\n" in log
    assert SILENCE not in words(await asked(senate.guest, senate.floor, BETWEEN))
    assert not (await asked(senate.guest, senate.floor, NATO)).ephemeral


async def test_channels_are_set_together(senate):
    attic = senate.guild.add_channel("attic")
    panel = await turned(senate, "Channels")
    panel = await done(senate.chair.select(panel, [senate.floor, attic], MODE_HINTS["off"]))
    assert f"<#{senate.floor.id}>, <#{attic.id}>" in words(panel)
    panel = await done(senate.chair.select(panel.message, [attic], MODE_HINTS["off"]))
    panel = await done(senate.chair.select(panel.message, [attic], ANNOUNCEMENTS_HINT))
    assert f"\n<#{attic.id}>\n" in words(panel)
    log = await logged(senate)
    assert f"<#{senate.floor.id}>: never → when mentioned" in log
    assert f"{SETTING_NAMES['announcements']}: no channel → <#{attic.id}>" in log
    panel = await done(senate.chair.select(panel.message, [], ANNOUNCEMENTS_HINT))
    assert words(panel).count("\nno channel\n") == 2


async def test_every_question_needs_what_discord_did_not_grant(senate):
    panel = await turned(senate, "Channels")
    assert "Message Content Intent" in words(panel)
    (every,) = [
        item
        for item in panel.message.interactive()
        if item.get("placeholder") == MODE_HINTS["every"]
    ]
    assert every["disabled"]


async def test_who_asks_too_soon_is_told_when(world, senate):
    panel = await turned(senate, "Members")
    await done(senate.chair.select(panel, [f"A member: {cooldown(900)}"], COOLDOWN))
    assert NATO_WORDS in words(await asked(senate.guest, senate.floor, NATO))
    told = await asked(senate.guest, senate.floor, NATO)
    assert "One question at a time, please. Ask again <t:" in words(told)
    assert told.ephemeral
    said = await senate.guest.ask(senate.floor, f"{world.at} {NATO}", settle=0.1)
    assert "One question at a time, please." in words(said)
    assert NATO_WORDS in words(await asked(senate.editor, senate.floor, NATO)), "another member"
    assert NATO_WORDS in words(await asked(senate.guest, senate.guest.dm, NATO)), "no server"


async def test_only_in_servers(senate):
    assert "settings panel" not in senate.chair.visible_commands(senate.chair.dm)
    ix = await done(senate.chair.slash(senate.chair.dm, "settings panel", bypass_permissions=True))
    assert "in a server only" in words(ix)
