"""Every command, menu, button, select and form, used by every kind of caller.

What the bot has is walked: what is not in the tables below fails the first test.
"""

import asyncio
import copy
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import discord
import pytest
import pytest_asyncio

from bot.client import ITEMS
from bot.cogs.articles.views import PASTE_ID
from bot.cogs.ask import views as ask_views
from bot.cogs.ask.cog import Forms
from bot.cogs.settings.strings import ROLES_HINT
from bot.permissions import Audience
from index.model import Space
from index.store.catalog import Catalog
from index.store.records import Records
from tests.e2e.environment import Environment, done, index, words
from tests.fakediscord import File
from tests.fakediscord import kinds as fakediscord_kinds

pytestmark = pytest.mark.asyncio(loop_scope="session")
EVERYONE, INDEXERS, MANAGERS = Audience
ROLE = "Librarian"
NOWHERE = "http://127.0.0.1:9/"
CALLERS = {
    "guest": {EVERYONE},
    "member of the role by name": {EVERYONE, INDEXERS},
    "member of a chosen role": {EVERYONE, INDEXERS},
    "manager": {EVERYONE, INDEXERS, MANAGERS},
    "administrator": {EVERYONE, INDEXERS, MANAGERS},
    "demoted manager": {EVERYONE},
    "manager of another server": {EVERYONE},
}
"""What each belongs to. In direct messages the manager is used."""
DIRECT = "manager in direct messages"
COMMANDS = {
    "ask": (EVERYONE, {"question": "Who is Carl Bildt?"}),
    "articles": (EVERYONE, {}),
    "follow": (EVERYONE, {"topic": "bees"}),
    "following": (EVERYONE, {}),
    "help": (EVERYONE, {}),
    "latest": (EVERYONE, {}),
    "privacy": (EVERYONE, {}),
    "summary": (EVERYONE, {}),
    "unfollow": (EVERYONE, {"topic": "wasps"}),
    "index url": (INDEXERS, {"link": NOWHERE}),
    "index file": (INDEXERS, {"file": File("a.txt", b"Apples\n\nApples grow on trees there.")}),
    "index text": (INDEXERS, {}),
    "reindex": (INDEXERS, {"article": "Nothing"}),
    "remove": (INDEXERS, {"article": "Nothing"}),
    "feeds add": (INDEXERS, {"link": NOWHERE}),
    "feeds list": (INDEXERS, {}),
    "feeds remove": (INDEXERS, {"feed": "Nothing"}),
    "feeds check": (INDEXERS, {"feed": "Nothing"}),
    "settings panel": (MANAGERS, {}),
    "settings log": (MANAGERS, {}),
    "stats": (MANAGERS, {}),
}
MENUS = {"Ask about this message": EVERYONE, "Index this message": INDEXERS}
SELECTS = {
    "AnnouncementsSelect": (
        MANAGERS,
        "settings:announcements",
        fakediscord_kinds.CHANNEL_SELECT,
        (),
    ),
    "CooldownSelect": (
        MANAGERS,
        "settings:cooldown:server",
        fakediscord_kinds.STRING_SELECT,
        ["0"],
    ),
    "LevelSelect": (MANAGERS, "settings:threshold", fakediscord_kinds.STRING_SELECT, ["balanced"]),
    "ModeSelect": (MANAGERS, "settings:mode:off", fakediscord_kinds.CHANNEL_SELECT, ()),
    "RolesSelect": (MANAGERS, "settings:index_roles", fakediscord_kinds.ROLE_SELECT, ("chosen",)),
    "ToRemoveSelect": (
        INDEXERS,
        "articles:remove:{user}",
        fakediscord_kinds.STRING_SELECT,
        ["nothing"],
    ),
    "TokensSelect": (MANAGERS, "settings:llm_daily_tokens", fakediscord_kinds.STRING_SELECT, ["0"]),
}
BUTTONS = {
    "FeedPageButton": (INDEXERS, "feeds:on:{user}:1"),
    "ForgetButton": (EVERYONE, "privacy:forget"),
    "ForgetSureButton": (EVERYONE, "privacy:forget:sure"),
    "MoreButton": (EVERYONE, "answer:more"),
    "PageButton": (EVERYONE, "articles:on:{user}:1"),
    "PassagesButton": (EVERYONE, "answer:passages"),
    "RemovalButton": (INDEXERS, "removal:remove:{user}:nothing"),
    "RemoveFoundButton": (INDEXERS, "articles:found:{user}:nothing"),
    "SectionButton": (MANAGERS, "settings:section:members"),
    "SwitchButton": (MANAGERS, "settings:private:no"),
    "StopButton": (EVERYONE, "answer:stop"),
    "ThreadButton": (EVERYONE, "answer:thread"),
    "TurnButton": (EVERYONE, "passages:on:{message}:1"),
    "UndoButton": (INDEXERS, "undo:1"),
    "UnfollowButton": (EVERYONE, "follow:end:99"),
    "VoteButton": (EVERYONE, "answer:helpful"),
}
SILENT = ("answer:stop",)
"""Where there is nothing to stop, nothing is said."""
FORMS = {ask_views.QUESTION_ID: EVERYONE, ask_views.REASON_ID: EVERYONE, PASTE_ID: INDEXERS}


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def server(new_data):
    async with Environment(new_data(), FOOTNOTE_INDEX_ROLE=ROLE) as env:
        yield await create_server(env)
        env.assert_no_errors()


async def create_server(env):
    """A server with an article and a feed, and one caller of each kind."""
    guild = env.fd.add_guild("Gilmore")
    channel = guild.add_channel("general")
    named, chosen = guild.add_role(ROLE.upper()), guild.add_role("Editors")
    members = dict(zip(CALLERS, map(guild.add_member, map(str, range(5))), strict=False))
    members["demoted manager"] = guild.add_member("Dan", permissions="manage_guild")
    members["manager of another server"] = guild.add_member(env.bea)
    guild.set_roles(members["member of the role by name"], [named])
    guild.set_roles(members["member of a chosen role"], [chosen])
    guild.set_roles(members["manager"], [guild.add_role("Managers", "manage_guild")])
    guild.set_roles(members["administrator"], [guild.add_role("Admins", "administrator")])
    demoted = members["demoted manager"]
    panel = await done(demoted.slash(channel, "settings panel"))
    panel_members = await done(demoted.click(panel, "Members"))
    await done(demoted.select(panel_members.message, [chosen], ROLES_HINT))
    guild.set_roles(demoted, [])
    manager = members["manager"]
    await index(env, manager, channel, "Shelf", "The shelf holds forty books, they said.")
    with closing(Catalog(env.database)) as catalog:
        due = datetime.now(UTC) + timedelta(days=1)
        Records(catalog.database).feeds.add(
            Space(guild.id), f"{NOWHERE}feed", "Daily", manager.id, due, None
        )
    callers = {name: (who, channel) for name, who in members.items()} | {
        DIRECT: (manager, manager.dm)
    }
    return SimpleNamespace(env=env, guild=guild, chosen=chosen, callers=callers)


async def outcome(ix):
    """What became of an attempt, in a word or two."""
    ix = await (await ix).acked()
    if (
        ix.callback == fakediscord_kinds.DEFER_UPDATE
        and ix.source.interactive()[0]["custom_id"] in SILENT
    ):
        return "done"
    await ix.final(settle=0.05)
    said = words(ix)
    assert said or ix.modal
    if "You need Manage Server" in said:
        assert ix.ephemeral or ix.followups[-1].ephemeral
        return "denied"
    return "server only" if "only works in a server" in said else "done"


def expected(name, audience):
    if name == DIRECT:
        return "done" if audience is EVERYONE else "server only"
    return "done" if audience in CALLERS[name] else "denied"


async def everyone_tries(server, audience, attempt):
    """Have each caller try at once; nobody must get further than what they belong to lets them."""
    tried = [outcome(attempt(who, where)) for who, where in server.callers.values()]
    got = dict(zip(server.callers, await asyncio.gather(*tried), strict=True))
    assert got == {name: expected(name, audience) for name in server.callers}


def posted(server, channel, component):
    """A message of the bot with a component, as an old one, or one that was forged, may be."""
    row = {"type": fakediscord_kinds.ACTION_ROW, "components": [component]}
    body = {"content": "An old message.", "components": [row]}
    return server.env.fd.send(channel, server.env.fd.bot, body)


async def test_nothing_is_left_out_of_the_tables(server):
    fd = server.env.fd
    registered = fd.commands().values()
    assert {command.name for command in registered if not command.subcommands} == {*COMMANDS}
    assert {*fd.commands(fakediscord_kinds.MESSAGE_MENU)} == {*MENUS}
    assert not fd.commands(fakediscord_kinds.USER_MENU)
    assert {kind.__name__ for kind in ITEMS} == {*SELECTS, *BUTTONS}
    assert {*Forms(None)._submitted} == {*FORMS}
    kept = [kind for kind in discord.ui.Modal.__subclasses__() if kind.__module__[:4] == "bot."]
    assert not kept, "a form that discord.py keeps is lost when the bot restarts"


@pytest.mark.parametrize("name", COMMANDS)
async def test_commands(server, name):
    audience, options = COMMANDS[name]

    def attempt(who, where):
        return who.slash(where, name, bypass_permissions=True, **options)

    await everyone_tries(server, audience, attempt)


@pytest.mark.parametrize("name", MENUS)
async def test_menus(server, name):
    async def attempt(who, where):
        message = await who.say(where, "Is it said that bees may sleep in winter there at all?")
        return await who.context_menu(message, name, bypass_permissions=True)

    await everyone_tries(server, MENUS[name], attempt)


@pytest.mark.parametrize("kind", BUTTONS)
async def test_buttons(server, kind):
    audience, custom_id = BUTTONS[kind]

    def attempt(who, where):
        button = {"type": fakediscord_kinds.BUTTON, "style": 2, "label": "Old"}
        message = posted(server, where, button | {"custom_id": "x"})
        (button,) = message.interactive()
        button["custom_id"] = custom_id.format(user=who.id, message=message.id)
        return who.click(message)

    await everyone_tries(server, audience, attempt)


@pytest.mark.parametrize("kind", SELECTS)
async def test_selects(server, kind):
    audience, custom_id, type_, values = SELECTS[kind]
    values = [getattr(server, value, value) for value in values]

    def attempt(who, where):
        own = custom_id.format(user=who.id)
        select = {"type": type_, "custom_id": own, "min_values": len(values)}
        if type_ == fakediscord_kinds.STRING_SELECT:
            select["options"] = [{"label": value, "value": value} for value in values]
        return who.select(posted(server, where, select), values)

    await everyone_tries(server, audience, attempt)


async def test_forms_that_keep_nothing(server):
    for custom_id in (ask_views.QUESTION_ID, ask_views.REASON_ID):

        async def attempt(who, where):
            press = {
                "type": fakediscord_kinds.BUTTON,
                "style": 2,
                "label": "Old",
                "custom_id": "answer:more",
            }
            form = await done(who.click(posted(server, where, press)))
            form.modal["custom_id"] = custom_id  # noqa: B023 - used before the next is taken
            return await who.submit_modal(form, {"Your question": "Who is Carl Bildt?"})

        await everyone_tries(server, FORMS[custom_id], attempt)


async def test_the_form_of_an_article(server):
    manager, channel = server.callers["manager"]

    async def attempt(who, where):
        """Submit what the manager has opened, as one who was demoted since could."""
        form = copy.copy(await done(manager.slash(channel, "index text")))
        form.channel = where
        return await who.submit_modal(form, {"Title": "Bees", "Text": "Bees sleep in winter."})

    await everyone_tries(server, INDEXERS, attempt)


async def test_what_is_offered_while_typing(server):
    for command in server.env.fd.commands().values():
        for option in command.options.values():
            audience = COMMANDS[command.name][0]
            if not option.get("autocomplete") or audience is EVERYONE:
                continue
            for name, (who, where) in server.callers.items():
                choices = await who.autocomplete(
                    where, command.name, option["name"], "", bypass_permissions=True
                )
                assert bool(choices) is (expected(name, audience) == "done"), (command.name, name)


async def test_who_was_denied_something_is_in_the_log(server):
    """To be run last: each attempt was noted, once."""
    audiences = [audience for audience, _ in (*COMMANDS.values(), *BUTTONS.values())]
    audiences += [
        *MENUS.values(),
        *FORMS.values(),
        *(audience for audience, *_ in SELECTS.values()),
    ]
    tried = [expected(name, audience) for name in CALLERS for audience in audiences]
    keys = [key for (key,) in server.env.sql("SELECT key FROM changes WHERE refused")]
    assert len(keys) == tried.count("denied")
    commands = {f"/{name}" for name, (audience, _) in COMMANDS.items() if audience is INDEXERS}
    others = {
        "Index this message",
        "undo",
        "removal",
        "articles",
        "feeds",
        "form",
        "/stats",
        "panel",
        "log",
    }
    assert {*keys} >= commands | others
    guest, channel = server.callers["guest"]
    await done(guest.slash(channel, "remove", article="Secret"))
    manager, _ = server.callers["manager"]
    log = await done(manager.slash(channel, "settings log"))
    assert f"<@{guest.id}> · denied: /remove → Secret\n" in words(log)
    assert "denied: the /index text form" in words(log)
    assert not log.pinged
