import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bot.cli.probes import Silent, ask_health


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
