"""The same text under another title or address is one article of its space."""

import pytest

from index.folder_sync import Folder
from index.ingest import Data, File, Link, Text
from index.model import PUBLIC, Space
from index.sources import Given
from index.web.fetch import FetchedPage
from tests.builders import document
from tests.unit.index.test_ingest import statuses

STORY = (
    "The council of Orm approved the tram line on Tuesday. It will cost £41m. "
    "Mayor Ilse Lind said that work starts in May."
)
CREDITS = "This article was first published by The Herald.\n© 2025 Herald Media"
FILE = "Tram approved\n\n" + STORY


def page(link):
    return FetchedPage(link, "page.txt", FILE.encode())


SAME = {
    "tracking": Link("https://news.example/tram?utm_source=feed"),
    "http": Link("http://news.example/tram"),
    "another site": Link("https://herald.example/orm/tram"),
    "uploaded": Data("copy-of-tram.txt", FILE.encode()),
    "pasted": Text("the text", STORY, Given("Orm says yes", "The Gazette", "2025-02-14")),
    "byline": Text("the text", f"Orm says yes\n\nBy Jane Doe, Transport Editor\n\n{STORY}"),
    "credits": Text("the text", f"Orm says yes\n\n{STORY}\n\n{CREDITS}"),
    "dateline": Text("the text", f"Orm says yes\n\nORM (AP) — {STORY}"),
    "teasers": Text("the text", f"{STORY}\n\nRead more: Nine trams built\nFollow us on Facebook"),
    "marks": Text("the text", STORY.replace(". ", ".\n\n")),
    "read already": document("Another title", STORY, source="https://other.example/"),
}


@pytest.mark.parametrize("again", SAME.values(), ids=SAME)
def test_the_same_text_is_one_article(library, again):
    (first,) = library.ingest([Link("https://news.example/tram")], fetch=page).added
    report = library.ingest([again], fetch=page)
    assert (statuses(report), report.added[0].article) == (["duplicate"], first.article)
    assert (report.indexed, report.skipped, report.duplicates) == ((), 0, 1)
    assert library.list() == (first.article,)


OTHER = {
    "corrected sum": STORY.replace("41m", "38.4m"),
    "another currency": STORY.replace("£", "€"),
    "denied": STORY.replace("approved", "did not approve"),
    "another month": STORY.replace("May", "June"),
    "a sentence more": f"{STORY} The opposition voted against it.",
    "a paragraph more": f"{STORY}\n\nUpdated figures put the cost at £43m.",
    "a sentence less": STORY.partition(". ")[2],
}


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER)
def test_a_text_that_differs_in_what_it_says_is_another_article(library, other):
    library.ingest([Text("the text", STORY, Given("Tram approved"))])
    assert statuses(library.ingest([Text("the text", other, Given("Tram"))])) == ["added"]


def test_both_at_once_are_one_article(library):
    report = library.ingest([document("One", STORY), document("Two", f"{STORY}\n\n{CREDITS}")])
    assert statuses(report) == ["added", "duplicate"]
    assert report.added[1].copy == "Two"
    assert len(library.list()) == 1


def test_another_space_knows_nothing_of_it(library):
    library.ingest([document("One", STORY)], Space("1"))
    library.ingest([document("One", STORY)], PUBLIC)
    assert statuses(library.ingest([document("Two", STORY)], Space("2"))) == ["added"]


def test_once_the_article_is_removed_the_text_can_be_added_again(library):
    (first,) = library.ingest([document("One", STORY)]).added
    library.ingest([document("Two", STORY)])
    library.remove(first.article.id)
    assert statuses(library.ingest([document("Two", STORY)])) == ["added"]
    assert [one.title for one in library.list()] == ["Two"]


def test_an_address_whose_text_changes_gets_an_article_of_its_own(library):
    first, second = "https://a.example/tram", "https://b.example/tram"
    library.ingest([document("One", STORY, origin=first, source=first)])
    changed = STORY.replace("May", "June")
    report = library.ingest([document("Two", changed, origin=second, source=second)])
    assert statuses(report) == ["added"]
    report = library.ingest([document("One", changed, origin=first, source=first)])
    assert statuses(report) == ["replaced"], "it stays an article, though it now tells the same"


def test_a_new_title_at_the_same_address_is_a_new_version(library):
    link = "https://a.example/tram"
    library.ingest([document("One", STORY, origin=link, source=link)])
    report = library.ingest([document("Two", STORY, origin=link, source=link)])
    assert statuses(report) == ["replaced"]


@pytest.fixture
def files(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text(FILE)
    (seeds / "b.txt").write_text(f"Orm gets trams\n\n{STORY}\n\n{CREDITS}")
    return seeds


def test_of_two_files_the_second_takes_over_when_the_first_is_gone(library, files):
    folder = Folder(library, files)
    assert statuses(folder.sync().report) == ["added", "duplicate"]
    (before,) = library.list()
    (files / "a.txt").unlink()
    assert folder.sync().removed == ()
    (after,) = library.list()
    assert (after.id, after.title) == (before.id, "Orm gets trams")
    assert after.origin == str(files / "b.txt")


def test_of_two_files_the_second_becomes_an_article_when_the_first_changes(library, files):
    folder = Folder(library, files)
    folder.sync()
    (files / "a.txt").write_text(FILE.replace("41m", "43m, more than planned"))
    assert statuses(folder.sync().report) == ["replaced", "added"]
    assert {one.title for one in library.list()} == {"Tram approved", "Orm gets trams"}


def test_a_copy_of_a_file_is_reported_and_the_article_keeps_its_file(library, files):
    (files / "c.txt").write_text(FILE)
    report = library.ingest([File(files / "a.txt"), File(files / "c.txt")])
    assert statuses(report) == ["added", "duplicate"]
    assert library.list()[0].origin == str(files / "a.txt")
