import asyncio

import pytest

from bot.cogs.articles import strings as articles_strings
from bot.discord import replies
from bot.errors import ShuttingDown
from tests.fakes import FakeInteraction, http_error


@pytest.fixture(autouse=True)
def fast(monkeypatch):
    monkeypatch.setattr(replies, "EDIT_SECONDS", 0.02)


def nothing():
    pass


async def test_edits_now_and_then_and_never_after_the_end():
    interaction = FakeInteraction()
    async with replies.showing_progress(interaction, nothing, articles_strings.progress) as report:
        for done in range(1, 8):
            report(done, 7)
            await asyncio.sleep(0.01)
    sent = [text for _, text, _ in interaction.sent]
    assert 1 < len(sent) < 7
    assert set(sent) <= {articles_strings.progress(n, 7) for n in range(1, 8)}
    await asyncio.sleep(0.05)
    assert len(interaction.sent) == len(sent)


async def test_quick_work_shows_nothing():
    interaction = FakeInteraction()
    async with replies.showing_progress(interaction, nothing, articles_strings.progress) as report:
        report(1, 1)
    assert not interaction.sent


async def test_failing_edits_do_not_stop_the_work():
    interaction = FakeInteraction(http_error(503), ConnectionResetError())
    async with replies.showing_progress(interaction, nothing, articles_strings.progress) as report:
        for done in range(1, 8):
            report(done, 7)
            await asyncio.sleep(0.02)
    assert interaction.sent


async def test_the_work_is_stopped_from_within():
    def stop():
        raise ShuttingDown

    with pytest.raises(ShuttingDown):
        async with replies.showing_progress(
            FakeInteraction(), stop, articles_strings.progress
        ) as report:
            report(1, 2)
