import json
import re
from dataclasses import replace

import pytest

from bot.cogs.ask.cards import head, render
from bot.places import Places, key_in, key_of, number_at, places_in, signature
from bot.web.articles import SentencePart, paragraphs
from index.ingest import Text
from index.model import PUBLIC, Span
from index.sources.document import Given
from index.store.settings_store import INSTALLATION
from tests.builders import ONE, article, document
from tests.unit.bot.web.conftest import KEY

BRIDGE = b"Bridge closes\n\nThe bridge closed on Friday after a storm broke two of its cables."


def test_every_sentence_has_its_address(browser, library):
    (harbour,) = library.list((PUBLIC,))
    page = browser.get(f"/a/{harbour.id}").text
    for number, span in enumerate(library.sentences(harbour.id, (PUBLIC,)), start=1):
        words = span.of(library.text(harbour.id, (PUBLIC,)))
        assert f'<span id="s{number}">{words}</span>' in page
    assert re.findall(r"<(?:h1|p)>Harbour reopens</", page) == ["<h1>Harbour reopens</"]
    assert "Lindholm Times" in page
    for shown in (page, browser.get("/articles").text):  # app.js shows both in the reader's way
        assert re.search(r"<span[^>]*>\s*<time [^>]*>14 February 2025</time>", shown)


def test_nothing_of_an_article_is_html(browser, library):
    given = Given(source="javascript:alert(1)")
    text = "<b>Bold</b> & <script>alert(1)</script> words were spoken by the mayor on Monday."
    library.ingest([Text("x", f'"><img src=x onerror=alert(1)>\n\n{text}', given)])
    (made,) = (one for one in library.list((PUBLIC,)) if "img" in one.title)
    for path in (f"/a/{made.id}", "/articles", "/gaps/mark?question=mayor"):
        page = browser.get(path).text
        assert not re.search(r"<script>|<b>|<img src=x|href=.javascript", page)
    assert "&lt;script&gt;" in browser.get(f"/a/{made.id}").text


def test_a_title_that_is_a_sentence_keeps_its_address(browser, library):
    library.ingest([Text("owl", "An owl was seen.\n\nIt was grey.")])
    (owl,) = (one for one in library.list((PUBLIC,)) if "owl" in one.title)
    page = browser.get(f"/a/{owl.id}").text
    count = len(library.sentences(owl.id, (PUBLIC,)))
    assert [f'id="s{n}"' in page for n in range(1, count + 1)] == [True] * count


@pytest.mark.parametrize("name", ["nobody", "Harbour reopens", "..%2f..%2fetc%2fpasswd"])
def test_what_is_no_article_is_not_found(browser, name):
    response = browser.get(f"/a/{name}")
    assert response.status_code == 404
    assert "Traceback" not in response.text


def test_paragraphs_keep_what_lies_between_sentences():
    text = "Title\nOne is\nhere. Two.\n\nBy me\nThree."
    spans = [Span(6, 18), Span(19, 23), Span(31, 37)]
    assert [span.of(text) for span in spans] == ["One is\nhere.", "Two.", "Three."]
    assert paragraphs(text, spans) == [
        [SentencePart("Title")],
        [SentencePart("One is here.", 1), SentencePart(" "), SentencePart("Two.", 2)],
        [SentencePart("By me")],
        [SentencePart("Three.", 3)],
    ]
    assert [number_at(spans, at) for at in (0, 6, 18, 19, 40)] == [1, 1, 1, 2, 3]


def test_files_a_link_and_a_text_are_added(browser, library):
    files = [("files", ("bridge.txt", BRIDGE)), ("files", ("empty.txt", b""))]
    page = browser.post("/articles", {"text": "A text of the mayor about trams."}, files=files).text
    assert "Indexed: 2 new, 1 failed" in page
    titles = {one.title for one in library.list((PUBLIC,))}
    assert "Bridge closes" in titles
    assert "Bridge closes" in browser.get("/articles?words=bridge").text
    assert "Harbour reopens</a>" not in browser.get("/articles?words=bridge").text


def test_articles_are_found_by_source_and_author_too(browser, library):
    told = document("Ferry returns", source="The Lindholm Gazette", author="Ada Moor")
    library.ingest([told])
    for words in ("gazette", "moor ferry"):
        page = browser.get(f"/articles?words={words}").text
        assert "Ferry returns</a>" in page
        assert "Harbour reopens</a>" not in page
    assert "no article with these words" in browser.get("/articles?words=volcano").text


def test_progress_and_outcome_come_as_events(browser):
    part = browser.post("/articles", {}, files=[("files", ("b.txt", BRIDGE))], script=True).text
    (events,) = re.findall(r'sse-connect="(/m/\d+/events)"', part)
    heard = browser.get(events).text
    assert "Indexed: a new article" in heard
    assert "Undo" in heard


def test_undo_takes_it_back(browser, library):
    page = browser.post("/articles", {}, files=[("files", ("b.txt", BRIDGE))]).text
    message, button = re.search(r'id="m(\d+)".*?value="(undo:\d+)"', page, re.S).groups()
    undone = browser.post(f"/m/{message}/press", {"press": button}, script=True).text
    assert "was removed" in undone
    assert "Bridge closes" not in {one.title for one in library.list((PUBLIC,))}
    again = browser.post(f"/m/{message}/press", {"press": button}, script=True)
    assert "already been undone" in again.text


@pytest.mark.parametrize(
    ("data", "files", "words"),
    [
        ({"link": "example.com/x"}, [], "https://"),
        ({}, [("files", ("big.txt", b"a" * 5_200_000))], "the limit is 5 MB"),
        ({}, [("files", ("x.exe", b"MZ\0\0"))], "x.exe"),
        ({}, [("files", (f"{n}.txt", BRIDGE)) for n in range(11)], "only 10 can be indexed"),
    ],
)
def test_what_cannot_be_added_is_explained(browser, data, files, words):
    page = browser.post("/articles", data, files=files or None).text
    assert words in page


def test_an_empty_form_is_an_error(browser):
    response = browser.post("/articles", {}, script=True)
    assert response.status_code == 400
    assert "Choose a file" in response.text


def test_what_is_added_belongs_to_the_space_of_the_page(browse, library):
    browse(space=ONE).post("/articles", {}, files=[("files", ("b.txt", BRIDGE))])
    assert "Bridge closes" in {one.title for one in library.list((ONE,))}
    assert "Bridge closes" not in browse().get("/articles").text


def test_gaps_are_listed_and_the_right_sentence_noted(browser, library, tmp_path):
    browser.ask("Why did the volcano erupt?")
    browser.ask("Who praised the divers?")
    browser.press("answer:unhelpful", reason="Not the divers")
    page = browser.get("/gaps").text
    assert "Why did the volcano erupt?" in page
    assert "Not the divers" in page
    chosen = browser.get("/gaps/mark?question=Who+praised+the+divers%3F").text
    choice = re.search(r'value="([^"]+:\d+)" required><span>Mayor Ilse Berg praised', chosen)[1]
    saved = browser.post("/gaps/mark", {"question": "Who praised the divers?", "choice": choice})
    assert "1 question in your own set" in saved.text
    article_id = choice.rpartition(":")[0]
    for number in ("none", "9999", "x"):
        data = {"question": "Why did the volcano erupt?", "choice": f"{article_id}:{number}"}
        assert browser.post("/gaps/mark", data).status_code == (200 if number == "none" else 400)
    (topic,) = json.loads((tmp_path / "marked" / "marked.json").read_text())["data"]
    noted = {one["question"]: one for part in topic["paragraphs"] for one in part["qas"]}
    answers = noted["Who praised the divers?"]["answers"]
    assert answers[0]["text"].startswith("Mayor Ilse Berg praised the divers")
    assert noted["Why did the volcano erupt?"]["is_impossible"]


def test_all_sentences_of_an_article_can_be_chosen(browser, library):
    (harbour,) = library.list((PUBLIC,))
    page = browser.get(f"/gaps/mark?question=Why&article={harbour.id}").text
    count = len(library.sentences(harbour.id, (PUBLIC,)))
    assert page.count('name="choice"') == count + 1
    assert browser.get("/gaps/mark?question=").status_code == 400


def test_links_from_discord_lead_to_the_sentence(library):
    found = library.ask("Who praised the divers?")
    places = places_in(library, found, "https://news.example")
    quoted = found.citations[0] if found.citations else found.nearest
    address = places.of(quoted.article, quoted.span.start)
    assert re.fullmatch(r"https://news\.example/a/\w+#s\d+", address)
    assert places.of(article("x")) == "https://news.example/a/x"
    card = render(found, places=places).card
    shown = "\n".join((card.description, *(field.value for field in card.fields)))
    assert f"[Harbour reopens]({address})" in shown
    assert not found.citations or f"[[1]]({address}" in card.description
    assert "[Harbour reopens](" not in render(found).card.description
    linked = replace(quoted.article, source="https://paper.example/x")
    assert head(linked, 500, address).startswith("[Harbour reopens](https://paper.example/x)")


async def test_the_bot_links_to_the_page_where_there_is_one(services, library):
    found = library.ask("Who praised the divers?")
    assert await replace(services, web_url=None).places(found) is None
    linking = replace(services, web_url="https://news.example", web_key=KEY)
    assert (await linking.places(found)).root == "https://news.example"


def test_a_link_to_a_private_article_opens_that_one_alone(browse, library):
    (clinic,) = library.list((ONE,))
    address = Places("", key=KEY).of(clinic)
    assert address == f"/a/{clinic.id}?key={signature(KEY, clinic.id)}"
    browser = browse()
    assert "Fever spreads" in browser.get(address).text
    assert browser.get(f"/a/{clinic.id}").status_code == 404
    assert browser.get(f"/a/{clinic.id}?key={signature(KEY, 'other')}").status_code == 404
    locked = browse(WEB_PASSWORD="correct horse").get(address)
    assert "Fever spreads" not in locked.text


def test_processes_with_one_database_sign_alike(library, tmp_path):
    store = library.records.settings
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    first, second = (key_of(folder, store, shared=True) for folder in folders)
    assert first == second == key_in(folders[0])
    assert store.changes(INSTALLATION, 9) == []
    assert key_of(folders[1], store, shared=False) == key_in(folders[1]) != first


def test_the_key_stays_and_is_its_owners(tmp_path):
    key = key_in(tmp_path)
    assert key_in(tmp_path) == key
    assert (tmp_path / "web_key").stat().st_mode & 0o077 == 0
