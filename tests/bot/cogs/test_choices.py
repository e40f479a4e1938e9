from types import SimpleNamespace

import discord
import pytest

from bot.cogs import choices
from bot.cogs.services import Services
from bot.workers import Workers
from index.errors import StorageError
from index.model import PUBLIC
from tests.bot.fakes import FakeInteraction

MANAGES = discord.Permissions(manage_guild=True)


class Titles:
    """A library of which only titles are asked."""

    def __init__(self, *titles: str, error: Exception | None = None) -> None:
        self.titles, self.error, self.asked = titles, error, []

    def find(self, words, spaces, *, limit):
        self.asked.append((words, spaces, limit))
        if self.error:
            raise self.error
        return [SimpleNamespace(title=title, id=f"id{n}") for n, title in enumerate(self.titles)]


@pytest.fixture
def workers():
    workers = Workers()
    yield workers
    workers.close()


async def test_long_titles_are_cut_at_a_word(workers):
    library = Titles("word " * 40, "", "Short")
    interaction = FakeInteraction()
    got = await choices.visible_titles(Services(library, workers, None), interaction, " wo ")
    assert [choice.name for choice in got] == ["word " * 19 + "word…", "id1", "Short"]
    assert [choice.value for choice in got] == ["id0", "id1", "id2"]
    assert library.asked == [("wo", ("42", PUBLIC), choices.CHOICES)]


async def test_own_titles_are_for_those_who_may_change_them(workers):
    library = Titles("Mine")
    services = Services(library, workers, None)
    assert not await choices.own_titles(services, FakeInteraction(), "")
    direct = FakeInteraction(guild_id=None, permissions=MANAGES)
    assert not await choices.own_titles(services, direct, "")
    assert not library.asked
    assert await choices.own_titles(services, FakeInteraction(permissions=MANAGES), "")
    assert library.asked == [("", ("42",), choices.CHOICES)]


async def test_nothing_is_offered_when_the_library_fails(workers):
    services = Services(Titles(error=StorageError("/data", "gone")), workers, None)
    assert await choices.visible_titles(services, FakeInteraction(), "") == []
