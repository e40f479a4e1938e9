"""What is kept of a visitor over restarts, and deleting it."""

import re

import pytest

from index.model import PUBLIC

QUESTION = "Who praised the divers?"


@pytest.fixture
def restarted(browse):
    """Starts the page anew for a browser, which keeps its cookie."""

    def restarted(browser, **environ):
        again = browse(**environ)
        again.client.cookies = browser.client.cookies
        again.headers = browser.headers
        return again

    return restarted


def test_a_conversation_outlives_the_process(browser, restarted, library):
    browser.ask("What did Ilse Berg say about the divers?")
    first = browser.message
    browser.ask("Who sang at the wedding?")
    browser = restarted(browser)
    page = browser.get("/").text
    assert page.index("about the divers?") < page.index("Who sang at the wedding?")
    assert "praised the divers" in page
    assert "I couldn&#39;t find that" in page
    assert len(re.findall("An earlier answer", page)) == 1
    assert "Passage 1 of" in browser.press("answer:passages").text
    browser.ask("and jobs?", before=first)
    assert library.records.replies.of(browser.message).before == first


def test_the_last_answer_is_gone_on_from_after_a_restart(browser, restarted, library):
    browser.ask("What did Ilse Berg say about the divers?")
    first = browser.message
    browser = restarted(browser)
    browser.ask("and jobs?")
    assert library.records.replies.of(browser.message).before == first


def test_what_was_left_or_belongs_to_others_does_not_come_back(browser, restarted, browse):
    browser.ask(QUESTION)
    assert QUESTION not in browse().get("/").text
    browser.post("/clear")
    assert QUESTION not in restarted(browser).get("/").text


def test_the_words_of_an_article_are_words_after_a_restart(browser, restarted, library):
    browser.ask(QUESTION)
    message = browser.message
    who = library.records.replies.of(message).who
    library.records.replies.put(message, PUBLIC, who, QUESTION, answer="<b>x</b> **y** [z](/a) [1]")
    page = restarted(browser).get("/").text
    assert "&lt;b&gt;x&lt;/b&gt; **y** [z](/a) [1]" in page


@pytest.mark.parametrize("environ", [{}, {"WEB_HOST": "0.0.0.0", "WEB_PUBLIC": "1"}])
def test_visitors_delete_their_own_data_after_being_asked(browse, restarted, library, environ):
    browser, other = browse(**environ), browse(**environ)
    other.ask(QUESTION)
    browser.ask(QUESTION)
    shown = browser.get("/privacy").text
    assert "1 question and 0 votes" in shown
    assert 'href="/privacy/delete"' in shown
    asked = browser.get("/privacy/delete").text
    assert "I&#39;d delete 1 question" in asked
    assert QUESTION in browser.get("/").text
    assert "Deleted 1 question" in browser.post("/privacy/delete").text
    for page in (browser, restarted(browser, **environ)):
        assert QUESTION not in page.get("/").text
        assert "0 questions" in page.get("/privacy").text
    assert "1 question" in other.get("/privacy").text


def test_votes_are_deleted_with_the_rest(browser, library):
    browser.ask(QUESTION)
    message = browser.message
    browser.press("answer:helpful")
    who = library.records.replies.of(message).who
    assert library.records.held(who).votes == 1
    browser.post("/privacy/delete")
    assert library.records.held(who).votes == 0


def test_an_answer_that_comes_after_a_new_conversation_is_not_kept(browser, library, monkeypatch):
    ask = library.ask

    def slow(*args, **kwargs):
        browser.post("/clear")
        return ask(*args, **kwargs)

    monkeypatch.setattr(library, "ask", slow)
    browser.post("/ask", {"question": QUESTION})
    assert QUESTION not in browser.get("/").text
    assert "0 questions" in browser.get("/privacy").text
