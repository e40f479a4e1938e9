import logging

import aiohttp
import discord
import pytest
from discord import app_commands

from bot import errors as bot_errors
from bot.discord import error_handler, replies
from bot.discord import replies as shared_replies
from bot.discord import strings as shared_strings
from bot.discord.embeds import Payload
from bot.discord.error_handler import GIVEN_MAX
from bot.discord.replies import acknowledge
from bot.errors import (
    BlankTopic,
    ChannelDenied,
    FeedNotAdded,
    InvalidSetting,
    NotAllowed,
    NotYours,
    ServerOnly,
    ShuttingDown,
    UnknownSubscription,
)
from index.errors import (
    EmbedderChanged,
    FeedExists,
    SourceError,
    StorageError,
    TooManyFeeds,
    TooManySubscriptions,
    UnknownArticle,
    UnknownFeed,
)
from tests.builders import article
from tests.fakes import GUILD, FakeInteraction, FakeServices, http_error

FORESEEABLE = [
    SourceError("a.txt", "it's empty"),
    UnknownArticle("nothing"),
    StorageError("/data", "read-only"),
    EmbedderChanged("a", "b"),
    NotAllowed(None),
    NotAllowed("Librarian"),
    NotAllowed("Librarian", (11, 12)),
    InvalidSetting("threshold"),
    NotYours("not yours"),
    ServerOnly(),
    ShuttingDown(),
    TimeoutError(),
    BlankTopic(),
    UnknownSubscription("nothing"),
    TooManySubscriptions(25),
    bot_errors.BlankQuestion(),
    bot_errors.FileNotHandedOver(),
    bot_errors.Forgotten(),
    app_commands.CommandNotFound("gone", []),
    FeedNotAdded("https://a.example/", "it is gone"),
    ChannelDenied(9, user=True),
    ChannelDenied(9, user=False),
    FeedExists("https://a.example/", "Daily"),
    TooManyFeeds(50),
    UnknownFeed("nothing"),
]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(replies, "RETRY_SECONDS", (0, 0))


@pytest.mark.parametrize("error", FORESEEABLE, ids=lambda e: type(e).__name__)
async def test_foreseeable_errors_have_words_and_no_traceback(error, caplog):
    caplog.set_level(logging.INFO)
    interaction = FakeInteraction()
    await error_handler.handle(interaction, error)
    ((kind, text, ephemeral),) = interaction.sent
    assert (kind, ephemeral) == ("message", True)
    assert "went wrong" not in text
    assert not [record for record in caplog.records if record.exc_info]


async def test_what_ails_the_index_is_in_the_log_that_the_reply_names(caplog):
    interaction = FakeInteraction()
    await error_handler.handle(interaction, StorageError("/data", "its folder is read-only"))
    ((_, text, _),) = interaction.sent
    assert "The log has the details" in text
    assert "/data" not in text
    assert "/data: its folder is read-only" in caplog.text


async def test_anything_else_is_logged_under_the_id_in_the_reply(caplog):
    interaction = FakeInteraction()
    command = app_commands.Command(name="x", description="x", callback=_callback)
    wrapped = app_commands.CommandInvokeError(command, KeyError("secret /path"))
    await error_handler.handle(interaction, wrapped)
    ((_, text, _),) = interaction.sent
    error_id = text.split("`")[1]
    (record,) = [r for r in caplog.records if r.exc_info]
    assert error_id in record.getMessage()
    assert record.exc_info[0] is KeyError
    assert "secret" not in text


async def _callback(interaction: discord.Interaction) -> None: ...


@pytest.mark.parametrize("code", [10062, 40060, 50027])
async def test_gone_interactions_are_left(code, caplog):
    interaction = FakeInteraction()
    await error_handler.handle(interaction, http_error(404, code))
    assert not interaction.sent
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


TOLD = ("followup", shared_strings.TIMED_OUT, True)
SHOWN = ("edit", "Shown", 0)


@pytest.mark.parametrize("kind", ["application_command", "modal_submit"])
async def test_an_acknowledgement_that_all_see_gives_way_to_words_for_one(kind):
    interaction = FakeInteraction(kind=kind)
    await acknowledge(interaction)
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent == [("defer", False, True), ("delete",), TOLD]


async def test_an_acknowledgement_that_is_gone_already_is_no_fault():
    interaction = FakeInteraction()
    await acknowledge(interaction)
    interaction.faults.append(http_error(404, 10008))
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent[1:] == [TOLD]


@pytest.mark.parametrize("kind", ["application_command", "modal_submit", "component"])
async def test_a_private_acknowledgement_is_filled(kind):
    interaction = FakeInteraction(kind=kind)
    await acknowledge(interaction, private=True)
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent == [("defer", True, True), ("edit", shared_strings.TIMED_OUT, 0)]


async def test_after_a_press_the_message_stays():
    interaction = FakeInteraction(kind="component")
    await acknowledge(interaction)
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent == [("defer", False, False), TOLD]


@pytest.mark.parametrize("private", [False, True])
async def test_what_was_answered_stays(private):
    interaction = FakeInteraction()
    await acknowledge(interaction, private=private)
    await shared_replies.answer(interaction, Payload(content="Shown"))
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent[1:] == [SHOWN, TOLD]


async def test_a_draft_does_not():
    interaction = FakeInteraction()
    await acknowledge(interaction)
    await shared_replies.answer(interaction, Payload(content="Shown"), draft=True)
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent[1:] == [SHOWN, ("delete",), TOLD]


async def test_after_a_form_was_opened_there_is_nothing_to_edit():
    interaction = FakeInteraction(kind="component")
    interaction.response.done = True
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent == [TOLD]


async def test_acknowledged_by_a_request_whose_answer_was_lost():
    interaction = FakeInteraction(ConnectionResetError(104, "reset"), http_error(400, 40060))
    await acknowledge(interaction)
    interaction.faults.append(http_error(400, 40060))
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent == [("delete",), TOLD]


async def test_a_reply_whose_answer_was_lost_is_the_one_that_stands():
    interaction = FakeInteraction(ConnectionResetError(104, "reset"), http_error(400, 40060))
    await error_handler.handle(interaction, TimeoutError())
    assert interaction.sent == [("edit", shared_strings.TIMED_OUT, 0)]


async def test_a_reply_that_fails_is_tried_again_then_given_up(caplog):
    again = FakeInteraction(http_error(503), aiohttp.ServerDisconnectedError())
    await error_handler.handle(again, TimeoutError())
    assert len(again.sent) == 1
    never = FakeInteraction(*[http_error(503)] * 9)
    await error_handler.handle(never, TimeoutError())
    assert not never.sent
    assert "no reply possible" in caplog.text


async def test_other_statuses_are_not_tried_again():
    interaction = FakeInteraction(http_error(403))
    with pytest.raises(discord.Forbidden):
        await acknowledge(interaction)
    assert not interaction.faults
    assert not interaction.sent


def test_words_of_others_are_escaped():
    text = error_handler.explain(SourceError("**a**.txt", "it has <@1> in it"))
    assert text == r"I couldn't index \*\*a\*\*.txt: it has \<\@1> in it."
    assert "@everyone" not in error_handler.explain(UnknownArticle("@everyone"))
    assert len(error_handler.explain(UnknownArticle("x" * 6_000))) < 400


def test_titles_like_what_was_typed_are_suggested():
    near = [article(title="Ferry *strike* ends"), article(title="New ferry")]
    assert error_handler.explain(UnknownArticle("ferry", near)) == (
        r"There's no article “ferry” here. Did you mean “Ferry \*strike\* ends” or “New ferry”?"
    )


async def _on_message(interaction: discord.Interaction, message: discord.Message) -> None: ...


GROUP = app_commands.Group(name="index", description="x")
URL = app_commands.Command(name="url", description="x", callback=_callback, parent=GROUP)
MENU = app_commands.ContextMenu(name="Index this message", callback=_on_message)


async def denied(error=None, *faults, **more):
    services = FakeServices(more.pop("fault", None))
    interaction = FakeInteraction(*faults, services=services, **more)
    await error_handler.handle(interaction, error or NotAllowed("Librarian"))
    return interaction, services.denied


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
    interaction, kept = await denied(**more)
    given = next((v for v in more.get("options", {}).values() if isinstance(v, str)), None)
    assert kept == [(GUILD, attempt, given, interaction.user.id)]
    assert len(interaction.sent) == 1


async def test_a_setting_with_the_value_that_was_wanted():
    interaction, kept = await denied(NotAllowed(attempt=("threshold", 0.7)), kind="component")
    assert kept == [(GUILD, "threshold", 0.7, interaction.user.id)]


async def test_what_is_given_is_not_kept_in_full_however_long():
    _, ((_, _, given, _),) = await denied(command=URL, options={"link": "x" * 9_999})
    assert len(given) == GIVEN_MAX


async def test_it_is_kept_where_nothing_could_be_said():
    _, kept = await denied(None, http_error(404, 10062), command=URL)
    assert kept


async def test_where_it_cannot_be_kept_it_is_said_all_the_same(caplog):
    interaction, kept = await denied(fault=StorageError("/data", "full"), command=URL)
    assert interaction.sent
    assert not kept
    assert "/index url of 7 is not noted: StorageError" in caplog.text


async def test_there_is_no_log_in_direct_messages():
    assert not (await denied(guild_id=None, command=URL))[1]


async def test_other_errors_are_none():
    interaction = FakeInteraction(services=FakeServices(), command=URL)
    await acknowledge(interaction)
    await error_handler.handle(interaction, TimeoutError())
    assert not interaction.client.services.denied
