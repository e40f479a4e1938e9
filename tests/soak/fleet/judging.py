"""What has to be so in the end, whatever was killed: as figures."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, cast

import chromadb
import psycopg
from chromadb.config import Settings

from tests.fakediscord.model import Channel
from tests.fakediscord.waiting import now
from tests.soak.check import Figure, first_few
from tests.soak.checks.faults import UNHANDLED
from tests.soak.fleet.fleet import Fleet, Process
from tests.soak.fleet.news import Desk, News
from tests.soak.fleet.people import ANSWER_SECONDS, WORDS, Server, Use
from tests.soak.simulation.timing import spread

LOST_SECONDS = ANSWER_SECONDS
"""After a question, within which a kill or an outage may take its answer along."""

KILL_SECONDS = 10.0
"""After an answer, within which a kill may come before it is recorded."""

END_SECONDS = 30.0
"""Within which a process that starts while the database is gone has ended."""

CHROMA_SECONDS = 120.0
CHROMA_SETTINGS = Settings(anonymized_telemetry=False)

SORRY = ("I can't use my index right now", "about to restart")
"""What the bot answers where the database is away."""

TOO_LONG = "That took too long"
"""What it answers where the machine is too slow."""


def uses(fleet: Fleet, done: Sequence[Use]) -> Iterator[Figure]:
    """What people were answered."""
    counted = Counter(use.action for use in done).most_common()
    kinds = ", ".join(f"{n} {action}" for action, n in counted)
    yield Figure("uses", f"{len(done):,} ({kinds})", bool(done))
    answered = [use for use in done if _is_answered(use)]
    times = [use.seen.t_final or 0.0 for use in answered]
    yield Figure("answered after", spread(times), bool(times))
    twice = [f"{use.action}: {use.seen!r}" for use in done if len(use.seen.messages) > 1]
    yield Figure("answered twice", first_few(twice), not twice)
    wrong = [
        f"{use.action}: {text[:120]!r}"
        for use in answered
        if not any(words in (text := use.seen.content_text) for words in (use.expected, TOO_LONG))
        and not _is_sorry(text)
    ]
    yield Figure("answered wrongly", first_few(wrong), not wrong)
    slow = [use for use in done if _is_slow(fleet, use)]
    yield Figure("too late, or told that it took too long", str(len(slow)), not slow, timed=True)
    sorry = [use for use in answered if _is_sorry(use.seen.content_text)]
    silent = [use for use in done if not _is_answered(use)]
    unaccounted = [
        f"{use.action} at {use.seen.t0:.1f}: {use.seen!r}"
        for use in (*silent, *sorry)
        if use not in slow and not _is_excused(fleet, use, use.seen.t0, use.seen.t0 + LOST_SECONDS)
    ]
    # Not judged in the suite yet: an answer shown just before a kill may be unrecorded, and its
    # buttons then do nothing.
    yield Figure(
        "not answered, or told that it is not possible, as a process or the database was gone",
        f"{len(silent)} and {len(sorry)} of {len(done):,}; without that: {first_few(unaccounted)}",
        not unaccounted,
        timed=True,
    )


def _is_answered(use: Use) -> bool:
    messages = use.seen.messages
    return bool(messages) and not any(message.loading for message in messages)


def _is_sorry(text: str) -> bool:
    return any(words in text for words in SORRY)


def _is_slow(fleet: Fleet, use: Use) -> bool:
    """Tell whether it was not answered, or not in time, and the bot said so, here or in its log."""
    asked = getattr(use.seen, "id", None)
    return TOO_LONG in use.seen.content_text or (
        asked is not None and f"interaction {asked} is gone" in _bot_of(fleet, use).log
    )


def _bot_of(fleet: Fleet, use: Use) -> Process:
    return fleet.bot_of(use.server.guild if use.server else None)


def _is_excused(fleet: Fleet, use: Use, first: float, last: float) -> bool:
    outages = (_bot_of(fleet, use).outages, fleet.outages)
    return any(each.within(first, last) for each in outages)


async def records(fleet: Fleet, done: Sequence[Use]) -> Iterator[Figure]:
    """What the database has of it."""
    rows, count = await asyncio.to_thread(_recorded, fleet.database)
    answered = {
        use.seen.messages[0].id: use
        for use in done
        if use.records and _is_answered(use) and use.expected in use.seen.content_text
    }
    missing = [use for message, use in answered.items() if message not in rows]
    unaccounted = []
    for use in missing:
        at = use.seen.t0 + (use.seen.t_final or 0.0)
        if not _is_excused(fleet, use, at, at + KILL_SECONDS):
            unaccounted.append(f"{use.action}: {use.seen!r}")
    return iter(
        [
            Figure(
                "answered and not recorded, as it was killed or the database gone at that moment",
                f"{len(missing)} of {len(answered):,}; without that: {first_few(unaccounted)}",
                bool(answered) and not unaccounted,
            ),
            Figure(
                "answers that are recorded, and questions that are counted",
                f"{len(rows):,} and {count:,}",
                len(rows) == count,
            ),
        ]
    )


def _recorded(database: str) -> tuple[set[str], int]:
    with closing(psycopg.connect(database)) as connection:
        rows = {message for (message,) in connection.execute("SELECT message FROM replies")}
        counted = connection.execute("SELECT coalesce(sum(count), 0) FROM questions").fetchone()
    return rows, int(counted[0]) if counted else 0


def articles(desk: Desk, missing: Sequence[News], unfound: Mapping[str, str]) -> Iterator[Figure]:
    """What became of the articles."""
    confirmed = sum(one.is_confirmed for one in desk.indexed)
    seen = f"{confirmed} of {len(desk.indexed)} that were sent, {len(desk.fed)} from feeds"
    yield Figure("articles that were confirmed", seen, confirmed > 0)
    titles = [f"{one.title} of {one.server.name}" for one in missing]
    yield Figure("of these not in the database in the end", first_few(titles), not titles)
    answers = [f"{question} {said!r}" for question, said in unfound.items()]
    yield Figure("of these not found by a question in the end", first_few(answers), not answers)


async def vectors(fleet: Fleet) -> Figure:
    """Whether Chroma has all passages, soon after the last kill."""
    began = now()
    while lacking := await asyncio.to_thread(_lacking, fleet):
        if now() > began + CHROMA_SECONDS:
            break
        await asyncio.sleep(1.0)
    seen = f"{lacking} after {now() - began:.0f} s"
    return Figure("passages that Chroma lacks in the end", seen, not lacking, timed=True)


def _lacking(fleet: Fleet) -> int:
    with psycopg.connect(fleet.database) as connection:
        rows = connection.execute(
            "SELECT a.id || ':' || a.version || ':' || p.n FROM articles a"
            " JOIN passages p ON p.article = a.id AND p.version = a.version"
        )
        current = {name for (name,) in rows}
    client = chromadb.HttpClient(port=fleet.chroma.port, settings=CHROMA_SETTINGS)
    held = {id_ for one in client.list_collections() for id_ in one.get(include=[])["ids"]}
    client.close()
    for part in (client, client._admin_client):  # these it leaves open
        cast("Any", part)._server._session.close()
    return len(current - held)


def work(fleet: Fleet, done: Sequence[Use]) -> Iterator[Figure]:
    """What it took."""
    for what, processes in (("bots", fleet.bots), ("workers", fleet.workers)):
        each = sum(one.worked_seconds for one in processes) / max(len(done), 1) * 1000
        yield Figure(f"processor time of the {what}, starts aside, a use", f"{each:.0f} ms", True)
    yield Figure("connections to the database", f"{fleet.connections} at most", True)


def logs(fleet: Fleet) -> Iterator[Figure]:
    """What the processes say of themselves."""
    ended = [
        f"{one.name} at {at:.1f}"
        for one in fleet.processes
        for at in one.ends
        if not fleet.outages.within(at - END_SECONDS, at)
    ]
    ended += [f"{one.name} in the end" for one in fleet.processes if not one.is_running]
    yield Figure("ended by themselves while the database was there", first_few(ended), not ended)
    unhandled = [
        f"{process.name}: {line}"
        for process in fleet.processes
        for line in process.log.splitlines()
        if UNHANDLED.search(line)
    ]
    yield Figure("exceptions that nothing handled", first_few(unhandled), not unhandled)
    errors = [f"{one.method} {one.path}: {one.status} {one.response}" for one in fleet.fd.errors]
    errors += fleet.fd.unknown_routes
    yield Figure("calls that Discord refused", first_few(errors), not errors)


def notified_once(
    what: str, channels: Iterable[Channel], of: Sequence[News], *, all_named: bool = False
) -> Figure:
    """Whether the channels name an article at most once, and with `all_named` each of them.

    A notification names only some of many that come together.
    """
    texts = [message.text for channel in channels for message in channel.history()]
    counts = Counter({one.title: sum(one.title in text for text in texts) for one in of})
    twice = [f"{title} {n} times" for title, n in counts.items() if n > 1]
    named = sum(n > 0 for n in counts.values())
    seen = f"{named} of {len(of)}; more than once: {first_few(twice)}"
    return Figure(what, seen, named >= (len(of) if all_named else 1) and not twice)


def isolation(servers: Sequence[Server], done: Sequence[Use]) -> Figure:
    """Whether a server saw a secret of another, in whatever was written there or answered."""
    leaks = []
    for server in servers:
        places = (server.channel, server.news, server.alerts)
        texts = [m.text for place in places for m in place.history()]
        texts += [use.seen.content_text for use in done if use.server is server]
        leaks += [
            f"{server.name} saw {found[0]}"
            for text in texts
            for found in WORDS.finditer(text)
            if int(found[1]) != server.number
        ]
    direct = (use.seen.content_text for use in done if use.server is None)
    leaks += [
        f"{found[0]} in a direct message" for text in direct for found in WORDS.finditer(text)
    ]
    return Figure("secrets of another server that were seen", first_few(leaks), not leaks)
