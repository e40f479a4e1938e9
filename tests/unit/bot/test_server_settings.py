import pytest

from bot.errors import InvalidSetting
from bot.server_settings import LEVELS, ChannelMode, ServerSettings, ServerSettingsStore
from index.model import Space

GUILD, OTHER, ADMIN, MEMBER = 1001, 1002, 7, 9
NAMES = [name for name in ServerSettings.__dataclass_fields__ if name != "channels"]


@pytest.fixture
def store(settings_store):
    return ServerSettingsStore(settings_store)


def test_a_server_that_set_nothing_has_the_defaults(store):
    assert store.of(GUILD) == ServerSettings()
    assert store.of(GUILD).mode(5) is ChannelMode.MENTION


def test_every_setting_is_read_back(store):
    given = {
        "index_roles": [11, 12],
        "private": True,
        "threshold": "strict",
        "public": False,
        "announcements": 5,
        "member_cooldown_seconds": 10,
        "server_cooldown_seconds": 2,
        "llm_daily_tokens": 100_000,
        "llm_mark": False,
    }
    assert list(given) == NAMES
    for name, value in given.items():
        store.change(GUILD, name, value, ADMIN)
    store.set_mode(GUILD, 6, ChannelMode.OFF, ADMIN)
    expected = ServerSettings(**given | {"channels": {6: ChannelMode.OFF}, "index_roles": (11, 12)})
    assert store.of(GUILD) == expected
    assert store.of(OTHER) == ServerSettings()
    assert store.log(OTHER, 10) == []


def test_a_level_that_footnote_0_1_stored_is_read(store):
    store.change(GUILD, "threshold", 0.35, ADMIN)
    assert store.of(GUILD).threshold == "generous"
    assert store.of(GUILD).thresholds == LEVELS["generous"]
    assert store.of(OTHER).thresholds is None


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_goes_back_to_its_default(store, name):
    values = {"index_roles": [1], "threshold": "generous", "private": True, "public": False}
    values["llm_mark"] = False
    store.change(GUILD, name, values.get(name, 3), ADMIN)
    assert store.of(GUILD) != ServerSettings()
    store.change(GUILD, name, None, ADMIN)
    assert store.of(GUILD) == ServerSettings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("private", 1),
        ("public", "no"),
        ("threshold", "daring"),
        ("threshold", 0.6),
        ("threshold", float("nan")),
        ("threshold", True),
        ("announcements", 0),
        ("announcements", 2**63),
        ("announcements", True),
        ("member_cooldown_seconds", -1),
        ("server_cooldown_seconds", 3_601),
        ("index_roles", 11),
        ("index_roles", ["11"]),
        ("index_roles", list(range(1, 27))),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(store, name, value):
    with pytest.raises(InvalidSetting) as caught:
        store.change(GUILD, name, value, ADMIN)
    assert caught.value.name == name
    assert store.of(GUILD) == ServerSettings()
    assert store.log(GUILD, 10) == []


def test_a_setting_that_does_not_exist_is_a_bug(store):
    with pytest.raises(KeyError):
        store.change(GUILD, "nonsense", None, ADMIN)


def test_a_thread_is_as_its_channel_unless_it_was_set(store):
    store.set_mode(GUILD, 5, ChannelMode.EVERY, ADMIN)
    store.set_mode(GUILD, 6, ChannelMode.OFF, ADMIN)
    settings = store.of(GUILD)
    assert settings.mode(50, parent_id=5) is ChannelMode.EVERY
    assert settings.mode(6, parent_id=5) is ChannelMode.OFF
    assert settings.mode(50, parent_id=8) is ChannelMode.MENTION
    store.set_mode(GUILD, 5, None, ADMIN)
    assert store.of(GUILD).channels == {6: ChannelMode.OFF}


def test_changes_and_attempts_are_in_the_log(store):
    store.change(GUILD, "private", True, ADMIN)
    store.deny(GUILD, "private", False, MEMBER)
    store.set_mode(GUILD, 5, ChannelMode.OFF, ADMIN)
    assert [(c.key, c.old, c.new, c.denied, c.who) for c in store.log(GUILD, 10)] == [
        ("channel:5", None, "off", False, "7"),
        ("private", True, False, True, "9"),
        ("private", None, True, False, "7"),
    ]
    assert store.of(GUILD).private


def test_what_is_not_understood_counts_as_not_set(store, settings_store, caplog):
    space = Space(str(GUILD))
    for key, value in {
        "private": "perhaps",
        "channel:x": "off",
        "channel:5": "sometimes",
        "of_tomorrow": 1,
        "public": False,
    }.items():
        settings_store.write(space, key, value, "7")
    assert store.of(GUILD) == ServerSettings(public=False)
    assert caplog.text.count("is invalid") == 4


def test_attempts_do_not_push_changes_out_of_sight(store):
    for n in range(9):
        store.deny(GUILD, "/index url", f"early {n}", 8)
    for seconds in (5, 15, 30, 60, 300, 900, 0):
        store.change(GUILD, "member_cooldown_seconds", seconds, 7)
    for n in range(9):
        store.deny(GUILD, "/index url", n, 8)
    assert [c.new for c in store.log(GUILD, 6)] == [8, 7, 0, 900, 300, 60]
    assert [c.new for c in store.log(GUILD, 9)] == [8, 7, 6, 0, 900, 300, 60, 30, 15]
    assert [c.new for c in store.log(GUILD, 12)][:6] == [8, 7, 6, 5, 4, 0]
    assert len(store.log(GUILD, 100)) == 25
