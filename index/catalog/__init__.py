"""The SQLite file that everything else can be rebuilt from."""

from index.catalog.catalog import Catalog, version_of
from index.catalog.database import DATABASE
from index.catalog.documents import Change, Documents, Json
from index.catalog.questions import Activity, Day, Gap, Questions
from index.catalog.snapshot import ArticleVersion, Snapshot
from index.catalog.tokens import Tokens
from index.catalog.votes import Complaint, Tally, Vote, Votes

__all__ = [
    "DATABASE",
    "Activity",
    "ArticleVersion",
    "Catalog",
    "Change",
    "Complaint",
    "Day",
    "Documents",
    "Gap",
    "Json",
    "Questions",
    "Snapshot",
    "Tally",
    "Tokens",
    "Vote",
    "Votes",
    "version_of",
]
