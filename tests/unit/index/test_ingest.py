"""What becomes of each kind of input, on a real library with the toy embedder."""

import pytest

from index.errors import EmbedderChanged
from index.ingest import Data, File, Link, Text, files
from index.library import Library
from index.model import Failed, Space
from index.sources import Given
from index.web.fetch import FetchedPage, FetchError
from tests.builders import document
from tests.fake_models import OtherModel

LINK = "https://news.example/harbour"
GONE = Failed(LINK, "the site answered 404")


def page(link):
    return FetchedPage(f"{link}?final", "page.txt", b"Harbour shuts\n\nThe harbour shut on Friday.")


def away(link):
    raise FetchError(link, "the site answered 404")


def statuses(report):
    return [one.status for one in report.added]


def test_each_kind_of_input_is_indexed_and_one_that_fails_stops_no_other(library, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Ferry sails\n\nThe ferry sails at noon.")
    inputs = [
        document(),
        File(tmp_path / "none.txt"),
        File(file, Given(title="Ours")),
        Data("b.md", b"# Owls\n\nOwls hunt at night."),
        Text("the text", " ! "),
        Text("the text", "The tram stopped.", Given("Tram", "The Gazette", "2025-02-14")),
        Link(LINK),
    ]
    report = library.ingest(inputs, fetch=page)
    assert [a.article.title for a in report.added] == [
        "Harbour opens", "Ours", "Owls", "Tram", "Harbour shuts",
    ]  # fmt: skip
    assert [f.name for f in report.failed] == [str(tmp_path / "none.txt"), "the text"]
    assert library.get("Ours").origin == str(file)
    tram, fetched = library.get("Tram"), library.get("Harbour shuts")
    assert (tram.source, tram.published, tram.origin) == ("The Gazette", "2025-02-14", None)
    assert (fetched.source, fetched.origin) == (f"{LINK}?final", LINK)
    assert statuses(library.ingest([*files([file]), Link(LINK)], fetch=page)) == [
        "replaced",
        "unchanged",
    ]


def test_a_link_is_fetched_again_and_its_article_replaced_in_its_own_space(library):
    library.ingest([document(origin=LINK)], Space("42"))
    report = library.ingest(library.list((Space("42"),)), fetch=page)
    assert statuses(report) == ["replaced"]
    (article,) = library.list((Space("42"),))
    assert library.text(article.id, (Space("42"),)) == page(LINK).data.decode()


def test_a_date_that_only_a_feed_gave_stays_when_the_page_is_fetched_again(library):
    def dated(link):
        return FetchedPage(
            link, "page.md", b"---\ndate: 2025-03-01\n---\n# Harbour shuts\n\nIt shut."
        )

    library.ingest([Link(LINK, Given(published="2025-02-14"))], fetch=page)
    assert statuses(library.ingest(library.list(), fetch=page)) == ["unchanged"]
    assert library.get("Harbour shuts").published == "2025-02-14"
    library.ingest(library.list(), fetch=dated)
    assert library.get("Harbour shuts").published == "2025-03-01", "the page's own date is newer"


def test_where_the_site_is_away_the_stored_text_stays_and_it_is_reported(library):
    library.ingest([document(origin=LINK), document("Pasted")])
    report = library.ingest(library.list(), fetch=away)
    assert (statuses(report), report.failed) == (["unchanged"], (GONE,))
    assert library.text("Harbour opens") == document().text


WHOLE = " ".join(f"The pilot boat {n} left the harbour." for n in range(20))
SHORT = "The harbour shut on Friday."


@pytest.mark.parametrize(
    ("stored", "on_page", "kept"),
    [(WHOLE, SHORT, WHOLE), (WHOLE, WHOLE.upper(), WHOLE.upper()), (SHORT, SHORT * 2, SHORT * 2)],
    ids=["a teaser", "a whole text", "a short text before"],
)
def test_a_teaser_does_not_replace_the_whole_text_that_a_feed_gave(library, stored, on_page, kept):
    def answers(link):
        return FetchedPage(link, "page.md", f"# Teaser\n\n{on_page}".encode())

    library.ingest([Text(LINK, stored, Given("Harbour", LINK, "2025-02-14", LINK))])
    for force in (False, True):
        library.ingest(library.list(), fetch=answers, force=force)
        (article,) = library.list()
        assert kept in library.text(article.id)
        assert article.title == ("Harbour" if kept == stored else "Teaser")


def test_what_cannot_be_read_is_made_anew_from_its_stored_text_with_force(library, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Ferry sails\n\nThe ferry sails at noon.")
    library.ingest([document(origin=LINK), File(file)])
    file.unlink()
    library.close()
    with pytest.raises(EmbedderChanged):
        Library.open(tmp_path / "data", OtherModel(), chroma=False)
    with Library.open(tmp_path / "data", OtherModel(), chroma=False, reembed=True) as other:
        report = other.ingest(other.list(), fetch=away, force=True)
        assert statuses(report) == ["replaced", "replaced"]
        assert {f.name for f in report.failed} == {LINK, str(file)}
    with Library.open(tmp_path / "data", OtherModel(), chroma=False) as other:
        assert other.text("Harbour opens") == document().text


def test_an_article_that_was_removed_meanwhile_does_not_come_back(library):
    library.ingest([document(origin=LINK)])
    listed = library.list()
    library.remove(listed[0].id)
    report = library.ingest(listed, fetch=page)
    assert report.failed == (Failed("Harbour opens", "it has been removed in the meantime"),)
    assert library.list() == ()
