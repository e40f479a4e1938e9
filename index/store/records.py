"""What is kept beside the articles, by whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from index.model import Space
from index.store.catalog import Publications
from index.store.database import Database
from index.store.feeds import Feeds
from index.store.replies import Replies
from index.store.settings_store import SettingsStore
from index.store.subscriptions import Matches, Subscriptions
from index.store.usage import Questions, Tokens
from index.store.votes import Votes


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept of one user.

    Questions, votes, changes made or wanted, feeds added, and topics subscribed to.
    """

    questions: int
    votes: int
    changes: int
    feeds: int
    subscriptions: int


@dataclass(frozen=True, slots=True)
class Records:
    """What is kept of all spaces; every call blocks for a moment."""

    settings: SettingsStore
    feeds: Feeds
    publications: Publications
    questions: Questions
    replies: Replies
    tokens: Tokens
    votes: Votes
    subscriptions: Subscriptions
    matches: Matches
    database: Database

    @classmethod
    def of(cls, database: Database) -> Self:
        """Keep them in a database."""
        return cls(
            SettingsStore(database),
            Feeds(database),
            Publications(database),
            Questions(database),
            Replies(database),
            Tokens(database),
            Votes(database),
            Subscriptions(database),
            Matches(database),
            database,
        )

    def note(
        self,
        message: str,
        space: Space,
        who: str,
        question: str,
        *,
        answer: str | None,
        milliseconds: float,
        source: str | None = None,
        article: str | None = None,
        channel: str | None = None,
        before: str | None = None,
    ) -> None:
        """Count a question and remember its answer, None for a refusal, in one commit.

        The other arguments are those of `Reply`.
        """
        with self.database.writing():
            self.questions.count(space, question, milliseconds, answered=answer is not None)
            self.replies.put(
                message,
                space,
                who,
                question,
                source=source,
                article=article,
                channel=channel,
                before=before,
                answer=answer,
            )

    def held(self, who: str) -> Held:
        """Count what is kept of a user, in all spaces."""
        return Held(
            len(self.replies.by(who)),
            len(self.votes.by(who)),
            len(self.settings.changes_by(who)),
            len(self.feeds.added_by(who)),
            len(self.subscriptions.by(who)),
        )

    def forget(self, who: str) -> None:
        """Delete what is kept of a user; of changes and feeds, that it was them."""
        with self.database.writing():
            self.replies.forget(who)
            self.votes.forget(who)
            self.settings.forget(who)
            self.feeds.forget(who)
            self.subscriptions.forget(who)
