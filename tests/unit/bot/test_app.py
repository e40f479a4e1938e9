import discord
import pytest

from bot import app
from bot.client import ShardsWanted
from bot.settings import Settings

TOKEN = "made.up.token"


class Refusing:
    """Discord, which refuses the text of messages; notes what each bot asks for."""

    def __init__(self, monkeypatch, *, always: bool = False) -> None:
        self.asked: list[bool] = []
        self.always = always
        monkeypatch.setattr(app, "_run", self.run)

    async def run(self, bot, token, seeds, metrics_port) -> int:
        async with bot:
            bot.wanted.message_content = bot._messages and not self.always
            self.asked.append(bot.wanted.message_content)
            assert await bot.lead.obtain(), "an earlier one has freed it"
            if self.always or bot.wanted.message_content:
                raise discord.PrivilegedIntentsRequired(None)
        return 0


@pytest.fixture
def settings(tmp_path):
    return Settings.from_environment({"DISCORD_TOKEN": TOKEN, "FOOTNOTE_DATA": str(tmp_path)})


def test_the_text_of_messages_that_is_refused_is_not_asked_for_again(
    settings, library, monkeypatch, caplog
):
    refusing = Refusing(monkeypatch)
    assert app.run_bot(settings, library, None) == 0
    assert refusing.asked == [True, False]
    assert "going on without it" in caplog.text


def test_as_many_shards_as_discord_recommends_are_carried(settings, library, monkeypatch, caplog):
    carried = []

    async def run(bot, *_) -> int:
        carried.append(bot.shard_count)
        async with bot:
            if len(carried) == 1:
                raise ShardsWanted(3)
        return 0

    monkeypatch.setattr(app, "_run", run)
    caplog.set_level("INFO")
    assert app.run_bot(settings, library, None) == 0
    assert carried == [None, 3]
    assert "recommends 3 shards" in caplog.text


def test_another_intent_that_is_refused_ends_it(settings, library, monkeypatch, capsys):
    refusing = Refusing(monkeypatch, always=True)
    assert app.run_bot(settings, library, None) == 1
    assert refusing.asked == [False]
    assert "4014" in capsys.readouterr().err
