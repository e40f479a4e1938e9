import asyncio
import threading
from types import SimpleNamespace

import discord

from bot.discord import autocomplete
from bot.runtime.threads import QUESTION_THREADS
from bot.services import Services
from index.errors import StorageError
from index.model import PUBLIC
from tests.fakes import FakeInteraction, member

MANAGES = discord.Permissions(manage_guild=True)


class Titles:
    """A library of which only titles are asked."""

    def __init__(self, settings_store, *titles: str, error: Exception | None = None) -> None:
        self.records = SimpleNamespace(settings=settings_store)
        self.titles, self.error, self.asked = titles, error, []

    def find(self, words, spaces, *, limit):
        self.asked.append((words, spaces, limit))
        if self.error:
            raise self.error
        return [SimpleNamespace(title=title, id=f"id{n}") for n, title in enumerate(self.titles)]


async def test_long_titles_are_cut_at_a_word(workers, settings_store):
    library = Titles(settings_store, "word " * 40, "", "Short")
    interaction = FakeInteraction()
    got = await autocomplete.visible_titles(Services(library, workers, None), interaction, " wo ")
    assert [choice.name for choice in got] == ["word " * 19 + "word…", "id1", "Short"]
    assert [choice.value for choice in got] == ["id0", "id1", "id2"]
    assert library.asked == [("wo", ("42", PUBLIC), autocomplete.CHOICES)]


async def test_titles_are_offered_while_questions_wait(workers, settings_store):
    """In a wave of fifty questions they came after two seconds, and were none."""
    gate = threading.Event()
    asked = [asyncio.create_task(workers.ask(gate.wait, 5)) for _ in range(QUESTION_THREADS + 1)]
    await asyncio.sleep(0.01)
    services = Services(Titles(settings_store, "Mine"), workers, None)
    assert await autocomplete.visible_titles(services, FakeInteraction(), "")
    assert not any(task.done() for task in asked)
    gate.set()
    await asyncio.gather(*asked)


async def test_own_titles_are_for_those_who_may_change_them(workers, settings_store):
    library = Titles(settings_store, "Mine")
    services = Services(library, workers, None)
    assert not await autocomplete.own_titles(services, FakeInteraction(), "")
    direct = FakeInteraction(guild_id=None, permissions=MANAGES)
    assert not await autocomplete.own_titles(services, direct, "")
    assert not library.asked
    assert await autocomplete.own_titles(services, FakeInteraction(permissions=MANAGES), "")
    assert library.asked == [("", ("42",), autocomplete.CHOICES)]


async def test_settings_count_at_once(workers, settings_store):
    library = Titles(settings_store, "Mine")
    services = Services(library, workers, None)
    editor = FakeInteraction(user=member("Editor"))
    assert not await autocomplete.own_titles(services, editor, "")
    services.server_settings.change(42, "index_roles", [editor.user.roles[0].id], 7)
    assert await autocomplete.own_titles(services, editor, "")
    services.server_settings.change(42, "public", False, 7)
    assert await autocomplete.visible_titles(services, editor, "")
    assert [spaces for _, spaces, _ in library.asked] == [("42",), ("42",)]


async def test_nothing_is_offered_when_the_library_fails(workers, settings_store):
    services = Services(Titles(settings_store, error=StorageError("/data", "gone")), workers, None)
    assert await autocomplete.visible_titles(services, FakeInteraction(), "") == []
