"""footnote health and the probes of doctor."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bot.cli.probes import Silent, TokenRejected, Unreachable, ask_health, judge
from tests.unit.bot.cli.conftest import Footnote, lines

DATE = "Thu, 01 Jan 1970 00:10:00 GMT"


@pytest.mark.parametrize(("now", "ahead"), [(600.0, 0.0), (640.0, 40.0), (590.0, -10.0)])
def test_the_clock_is_compared(now, ahead):
    assert judge(200, DATE, now) == ahead


@pytest.mark.parametrize("date", [None, "", "yesterday"])
def test_a_date_that_is_none(date):
    assert judge(200, date, 600.0) is None


def test_a_token_that_is_refused():
    with pytest.raises(TokenRejected):
        judge(401, DATE, 600.0)


@pytest.mark.parametrize("status", [403, 429, 503])
def test_an_answer_that_says_nothing_of_the_token(status):
    with pytest.raises(Unreachable, match=str(status)):
        judge(status, DATE, 600.0)


@pytest.fixture
def server():
    """Answers with `said`: a status and a body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, body = server.said
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("status", "wrong"), [(200, []), (503, ["There is no connection."])])
def test_what_the_bot_says(server, status, wrong):
    server.said = status, json.dumps({"status": "-", "wrong": wrong}).encode()
    assert ask_health(server.server_port) == wrong


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"wrong": 1}'])
def test_another_program(server, body):
    server.said = 200, body
    with pytest.raises(Silent, match="another program"):
        ask_health(server.server_port)


def test_nobody(server):
    port = server.server_port
    server.shutdown()
    server.server_close()
    with pytest.raises(Silent, match="nothing listens") as caught:
        ask_health(port)
    assert caught.value.refused


@pytest.mark.parametrize(
    ("wrong", "shown", "code"),
    [([], ["It's healthy."], 0), (["It is ill.", "Badly."], ["It is ill.", "Badly."], 1)],
)
def test_what_the_bot_says_is_the_exit_code(footnote: Footnote, wrong, shown, code):
    footnote.environ["METRICS_PORT"] = "9464"
    footnote.ask_health = lambda port: wrong if port == 9464 else ["another port"]
    result = footnote("health")
    assert (lines(result), result.exit_code) == (shown, code)


def test_a_bot_that_does_not_answer(footnote: Footnote):
    def silent(_: int) -> list[str]:
        raise Silent("nothing listens there", refused=True)

    footnote.environ["METRICS_PORT"] = "9464"
    footnote.ask_health = silent
    result = footnote("health")
    assert result.exit_code == 1
    assert result.stderr == (
        "footnote: the bot doesn't answer on port 9464: nothing listens there\n"
    )


def test_without_a_port_nobody_can_be_asked(footnote: Footnote):
    result = footnote("health")
    assert result.exit_code == 2
    assert "METRICS_PORT" in result.stderr
