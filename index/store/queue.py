"""Questions that one process puts into PostgreSQL and another answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from index.store.sessions import ListenerThread

if TYPE_CHECKING:
    from index.store.postgres import PostgresDatabase

MOST_TRIES = 2
"""A question that two workers did not survive may be why."""

BEAT_SECONDS = 2.0
LEASE_SECONDS = 8
"""A worker that has not said for so long that it lives is taken to be dead; a question that it had
waits for that. If it lives after all, what it answers is dropped once another has the question."""

KEPT_SECONDS = 120
"""Twice what anybody waits for an answer; older questions are of processes that died."""

_ASKED = "footnote_asked"
_ANSWERED = "footnote_answered"

_PUT = sa.text("""
WITH put AS (
    INSERT INTO queue (release, question) SELECT :release, :question
    WHERE EXISTS (SELECT FROM workers WHERE release = :release AND until > now())
    RETURNING id)
SELECT id, pg_notify(:channel, '') FROM put
""")

_TAKE = sa.text("""
WITH taken AS (
    DELETE FROM queue WHERE id = :id AND (answer IS NOT NULL
        OR (until IS NULL OR until <= now()) AND (tries >= :most OR NOT EXISTS (
            SELECT FROM workers WHERE workers.release = queue.release AND workers.until > now()
            AND workers.id IS DISTINCT FROM queue.worker)))
    RETURNING answer, tries)
SELECT answer, tries, true FROM taken
UNION ALL SELECT NULL, 0, false FROM queue WHERE id = :id AND NOT EXISTS (SELECT FROM taken)
""")

_WITHDRAW = sa.text("DELETE FROM queue WHERE id = :id")

# The row alone says whether it is free: what a join says is not looked at again (EvalPlanQual) if
# another worker commits between the look and the lock.
_CLAIM = sa.text("""
UPDATE queue SET worker = :worker, tries = tries + 1, until = now() + :lease * interval '1 second'
WHERE id = (
    SELECT id FROM queue WHERE answer IS NULL AND release = :release AND tries < :most
    AND (until IS NULL OR until <= now()) AND worker IS DISTINCT FROM :worker
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, tries, question
""")

_ANSWER = sa.text("""
WITH answered AS (
    UPDATE queue SET answer = :answer
    WHERE id = :id AND worker = :worker AND tries = :tries AND answer IS NULL RETURNING id)
SELECT pg_notify(:channel, id::text) FROM answered
""")

_GIVE_BACK = sa.text("""
WITH given AS (
    UPDATE queue SET until = now()
    WHERE worker = :worker AND answer IS NULL AND id = coalesce(:id, id) RETURNING id)
SELECT pg_notify(:channel, '') FROM given
""")

_ENTER = sa.text("""
INSERT INTO workers (id, release, until)
VALUES (:worker, :release, now() + :lease * interval '1 second')
ON CONFLICT (id) DO UPDATE SET until = excluded.until
""")

_LIVING = sa.text("""
SELECT count(*) FILTER (WHERE release = :release), count(*) FILTER (WHERE release <> :release)
FROM workers WHERE until > now()
""")

_LEAVE = sa.text("DELETE FROM workers WHERE id = :worker OR until < now()")

_EXTEND = sa.text("""
UPDATE queue SET until = now() + :lease * interval '1 second'
WHERE id = ANY (CAST(:ids AS bigint[])) AND worker = :worker AND answer IS NULL AND until > now()
""")

_FORGET = sa.text("DELETE FROM queue WHERE at < now() - :kept * interval '1 second'")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A question that a worker has; `tries` is the number of this try, from 1."""

    id: int
    tries: int
    question: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a question: an answer, or None where after so many tries there is none."""

    answer: str | None
    tries: int

    @property
    def failed(self) -> bool:
        """Whether it is not to be tried again."""
        return self.answer is None and self.tries >= MOST_TRIES


class Queue:
    """The queue of one database. Thread-safe; every call blocks. Raises StorageError.

    A worker answers for processes of its own release alone. All times are those of the database's
    clock.
    """

    def __init__(self, database: PostgresDatabase, release: str) -> None:
        self._database = database
        self._release = release

    def put(self, question: str) -> int | None:
        """Put a question and return its number; None where no worker lives."""
        rows = self._run(_PUT, release=self._release, question=question, channel=_ASKED)
        return rows[0][0] if rows else None

    def take(self, number: int) -> Taken | None:
        """Take a question out with its answer, or once no worker is to try it; None until then.

        It has had no try where the server crashed meanwhile and forgot it.
        """
        rows = self._run(_TAKE, id=number, most=MOST_TRIES)
        if not rows:
            return Taken(None, 0)
        answer, tries, is_taken = rows[0]
        return Taken(answer, tries) if is_taken else None

    def withdraw(self, number: int) -> None:
        """Take a question out that nobody waits for any more."""
        self._run(_WITHDRAW, id=number)

    def when_answered(self, notified: Callable[[str], None]) -> ListenerThread:
        """Call `notified` in a thread with the number of each question that has an answer now."""
        return ListenerThread(self._database.listen(_ANSWERED), notified)

    def when_asked(self, notified: Callable[[str], None]) -> ListenerThread:
        """Call `notified` in a thread when there may be a question."""
        return ListenerThread(self._database.listen(_ASKED), notified)

    def claim(self, worker: str) -> Claimed | None:
        """Return the oldest question that no worker is at, and that this one has not tried."""
        rows = self._run(
            _CLAIM, worker=worker, release=self._release, most=MOST_TRIES, lease=LEASE_SECONDS
        )
        return Claimed(*rows[0]) if rows else None

    def answer(self, worker: str, claimed: Claimed, answer: str) -> bool:
        """Answer a question; return False where another has it now, or nobody wants it."""
        return bool(
            self._run(
                _ANSWER,
                worker=worker,
                id=claimed.id,
                tries=claimed.tries,
                answer=answer,
                channel=_ANSWERED,
            )
        )

    def give_back(self, worker: str, number: int | None = None) -> None:
        """Let another worker try a question at once, or all that this one has."""
        self._run(_GIVE_BACK, worker=worker, id=number, channel=_ASKED)

    def beat(self, worker: str, at_hand: Iterable[int] = (), *, takes_more: bool = True) -> None:
        """Say that a worker lives, what it is at, and whether it takes more; every BEAT_SECONDS.

        What processes left that died is forgotten.
        """
        if takes_more:
            self._run(_ENTER, worker=worker, release=self._release, lease=LEASE_SECONDS)
        self._run(_LEAVE, worker=None if takes_more else worker)
        self._run(_EXTEND, worker=worker, ids=list(at_hand), lease=LEASE_SECONDS)
        self._run(_FORGET, kept=KEPT_SECONDS)

    def living(self) -> tuple[int, int]:
        """Count the workers that live, of this release and of others."""
        ((ours, others),) = self._run(_LIVING, release=self._release)
        return ours, others

    def _run(self, statement: sa.TextClause, **values: object) -> list[Any]:
        with self._database.beside() as connection:
            result = connection.execute(statement, values)
            return list(result.all()) if result.returns_rows else []
