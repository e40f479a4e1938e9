"""The SQLite file that everything else can be rebuilt from."""

from index.catalog.catalog import Catalog, version_of
from index.catalog.database import DATABASE
from index.catalog.snapshot import ArticleVersion, Snapshot

__all__ = ["DATABASE", "ArticleVersion", "Catalog", "Snapshot", "version_of"]
