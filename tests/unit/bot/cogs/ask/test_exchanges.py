import asyncio

from bot.cogs.ask import exchanges
from bot.cogs.ask.exchanges import Exchanges, settle
from tests.fakes import ME, message, user


async def test_a_question_that_changes_is_seen_to_again_by_the_same_task():
    exchange = Exchanges().open(message(content="one"))
    seen, go_on = [], asyncio.Event()

    async def see(_, question):
        seen.append(question and question.content)
        await go_on.wait()

    at_work = asyncio.create_task(settle(exchange, see))
    await asyncio.sleep(0)
    assert exchange.reword(message(content="two"))
    await settle(exchange, see)
    assert seen == ["one"], "somebody is at work"
    exchange.question = None
    go_on.set()
    await at_work
    assert seen == ["one", None]
    assert not exchange.at_work


async def test_whoever_fails_leaves_the_work_to_the_next():
    exchange = Exchanges().open(message())

    async def fail(*_):
        raise ValueError

    try:
        await settle(exchange, fail)
    except ValueError:
        assert not exchange.at_work


def test_the_wording_makes_another_question():
    exchange = Exchanges().open(message(content="one"))
    assert not exchange.reword(message(content="one"))
    assert exchange.reword(message(content="two"))
    assert exchange.reword(message(content="two", mentions=[user(ME)]))
    exchange.question = None
    assert not exchange.reword(message(content="three")), "it is deleted"


def test_the_oldest_are_forgotten(monkeypatch):
    monkeypatch.setattr(exchanges, "REMEMBERED", 2)
    kept = Exchanges()
    for number in (1, 2, 3):
        kept.open(message(number))
    assert kept.of(1) is None
    assert kept.of(3)
    kept.drop(3)
    kept.drop(3)
    assert kept.of(3) is None
