"""What a library keeps besides its articles."""

from __future__ import annotations

from index.catalog.database import Database
from index.catalog.documents import Documents
from index.catalog.publications import Publications
from index.catalog.questions import Questions
from index.catalog.votes import Votes


class Stores:
    """The smaller stores of a database, side by side."""

    def __init__(self, database: Database) -> None:
        self.documents = Documents(database)
        self.publications = Publications(database)
        self.questions = Questions(database)
        self.votes = Votes(database)
