import pytest_asyncio

from tests.unit.index.web.sites import served


@pytest_asyncio.fixture
async def site():
    async with served() as site:
        yield site
