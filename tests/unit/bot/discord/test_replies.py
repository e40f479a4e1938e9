import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import aiohttp
import pytest

from bot.cogs.articles import strings as articles_strings
from bot.discord import replies
from bot.discord.embeds import Card, Payload, Picture, Tone
from bot.discord.replies import answer, post, take_back
from bot.errors import ShuttingDown
from tests.fakes import FakeInteraction, http_error

PICTURE = Picture("stats.png", b"\x89PNG", "Two bars")


class Uploads(FakeInteraction):
    """Reads attachments to their end, as sending them does, before it fails."""

    async def edit_original_response(self, **fields):
        files = [(f.filename, f.description, f.fp.read()) for f in fields["attachments"]]
        self.sent.append((files, [embed.image.url for embed in fields["embeds"]]))
        if self.faults:
            raise self.faults.pop(0)


async def test_a_picture_is_whole_in_the_second_try_too():
    interaction = Uploads(http_error(503))
    await answer(interaction, Payload(card=Card("t", "d", Tone.NEUTRAL, picture=PICTURE)))
    whole = ([("stats.png", "Two bars", b"\x89PNG")], ["attachment://stats.png"])
    assert interaction.sent == [whole, whole]


@pytest.mark.parametrize(
    "fault",
    [
        aiohttp.ClientPayloadError("cut in the middle"),
        aiohttp.ClientOSError(104, "reset"),
        ConnectionResetError(104, "reset"),
    ],
    ids=repr,
)
async def test_an_answer_is_sent_again_after_a_lost_connection(fault):
    interaction = FakeInteraction(fault)
    await answer(interaction, Payload(content="Here."))
    assert interaction.sent == [("edit", "Here.", 0)]


async def test_a_payload_without_a_picture_takes_an_earlier_one_away():
    interaction = Uploads()
    await answer(interaction, Payload(card=Card("t", "d", Tone.NEUTRAL)))
    assert interaction.sent == [([], [None])]


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
