from types import SimpleNamespace

import pytest

from bot.errors import Forgotten
from bot.flow import SPEAKER_HITS, Asked, ask, note, recall
from bot.services import Services
from index.errors import StorageError
from index.followups.turns import Turn
from index.model import PUBLIC, Answer, Space
from index.store.records import Records

GUILD = 42


class Asking:
    """A library that answers all it is asked, and says what that was."""

    def __init__(self, records) -> None:
        self.records, self.asked = records, []

    def get(self, article, spaces):
        self.asked.append(("get", article, spaces))
        return SimpleNamespace(id="abc")

    def search(self, question, spaces, **options):
        self.asked.append(("search", question, spaces, options))
        return (SimpleNamespace(text="Vance said no."),)

    def ask(self, question, spaces, **options):
        self.asked.append((question, spaces, options))
        return Answer(question, False, (), (), (), 0.1, timings_ms={"total": 40.0})


@pytest.fixture
def records(catalog):
    return Records.of(catalog.database)


@pytest.fixture
def services(records, workers):
    return Services(Asking(records), workers, None)


async def answered(services, asked):
    return await ask(services, asked, await services.settings_of(asked.guild_id))


async def test_the_settings_of_the_server_count(services):
    services.server_settings.change(GUILD, "public", False, 7)
    services.server_settings.change(GUILD, "threshold", 0.7, 7)
    await answered(services, Asked(" Who? ", 7, GUILD, article=" Lind "))
    own = (Space("42"),)
    assert services.library.asked == [
        ("get", "Lind", own),
        ("Who?", own, {"article_id": "abc", "threshold": 0.7}),
    ]


async def test_direct_messages_see_public(services):
    await answered(services, Asked("Who?", 7, None))
    assert services.library.asked == [("Who?", (PUBLIC,), {"article_id": None, "threshold": None})]


async def test_what_was_sent_is_counted_and_remembered(services, records):
    asked = Asked("Who?", 7, GUILD, source=49)
    await note(services, asked, await answered(services, asked), 50)
    reply = records.replies.of("50")
    assert (reply.source, reply.space, reply.who, reply.question) == ("49", "42", "7", "Who?")
    assert records.questions.activity(Space("42"), 1).days[0].refused == 1


async def test_a_reply_that_cannot_be_remembered_stays(services, monkeypatch, caplog):
    def fail(*_, **__):
        raise StorageError("footnote.db", "the disk is full")

    monkeypatch.setattr("index.store.usage.Questions.count", fail)
    asked = Asked("Who?", 7, GUILD)
    await note(services, asked, await answered(services, asked), 50)
    assert "message 50 is not remembered" in caplog.text


async def test_a_question_is_recalled_as_that_of_whoever_presses(services, records):
    records.replies.put("50", Space("42"), "7", "Who?", source="49", article="abc")
    assert await recall(services, 50, 8, GUILD) == Asked("Who?", 8, GUILD, article="abc")
    records.replies.put("51", PUBLIC, "7", "Who?")
    assert await recall(services, 51, 7, None) == Asked("Who?", 7, None)


@pytest.mark.parametrize(
    ("message", "user", "guild"),
    [(49, 7, GUILD), (50, 7, 43), (50, 7, None), (51, 8, None), (51, 7, GUILD)],
    ids=["unknown", "another server", "server's in DM", "another's DM", "DM's in a server"],
)
async def test_elsewhere_it_is_forgotten(services, records, message, user, guild):
    records.replies.put("50", Space("42"), "7", "Who?")
    records.replies.put("51", PUBLIC, "7", "Who?")
    with pytest.raises(Forgotten):
        await recall(services, message, user, guild)


TURNS = (Turn("What did Hegseth say about NATO?", "He said no. [1]"),)


async def test_a_follow_up_is_asked_as_it_is_understood(services, records):
    asked = Asked("and Vance?", 7, GUILD, turns=TURNS)
    said = await answered(services, asked)
    assert services.library.asked[-1][0] == "What did Vance say about NATO?"
    assert (said.question, said.understood) == ("and Vance?", "What did Vance say about NATO?")
    await note(services, asked, said, 50)
    assert records.replies.of("50").question == "What did Vance say about NATO?"


async def test_speakers_are_looked_for_in_what_the_asker_may_see(services):
    await answered(services, Asked("and Vance?", 7, GUILD, article="Lind", turns=TURNS))
    searched = [asked for asked in services.library.asked if asked[0] == "search"]
    options = {"article_id": "abc", "limit": SPEAKER_HITS}
    assert searched == [("search", "Vance", (Space("42"), PUBLIC), options)]


async def test_a_question_of_its_own_stays_as_it_was_asked(services):
    said = await answered(services, Asked("Who is Rubio?", 7, GUILD, turns=TURNS))
    assert (said.question, said.understood) == ("Who is Rubio?", None)
