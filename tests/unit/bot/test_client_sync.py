import json

import discord
import pytest
from discord import app_commands

from bot.client import SYNCED_COMMANDS, FootnoteBot, fingerprint, sync_if_changed
from bot.services import Services
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


async def test_registers_once(tree, tmp_path):
    assert await sync_if_changed(tree, 1, tmp_path)
    assert not await sync_if_changed(tree, 1, tmp_path)
    assert json.loads((tmp_path / SYNCED_COMMANDS).read_text())["application"] == "1"
    assert tree.calls == 1


async def test_registers_again_for_another_application_or_command(tree, tmp_path):
    await sync_if_changed(tree, 1, tmp_path)
    assert await sync_if_changed(tree, 2, tmp_path)
    before = fingerprint(tree)
    tree.get_command("ask").default_permissions = discord.Permissions(manage_guild=True)
    assert fingerprint(tree) != before
    assert await sync_if_changed(tree, 2, tmp_path)


async def test_a_failure_is_tried_again_at_the_next_start(tree, tmp_path, monkeypatch):
    async def fail():
        raise http_error(503)

    with monkeypatch.context() as patch:
        patch.setattr(tree, "sync", fail)
        assert not await sync_if_changed(tree, 1, tmp_path)
    assert await sync_if_changed(tree, 1, tmp_path)


async def test_a_broken_or_missing_file_only_costs_a_registration(tree, tmp_path):
    (tmp_path / SYNCED_COMMANDS).write_bytes(b"\xff{")
    assert await sync_if_changed(tree, 1, tmp_path)
    assert await sync_if_changed(tree, 1, tmp_path / "no such folder")


async def test_the_hash_is_the_same_in_every_process(tmp_path):
    hashes = set()
    for role in (None, "Librarian"):
        async with FootnoteBot(Services(None, None, None, role), tmp_path) as bot:
            await bot.add_parts()
            hashes.add(fingerprint(bot.tree))
    assert len(hashes) == 1
