from datetime import UTC, datetime
from types import SimpleNamespace

from bot.discord.embeds import Payload
from bot.discord.replies import post, take_back
from tests.fakes import http_error

HINT = Payload(content="Ask me")


class Channel:
    """Notes what is sent; the first try is lost."""

    def __init__(self) -> None:
        self.nonces: list[int] = []

    async def send(self, _content, *, nonce, **_):
        self.nonces.append(nonce)
        if len(self.nonces) == 1:
            raise http_error(503)


async def test_what_may_arrive_twice_has_one_nonce_for_each_wording():
    channel = Channel()
    question = SimpleNamespace(id=7, edited_at=None, channel=channel)
    await post(question, HINT, None, quote=False)
    question.edited_at = datetime(2025, 2, 14, tzinfo=UTC)
    await post(question, HINT, None, quote=False)
    first, again, edited = channel.nonces
    assert first == again == 7
    assert edited != first


async def test_what_is_gone_need_not_be_deleted():
    async def delete():
        raise http_error(404, 10008)

    await take_back(SimpleNamespace(delete=delete))
