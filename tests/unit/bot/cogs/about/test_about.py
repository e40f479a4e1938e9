import pytest

from bot.cogs.about.cog import Offer, forgotten_card, help_card, intro_card, privacy_card
from bot.permissions import Audience
from index.store.records import KeptOfUser
from tests.unit.bot.discord.assertions import assert_within_limits

ASK = Offer("ask", "Ask the articles", Audience.EVERYONE)
MENU = Offer("Ask about this", "", Audience.EVERYONE, menu=True)
INDEX = Offer("index url", "Add a page", Audience.INDEXERS)


def test_help_lists_commands_by_whom_they_are_for():
    card = help_card([INDEX, ASK, MENU], in_server=True, reads_all=False).card
    assert [field.name for field in card.fields] == ["For everyone", "Adding articles"]
    everyone = card.fields[0].value.splitlines()
    assert everyone[0] == "`/ask` Ask the articles"
    assert everyone[1].startswith("**Ask about this**")


def test_help_in_direct_messages_says_what_they_see():
    card = help_card([ASK], in_server=False, reads_all=False).card
    assert "public articles" in card.description


@pytest.mark.parametrize("count", [1, 40])
def test_help_is_within_limits(count):
    offers = [Offer(f"name{n}", "d" * 100, audience) for audience in Audience for n in range(count)]
    payload = help_card(offers, in_server=True, reads_all=True)
    assert_within_limits(payload)
    assert all("name0" in field.value for field in payload.card.fields)


def test_what_is_kept_is_counted():
    held = KeptOfUser(questions=1, votes=2, changes=0, feeds=3, subscriptions=4)
    kept = privacy_card(held).card
    assert kept.fields[0].value == (
        "1 question, 2 votes, 0 settings changes, 3 added feeds, 4 followed topics"
    )
    assert_within_limits(privacy_card(held))
    assert forgotten_card(held).card.description.startswith(
        "Deleted 1 question, 2 votes and 4 followed topics"
    )


@pytest.mark.parametrize("role", [None, "Editors", "@everyone*" * 50])
def test_the_introduction_names_who_may_index(role):
    payload = intro_card(role, role)
    assert_within_limits(payload)
    said = payload.card.fields[1].value
    assert "Manage Server" in said
    assert ("or the role" in said) is (role is not None)
    assert "@everyone" not in said


def test_the_introduction_asks_what_the_articles_answer():
    assert "Try: What is “The *ferry*” about?".replace("*", r"\*") in _how_to_ask("The *ferry*")
    assert "There are no articles yet." in _how_to_ask(None)


def _how_to_ask(newest):
    return intro_card(None, newest).card.fields[0].value
