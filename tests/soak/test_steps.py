"""What the checks rely on: that what is lost is reported."""

import sqlite3
from contextlib import closing

import pytest

from tests.builders import open_library
from tests.soak.processes import KILLED, Child, die
from tests.soak.steps import ARTICLES, lost, publish

LAST = ARTICLES + 1


@pytest.fixture
def library(tmp_path):
    """A library after all steps up to LAST."""
    with open_library(tmp_path) as library:
        for step in range(LAST + 1):
            publish(library, step)
        yield library


def test_nothing_is_lost_after_the_last_step_or_with_one_more(library):
    assert list(lost(library, LAST)) == []
    assert list(lost(library, LAST - 1)) == []
    assert list(lost(library, LAST - 1, more=False)) != []


def test_an_article_that_is_gone_is_reported(library):
    library.remove("article 3")
    assert list(lost(library, LAST)) == ["article 3 is gone"]


def test_an_earlier_step_is_reported(library):
    publish(library, 3)
    assert list(lost(library, LAST + ARTICLES)) != []


def test_a_lost_passage_is_reported(library, tmp_path):
    article = library.get("article 3")
    with closing(sqlite3.connect(tmp_path / "footnote.db")) as connection:
        connection.execute("DELETE FROM passages WHERE article = ? AND n = 1", (article.id,))
        connection.commit()
    (problem,) = lost(library, LAST)
    assert f"of {article.passages} passages of step 3 are found" in problem


def killed(send):
    send("before")
    die()
    send("after")


def test_what_a_child_sent_before_it_was_killed_is_read():
    with Child(killed) as child:
        assert list(child.messages(60)) == ["before"]
        assert child.process.exitcode == KILLED
