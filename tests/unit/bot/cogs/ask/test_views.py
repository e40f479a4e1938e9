from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest

from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.views import (
    ITEMS,
    QUESTION_MAX,
    TOPIC_MAX,
    MoreButton,
    PassagesButton,
    ThreadButton,
    TurnButton,
    VoteButton,
    buttons,
    question_form,
    reason_form,
    typed,
    why_no_thread,
)
from bot.discord.content import topic_of
from index.model import Answer, Certainty
from tests.builders import answer, citation, hit
from tests.fakediscord import limits
from tests.fakes import FakeInteraction, message

SNOWFLAKE = 2**63
TEXT = Mock(spec=discord.TextChannel)
THREAD = Mock(spec=discord.Thread)
NOTHING = Answer("Why?", Certainty.NONE, (), (), (), 0.0)


def parsed_answer_button(custom_id: str):
    """The buttons that Discord's `custom_id` would be taken for."""
    for kind in ITEMS:
        if match := kind.__discord_ui_compiled_template__.fullmatch(custom_id):
            yield kind.from_custom_id(None, None, match)


@pytest.mark.parametrize("given", [answer(citation(), hits=(hit(),)), answer(hits=(hit(),))])
async def test_answers_and_refusals_have_the_same_buttons_in_words(given):
    view = buttons(given, TEXT)
    labels = [item.item.label for item in view.children]
    own = [ask_strings.PASSAGES, ask_strings.ASK_MORE, "Helpful", "Not helpful"]
    assert labels == [*own, ask_strings.ASK_IN_THREAD]
    limits.message({"content": "x", "components": view.to_components()})
    assert view.is_finished(), "kept in no store: each press finds its class"


async def test_no_passages_no_button_for_them():
    assert ask_strings.PASSAGES not in [i.item.label for i in buttons(NOTHING, TEXT).children]


@pytest.mark.parametrize("channel", [THREAD, Mock(spec=discord.DMChannel), None])
async def test_no_thread_within_a_thread_or_direct_messages(channel):
    assert ask_strings.ASK_IN_THREAD not in [
        i.item.label for i in buttons(NOTHING, channel).children
    ]


async def test_each_custom_id_is_one_button_again():
    kinds = [PassagesButton, MoreButton, VoteButton, VoteButton, ThreadButton]
    for kind, item in zip(kinds, buttons(answer(hits=(hit(),)), TEXT).children, strict=True):
        (again,) = [await button for button in parsed_answer_button(item.custom_id)]
        assert type(again) is kind
        assert again.item.label == item.item.label


@pytest.mark.parametrize("step", ["back", "on"])
async def test_answer_and_page_are_in_the_turning_button(step):
    button = TurnButton(step, SNOWFLAKE, 12)
    (again,) = [await one for one in parsed_answer_button(button.custom_id)]
    assert (again.subject, again.page) == (SNOWFLAKE, 12)
    assert again.item.label == button.item.label
    assert len(button.custom_id) <= 100


@pytest.mark.parametrize(
    "forged",
    [
        *("passages:on:1", "passages:on:x:1", "passages:up:1:1", "passages:on:1:-1"),
        *("passages:on:1:1000000", "passages:on:1:1\n", "answer:", "answer:helpful:1", "x"),
    ],
)
def test_forged_answer_buttons_match_no_class(forged):
    assert not list(parsed_answer_button(forged))


@pytest.mark.parametrize("topic", ["", "Who?", "word " * 900, "@everyone\n\n字" * 900])
async def test_forms_are_within_limits_and_kept_by_nobody(topic):
    for form in (question_form(ask_strings.ASK_MORE, topic), reason_form()):
        limits.modal(form.to_dict())
        assert form.is_finished()
    (label,) = question_form(ask_strings.ABOUT_MESSAGE, topic).to_dict()["components"]
    assert len(label["component"].get("value") or "") <= TOPIC_MAX
    assert label["component"]["max_length"] == QUESTION_MAX


@pytest.mark.parametrize("value", ["Why not?", "", None])
def test_what_was_typed(value):
    field = {"type": 4, "custom_id": "a", "value": value} if value is not None else {"type": 4}
    interaction = FakeInteraction(kind="modal_submit")
    interaction.data = {"components": [{"type": 18, "component": field}]}
    assert typed(interaction) == (value or "")
    interaction.data = {"components": [{"type": 1, "components": [field]}]}
    assert typed(interaction) == (value or "")


ALL = {"create_public_threads": True, "send_messages_in_threads": True}


def pressed(channel=TEXT, *, mine=ALL, theirs=ALL, ephemeral=False, has_thread=False):
    flags = SimpleNamespace(ephemeral=ephemeral, has_thread=has_thread)
    return SimpleNamespace(
        channel=channel,
        message=SimpleNamespace(flags=flags),
        app_permissions=discord.Permissions(**mine),
        permissions=discord.Permissions(**theirs),
    )


@pytest.mark.parametrize(
    ("interaction", "reason"),
    [
        (pressed(), None),
        (pressed(ephemeral=True), ask_strings.THREAD_PRIVATE),
        (pressed(Mock(spec=discord.Thread)), ask_strings.THREAD_HERE),
        (pressed(Mock(spec=discord.DMChannel)), ask_strings.THREAD_NOWHERE),
        (pressed(Mock(spec=discord.VoiceChannel)), ask_strings.THREAD_NOWHERE),
        (pressed(mine={"send_messages_in_threads": True}), ask_strings.THREAD_NOT_MINE),
        (pressed(mine={"create_public_threads": True}), ask_strings.THREAD_NOT_MINE_TO_WRITE),
        (pressed(theirs={}), ask_strings.THREAD_NOT_YOURS),
        (pressed(mine={}, theirs={}, has_thread=True), None),
    ],
)
def test_why_no_thread_can_be_started(interaction, reason):
    assert why_no_thread(interaction) == reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("What  did he say?\n", "What did he say?"),
        ("<@1> <@!2> <@&3> in <#4>: why <:a_b:5> <a:c:6>?", "in : why ?"),
        ("<@1><@2>", ""),
        (" \n ", ""),
        ("a < b > c", "a < b > c"),
    ],
)
def test_topic_is_the_words_alone(content, words):
    assert topic_of(message(content=content)) == words
