import aiohttp
import pytest

from bot.discord.embeds import Card, Payload, Picture, Tone
from bot.discord.replies import answer
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
