"""What is kept beside the articles, by whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from index.catalog.database import Database
from index.catalog.documents import Documents
from index.catalog.feeds import Feeds
from index.catalog.follows import Follows
from index.catalog.matches import Matches
from index.catalog.publications import Publications
from index.catalog.questions import Questions
from index.catalog.replies import Replies
from index.catalog.tokens import Tokens
from index.catalog.votes import Votes


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept of one user.

    Questions, votes, changes made or wanted, feeds added, and topics followed.
    """

    questions: int
    votes: int
    changes: int
    feeds: int
    follows: int


@dataclass(frozen=True, slots=True)
class Records:
    """What is kept of all spaces; every call blocks for a moment."""

    documents: Documents
    feeds: Feeds
    publications: Publications
    questions: Questions
    replies: Replies
    tokens: Tokens
    votes: Votes
    follows: Follows
    matches: Matches

    @classmethod
    def of(cls, database: Database) -> Self:
        """Keep them in a database."""
        return cls(
            Documents(database),
            Feeds(database),
            Publications(database),
            Questions(database),
            Replies(database),
            Tokens(database),
            Votes(database),
            Follows(database),
            Matches(database),
        )

    def held(self, who: str) -> Held:
        """Count what is kept of a user, in all spaces."""
        return Held(
            len(self.replies.by(who)),
            len(self.votes.by(who)),
            len(self.documents.changes_by(who)),
            len(self.feeds.added_by(who)),
            len(self.follows.by(who)),
        )

    def forget(self, who: str) -> None:
        """Delete what is kept of a user; of changes and feeds, that it was them."""
        self.replies.forget(who)
        self.votes.forget(who)
        self.documents.forget(who)
        self.feeds.forget(who)
        self.follows.forget(who)
