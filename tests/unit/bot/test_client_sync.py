import json
from contextlib import closing

import discord
import pytest
from discord import app_commands

from bot.client import COMMANDS, SYNCED_COMMANDS, FootnoteBot, fingerprint, sync_if_changed
from bot.services import Services
from index.store.connections import Ownership
from index.store.settings_store import INSTALLATION, SettingsStore
from index.store.sqlite import SqliteDatabase
from tests.fakes import http_error


@pytest.fixture
async def tree(monkeypatch):
    async with discord.Client(intents=discord.Intents.none()) as client:
        tree = app_commands.CommandTree(client)

        @tree.command(description="Ask")
        async def ask(interaction: discord.Interaction) -> None: ...

        tree.calls = 0

        async def sync():
            tree.calls += 1

        monkeypatch.setattr(tree, "sync", sync)
        yield tree


@pytest.fixture
def settings(tmp_path):
    with closing(SqliteDatabase(tmp_path / "footnote.db")) as database:
        yield SettingsStore(database)


@pytest.fixture
def sync(tree, tmp_path, settings):
    """Sync from a folder (a process's own) and return whether anything was registered."""

    async def sync(application=1, folder=tmp_path, database=settings):
        return await sync_if_changed(tree, application, folder, database)

    return sync


async def test_registers_once(sync, tree, tmp_path):
    assert await sync()
    assert not await sync()
    assert json.loads((tmp_path / SYNCED_COMMANDS).read_text())["application"] == "1"
    assert tree.calls == 1


async def test_registers_again_for_another_application_or_command(sync, tree):
    await sync()
    assert await sync(2)
    before = fingerprint(tree)
    tree.get_command("ask").default_permissions = discord.Permissions(manage_guild=True)
    assert fingerprint(tree) != before
    assert await sync(2)
    assert not await sync(2)


async def test_a_failure_is_tried_again_at_the_next_start(sync, tree, monkeypatch):
    async def fail():
        raise http_error(503)

    with monkeypatch.context() as patch:
        patch.setattr(tree, "sync", fail)
        assert not await sync()
    assert await sync()


async def test_a_process_with_another_folder_does_not_register_again(sync, tree, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    await sync()
    assert not await sync(folder=other)
    assert not await sync(folder=other)
    assert tree.calls == 1


async def test_what_a_restored_database_says_is_not_believed_alone(sync, tree, settings):
    await sync()
    restored = settings.read(INSTALLATION)[COMMANDS]
    tree.get_command("ask").default_permissions = discord.Permissions(manage_guild=True)
    await sync()
    tree.get_command("ask").default_permissions = None
    settings.write(INSTALLATION, COMMANDS, restored, "")
    assert await sync()


async def test_a_broken_or_missing_file_only_costs_a_registration(sync, tmp_path, settings):
    (tmp_path / SYNCED_COMMANDS).write_bytes(b"\xff{")
    assert await sync()
    settings.write(INSTALLATION, COMMANDS, None, "")
    assert await sync(folder=tmp_path / "no such folder")


async def test_the_hash_is_the_same_in_every_process(tmp_path):
    hashes = set()
    for role in (None, "Librarian"):
        async with FootnoteBot(
            Services(None, None, None, role), tmp_path, Ownership(tmp_path)
        ) as bot:
            await bot.add_parts()
            hashes.add(fingerprint(bot.tree))
    assert len(hashes) == 1
