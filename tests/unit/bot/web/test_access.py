import re
import socket
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.settings import Settings, SettingsError
from bot.web.access import Limit
from bot.web.app import make_app, run_web
from bot.web.errors import TooMany
from index.model import PUBLIC
from tests.unit.bot.web.conftest import KEY


def note(*_):
    return 1, Path("marked")


PASSWORD = {"WEB_PASSWORD": "correct horse"}
HEADER = {"WEB_HOST": "0.0.0.0", "WEB_USER_HEADER": "X-Remote-User"}
PUBLIC_PAGE = {"WEB_HOST": "0.0.0.0", "WEB_PUBLIC": "1"}


@pytest.mark.parametrize(
    ("environ", "variable"),
    [
        ({"WEB_HOST": "0.0.0.0"}, "WEB_HOST"),
        ({"WEB_HOST": "::"}, "WEB_HOST"),
        ({"WEB_HOST": "192.0.2.7"}, "WEB_HOST"),
        ({"WEB_URL": "https://news.example"}, "WEB_URL"),
        ({"WEB_HOST": "localhost"}, "WEB_HOST"),
        ({"WEB_URL": "https://news.example/page"}, "WEB_URL"),
        ({"WEB_PORT": "0"}, "WEB_PORT"),
        ({"WEB_PASSWORD": "short"}, "WEB_PASSWORD"),
        ({"WEB_USER_HEADER": "X Remote"}, "WEB_USER_HEADER"),
        ({"WEB_PROXY": "proxy"}, "WEB_PROXY"),
        ({"WEB_PUBLIC": "maybe"}, "WEB_PUBLIC"),
    ],
)
def test_what_would_let_anybody_in_is_refused(environ, variable):
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environ).check_web()
    assert caught.value.variable == variable
    assert "short" not in str(caught.value)


@pytest.mark.parametrize("environ", [{}, {"WEB_HOST": "::1"}, {"WEB_HOST": "0.0.0.0"} | PASSWORD])
def test_loopback_and_a_password_are_enough(environ):
    Settings.from_environment(environ).check_web()


def test_a_port_that_is_taken_is_named_once(library, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        given = {"FOOTNOTE_DATA": str(tmp_path), "WEB_PORT": str(port)}
        settings = Settings.from_environment(given)
        with pytest.raises(SettingsError) as caught:
            run_web(settings, library, None, (PUBLIC,), note, note)
    why = "Address already in use"
    assert caught.value.given == f"{port}, which can't be used at 127.0.0.1 ({why})"


def test_every_endpoint_asks_for_a_right_and_every_form_for_the_token(services):
    settings = Settings.from_environment(PASSWORD)
    routes = make_app(services, settings, ("public",), KEY, note).routes
    for route in routes:
        if isinstance(route, Route):
            assert route.endpoint.__name__ == "guarding", route.path


def posts(services):
    app = make_app(services, Settings(), ("public",), KEY, note)
    return [r.path for r in app.routes if isinstance(r, Route) and "POST" in r.methods]


@pytest.mark.parametrize(
    ("form", "headers", "said"),
    [
        ({"csrf": "guessed"}, {}, "This page is out of date"),
        ({"csrf": "guessed"}, {"X-CSRF-Token": "guessed"}, "This page is out of date"),
        ({}, {}, "come from a form of this page"),
        ({"csrf": ""}, {"X-CSRF-Token": ""}, "come from a form of this page"),
    ],
)
def test_no_form_of_another_site_is_taken(browser, services, form, headers, said):
    browser.ask("Who praised the divers?")
    for path in posts(services):
        path = path.replace("{message:str}", browser.message)
        response = browser.client.post(path, data=form, headers=headers)
        assert response.status_code == 403, path
        assert said in response.text


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:8370", True),
        ("localhost:8370", True),
        ("[::1]:8370", True),
        ("192.0.2.7", True),
        ("news.example", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example:8370", False),
        ("", False),
        ("[", False),
    ],
)
def test_only_the_names_of_this_page_are_answered(browse, host, known):
    browser = browse(WEB_URL="https://news.example", **PASSWORD)
    response = browser.get("/login", headers={"Host": host})
    assert response.status_code == (200 if known else 421)


def test_nothing_inline_runs(browser):
    response = browser.get("/")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=", response.text)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    assert browser.get("/static/page.css").headers["cache-control"] == "no-cache"


def test_the_cookie_is_for_this_page_alone(browse):
    cookie = browse().get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    secure = browse(WEB_URL="https://news.example", **PASSWORD).get("/login").headers["set-cookie"]
    assert "secure" in secure.lower()


def test_a_changed_cookie_is_no_session(browse):
    browser = browse(**PASSWORD)
    browser.client.cookies.set("footnote", "eyJpbiI6IHRydWV9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert "Password" in browser.get("/").text


def test_a_password_opens_the_page(browse):
    browser = browse(**PASSWORD)
    assert "Password" in browser.get("/").text
    wrong = browser.post("/login", {"password": "guess", "next": "/"})
    assert wrong.status_code == 401
    assert "Please try again" in wrong.text
    before = browser.client.cookies["footnote"]
    page = browser.post("/login", {"password": "correct horse", "next": "/"})
    assert 'id="ask"' in page.text
    assert browser.client.cookies["footnote"] != before
    assert "Password" in browser.post("/logout").text


@pytest.mark.parametrize(
    ("path", "leads"),
    [("/a/x#s3", "/a/x#s3"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\x", "/")],
)
def test_logging_in_leads_back_and_never_elsewhere(browse, path, leads):
    browser = browse(**PASSWORD)
    response = browser.post(
        "/login", {"password": "correct horse", "next": path}, follow_redirects=False
    )
    assert response.headers["location"] == leads


def test_passwords_cannot_be_guessed_for_long(browse):
    browser = browse(**PASSWORD)
    statuses = [browser.post("/login", {"password": f"{n}"}).status_code for n in range(30)]
    assert statuses.count(401) <= 25
    assert statuses[-1] == 429
    right = browser.post("/login", {"password": "correct horse"})
    assert right.status_code == 429


def test_a_script_without_a_session_is_sent_to_the_login(browse):
    browser = browse(**PASSWORD)
    response = browser.post("/ask", {"question": "Who?"}, script=True)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/login?next=%2F"


def test_the_proxy_says_who_it_is(browse):
    browser = browse(**HEADER)
    assert browser.get("/").status_code == 403
    browser.headers = {"X-Remote-User": "alice"}
    assert browser.get("/").status_code == 200


def test_the_header_of_anybody_else_says_nothing(browse):
    browser = browse(client=("203.0.113.9", 5000), **HEADER)
    browser.headers = {"X-Remote-User": "alice"}
    assert browser.get("/").status_code == 403
    inside = browse(client=("172.18.0.2", 5000), WEB_PROXY="172.18.0.0/16", **HEADER)
    inside.headers = {"X-Remote-User": "alice"}
    assert inside.get("/").status_code == 200


def test_the_users_of_a_proxy_are_kept_apart(browse):
    browser = browse(**HEADER)
    browser.headers = {"X-Remote-User": "alice"}
    browser.ask("Who praised the divers?")
    browser.headers = {"X-Remote-User": "bob"}
    assert "divers" not in browser.get("/").text
    browser.headers = {"X-Remote-User": "alice"}
    assert "divers" in browser.get("/").text


def test_a_public_page_is_for_asking_and_reading_alone(browse, services, library):
    browser = browse(client=("203.0.113.9", 5000), **PUBLIC_PAGE)
    page = browser.ask("Who praised the divers?")
    assert "Mayor" in page
    assert "Passages" in page
    assert "Helpful" not in page
    assert browser.press("answer:helpful").status_code == 400
    assert browser.get(f"/a/{library.list()[0].id}").status_code == 200
    assert "Add articles" not in browser.get("/articles").text
    for path in ("/gaps", "/gaps/mark?question=Who"):
        assert browser.get(path).status_code == 403
    for path in ("/articles", "/gaps/mark"):
        assert browser.post(path, {"link": "https://x.example"}).status_code == 403


def test_whoever_asks_too_much_waits(browser, monkeypatch):
    statuses = [browser.post("/ask", {"question": " "}, script=True).status_code for _ in range(22)]
    assert statuses.count(400) == 20
    assert statuses[-1] == 429


@pytest.fixture
def stranger(browse, monkeypatch):
    """A browser of an address that may ask no more than a session."""
    monkeypatch.setattr("bot.web.access.ADDRESS_FACTOR", 1)
    return browse()


def test_new_sessions_do_not_help_an_address(stranger):
    statuses = []
    for _ in range(21):
        stranger.client.cookies.clear()
        statuses.append(stranger.post("/ask", {"question": " "}, script=True).status_code)
    assert statuses[-2:] == [400, 429]


def test_behind_a_proxy_each_address_counts_for_itself(stranger):
    browser = stranger
    for _ in range(21):
        browser.client.cookies.clear()
        browser.headers = {"X-Forwarded-For": "spoofed, 198.51.100.1"}
        last = browser.post("/ask", {"question": " "}, script=True)
    assert last.status_code == 429
    browser.client.cookies.clear()
    browser.headers = {"X-Forwarded-For": "198.51.100.1, 198.51.100.2"}
    assert browser.post("/ask", {"question": " "}, script=True).status_code == 400


def test_a_limit_begins_anew():
    limit = Limit(2, 0.01)
    limit.take("a")
    limit.take("a")
    with pytest.raises(TooMany):
        limit.take("a")
    limit.take("b")


@pytest.mark.parametrize("chunked", [False, True])
def test_large_bodies_are_refused(browser, chunked):
    body = b"question=" + b"a" * 1_100_000
    content = iter([body[i : i + 65_536] for i in range(0, len(body), 65_536)])
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRF-Token": browser.token}
    response = browser.client.post("/ask", content=content if chunked else body, headers=headers)
    assert response.status_code == 413
    assert "1 MB" in response.text
