from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.cogs.articles import indexing
from bot.errors import FileNotHandedOver
from bot.services import Services
from index.errors import SourceError
from index.ingest import Indexer, Link
from index.model import Failed
from index.sources import decoding
from index.sources.document import Given
from index.web.fetch import FetchedPage
from tests.fakes import NOON, FakeFile, http_error

URL = "https://discord.com/channels/1/2/3"
SAID = "The ferry of Tarn will run every hour from Monday, the owners say."


@pytest.fixture
def services(workers):
    async def fetch(link):
        return FetchedPage("https://a.example/final", "x.txt", b"A sentence that was fetched.")

    return Services(Indexer(None, None), workers, SimpleNamespace(fetch=fetch))


def message(content="", *, files=(), embeds=(), forwards=()):
    return SimpleNamespace(
        content=content,
        clean_content=content,
        attachments=list(files),
        embeds=[as_embed(embed) for embed in embeds],
        message_snapshots=list(forwards),
        jump_url=URL,
        created_at=NOON,
    )


def as_embed(embed):
    """An embed as given, or a preview of a link."""
    return embed if isinstance(embed, discord.Embed) else discord.Embed(type="link", url=embed)


def names(*args, **kwargs):
    return [indexing.name_of(one) for one in indexing.of_message(message(*args, **kwargs))]


async def test_a_file_has_no_origin_and_what_is_given_goes_first(services):
    (one,) = indexing.files_of([FakeFile()], Given("T", "S", "2026-01-02"))
    document = await services.read(one)
    assert (document.title, document.source, document.published) == ("T", "S", "2026-01-02")
    assert document.origin is None


async def test_a_page_is_known_by_the_link_that_was_given(services):
    document = await services.read(Link(" https://a.example/x "))
    assert (document.origin, document.source) == ("https://a.example/x", "https://a.example/final")


@pytest.mark.parametrize("fault", [http_error(404), aiohttp.ClientError(), ConnectionResetError()])
async def test_a_file_that_discord_keeps(services, fault):
    (one,) = indexing.files_of([FakeFile(fault=fault)], Given())
    with pytest.raises(FileNotHandedOver):
        await services.read(one)


def test_limits_of_one_file_and_of_all_together():
    most = decoding.MAX_BYTES
    sizes = [most, most + 1, most, most, most, most, 1]
    files = [FakeFile(f"{n}.txt", size=s) for n, s in enumerate(sizes)]
    found = indexing.files_of(files, Given())
    failed = {one.name: one.reason for one in found if isinstance(one, Failed)}
    assert list(failed) == ["1.txt", "6.txt"]
    assert "the limit is 5 MB" in failed["1.txt"]
    assert "over 25 MB" in failed["6.txt"]


async def test_the_text_of_a_message_names_the_message_and_its_time(services):
    (one,) = indexing.of_message(message(SAID))
    document = await services.read(one)
    assert (document.text, document.source) == (SAID, URL)
    assert document.published == "2026-11-24T12:00:00+00:00"


def test_short_words_beside_a_link_or_a_file_are_no_article():
    assert names("Look: https://a.example/x") == ["https://a.example/x"]
    assert names("Minutes", files=[FakeFile()]) == ["a.txt"]
    assert names("Tarn is lovely.") == ["the text of the message"]
    assert len(names(f"{SAID} https://a.example/x", files=[FakeFile()])) == 3


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("<https://a.example/x>, https://b.example/y.", ["https://a.example/x", "https://b.example/y"]),
        ("[this](https://a.example/x) (https://a.example/a_(b))",
         ["https://a.example/x", "https://a.example/a_(b)"]),
        ("**https://a.example/x** https://a.example/x", ["https://a.example/x"]),
        ("ftp://a.example/x", ["the text of the message"]),
    ],
)  # fmt: skip
def test_links_end_before_the_marks_behind_them(text, links):
    assert names(text) == links


def test_an_embed_is_read_where_it_links_to_and_once():
    links = ["https://a.example/x", "https://b.example/y", None]
    assert names("https://a.example/x", embeds=links) == links[:2]


POST = discord.Embed(title="Ferry of Tarn runs hourly", description=SAID)
POST.add_field(name="Fare", value="£3")


async def test_the_words_of_a_news_bots_card_are_read(services):
    (one,) = indexing.of_message(message(embeds=[POST]))
    document = await services.read(one)
    assert document.title == "Ferry of Tarn runs hourly"
    assert document.text.split("\n\n")[1:] == [SAID, "Fare: £3"]


def test_the_preview_of_a_link_is_not_read_beside_it():
    preview = discord.Embed(type="article", url="https://a.example/x", description=SAID)
    assert names("https://a.example/x", embeds=[preview]) == ["https://a.example/x"]


async def test_what_is_forwarded_is_read_with_its_time(services):
    said = message(f"{SAID} https://a.example/x", files=[FakeFile()], embeds=[POST])
    said.created_at = NOON - timedelta(days=2)
    text, link, file = indexing.of_message(message(forwards=[said]))
    assert (indexing.name_of(link), indexing.name_of(file)) == ("https://a.example/x", "a.txt")
    document = await services.read(text)
    assert "Fare: £3" in document.text
    assert (document.published, document.source) == ("2026-11-22T12:00:00+00:00", URL)


@pytest.mark.parametrize("text", ["", " ", "!?", "\N{WAVING HAND SIGN}"])
def test_nothing_to_index(text):
    assert names(text) == []


async def test_what_is_beyond_the_limit_has_failed(services):
    links = [f"https://a.example/{n}" for n in range(indexing.MAX_INPUTS + 2)]
    found = indexing.of_message(message(" ".join(links)))
    assert [indexing.name_of(one) for one in found] == links
    await services.read(found[indexing.MAX_INPUTS - 1])
    with pytest.raises(SourceError, match="only 10 can be indexed at once"):
        await services.read(found[indexing.MAX_INPUTS])
