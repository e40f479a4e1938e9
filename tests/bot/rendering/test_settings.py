from datetime import UTC, datetime

import pytest

from bot.rendering import changes_card, settings_card
from bot.rendering.settings import LOGGED, level
from bot.server_settings import LEVELS, MAX_ROLES, ServerSettings
from bot.words import LEVELS as LEVEL_WORDS
from index.catalog import Change
from tests.fakediscord import limits

GUILD = 2**62
MOST_ROLES = list(range(2**62, 2**62 + MAX_ROLES))


def change(key, old, new, *, refused=False, who="7"):
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    return Change(str(GUILD), key, old, new, refused, who, at)


def embed(payload):
    card = payload.card
    fields = [{"name": f.name, "value": f.value} for f in card.fields]
    return {"title": card.title, "description": card.description, "fields": fields}


def test_every_level_has_words():
    assert list(LEVEL_WORDS) == list(LEVELS)
    assert [level(value) for value in LEVELS.values()] == list(LEVELS)
    assert level(0.123) is None


@pytest.mark.parametrize(
    ("settings", "default", "said"),
    [
        (ServerSettings(), 0.5, ["Balanced", "included", "open", "none"]),
        (ServerSettings(), 0.62, ["0.62", "included", "open", "none"]),
        (
            ServerSettings(threshold=0.7, public=False, private=True, index_roles=(1, GUILD)),
            0.5,
            ["Strict", "left out", "private", "<@&1>, everyone"],
        ),
    ],
)
def test_the_card_says_what_holds(settings, default, said):
    card = settings_card(settings, default, GUILD).card
    assert [field.value.split("\n")[0].strip("*") for field in card.fields] == said


def test_most_roles_are_within_limits():
    settings = ServerSettings(index_roles=tuple(MOST_ROLES))
    limits.message({"embeds": [embed(settings_card(settings, 0.5, GUILD))]})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (change("threshold", None, 0.35), "<@7> · How sure an answer must be: the default → Gen"),
        (change("threshold", 0.62, 0.7), ": 0.62 → Strict"),
        (change("public", None, False), ": included → left out"),
        (change("private", True, None), ": private → open"),
        (change("index_roles", None, [1, 2, 3, 4]), ": none → <@&1>, <@&2>, <@&3>, and 1 more"),
        (change("index_roles", [GUILD], "x"), ": everyone → none"),
        (change("private", None, True, refused=True), "refused: Answers to /ask → private"),
        (change("log", None, None, refused=True), "<@7> · refused: /settings log"),
        (change("channel:5", None, "off", who=""), "somebody · channel:5: the default → off"),
        (change("of_tomorrow", None, {"a": ["@everyone"]}), r"of\_tomorrow: the default → {"),
    ],
)
def test_an_entry_tells_when_who_and_what(changed, said):
    text = changes_card([changed]).card.description
    assert text.startswith("<t:1767323040:f> ")
    assert said in text
    assert "@everyone" not in text


def test_the_longest_log_is_within_limits():
    longest = change("index_roles", MOST_ROLES, MOST_ROLES[::-1], who=str(2**62))
    payload = changes_card([longest] * (LOGGED + 5))
    assert len(payload.card.description.splitlines()) == LOGGED
    limits.message({"embeds": [embed(payload)]})
    unknown = change("*" * 500, "_" * 500, ["_" * 500], who=str(2**62))
    limits.message({"embeds": [embed(changes_card([unknown] * LOGGED))]})
