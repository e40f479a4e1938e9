import asyncio
import functools
import io
from datetime import timedelta

import pytest
from PIL import Image

from bot.cogs.stats import chart
from bot.cogs.stats.chart import draw
from bot.cogs.stats.cog import ChartRenderer, NotDrawn
from bot.cogs.stats.reader import DayStats
from tests.unit.bot.cogs.stats.sample import TODAY, sample

SIZE = (round(chart.WIDTH_INCHES * chart.DPI), round(chart.HEIGHT_INCHES * chart.DPI))


def nothing(days):
    every = (TODAY - timedelta(days=n) for n in reversed(range(days)))
    return [DayStats(day, 0, 0, 0, 0, None) for day in every]


@functools.cache
def drawn(days):
    """The chart of the sample's last days, which takes half a second."""
    return draw(sample(days).days)


def picture(png):
    with Image.open(io.BytesIO(png)) as found:
        assert found.format == "PNG"
        return found.convert("RGB")


def colours(image):
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in image.getcolors(1 << 20)}


@pytest.mark.parametrize("days", [1, 30, 365])
def test_every_period_has_the_same_size_and_all_its_kinds(days):
    image = picture(drawn(days))
    assert image.size == SIZE
    assert {chart.PAPER, chart.GOOD, chart.BAD, chart.TIME} <= colours(image)


def test_the_same_days_give_the_same_bytes():
    assert draw(sample(30).days) == drawn(30)
    assert draw(sample(30, seed=8).days) != drawn(30)


def test_the_ground_is_opaque():
    with Image.open(io.BytesIO(drawn(30))) as image:
        assert image.convert("RGBA").getextrema()[3] == (255, 255)


def test_bad_news_are_striped_and_good_news_are_not():
    """Drawn without colours the kinds stay apart."""
    answered, refused = nothing(1), nothing(1)
    answered[0] = DayStats(TODAY, 9, 0, 0, 0, 44.0)
    refused[0] = DayStats(TODAY, 0, 9, 0, 0, 44.0)
    good, bad = (picture(draw(days)) for days in (answered, refused))
    bar = (good.width // 2, 170, good.width // 2 + 1, 270)  # a line down its middle
    assert len(good.crop(bar).getcolors()) == 1
    assert {chart.BAD, chart.PAPER} <= colours(bad.crop(bar))


def test_days_without_anything_can_be_drawn():
    image = picture(draw(nothing(30)))
    assert image.size == SIZE
    assert chart.BAD not in colours(image.crop((0, SIZE[1] // 3, *SIZE)))


def test_a_week_has_the_height_of_its_mean_day():
    days = [DayStats(day.day, 4, 0, 0, 0, None) for day in nothing(365)]
    assert chart._blocks(365)[0] == range(0, 1)
    assert chart._blocks(365)[-1] == range(358, 365)
    assert [len(block) for block in chart._blocks(92)] == [1] * 92
    assert chart._mean([day.answered for day in days], range(0, 1)) == 4
    assert chart._mean([0, 0, 7, 0, 0, 7, 0], range(7)) == 2


async def test_the_child_draws_what_this_process_would():
    assert await ChartRenderer().draw(sample(30).days) == drawn(30)


async def test_a_child_that_fails_raises_its_reason():
    with pytest.raises(NotDrawn, match="Error"):
        await ChartRenderer().draw([])


async def test_a_picture_nobody_waits_for_any_more_leaves_the_next_its_turn():
    renderer = ChartRenderer()
    given_up = asyncio.create_task(renderer.draw(sample(7).days))
    await asyncio.sleep(0.05)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await renderer.draw(sample(1).days)
