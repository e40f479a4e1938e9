import pytest_asyncio

from tests.bot.sites import served


@pytest_asyncio.fixture
async def site():
    async with served() as site:
        yield site
