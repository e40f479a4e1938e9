import asyncio

import pytest

from bot.cogs.stats.chart import draw
from bot.cogs.stats.painter import NotDrawn, Painter
from tests.unit.bot.cogs.stats.sample import sample


async def test_the_child_draws_what_this_process_would():
    days = sample(7).days
    assert await Painter().draw(days) == draw(days)


async def test_a_child_that_fails_is_told_with_its_reason():
    with pytest.raises(NotDrawn, match="Error"):
        await Painter().draw([])


async def test_a_picture_nobody_waits_for_any_more_leaves_the_next_its_turn():
    painter = Painter()
    given_up = asyncio.create_task(painter.draw(sample(7).days))
    await asyncio.sleep(0.05)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await painter.draw(sample(1).days)
