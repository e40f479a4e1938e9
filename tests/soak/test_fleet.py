"""What the figures of the fleet rely on: that what is wrong is reported."""

from types import SimpleNamespace

import pytest

from tests.soak.fleet import judging
from tests.soak.fleet.fleet import Outages
from tests.soak.fleet.news import News, news
from tests.soak.fleet.people import WORDS, Server, Use

NEVER = Outages()
GUILD = SimpleNamespace(id="1", name="Quilvarn")


def channel(*texts):
    messages = [SimpleNamespace(text=text) for text in texts]
    return SimpleNamespace(history=lambda: messages)


def server(number=7, **channels):
    places = {name: channel() for name in ("channel", "news", "alerts")} | channels
    return Server(number, GUILD, *places.values(), None)


def fleet(bot=NEVER, database=NEVER):
    process = SimpleNamespace(outages=bot, log="interaction 5 is gone: 10062")
    return SimpleNamespace(bot_of=lambda _: process, outages=database)


def use(*texts, expected="word", at=100.0, loading=False, of=None):
    messages = [
        SimpleNamespace(text=text, loading=loading, id=str(n)) for n, text in enumerate(texts)
    ]
    seen = SimpleNamespace(messages=messages, content_text="\n".join(texts), t0=at, t_final=1.0)
    return Use("/ask", of or server(), seen, expected)


def reported(figures):
    return [figure.what for figure in figures if not figure.held]


def test_an_answer_in_time_is_all_right():
    assert reported(judging.uses(fleet(), [use("the word")])) == []


@pytest.mark.parametrize(
    ("one", "what"),
    [
        (use("the word", "the word"), "answered twice"),
        (use("another"), "answered wrongly"),
        (use(), "not answered"),
        (use("thinking", loading=True), "not answered"),
        (use(judging.SORRY[0]), "not answered"),
    ],
)
def test_what_is_wrong_with_an_answer_is_reported(one, what):
    found = reported(judging.uses(fleet(), [one, use("the word")]))
    assert [each for each in found if each.startswith(what)] == found != []


def test_what_came_too_late_is_reported_apart():
    late = use()
    late.seen.id = "5"
    assert reported(judging.uses(fleet(), [late, use("the word")])) == [
        "too late, or told that it took too long"
    ]


@pytest.mark.parametrize("one", [use(), use(judging.SORRY[0])])
def test_a_kill_or_an_outage_after_the_question_excuses_a_missing_answer(one):
    during, later = Outages([(101.0, 105.0)]), Outages([(150.0, 155.0)])
    asked = [one, use("the word")]
    assert reported(judging.uses(fleet(bot=during), asked)) == []
    assert reported(judging.uses(fleet(database=during), asked)) == []
    assert reported(judging.uses(fleet(bot=later, database=later), asked)) != []


@pytest.mark.parametrize(
    ("rows", "count", "wrong"),
    [({"0"}, 1, 0), (set(), 0, 1), ({"0"}, 2, 1)],
    ids=["recorded once", "not recorded", "counted twice"],
)
async def test_each_answer_is_recorded_once(monkeypatch, rows, count, wrong):
    monkeypatch.setattr(judging, "_recorded", lambda _: (rows, count))
    of = fleet()
    of.database = ""
    assert len(reported(await judging.records(of, [use("the word")]))) == wrong


def test_a_secret_of_another_server_is_reported():
    one, other = server(7), server(8)
    assert WORDS.fullmatch(one.word)
    assert judging.isolation([one, other], [use(one.word, of=one)]).held
    assert not judging.isolation([one, other], [use(one.word, of=other)]).held
    assert not judging.isolation([server(8, alerts=channel(f"{one.word}n3"))], []).held
    direct = use(one.word)
    assert not judging.isolation([], [Use("direct message", None, direct.seen, "")]).held


@pytest.mark.parametrize(
    ("times", "all_named", "held"),
    [(1, True, True), (2, False, False), (0, True, False), (0, False, True)],
)
def test_what_is_notified_twice_or_never_is_reported(times, all_named, held):
    one, other = news(server(), 3), news(server(), 4)
    said = channel(*[f"New: {one.title}"] * times, other.title)
    reported = judging.notified_once("announced", [said], [one, other], all_named=all_named)
    assert reported.held is held


def test_an_article_is_confirmed_by_its_id():
    field = {"name": "ID", "value": "`a1`"}
    one = news(server(), 3)
    with_id = SimpleNamespace(embeds=[{"fields": [field]}])
    assert News(one.server, one.name, one.word, with_id).is_confirmed
    assert not News(one.server, one.name, one.word, SimpleNamespace(embeds=[])).is_confirmed
    assert not one.is_confirmed


def test_no_two_articles_have_a_name_or_a_word_of_another():
    made = [news(server(), number) for number in range(1, 2_000)]
    assert len({one.title for one in made}) == len({one.word for one in made}) == len(made)
