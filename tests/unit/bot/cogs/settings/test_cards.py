from datetime import UTC, datetime

import pytest

from bot.cogs.settings.cards import LOGGED, changes_card, level, settings_card
from bot.cogs.settings.strings import LEVELS as LEVEL_WORDS
from bot.server_settings import LEVELS, MAX_ROLES, ChannelMode, Section, ServerSettings
from index.model import THRESHOLDS, Thresholds
from index.store.settings_store import SettingChange
from tests.unit.bot.discord.assertions import assert_within_limits

GUILD = 2**62
MOST_ROLES = list(range(2**62, 2**62 + MAX_ROLES))


def change(key, old, new, *, denied=False, who="7"):
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    return SettingChange(str(GUILD), key, old, new, denied, who, at)


def test_every_level_has_words():
    assert list(LEVEL_WORDS) == list(LEVELS)
    assert [level(value) for value in LEVELS.values()] == list(LEVELS)
    assert level(Thresholds(0.5, 0.123)) is None


def states(settings, section, default=THRESHOLDS, **options):
    card = settings_card(settings, default, GUILD, section, **options).card
    return [field.value.split("\n")[0].strip("*") for field in card.fields]


@pytest.mark.parametrize(
    ("settings", "default", "said"),
    [
        (ServerSettings(), THRESHOLDS, ["Balanced", "included", "open"]),
        (
            ServerSettings(),
            Thresholds(0.62, 0.25),
            ["sure from 0.62, perhaps from 0.25", "included", "open"],
        ),
        (ServerSettings(), Thresholds(0.62, 0.62), ["sure from 0.62", "included", "open"]),
        (
            ServerSettings(threshold="strict", public=False, private=True),
            THRESHOLDS,
            ["Strict", "left out", "private"],
        ),
    ],
)
def test_the_card_says_what_holds(settings, default, said):
    assert states(settings, Section.ANSWERS, default) == said


def test_the_card_names_channels():
    assert states(ServerSettings(), Section.CHANNELS) == ["no channel"] * 3
    modes = {5: ChannelMode.EVERY, 3: ChannelMode.OFF, 4: ChannelMode.OFF}
    settings = ServerSettings(channels=modes, announcements=9)
    assert states(settings, Section.CHANNELS) == ["<#5>", "<#3>, <#4>", "<#9>"]


def test_the_card_says_why_every_question_cannot_be_answered():
    for reads_all in (True, False):
        card = settings_card(ServerSettings(), 0.5, 1, Section.CHANNELS, reads_all=reads_all).card
        assert ("Message Content Intent" in card.fields[0].value) is not reads_all


def test_the_card_has_the_settings_of_members():
    assert states(ServerSettings(), Section.MEMBERS) == ["none", "no limit", "no limit"]
    settings = ServerSettings(
        index_roles=(1, GUILD), member_cooldown_seconds=300, server_cooldown_seconds=5
    )
    said = ["<@&1>, everyone", "5 minutes", "5 seconds"]
    assert states(settings, Section.MEMBERS) == said


def test_most_roles_are_within_limits():
    settings = ServerSettings(index_roles=tuple(MOST_ROLES))
    assert_within_limits(settings_card(settings, 0.5, GUILD, Section.MEMBERS))


def test_most_channels_are_within_limits():
    modes = dict.fromkeys(range(2**62, 2**62 + 500), ChannelMode.EVERY)
    settings = ServerSettings(channels=modes)
    assert_within_limits(settings_card(settings, 0.5, GUILD, Section.CHANNELS))
    assert states(settings, Section.CHANNELS)[0].endswith(", and 475 more")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            change("threshold", None, "generous"),
            "<@7> · How sure an answer must be: the default → Gen",
        ),
        (change("threshold", 0.7, "generous"), ": Strict → Generous"),
        (change("public", None, False), ": included → left out"),
        (change("private", True, None), ": private → open"),
        (change("index_roles", None, [1, 2, 3, 4]), ": none → <@&1>, <@&2>, <@&3>, and 1 more"),
        (change("index_roles", [GUILD], "x"), ": everyone → none"),
        (change("private", None, True, denied=True), "denied: Answers to /ask → private"),
        (change("log", None, None, denied=True), "<@7> · denied: /settings log"),
        (change("channel:5", None, "off", who=""), "someone · <#5>: when mentioned → never"),
        (change("channel:x", None, "y"), r"channel\:x: when mentioned → y"),
        (change("every", None, [5, 6, 7, 8], denied=True), "every question in → <#5>, <#6>, <#7>"),
        (change("announcements", None, 9), ": no channel → <#9>"),
        (change("announcements", True, [True]), ": no channel → no channel"),
        (change("member_cooldown_seconds", 60, None), "a member's questions: 1 minute → no limit"),
        (change("llm_daily_tokens", None, 20000), ": no limit → 20,000 tokens per day"),
        (change("llm_daily_tokens", 0, "x"), ": none: quotes only → x"),
        (change("llm_mark", None, False), ": shown → hidden"),
        (change("threshold", "x", 0.62), ": x → 0.62"),
        (change("of_tomorrow", None, {"a": ["@everyone"]}), r"of\_tomorrow: the default → {"),
    ],
)
def test_an_entry_has_when_who_and_what(changed, said):
    text = changes_card([changed]).card.description
    assert text.startswith("<t:1767323040:f> ")
    assert said in text
    assert "@everyone" not in text


def test_the_longest_log_is_within_limits():
    longest = change("index_roles", MOST_ROLES, MOST_ROLES[::-1], who=str(2**62))
    payload = changes_card([longest] * (LOGGED + 5))
    assert len(payload.card.description.splitlines()) == LOGGED
    assert_within_limits(payload)
    unknown = change("*" * 500, "_" * 500, ["_" * 500], who=str(2**62))
    assert_within_limits(changes_card([unknown] * LOGGED))
