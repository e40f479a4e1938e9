import asyncio
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from bot.cogs.ask.conversation import asked_by, recall
from bot.errors import Forgotten
from bot.flow import AnswerFlow, Asked, Shown
from bot.llm.draft import EVERY_SECONDS
from bot.runtime.threads import QUESTION_THREADS
from bot.server_settings import LEVELS
from bot.services import Services
from index.errors import StorageError
from index.followups.turns import Turn
from index.model import PUBLIC, THRESHOLDS, Answer, Certainty, Form, Space
from tests.builders import document, open_library

GUILD = 42


class Asking:
    """A library that answers all it is asked, and says what that was."""

    thresholds = THRESHOLDS

    def __init__(self, records) -> None:
        self.records, self.asked = records, []

    def get(self, article, spaces):
        self.asked.append(("get", article, spaces))
        return SimpleNamespace(id="abc")

    def search(self, question, spaces, **options):
        self.asked.append(("search", question, spaces, options))
        return (SimpleNamespace(text="Vance said no."),)

    def ask_of(self, documents, question, **options):
        self.asked.append(("of", documents, question))
        certainty = Certainty.SURE if "Rota" in documents else Certainty.NONE
        return Answer(question, certainty, (), (), (), 0.1)

    def ask(self, question, spaces, **options):
        self.asked.append((question, spaces, options))
        return Answer(
            question,
            Certainty.NONE,
            (),
            (),
            (),
            0.1,
            timings_ms={"total": 40.0},
            perhaps_there="mayor" in question,
            no_articles="queen" in question,
        )

    def recall(self, question, spaces, article_id, earlier, *, what):
        return Answer(question, Certainty.NONE, (), (), (), 0.0)

    def suggestions(self, spaces, *, question=""):
        return ("Who said no?",)


class Surface:
    """Shows answers as message 50, or nothing."""

    every_seconds = EVERY_SECONDS

    def __init__(self, shown=Shown("50", "5")) -> None:  # noqa: B008 - frozen
        self.shown, self.finished = shown, []

    async def draft(self, so_far, writing):
        raise AssertionError("no language model is set")

    async def finish(self, answer, remark):
        self.finished.append((answer, remark))
        return self.shown


@pytest.fixture
def services(records, workers):
    return Services(Asking(records), workers, None)


async def asked_in(services, question, user=7, guild=GUILD, **more) -> Asked:
    return asked_by(user, guild, question, await services.settings_of(guild), **more)


@pytest.mark.parametrize(("document", "asked"), [("Rota", 1), ("Menu", 2)])
async def test_what_came_with_a_question_is_asked_first(services, document, asked):
    await services.flow.ask(Asked("Who rests?", documents=(document,)))
    assert services.library.asked[0] == ("of", (document,), "Who rests?")
    assert len(services.library.asked) == asked


async def test_the_settings_of_the_server_count(services):
    services.server_settings.change(GUILD, "public", False, 7)
    services.server_settings.change(GUILD, "threshold", "strict", 7)
    await services.flow.ask(await asked_in(services, " Who? ", article=" Lind "))
    own = (Space("42"),)
    assert services.library.asked == [
        ("get", "Lind", own),
        ("Who?", own, {"article_id": "abc", "thresholds": LEVELS["strict"]}),
    ]


async def test_direct_messages_see_public(services):
    await services.flow.ask(await asked_in(services, "Who?", guild=None))
    given = {"article_id": None, "thresholds": None}
    assert services.library.asked == [("Who?", (PUBLIC,), given)]


async def test_what_was_shown_is_counted_and_remembered(services, records):
    surface = Surface()
    asked = await asked_in(services, "Who?", source=49)
    answer = await services.flow.answer(asked, surface)
    assert surface.finished == [(answer, "")]
    reply = records.replies.of("50")
    assert (reply.source, reply.space, reply.who, reply.question) == ("49", "42", "7", "Who?")
    assert (reply.channel, reply.before, reply.answer) == ("5", None, None)
    assert records.questions.activity(Space("42"), 1).days[0].refused == 1


async def test_what_was_shown_is_remembered_however_many_questions_wait(services, records):
    gate = threading.Event()
    surface = Surface()
    waiting = []

    async def finish(answer, remark):
        waiting.extend(
            asyncio.create_task(services.workers.ask(gate.wait, 30))
            for _ in range(QUESTION_THREADS + 1)
        )
        await asyncio.sleep(0.01)
        return Shown("50", "5")

    surface.finish = finish
    await services.flow.answer(await asked_in(services, "Who?"), surface)
    assert not gate.is_set()
    assert records.replies.of("50")
    gate.set()
    assert all(await asyncio.gather(*waiting))


async def test_a_refusal_is_noted_as_of_the_kind_that_it_is(services, records):
    for question in ("Who is the mayor?", "Who is the king?", "Who is the queen?"):
        await services.flow.answer(await asked_in(services, question), Surface())
    gaps = records.questions.gaps
    assert [gap.question for gap in gaps(Space("42"), 1, 9)] == ["Who is the king?"]
    there = gaps(Space("42"), 1, 9, perhaps_there=True)
    assert [gap.question for gap in there] == ["Who is the mayor?"]


async def test_a_button_pressed_before_the_answer_is_noted_waits_for_that(services):
    slow, sent = Surface(), asyncio.Event()

    async def finish(answer, remark):
        sent.set()
        await asyncio.sleep(0.05)  # Discord shows the message before it says which one it is
        return Shown("50", "5")

    slow.finish = finish
    async with asyncio.TaskGroup() as group:
        group.create_task(services.flow.answer(await asked_in(services, "Who?"), slow))
        await sent.wait()
        assert (await recall(services, 50, 7, GUILD)).question == "Who?"
    assert not await services.flow.noted()


async def test_what_was_not_shown_is_not_remembered(services, records):
    await services.flow.answer(await asked_in(services, "Who?"), Surface(shown=None))
    assert records.held("7").questions == 0
    assert records.questions.activity(Space("42"), 1).days[0].refused == 0


async def test_an_answer_that_cannot_be_remembered_stays(services, records, monkeypatch, caplog):
    def fail(*_, **__):
        raise StorageError("footnote.db", "the disk is full")

    monkeypatch.setattr("index.store.replies.Replies.put", fail)
    await services.flow.answer(await asked_in(services, "Who?"), Surface())
    assert "message 50 is not remembered" in caplog.text
    # All of it is one commit.
    assert records.questions.activity(Space("42"), 1).days[0].refused == 0


async def test_a_question_is_recalled_as_that_of_whoever_presses(services, records):
    records.replies.put("50", Space("42"), "7", "Who?", source="49", article="abc")
    assert await recall(services, 50, 8, GUILD) == await asked_in(
        services, "Who?", user=8, article="abc"
    )
    records.replies.put("51", PUBLIC, "7", "Who?")
    assert await recall(services, 51, 7, None) == await asked_in(services, "Who?", guild=None)


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
SPACES = (Space("42"), PUBLIC)


async def test_a_follow_up_is_asked_as_it_is_rewritten(services, records):
    said = await services.flow.answer(
        Asked("and JD Vance?", SPACES, turns=TURNS, before="40", who="7"), Surface()
    )
    assert "What did JD Vance say about NATO?" in [one[0] for one in services.library.asked]
    assert (said.question, said.rewritten) == ("and JD Vance?", "What did JD Vance say about NATO?")
    reply = records.replies.of("50")
    assert (reply.question, reply.before) == ("What did JD Vance say about NATO?", "40")


async def test_a_question_of_its_own_stays_as_it_was_asked(services):
    said = await services.flow.ask(Asked("Who is Rubio?", SPACES, turns=TURNS))
    assert (said.question, said.rewritten) == ("Who is Rubio?", None)


@pytest.fixture
def articles(tmp_path):
    with open_library(tmp_path / "library") as library:
        more = {"author": "Helena Smith", "published": "2026-08-14"}
        library.ingest([document("Fire", "Pine woods burned on Evia.", **more)])
        library.ingest([document("Fair", "The fair of Orm opened.", author="Bo Kern")])
        yield library


FIRE = Turn("Which articles mention pine woods?", "Pine woods burned on Evia. [1]")


@pytest.mark.parametrize(
    ("turns", "question", "said"),
    [
        ((FIRE,), "When was that published?", "14 August 2026"),
        ((FIRE,), "and who wrote it?", "Helena Smith"),
        ((FIRE,), "Who wrote “Fair”?", "Bo Kern"),
        ((FIRE,), "How many articles do you have?", "I have 2 articles."),
    ],
)
async def test_the_article_of_the_last_answer_is_meant(articles, turns, question, said):
    flow = AnswerFlow(articles, in_line)
    answer = await flow.ask(Asked(question, turns=turns))
    assert said in answer.text
    assert answer.question == question
    assert answer.rewritten is None


@pytest.mark.parametrize(
    "turns",
    [(), (Turn("What did the letter about pine woods say?", "It said no."),), (Turn("Why?"),)],
)
async def test_that_may_be_no_article(articles, turns):
    answer = await AnswerFlow(articles, in_line).ask(Asked("Who wrote it?", turns=turns))
    assert answer.form is not Form.FACTS


async def in_line(call, *given):
    return call(*given)


async def test_no_language_model_words_facts_and_lists(articles):
    flow = AnswerFlow(articles, in_line, Mock())
    for question in ("How many articles do you have?", "Which articles mention pine woods?"):
        surface = Surface(shown=None)
        answer = await flow.answer(Asked(question), surface)
        assert answer.certainty is Certainty.SURE
        assert surface.finished == [(answer, "")]


STORM = "Pine woods burned on Evia, they say"


@pytest.mark.parametrize("question", ["what burned there?", "What burned?", "where was that?"])
async def test_a_reply_is_asked_of_what_the_message_is_about(articles, question):
    articles.ingest([document("Mill", "A mill burned in Orm.", published="2026-09-01")])
    answer = await AnswerFlow(articles, in_line).ask(Asked(question, about=STORM))
    assert answer.within == articles.get("Fire").id
    assert answer.rewritten is None, "how it was completed is only likely"
    if answer.answered:
        assert "Evia" in answer.text


async def test_a_reply_on_who_wrote_something_means_the_article(articles):
    answer = await AnswerFlow(articles, in_line).ask(Asked("who wrote this?", about=STORM))
    assert "Helena Smith" in answer.text


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Who opened the fair of Orm?", STORM),  # it names its subject
        ("What opened?", "I had soup for lunch"),  # no article is about that
    ],
)
async def test_a_reply_of_its_own_stands_alone(articles, question, about):
    flow = AnswerFlow(articles, in_line)
    found = await flow.ask(Asked(question, about=about))
    alone = await flow.ask(Asked(question))
    assert (found.text, found.within, found.rewritten) == (alone.text, None, None)


async def test_what_a_message_is_about_is_looked_for_where_the_asker_may(articles):
    flow = AnswerFlow(articles, in_line)
    answer = await flow.ask(Asked("what burned there?", (Space("42"),), about=STORM))
    assert not answer.answered
    assert answer.within is None
