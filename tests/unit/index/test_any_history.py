"""A library beside a plain model of it: whatever happens, in whatever order, both say the same."""

from __future__ import annotations

import gc
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from index.errors import UndoExpired, UndoneAlready, UnknownArticle
from index.library import Library
from index.model import PUBLIC, Document, Space
from index.search import bm25
from index.store.backups import restore, save
from index.store.catalog import Catalog
from index.store.sessions import Listener
from tests.builders import open_library
from tests.postgres import Server
from tests.properties import examples

OWN, OTHER = Space("1001"), Space("1002")
SPACES = (PUBLIC, OWN, OTHER)
MEMORY = Path("/dev/shm")
"""A disk that need not be waited for; what a loss of power takes is not tried here."""
WORDS = ("harbour", "ferry", "timber", "mayor")
OTHERS = [f"{a}{b}{c}" for a, b, c in product("bdfgklmnprst", "aeiou", "bdfglmnrst")]
SENTENCES = (1, 12)
"""One passage, and two."""

Key = tuple[Space, int]
"""Where an article is, and its number."""

Drawn = tuple[int, str, int, bool]
"""Number, word, sentences, and whether it is the state of step 0."""


@dataclass(frozen=True)
class State:
    """What a version of an article says; `step` is in every sentence of it.

    The other words of no two are alike, as searches show only some of near copies.
    """

    space: Space
    number: int
    word: str
    sentences: int
    step: int

    @property
    def text(self) -> str:
        words = random.Random(repr(self))
        return " ".join(
            f"The {self.word} of s{self.step} saw {' '.join(words.choices(OTHERS, k=12))}."
            for _ in range(self.sentences)
        )

    @property
    def document(self) -> Document:
        origin = f"https://news.example/{self.number}"
        return Document(f"Article {self.number}", self.text, origin=origin)


@dataclass
class Model:
    """Current states, and of each action what it published in the place of what."""

    current: dict[Key, State] = field(default_factory=dict)
    actions: dict[str, list[tuple[Key, State | None, State]]] = field(default_factory=dict)

    def publish(self, space: Space, states: Sequence[State], action: str | None) -> None:
        for state in states:
            key = space, state.number
            before = self.current.get(key)
            if before != state and action:
                self.actions.setdefault(action, []).append((key, before, state))
            self.current[key] = state

    def undo(self, action: str) -> list[str]:
        """Take back what is still as the action left it; tell what became of each article."""
        became: dict[Key, str] = {}
        left = []
        for key, before, after in reversed(self.actions[action]):
            if self.current.get(key) != after:
                left.insert(0, (key, before, after))
                became[key] = "left"
            elif before is None:
                del self.current[key]
                became[key] = "removed"
            else:
                self.current[key] = before
                became[key] = "restored"
        self.actions[action] = left
        return list(reversed(became.values()))

    def visible(self, spaces: Sequence[Space]) -> Mapping[tuple[Space, str], State]:
        return {
            (space, state.document.title): state
            for (space, _), state in self.current.items()
            if space in spaces
        }


class Killed(BaseException):
    """The process ended here."""


class NoChroma:
    """Chroma as it is for a process that finds it broken: soak has the real one."""

    chroma = None
    state = "in step"

    def __init__(self, *_: object) -> None: ...
    def note_question(self) -> None: ...
    def wake(self) -> None: ...
    def close(self, _: float) -> None: ...
    def wait(self, _: float) -> bool:
        return True


class NoSyncThread:
    """Syncs nothing, as the real one would also after a kill."""

    def __init__(self, news: Listener, _: object) -> None:
        news.close()

    def close(self) -> None: ...


def killed(*_: object) -> None:
    raise Killed


@contextmanager
def opened(folder: Path, database_url: str | None = None) -> Iterator[Library]:
    with (
        mock.patch("index.library.ChromaSync", NoChroma),
        mock.patch("index.library.SyncThread", NoSyncThread),
        open_library(folder, chroma=True, database_url=database_url) as found,
    ):
        yield found


class Histories(RuleBasedStateMachine):
    """One folder, its owner, and what must be in it."""

    actions = Bundle("actions")
    database_url: str | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(
            tempfile.mkdtemp(prefix="history-", dir=MEMORY if MEMORY.is_dir() else None)
        )
        self.data = self.folder / "data"
        self.model = Model()
        self.steps = 0
        self.open()

    def open(self) -> None:
        self.process = ExitStack()
        self.library = self.process.enter_context(opened(self.data, self.database_url))

    def teardown(self) -> None:
        self.process.close()
        shutil.rmtree(self.folder)

    def made(self, space: Space, drawn: Sequence[Drawn]) -> list[State]:
        """New states and, so that the same ones come back, those of step 0."""
        states = []
        for number, word, sentences, again in drawn:
            self.steps += 1
            states.append(State(space, number, word, sentences, 0 if again else self.steps))
        return states

    states = st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(WORDS),
            st.sampled_from(SENTENCES),
            st.sampled_from([False, False, True]),
        ),
        min_size=1,
        max_size=3,
    )
    spaces = st.sampled_from(SPACES)

    @rule(target=actions, space=spaces, states=states)
    def add(self, space: Space, states: list[Drawn]) -> str:
        made = self.made(space, states)
        action = str(self.steps)
        self.library.ingest((one.document for one in made), space, action=action)
        self.model.publish(space, made, action)
        return action

    @rule(space=spaces, states=states)
    def add_for_good(self, space: Space, states: list[Drawn]) -> None:
        made = self.made(space, states)
        self.library.ingest((one.document for one in made), space)
        self.model.publish(space, made, None)

    @rule(space=spaces, number=st.integers(0, 2))
    def remove(self, space: Space, number: int) -> None:
        title = f"Article {number}"
        if self.model.current.pop((space, number), None):
            self.library.remove(title, (space,))
        else:
            with pytest.raises(UnknownArticle):
                self.library.remove(title, (space,))

    @rule(action=actions, space=spaces)
    def undo(self, action: str, space: Space) -> None:
        undo = self.library.records.publications.undo
        noted = self.model.actions.get(action)
        if noted is None or (
            noted and noted[0][0][0] != space
        ):  # all was as it was before, or a backup was restored that is older
            with pytest.raises(UndoExpired):
                undo(action, space)
        elif not noted:
            with pytest.raises((UndoneAlready, UndoExpired)):
                undo(action, space)
        else:
            found = [one.status for one in undo(action, space)]
            assert found == self.model.undo(action)

    @rule(space=spaces)
    def reindex(self, space: Space) -> None:
        report = self.library.ingest(self.library.list((space,)), force=True)
        assert not report.failed

    @rule()
    def stop_and_start(self) -> None:
        self.process.close()
        self.open()

    def kill(self) -> None:
        """Leave as a process does that is killed: nothing is finished, the locks are free."""
        self.process.pop_all()
        self.library._ownership.release()
        self.break_connections()
        del self.library
        gc.collect(0)
        self.open()

    def break_connections(self) -> None:
        raise NotImplementedError

    @rule()
    def kill_at_rest(self) -> None:
        self.kill()

    @rule(
        space=spaces,
        states=states,
        place=st.sampled_from(["before the commit", "before BM25", "amid BM25"]),
    )
    def kill_at_a_write(self, space: Space, states: list[Drawn], place: str) -> None:
        made = self.made(space, states)
        if place == "before the commit":
            at = mock.patch("index.store.catalog.drop_unkept", killed)
        elif place == "before BM25":
            at = mock.patch.object(bm25, "_write", killed)
        else:
            at = mock.patch("index.search.bm25.term_of", killed)
        try:
            with at:
                self.library.ingest((one.document for one in made), space)
        except Killed:
            made = [] if place == "before the commit" else made
        self.model.publish(space, made, None)
        self.kill()

    @rule(space=spaces, word=st.sampled_from(WORDS))
    def ask(self, space: Space, word: str) -> None:
        self.check(self.library, space, word)

    @rule(space=spaces, word=st.sampled_from(WORDS))
    def ask_in_another_process(self, space: Space, word: str) -> None:
        with open_library(self.data, database_url=self.database_url) as library:
            self.check(library, space, word)

    def check(self, library: Library, space: Space, word: str) -> None:
        """Search and ask as a member of a space: all of what is seen, to the letter."""
        spaces = tuple(dict.fromkeys((PUBLIC, space)))
        visible = self.model.visible(spaces)
        hits = library.search(word, spaces, limit=60)
        for hit in hits:
            state = visible[hit.article.space, hit.article.title]
            assert hit.text == hit.passage.span.of(state.text)
            assert f"s{state.step} " in hit.text
        named = {(hit.article.space, hit.article.title) for hit in hits if hit.bm25 > 0}
        assert named == {key for key, state in visible.items() if state.word == word}
        assert len(hits) == sum(article.passages for article in library.list(spaces))
        answer = library.ask(f"What did the {word} see?", spaces)
        for citation in answer.citations:
            state = visible[citation.article.space, citation.article.title]
            assert citation.quote == citation.span.of(state.text)

    @invariant()
    def lists_what_is_there(self) -> None:
        found = {
            (a.space, a.title): self.library.text(a.id, SPACES) for a in self.library.list(SPACES)
        }
        assert found == {key: state.text for key, state in self.model.visible(SPACES).items()}
        assert set(self.library.spaces()) == {space for space, _ in self.model.current}


class SqliteHistories(Histories):
    """The folder has the database too, of which there are backups."""

    backups = Bundle("backups")

    def break_connections(self) -> None:
        database = self.library._catalog.database
        database._writer.close()  # which rolls back
        database._presence.close()

    @rule(target=backups)
    def back_up(self) -> tuple[Path, Model]:
        self.steps += 1
        file = self.folder / f"{self.steps}.db"
        assert save(self.data, file) == len(self.model.current)
        return file, deepcopy(self.model)

    @rule(backup=consumes(backups))
    def restore(self, backup: tuple[Path, Model]) -> None:
        file, self.model = backup
        self.process.close()
        assert restore(file, self.data).articles == len(self.model.current)
        self.open()


class PostgresHistories(Histories):
    """The database is one of a server, which ends connections and is restarted."""

    server: Server

    def __init__(self) -> None:
        self.database_url = self.server.create_empty()
        super().__init__()

    def break_connections(self) -> None:
        assert self.database_url
        self.server.disconnect(self.database_url)
        self.library._catalog.close()

    @rule()
    def the_server_ends_all_connections(self) -> None:
        assert self.database_url
        self.server.disconnect(self.database_url)


@pytest.fixture(scope="module")
def server_of_histories(postgres: Server) -> None:
    PostgresHistories.server = postgres


SETTINGS = examples(15, slower=5, stateful_step_count=25)
TestSqliteHistories = SqliteHistories.TestCase
TestSqliteHistories.settings = SETTINGS
TestPostgresHistories = pytest.mark.usefixtures("server_of_histories")(PostgresHistories.TestCase)
TestPostgresHistories.settings = SETTINGS


def test_the_folder_of_a_model_is_a_catalog(tmp_path):
    with opened(tmp_path / "data"):
        assert (tmp_path / "data" / "lexical").is_dir()
        Catalog(tmp_path / "data" / "footnote.db").close()
