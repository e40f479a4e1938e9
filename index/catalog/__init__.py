"""The SQLite file that everything else can be rebuilt from."""

from index.catalog.catalog import Catalog, version_of
from index.catalog.database import DATABASE
from index.catalog.documents import Change, Documents, Json
from index.catalog.snapshot import ArticleVersion, Snapshot

__all__ = [
    "DATABASE",
    "ArticleVersion",
    "Catalog",
    "Change",
    "Documents",
    "Json",
    "Snapshot",
    "version_of",
]
