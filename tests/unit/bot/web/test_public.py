"""A public page whose visitors mean harm."""

import pytest
from starlette.requests import Request

from bot.settings import Settings
from bot.web.access import ADDRESS_FACTOR, Access
from bot.web.errors import TooMany
from tests.builders import ONE

PUBLIC_PAGE = {"WEB_HOST": "0.0.0.0", "WEB_PUBLIC": "1"}
REQUESTS = 25
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def visitor(browse, monkeypatch):
    monkeypatch.setattr("bot.web.access.REQUESTS", REQUESTS)
    return browse(client=("203.0.113.9", 5000), **PUBLIC_PAGE)


def until_refused(send, most):
    return next((n for n in range(most) if send().status_code == 429), None)


@pytest.mark.parametrize("path", ["/", "/examples", "/articles?words=x", "/a/none", "/privacy"])
def test_pages_cannot_be_asked_for_without_end(visitor, path):
    assert until_refused(lambda: visitor.get(path), 30) == REQUESTS
    assert TooMany.message.split(".")[0] in visitor.get(path).text


def test_new_sessions_do_not_make_it_endless(visitor):
    def anew():
        visitor.client.cookies.clear()
        return visitor.get("/privacy/delete")

    assert until_refused(anew, 130) == REQUESTS * ADDRESS_FACTOR


@pytest.mark.parametrize("path", ["/clear", "/privacy/delete"])
def test_what_writes_is_limited(visitor, path):
    token = visitor.token
    assert until_refused(lambda: visitor.client.post(path, data={"csrf": token}), 30)


@pytest.mark.parametrize("change", ["/articles", "/gaps/mark", "/gaps"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(visitor, library, change, method):
    before = [article.id for article in library.list()]
    response = visitor.client.request(
        method, change, headers={"X-CSRF-Token": visitor.token}, data={"text": "Owls.", "link": ""}
    )
    assert response.status_code in {403, 405}
    assert [article.id for article in library.list()] == before


def test_a_private_space_has_no_address_here(visitor, library):
    clinic = library.list((ONE,))[0]
    named = (clinic.id, clinic.title, clinic.id.upper(), f"../a/{clinic.id}", f"{clinic.id}%00")
    for name in named:
        for key in ("", "?key=", "?key=%F0%9F%A6%89", f"?key={'0' * 32}"):
            assert visitor.get(f"/a/{name}{key}").status_code == 404, (name, key)
    assert "Fever" not in visitor.get("/articles?words=fever").text
    assert "Petrov rejected" not in visitor.ask("What did Nadia Petrov reject?")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nno header\r\n"),
        ("multipart/form-data; boundary=x; charset=none", b'--x\r\nContent-Disposition: form-data; '
         b'name="question"\r\n\r\nWho?\r\n--x--\r\n'),
        (FORM, b"%ZZ=%F0%9F&question=%ED%A0%80%00"),
        (FORM, b"question=%00&before=%00"),
        (FORM, b"question=Who%3F&before=" + b"9" * 5000),
        ("text/plain", b"question=Who?"),
        ("", b""),
    ],
)  # fmt: skip
def test_broken_forms_break_nothing(visitor, kind, body):
    headers = {"Content-Type": kind, "X-CSRF-Token": visitor.token, "HX-Request": "true"}
    assert visitor.client.post("/ask", content=body, headers=headers).status_code < 500
    del headers["X-CSRF-Token"]
    assert visitor.client.post("/ask", content=body, headers=headers).status_code < 500


@pytest.mark.parametrize(
    "path", ["/a/%00", "/a/" + "x" * 9000, "/a/%F0%9F", "/m/1/events", "/static/../app.py",
             "/static/%2e%2e/app.py", "/articles?words=" + "harbour%20" * 5000,
             "/articles?words=%00", "/?x=%F0", "//evil.example/", "/login?next=//evil.example"]
)  # fmt: skip
def test_odd_addresses_break_nothing(visitor, path):
    response = visitor.get(path)
    assert response.status_code < 500
    assert "import annotations" not in response.text
    assert "content-security-policy" in response.headers


def test_ipv4_within_ipv6_is_an_address_of_its_own():
    access = Access(Settings.from_environment(PUBLIC_PAGE))
    scopes = [{"type": "http", "headers": [], "client": (ip, 1)} for ip in IPS]
    keys = {access.address(Request(scope)) for scope in scopes}
    assert keys == {"203.0.113.9", "203.0.113.10", "2001:db8:1:2::/64"}


IPS = ("203.0.113.9", "::ffff:203.0.113.9", "::ffff:203.0.113.10", "2001:db8:1:2::3")
