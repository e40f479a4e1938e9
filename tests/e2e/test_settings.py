import pytest

from bot.cogs.settings.strings import (
    ANNOUNCEMENTS_HINT,
    MODE_HINTS,
    ROLES_HINT,
    SETTING_NAMES,
    cooldown,
)
from tests.e2e.environment import BETWEEN, NATO, NATO_WORDS, asked, done, index, words
from tests.fakediscord import Refused
from tests.fakediscord import intents as fakediscord_intents
from tests.fakediscord import kinds as fakediscord_kinds

pytestmark = pytest.mark.asyncio(loop_scope="session")
COOLDOWN = SETTING_NAMES["member_cooldown_seconds"]
SURE = SETTING_NAMES["threshold"]
UNSURE = "What did Hegseth say about European forces?"
"""Perhaps answered on the level Generous, refused on Balanced."""
SECTIONS = ("Answers", "Channels", "Members")
SILENCE = "I couldn't find that in the articles."


@pytest.fixture
def server(server):
    server.editors = server.guild.add_role("Editors")
    server.editor = server.guild.add_member("Editor", [server.editors])
    return server


async def opened(server):
    return await done(server.manager.slash(server.channel, "settings panel"))


async def turned(server, section, panel=None):
    return await done(server.manager.click(panel or await opened(server), section))


async def logged(server):
    return words(await done(server.manager.slash(server.channel, "settings log")))


async def test_panel_shows_what_holds_to_the_admin_alone(server):
    panel = await opened(server)
    assert panel.ephemeral
    for state in ("Balanced", "included", "open"):
        assert f"\n{state}\n" in words(panel), state
    assert panel.buttons == [*SECTIONS, "Leave out public articles", "Answer privately"]
    panel = await turned(server, "Channels", panel)
    assert words(panel).count("\nno channel\n") == 3
    panel = await turned(server, "Members", panel)
    assert words(panel).count("\nno limit\n") == 2
    assert panel.buttons == [*SECTIONS]
    assert "Nobody has changed a setting yet." in await logged(server)
    assert "settings panel" in server.manager.visible_commands(server.channel)


async def test_threshold_counts_at_once_here_alone(env, server):
    assert SILENCE not in words(await asked(server.member, server.channel, BETWEEN))
    assert SILENCE in words(await asked(server.member, server.channel, UNSURE))
    panel = await opened(server)
    panel = await done(server.manager.select(panel, ["Strict"], SURE))
    assert "Strict" in words(panel)
    assert SILENCE in words(await asked(server.member, server.channel, BETWEEN))
    assert SILENCE in words(await server.member.ask(server.channel, f"{env.at} {BETWEEN}"))
    assert SILENCE not in words(await asked(env.bea, env.lobby, BETWEEN)), "another server"
    await done(server.manager.select(panel.message, ["Generous"], SURE))
    assert SILENCE not in words(await asked(server.member, server.channel, UNSURE))
    said = await server.member.ask(server.channel, f"{env.at} {UNSURE}")
    assert SILENCE not in words(said)
    log = await done(server.manager.slash(server.channel, "settings log"))
    newest, oldest = words(log).splitlines()[-2:]
    assert newest.startswith("<t:")
    assert f"<@{server.manager.id}> · {SURE}: Strict → Generous" in newest
    assert f"{SURE}: the default → Strict" in oldest
    assert log.ephemeral
    assert not log.pinged


async def test_public_articles_left_out(env, server):
    await index(env, server.manager, server.channel, "Own", "The senate of Orm meets on Mondays.")
    panel = await done(server.manager.click(await opened(server), "Leave out public articles"))
    assert "left out" in words(panel)
    assert NATO_WORDS not in words(await asked(server.member, server.channel, NATO))
    said = await server.member.ask(server.channel, f"{env.at} {NATO}")
    assert NATO_WORDS not in words(said)
    own = await asked(server.member, server.channel, "When does the senate of Orm meet?")
    assert "on Mondays" in words(own)
    assert "Articles (1)" in words(await done(server.member.slash(server.channel, "articles")))
    assert not await server.member.autocomplete(server.channel, "ask", "article", "unsettling")
    assert NATO_WORDS in words(await asked(env.bea, env.lobby, NATO)), "another server"
    assert NATO_WORDS in words(await asked(server.member, server.member.dm, NATO))
    await done(server.manager.click(panel.message, "Include public articles"))
    assert NATO_WORDS in words(await asked(server.member, server.channel, NATO))


async def test_private_unless_the_asker_says_otherwise(server):
    panel = await done(server.manager.click(await opened(server), "Answer privately"))
    assert panel.buttons[-1] == "Answer openly"
    assert (await asked(server.member, server.channel, NATO)).ephemeral
    assert not (await asked(server.member, server.channel, NATO, private=False)).ephemeral
    await done(server.manager.click(panel.message, "Answer openly"))
    assert not (await asked(server.member, server.channel, NATO)).ephemeral


async def test_chosen_roles_may_index(env, server):
    denied = await done(server.editor.slash(server.channel, "index text"))
    assert "You need Manage Server" in words(denied)
    panel = await done(
        server.manager.select(await turned(server, "Members"), [server.editors], ROLES_HINT)
    )
    assert f"<@&{server.editors.id}>" in words(panel)
    await index(env, server.editor, server.channel, "Bill", "The bill on bees passed, they said.")
    titles = await server.editor.autocomplete(server.channel, "remove", "article", "bill")
    assert [title["name"] for title in titles] == ["Bill"]
    assert not await server.member.autocomplete(server.channel, "remove", "article", "bill")
    member = await done(server.member.slash(server.channel, "index text"))
    assert f"or the role <@&{server.editors.id}>" in words(member)
    assert not member.pinged
    sure = await done(server.editor.slash(server.channel, "remove", article="Bill"))
    assert "Removed" in words(await done(server.editor.click(sure, "Remove")))
    await done(server.manager.select(panel.message, [], ROLES_HINT))
    again = await done(server.editor.slash(server.channel, "reindex"))
    assert "You need Manage Server" in words(again)
    assert f"{SETTING_NAMES['index_roles']}: none → <@&{server.editors.id}>" in await logged(server)


async def test_role_that_is_gone_does_not_break_the_panel(env, server):
    await done(server.manager.select(await turned(server, "Members"), [server.editors], ROLES_HINT))
    assert await chosen_roles(server) == [str(server.editors.id)]
    del server.guild.roles[server.editors.id]
    data = {"guild_id": server.guild.id, "role_id": server.editors.id}
    env.fd.emit("GUILD_ROLE_DELETE", data, guild=server.guild, intent=fakediscord_intents.GUILDS)
    assert await chosen_roles(server) == []


async def chosen_roles(server):
    items = (await turned(server, "Members")).message.interactive()
    (select,) = [item for item in items if item["type"] == fakediscord_kinds.ROLE_SELECT]
    return [str(value["id"]) for value in select.get("default_values", ())]


async def test_who_may_not_is_denied_it_and_noted(env, server):
    deputy = server.guild.add_member("Deputy", permissions="manage_guild")
    panel = await done(deputy.slash(server.channel, "settings panel"))
    members = await done(deputy.slash(server.channel, "settings panel"))
    members = await done(deputy.click(members, "Members"))
    channels = await done(deputy.slash(server.channel, "settings panel"))
    channels = await done(deputy.click(channels, "Channels"))
    server.guild.set_roles(deputy, [])
    for pressed in (
        deputy.select(panel, ["Strict"], SURE),
        deputy.select(members, [server.editors], ROLES_HINT),
        deputy.select(members, [f"Each member: {cooldown(60)}"], COOLDOWN),
        deputy.select(channels, [server.channel], MODE_HINTS["off"]),
        deputy.select(channels, [server.channel], ANNOUNCEMENTS_HINT),
        deputy.click(panel, "Channels"),
        deputy.click(panel, "Answer privately"),
    ):
        ix = await done(pressed)
        assert "You need Manage Server" in words(ix)
        assert ix.ephemeral
    with pytest.raises(Refused):
        await server.member.slash(server.channel, "settings panel")
    for name in ("panel", "log"):
        ix = await done(
            server.member.slash(server.channel, f"settings {name}", bypass_permissions=True)
        )
        assert "You need Manage Server" in words(ix)
        assert ix.ephemeral
    log = await logged(server)
    assert f"<@{deputy.id}> · denied: {SURE} → Strict" in log
    assert f"<@{deputy.id}> · denied: {SETTING_NAMES['private']} → private" in log
    roles = f"denied: {SETTING_NAMES['index_roles']} → <@&{server.editors.id}>"
    assert f"<@{deputy.id}> · {roles}" in log
    assert f"denied: {COOLDOWN} → 1 minute" in log
    assert f"denied: {SETTING_NAMES['off']} → <#{server.channel.id}>" in log
    assert f"denied: {SETTING_NAMES['announcements']} → <#{server.channel.id}>" in log
    assert f"<@{server.member.id}> · denied: /settings panel\n" in log
    assert SILENCE not in words(await asked(server.member, server.channel, BETWEEN))
    assert not (await asked(server.member, server.channel, NATO)).ephemeral


async def test_channels_are_set_together(server):
    attic = server.guild.add_channel("attic")
    panel = await turned(server, "Channels")
    panel = await done(server.manager.select(panel, [server.channel, attic], MODE_HINTS["off"]))
    assert f"<#{server.channel.id}>, <#{attic.id}>" in words(panel)
    panel = await done(server.manager.select(panel.message, [attic], MODE_HINTS["off"]))
    panel = await done(server.manager.select(panel.message, [attic], ANNOUNCEMENTS_HINT))
    assert f"\n<#{attic.id}>\n" in words(panel)
    log = await logged(server)
    assert f"<#{server.channel.id}>: never → when mentioned" in log
    assert f"{SETTING_NAMES['announcements']}: no channel → <#{attic.id}>" in log
    panel = await done(server.manager.select(panel.message, [], ANNOUNCEMENTS_HINT))
    assert words(panel).count("\nno channel\n") == 2


async def test_every_question_needs_what_discord_did_not_grant(server):
    panel = await turned(server, "Channels")
    assert "Message Content Intent" in words(panel)
    (every,) = [
        item
        for item in panel.message.interactive()
        if item.get("placeholder") == MODE_HINTS["every"]
    ]
    assert every["disabled"]


async def test_who_asks_too_soon_learns_when_to_ask_again(env, server):
    panel = await turned(server, "Members")
    await done(server.manager.select(panel, [f"Each member: {cooldown(900)}"], COOLDOWN))
    assert NATO_WORDS in words(await asked(server.member, server.channel, NATO))
    reply = await asked(server.member, server.channel, NATO)
    assert "This server limits questions. You can ask again <t:" in words(reply)
    assert reply.ephemeral
    said = await server.member.ask(server.channel, f"{env.at} {NATO}")
    assert "This server limits questions." in words(said)
    assert NATO_WORDS in words(await asked(server.editor, server.channel, NATO)), "another member"
    assert NATO_WORDS in words(await asked(server.member, server.member.dm, NATO)), "no server"


async def test_only_in_servers(server):
    assert "settings panel" not in server.manager.visible_commands(server.manager.dm)
    ix = await done(
        server.manager.slash(server.manager.dm, "settings panel", bypass_permissions=True)
    )
    assert "only works in a server" in words(ix)
