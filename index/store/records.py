"""What is kept beside the articles, by whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from index.model import Space
from index.store.database import Database
from index.store.feeds import Feeds
from index.store.publications import Publications
from index.store.replies import Replies
from index.store.schema import changes, feeds, follows, replies, votes
from index.store.settings_store import SettingsStore
from index.store.subscriptions import Matches, Subscriptions
from index.store.usage import Questions, Tokens, Votes

_USERS = (replies.c.who, votes.c.who, changes.c.who, feeds.c.added_by, follows.c.who)
"""Where a user's id is kept, in the order of KeptOfUser."""

_KEPT_WITHOUT_USER = (changes, feeds)


@dataclass(frozen=True, slots=True)
class KeptOfUser:
    """How much is kept of one user.

    Questions, votes, changes made or wanted, feeds added, and topics subscribed to.
    """

    questions: int
    votes: int
    changes: int
    feeds: int
    subscriptions: int


class Records:
    """What is kept of all spaces; every call blocks for a moment."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.settings = SettingsStore(database)
        self.feeds = Feeds(database)
        self.publications = Publications(database)
        self.questions = Questions(database)
        self.replies = Replies(database)
        self.tokens = Tokens(database)
        self.votes = Votes(database)
        self.subscriptions = Subscriptions(database)
        self.matches = Matches(database)

    def note(
        self,
        message: str,
        space: Space,
        who: str,
        question: str,
        answer: str | None,
        milliseconds: float,
        *,
        perhaps_there: bool | None = False,
        **context: str | None,
    ) -> None:
        """Count a question and remember its answer, None for a refusal, in one commit.

        `perhaps_there` is that of `Questions.count`, `context` that of `Replies.put`.
        """
        answered = answer is not None
        with self.database.writing():
            self.questions.count(
                space, question, milliseconds, answered=answered, perhaps_there=perhaps_there
            )
            self.replies.put(message, space, who, question, answer=answer, **context)

    def held(self, who: str) -> KeptOfUser:
        """Count what is kept of a user, in all spaces."""
        with self.database.reading() as connection:
            counts = (sa.select(sa.func.count()).where(user == who) for user in _USERS)
            return KeptOfUser(*(connection.execute(count).scalar_one() for count in counts))

    def forget(self, who: str) -> None:
        """Delete what is kept of a user; of changes and feeds, that it was them."""
        with self.database.writing() as connection:
            for user in _USERS:
                if user.table in _KEPT_WITHOUT_USER:
                    connection.execute(sa.update(user.table).where(user == who).values({user: ""}))
                else:
                    connection.execute(sa.delete(user.table).where(user == who))
