from datetime import timedelta

import pytest

from index.changes import Changes
from index.errors import UndoExpired, UndoneAlready, UnknownArticle
from index.store.publications import UNDO, Publications, Undone
from tests.builders import ONE, TWO, document
from tests.fakes import NOON
from tests.unit.index.store.test_catalog import EMBEDDER, publish

CLOSED = "The harbour closed again."
TABLES = ("articles", "versions", "passages")


@pytest.fixture
def publications(catalog, clock):
    return Publications(catalog.database, clock)


def everything(catalog):
    with catalog.database.reading() as connection:
        return {t: connection.exec_driver_sql(f"SELECT * FROM {t}").fetchall() for t in TABLES}


def current(catalog, space=ONE):
    with catalog.snapshot() as snapshot:
        return [(a.title, snapshot.text(a)) for a in snapshot.articles([space])]


def test_a_new_article_is_removed(catalog, publications):
    before = everything(catalog)
    publish(catalog, document(), ONE, action="1")
    assert publications.undo("1", ONE) == (Undone("Harbour opens", "removed"),)
    assert everything(catalog) == before


def test_the_version_before_is_restored_to_the_letter(catalog, publications, clock):
    publish(catalog, document(published="2026-03-01", source="https://a.example/"), ONE)
    before = everything(catalog)
    clock.now += timedelta(days=1)
    newer = document(title="Closed", text=CLOSED, source="https://a.example/")
    assert publish(catalog, newer, ONE, action="1").status == "replaced"
    assert current(catalog) == [("Closed", CLOSED)]
    with catalog.snapshot() as snapshot:
        generation = snapshot.generation
    assert publications.undo("1", ONE) == (Undone("Harbour opens", "restored"),)
    assert everything(catalog) == before
    with catalog.snapshot() as snapshot:
        assert snapshot.generation > generation, "the indexes follow"


def test_all_of_an_action_is_undone_at_once(catalog, publications):
    publish(catalog, document(), ONE)
    publish(catalog, document(text=CLOSED), ONE, action="1")
    publish(catalog, document(title="Weather"), ONE, action="1")
    publish(catalog, document(title="Sports"), ONE, action="2")
    statuses = {(one.title, one.status) for one in publications.undo("1", ONE)}
    assert statuses == {("Harbour opens", "restored"), ("Weather", "removed")}
    assert {title for title, _ in current(catalog)} == {"Harbour opens", "Sports"}


def test_one_article_twice_in_an_action_goes_back_to_where_it_was(catalog, publications):
    publish(catalog, document(), ONE)
    before = everything(catalog)
    publish(catalog, document(text=CLOSED), ONE, action="1")
    publish(catalog, document(text="The harbour is for sale."), ONE, action="1")
    assert publications.undo("1", ONE) == (Undone("Harbour opens", "restored"),)
    assert everything(catalog) == before
    publish(catalog, document(title="Weather"), ONE, action="2")
    publish(catalog, document(title="Weather", text=CLOSED), ONE, action="2")
    assert publications.undo("2", ONE) == (Undone("Weather", "removed"),)
    assert everything(catalog) == before


def test_undoing_twice_is_an_error_and_harmless(catalog, publications):
    publish(catalog, document(), ONE, action="1")
    publications.undo("1", ONE)
    publish(catalog, document(), ONE)
    with pytest.raises(UndoneAlready):
        publications.undo("1", ONE)
    assert len(current(catalog)) == 1


def test_after_ten_minutes_it_is_too_late_and_nothing_is_kept(catalog, publications, clock):
    publish(catalog, document(), ONE)
    publish(catalog, document(text=CLOSED), ONE, action="1")
    clock.now = NOON + UNDO - timedelta(seconds=1)
    assert publications.until("1") == NOON + UNDO
    assert len(everything(catalog)["versions"]) == 2
    clock.now = NOON + UNDO
    with pytest.raises(UndoExpired):
        publications.undo("1", ONE)
    assert current(catalog) == [("Harbour opens", CLOSED)]
    assert publications.until("1") is None
    assert len(everything(catalog)["versions"]) == 1


@pytest.mark.parametrize("how", ["remove", "publish"])
def test_what_has_expired_is_dropped(catalog, clock, how):
    other = publish(catalog, document(title="Weather"), TWO).article
    publish(catalog, document(), ONE)
    publish(catalog, document(text=CLOSED), ONE, action="1")
    clock.now = NOON + UNDO
    if how == "remove":
        catalog.remove([other.id], TWO)
    else:
        publish(catalog, document(title="Sports"), TWO)
    with catalog.snapshot() as snapshot:
        article_id = snapshot.article("Harbour opens", [ONE]).id
    kept = [text for article, _, text in everything(catalog)["versions"] if article == article_id]
    assert kept == [CLOSED]


def test_a_long_action_can_be_undone_for_ten_minutes_after_its_last_article(
    catalog, publications, clock
):
    publish(catalog, document(), ONE, action="1")
    clock.now += timedelta(minutes=8)
    publish(catalog, document(title="Weather"), ONE, action="1")
    clock.now += timedelta(minutes=8)
    assert len(publications.undo("1", ONE)) == 2


@pytest.mark.parametrize("how", ["changed", "removed"])
def test_what_somebody_changed_since_is_left(catalog, publications, how):
    article = publish(catalog, document(), ONE, action="1").article
    publish(catalog, document(title="Weather"), ONE, action="1")
    if how == "changed":
        publish(catalog, document(text=CLOSED), ONE)
    else:
        catalog.remove([article.id], ONE)
    undone = {one.title: one.status for one in publications.undo("1", ONE)}
    assert undone == {"Harbour opens": "left", "Weather": "removed"}
    left = [("Harbour opens", CLOSED)] if how == "changed" else []
    assert current(catalog) == left


def test_actions_are_undone_in_turn(catalog, publications):
    publish(catalog, document(), ONE, action="1")
    publish(catalog, document(text=CLOSED), ONE, action="2")
    assert publications.undo("1", ONE)[0].status == "left"
    assert publications.undo("2", ONE)[0].status == "restored"
    assert publications.undo("1", ONE)[0].status == "removed"
    assert current(catalog) == []


@pytest.mark.parametrize(("action", "space"), [("1", TWO), ("2", ONE), ("'; --", ONE)])
def test_another_servers_action_does_not_exist(catalog, publications, action, space):
    publish(catalog, document(), ONE, action="1")
    with pytest.raises(UndoExpired):
        publications.undo(action, space)
    assert len(current(catalog)) == 1


def test_what_is_published_without_an_action_or_unchanged_is_not_noted(catalog, publications):
    publish(catalog, document(), ONE)
    publish(catalog, document(), ONE, action="1")
    assert publications.until("1") is None
    publish(catalog, document(text=CLOSED), ONE)
    assert len(everything(catalog)["versions"]) == 1


def test_changes_are_known_while_both_versions_are_kept(library):
    library.ingest([document()], ONE)
    newer = document(text=document().text.replace("Monday", "Friday"))
    (added,) = library.ingest([newer], ONE, action="1").added
    pair = ("The harbour opened on Monday.", "The harbour opened on Friday.")
    changes = library.records.publications.changes
    assert changes(added.before, added.article) == Changes(changed=(pair,))
    library.records.publications.undo("1", ONE)
    assert changes(added.before, added.article) is None


def test_search_follows_an_undo(library):
    library.ingest([document()], ONE)
    library.ingest([document(text=CLOSED), document(title="Weather")], ONE, action="1")
    assert library.search("harbour", [ONE])[0].text == CLOSED
    library.records.publications.undo("1", ONE)
    assert {hit.text for hit in library.search("harbour", [ONE])} == {document().text}
    with pytest.raises(UnknownArticle):
        library.get("Weather", [ONE])
    assert not library.health().problems
    assert EMBEDDER.name == library.health().embedder


ALL_TABLES = (*TABLES, "codes")


def stored(catalog):
    with catalog.database.reading() as connection:
        return {
            t: sorted(connection.exec_driver_sql(f"SELECT * FROM {t}").all()) for t in ALL_TABLES
        }


def ids(catalog, space=ONE):
    with catalog.snapshot() as snapshot:
        return [a.id for a in snapshot.articles([space])]


def test_what_was_removed_together_returns_to_the_letter(catalog, publications):
    for title in ("Harbour opens", "Weather", "Sports"):
        publish(catalog, document(title), ONE)
    publish(catalog, document(), TWO)
    before = stored(catalog)
    removed = catalog.remove(ids(catalog)[:2], ONE, "1")
    assert len(removed) == 2
    assert len(current(catalog)) == 1
    assert current(catalog, TWO)
    with catalog.snapshot() as snapshot:
        generation = snapshot.generation
    titles = {one.title for one in removed}
    assert {(u.title, u.status) for u in publications.undo("1", ONE)} == {
        (title, "returned") for title in titles
    }
    assert stored(catalog) == before
    with catalog.snapshot() as snapshot:
        assert snapshot.generation > generation, "the indexes follow"
    with pytest.raises(UndoneAlready):
        publications.undo("1", ONE)


def test_articles_of_another_space_and_unknown_ones_stay(catalog, publications):
    publish(catalog, document(), TWO)
    before = stored(catalog)
    assert catalog.remove([*ids(catalog, TWO), "nothing"], ONE, "1") == []
    assert stored(catalog) == before
    assert publications.until("1") is None


def test_what_was_indexed_anew_is_left(catalog, publications):
    for title in ("Harbour opens", "Weather"):
        publish(catalog, document(title), ONE)
    catalog.remove(ids(catalog), ONE, "1")
    publish(catalog, document("Weather", text=CLOSED), ONE)
    undone = {u.title: u.status for u in publications.undo("1", ONE)}
    assert undone == {"Weather": "there", "Harbour opens": "returned"}
    assert ("Weather", CLOSED) in current(catalog)


def test_a_removal_keeps_what_an_earlier_action_replaced(catalog, publications):
    publish(catalog, document(), ONE)
    before = everything(catalog)
    publish(catalog, document(text=CLOSED), ONE, action="1")
    catalog.remove(ids(catalog), ONE, "2")
    assert publications.undo("1", ONE) == (Undone("Harbour opens", "left"),)
    assert publications.undo("2", ONE) == (Undone("Harbour opens", "returned"),)
    assert publications.undo("1", ONE) == (Undone("Harbour opens", "restored"),)
    assert everything(catalog) == before


def test_a_removal_is_final_after_a_while(catalog, publications, clock):
    publish(catalog, document(), ONE)
    catalog.remove(ids(catalog), ONE, "1")
    clock.now += UNDO
    with pytest.raises(UndoExpired):
        publications.undo("1", ONE)
    with catalog.database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM publications").scalar_one()
    assert count == 0
