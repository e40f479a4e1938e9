"""A folder's files as articles of a space, kept in step with the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import sources
from index.ingest import File, Progress
from index.library import Library
from index.model import PUBLIC, Added, Article, Report, Space

Signature = tuple[int, int]
"""A file's size and when it was written (ns)."""

NOTHING = Report((), (), 0.0)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a look at the folder brought.

    `report` is of the files that are new or were written to, `removed` are the articles whose
    files are gone. `missing` says that the folder itself is; then its articles stay.
    """

    report: Report = NOTHING
    removed: tuple[Article, ...] = ()
    missing: bool = False


class Folder:
    """Knows which files it has read, and reads those that change. Not thread-safe."""

    def __init__(self, library: Library, path: Path, space: Space = PUBLIC) -> None:
        self.path = path
        self._library = library
        self._space = space
        self._read: dict[Path, Signature] = {}
        self._unreadable: set[Path] = set()
        self._waiting: dict[Path, Signature] = {}
        self._listed: Sequence[Article] = ()
        self._changed = 0

    @property
    def waiting(self) -> bool:
        """Tell whether files changed that were not read yet, as they may be half written."""
        return bool(self._waiting)

    def sync(self, *, settled: bool = False, progress: Progress | None = None) -> Synced:
        """Index what changed, and remove the articles whose files are gone.

        With `settled` a file that changed is read only once two syncs have found it the same.
        """
        if not self.path.is_dir():
            return Synced(missing=True)
        files = self._files()
        changed = {path: found for path, found in files.items() if self._read.get(path) != found}
        ready = {
            path: found
            for path, found in changed.items()
            if not settled or self._waiting.get(path) == found
        }
        self._waiting = {path: found for path, found in changed.items() if path not in ready}
        report = self._index(ready, progress)
        self._read = {path: found for path, found in self._read.items() if path in files} | ready
        gone = self._gone()
        if gone or any(one.status == "replaced" for one in report.added):
            report = replace(report, added=(*report.added, *self._read_twins()))
            gone = self._gone()
        return Synced(report, tuple(self._library.remove(a.id, (self._space,)) for a in gone))

    def _files(self) -> dict[Path, Signature]:
        found: dict[Path, Signature] = {}
        for path in sources.find([self.path]):
            try:
                status = path.stat()
            except OSError:  # gone by now
                continue
            found[path] = (status.st_size, status.st_mtime_ns)
        return found

    def _index(self, paths: Iterable[Path], progress: Progress | None) -> Report:
        inputs = [File(path) for path in paths]
        if not inputs:
            return NOTHING
        report = self._library.ingest(inputs, self._space, progress=progress)
        self._unreadable.difference_update(one.path for one in inputs)
        self._unreadable.update(Path(failed.name) for failed in report.failed)
        return report

    def _read_twins(self) -> Iterator[Added]:
        """Read the files again whose text was another's; yield what has become an article."""
        origins = {article.origin for article in self._articles()}
        twins = [path for path in self._read if str(path.resolve()) not in origins]
        report = self._index([path for path in twins if path not in self._unreadable], None)
        return (one for one in report.added if one.status == "added")

    def _gone(self) -> list[Article]:
        return [article for article in self._articles() if not _is_there(article.origin or "")]

    def _articles(self) -> Sequence[Article]:
        """Return the articles that were read from the folder, listed anew where any has changed."""
        changed = self._library.last_change(self._space)
        if changed != self._changed:
            self._listed = self._library.from_folder(self.path, self._space)
            self._changed = changed
        return self._listed


def _is_there(path: str) -> bool:
    """Tell whether a file is there, be it readable or not."""
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
