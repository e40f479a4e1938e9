import json
import re
from unittest.mock import Mock

import pytest

from bot.cogs.ask.views import StopButton
from bot.llm.draft import Draft
from bot.web.access import Right
from bot.web.chat import Chat, PageSurface, offers
from bot.web.messages import PageMessage, Visitor
from index.model import PUBLIC
from tests.builders import ONE

QUESTION = "Who praised the divers?"


def test_an_answer_is_the_card_of_discord(browser):
    page = browser.ask(QUESTION)
    assert re.search(
        r'<article class="card (answered|unsure)">\s*<h3>Who praised the divers\?', page
    )
    assert "Mayor" in page
    assert "Lindholm Times" in page
    for label in ("Passages", "Ask a follow-up", "Helpful", "Not helpful"):
        assert f">{label}</button>" in page


def test_a_footnote_leads_to_its_sentence(browser, library):
    page = browser.ask(QUESTION)
    (article,) = library.list((PUBLIC,))
    places = set(re.findall(rf'href="/a/{article.id}#(s\d+)"', page))
    assert places
    read = browser.get(f"/a/{article.id}").text
    quoted = [re.search(rf'<span id="{place}">(.+?)</span>', read)[1] for place in places]
    assert any("praised the divers" in one for one in quoted)


def test_the_answer_comes_as_an_event(browser):
    shown = browser.post("/ask", {"question": QUESTION}, script=True).text
    assert "<html" not in shown
    assert 'aria-busy="true"' in shown
    (message,) = re.findall(r'sse-connect="(/m/\d+/events)"', shown)
    events = browser.get(message).text
    *_, last, end = events.strip().split("\n\n")
    assert last.startswith("event: edit\ndata: ")
    assert "Mayor Ilse Berg" in last.replace("<strong>", "").replace("</strong>", "")
    assert end.startswith("event: end")


def test_a_follow_up_goes_on_from_the_answer_before(browser, library):
    browser.ask("What did Ilse Berg say about the divers?")
    first = browser.message
    browser.ask("and the cranes?")
    replies = library.records.replies
    assert replies.of(browser.message).before == first
    browser.ask("Who is Tomas Hale?", before=first)
    assert replies.of(browser.message).before == first


def test_a_new_conversation_begins_from_nothing(browser, library):
    browser.ask(QUESTION)
    assert "card" not in browser.post("/clear").text
    browser.ask("and jobs?")
    assert library.records.replies.of(browser.message).before is None


def test_another_visitor_sees_nothing_of_it(browser, services):
    browser.ask(QUESTION)
    message, token = browser.message, browser.token
    browser.client.cookies.clear()
    assert QUESTION not in browser.get("/").text
    assert token != browser.token
    assert browser.get(f"/m/{message}/events").status_code == 404
    press = browser.post(f"/m/{message}/press", {"press": "answer:passages"}, script=True)
    assert press.status_code == 404


def test_passages_are_turned(browser):
    browser.ask(QUESTION)
    first = browser.press("answer:passages").text
    assert "Passage 1 of" in first
    turns = re.findall(r'value="(passages:on:\d+:\d+)"', first)
    assert "Passage 1 of" in (browser.press(turns[0]).text if turns else first) or turns


def test_votes_count_and_take_a_reason(browser, library):
    browser.ask(QUESTION)
    assert "Your vote: Helpful" in browser.press("answer:helpful").text
    asked = browser.press("answer:unhelpful").text
    assert "What wasn&#39;t helpful?" in asked
    thanks = browser.press("answer:unhelpful", reason="Too short").text
    assert "textarea" not in thanks
    (complaint,) = library.records.votes.complaints(PUBLIC, 7, 5)
    assert complaint.reasons == ("Too short",)


@pytest.mark.parametrize("button", ["answer:thread", "settings:x", ""])
def test_other_buttons_do_nothing(browser, button):
    browser.ask(QUESTION)
    response = browser.press(button)
    assert response.status_code == 400
    assert response.headers["HX-Retarget"] == "#notice"
    assert "ask again" in response.text


def test_small_talk_is_answered_with_questions(browser):
    page = browser.ask("hello")
    assert "Ask me anything" in page
    assert "/ask`" not in page
    assert "drop files or paste a link" in browser.ask("https://news.example/ferry")
    friendly = browser.ask("lol")
    assert "whenever you have a question" in friendly
    assert friendly.count("For example") == page.count("For example")


def test_questions_are_counted(browser, services):
    browser.ask(QUESTION)
    count = services.metrics.registry.get_sample_value
    assert count("footnote_questions_total", {"way": "page", "outcome": "answered"}) == 1


def test_two_questions_get_two_answers(browser, library):
    page = browser.ask(f"Hi! {QUESTION} What did she say about jobs? Thanks!")
    assert page.count("<h3>") == 2
    assert f"<p>{QUESTION}</p>" in page
    assert "<p>What did she say about jobs?</p>" in page
    first, second = re.findall(r'id="m(\d+)"', browser.get("/").text)
    assert library.records.replies.of(second).before == first
    shown = browser.post("/ask", {"question": f"{QUESTION} Who is Tomas Hale?"}, script=True).text
    assert shown.count("sse-connect") == 2


def test_small_talk_does_not_end_the_conversation(browser, library):
    browser.ask("What did Ilse Berg say about the divers?")
    first = browser.message
    browser.ask("thanks!")
    browser.ask("and jobs?")
    assert library.records.replies.of(browser.message).before == first


@pytest.mark.parametrize(("question", "words"), [(" ", "I need a question"), ("a" * 2001, "2,000")])
def test_what_is_no_question_is_an_error(browser, question, words):
    response = browser.post("/ask", {"question": question}, script=True)
    assert response.status_code == 400
    assert words in response.text


def test_a_fault_is_shown_in_place_of_the_answer(browser, library, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(library, "ask", fail)
    assert "Something went wrong on my side" in browser.ask(QUESTION)


def test_an_empty_library_says_what_to_do(browser, library):
    library.remove(library.list((PUBLIC,))[0].id)
    for page in (browser.get("/examples").text, browser.ask(QUESTION), browser.ask("hello")):
        assert 'paste a link on the page <a href="/articles">' in page
        assert "/index" not in page


def test_who_may_not_add_gets_no_hint_how(browse, library):
    library.remove(library.list((PUBLIC,))[0].id)
    browser = browse(WEB_PUBLIC="1", WEB_HOST="0.0.0.0")
    for page in (browser.get("/examples").text, browser.ask(QUESTION), browser.ask("hello")):
        assert "There are no articles yet." in page
        assert "paste a link" not in page


def test_a_private_space_is_seen_with_public_ones_and_not_from_them(browse, library):
    clinic = library.list((ONE,))[0].id
    assert "Fever spreads" not in browse().ask("What did Nadia Petrov reject?")
    assert browse().get(f"/a/{clinic}").status_code == 404
    private = browse(space=ONE)
    assert "Fever spreads" in private.get(f"/a/{clinic}").text
    private.ask("What did Nadia Petrov reject?")
    today = library.records.questions.activity(ONE, 1).days[0]
    assert today.answered + today.refused == 1


def test_the_token_of_scripts_is_in_the_page(browser):
    page = browser.get("/").text
    headers = re.search(r'hx-headers="([^"]+)"', page)[1].replace("&#34;", '"')
    assert json.loads(headers) == {"X-CSRF-Token": browser.token}


def test_the_words_of_a_question_are_words(browser):
    page = browser.ask("<script>alert(1)</script> who praised the divers?")
    assert "<script>alert" not in page


async def test_a_draft_has_a_button_that_stops_it(services, library):
    message, draft = PageMessage("Who?"), Mock(spec=Draft)
    surface = PageSurface(services, Visitor("web:a"), message, "")
    await surface.draft(library.ask(QUESTION), draft)
    assert [button.id for button in message.shown.buttons] == ["answer:stop"]
    assert offers("answer:stop", Right.READ)
    chat = Chat(None, services, (PUBLIC,))
    await chat.presses[StopButton](Visitor("web:a"), message, StopButton(), "")
    draft.stop.assert_called_once_with()


async def test_each_listener_hears_of_each_change():
    message, heard = PageMessage("Why?"), []
    async for _ in message.changes():
        heard.append(message.shown.payload.content)
        if len(heard) == 1:
            message.end()
    assert len(heard) == 2
