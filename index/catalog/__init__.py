"""The SQLite file that everything else can be rebuilt from."""

from index.catalog.catalog import Catalog, version_of
from index.catalog.database import DATABASE
from index.catalog.documents import Change, Documents, Json
from index.catalog.feeds import Feed, Feeds
from index.catalog.follows import Follow, Followed, Follows
from index.catalog.matches import Arrival, Match, Matches
from index.catalog.publications import UNDO, Publications, Undone
from index.catalog.questions import Activity, Day, Gap, Questions
from index.catalog.records import Held, Records
from index.catalog.replies import Replies, Reply
from index.catalog.snapshot import ArticleVersion, Snapshot
from index.catalog.tokens import Tokens
from index.catalog.votes import Complaint, Tally, Vote, Votes

__all__ = [
    "DATABASE",
    "UNDO",
    "Activity",
    "Arrival",
    "ArticleVersion",
    "Catalog",
    "Change",
    "Complaint",
    "Day",
    "Documents",
    "Feed",
    "Feeds",
    "Follow",
    "Followed",
    "Follows",
    "Gap",
    "Held",
    "Json",
    "Match",
    "Matches",
    "Publications",
    "Questions",
    "Records",
    "Replies",
    "Reply",
    "Snapshot",
    "Tally",
    "Tokens",
    "Undone",
    "Vote",
    "Votes",
    "version_of",
]
