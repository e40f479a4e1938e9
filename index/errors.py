"""Everything the index raises. Exceptions carry data; people's words are made where shown.

FootnoteError
├── NotRead                what was given cannot be read (its `reason` is plain words)
│   ├── SourceError        an input that cannot become an article
│   │   ├── EmptySource        no text in it
│   │   ├── UndecodableSource  binary, or in an unknown encoding
│   │   ├── TooLargeSource     over a limit
│   │   └── UnsupportedSource  a kind of file that is not read
│   └── QuestionSetError   a file of the evaluation that is not one of questions
├── UnknownArticle         no such article in the spaces that were searched
├── UndoExpired            what is to be undone is too long ago, or never was
├── UndoneAlready          it has been undone
├── UnknownFeed            no such feed in the space
├── FeedExists             the space follows that feed already
├── LimitReached           there are as many of something as there may be
│   ├── TooManyFeeds       in a space
│   └── TooManySubscriptions  of a user
├── ModelError             the embedding model is missing, altered or not the index's own
│   ├── ModelNotFound      it is neither here nor on the hub
│   ├── ModelHashMismatch
│   └── EmbedderChanged
├── SchemaTooNew           the database was written by a later release
└── StorageError           the data folder cannot be read or written
    └── DamagedDatabase    the database is damaged; what a backup holds can be restored
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.model import Article


class FootnoteError(Exception):
    """Base of all errors that a user can do something about."""


class NotRead(FootnoteError):
    """Base of what cannot be read.

    Attributes:
        name: The file, folder, link or label that was given.
        reason: Why, in plain words, starting in lower case.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class SourceError(NotRead):
    """An input that cannot become an article."""


class EmptySource(SourceError):
    """There is no text in the input."""


class UndecodableSource(SourceError):
    """The input is binary or in an unknown encoding."""


class TooLargeSource(SourceError):
    """The input is over the limit on bytes or words."""


class UnsupportedSource(SourceError):
    """The input is of a kind that is not read."""


class QuestionSetError(NotRead):
    """A file or folder of questions that the evaluation cannot use."""


class UnknownArticle(FootnoteError):
    """No visible article has this id.

    Attributes:
        article_id: What was asked for.
        near: Visible articles that may be meant, best first.
    """

    def __init__(self, article_id: str, near: Sequence[Article] = ()) -> None:
        super().__init__(f"there is no article {article_id!r}")
        self.article_id = article_id
        self.near = near


class UndoExpired(FootnoteError):
    """What is to be undone was done too long ago, or never."""


class UndoneAlready(FootnoteError):
    """What is to be undone has been undone."""


class UnknownFeed(FootnoteError):
    """The space follows no such feed.

    Attributes:
        asked: What was asked for.
    """

    def __init__(self, asked: str) -> None:
        super().__init__(f"there is no feed {asked!r}")
        self.asked = asked


class FeedExists(FootnoteError):
    """The space follows the feed already.

    Attributes:
        url: Its address. title: What it calls itself.
    """

    def __init__(self, url: str, title: str) -> None:
        super().__init__(f"the feed {url} is already followed")
        self.url = url
        self.title = title


class LimitReached(FootnoteError):
    """There are as many of something as there may be.

    Attributes:
        limit: How many that is.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(f"the limit is {limit}")
        self.limit = limit


class TooManyFeeds(LimitReached):
    """The space follows as many feeds as it may."""


class TooManySubscriptions(LimitReached):
    """A user has as many subscriptions as one may."""


class ModelError(FootnoteError):
    """The embedding model cannot be used."""


class ModelNotFound(ModelError):
    """The model that was named is neither on this machine nor on the hub.

    Attributes:
        model: Its name or folder. reason: Why, in plain words, starting in lower case.
    """

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"there is no model {model!r}: {reason}")
        self.model = model
        self.reason = reason


class ModelHashMismatch(ModelError):
    """The model's weights are not the ones that were released.

    Attributes:
        path: The file. expected, found: sha256 digests in hex.
    """

    def __init__(self, path: str, expected: str, found: str) -> None:
        super().__init__(f"{path}: sha256 is {found}, expected {expected}")
        self.path = path
        self.expected = expected
        self.found = found


class EmbedderChanged(ModelError):
    """The index holds another model's vectors.

    Attributes:
        stored: The embedder that made the vectors. current: The one in use.
    """

    def __init__(self, stored: str, current: str) -> None:
        super().__init__(
            f"the index was made with {stored}, not {current}; run: footnote reindex --all"
        )
        self.stored = stored
        self.current = current


class SchemaTooNew(FootnoteError):
    """The database was written by a later release.

    Attributes:
        path: The file. found: Its schema version. supported: The newest that this release reads.
    """

    def __init__(self, path: str, found: int, supported: int) -> None:
        super().__init__(f"{path} has schema {found}; this release reads up to {supported}")
        self.path = path
        self.found = found
        self.supported = supported


class StorageError(FootnoteError):
    """The data folder cannot be read or written.

    Attributes:
        path: The folder or file. reason: Why, in plain words.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class DamagedDatabase(StorageError):
    """The database is damaged; what a backup holds can be restored."""
