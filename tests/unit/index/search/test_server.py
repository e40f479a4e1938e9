import socket
from contextlib import closing

import pytest

from index.search import chroma
from index.search.chroma import ChromaPlace


@pytest.fixture
def silent():
    """The address of a server that takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_server_that_hangs_is_given_up(silent, tmp_path, monkeypatch):
    monkeypatch.setattr(chroma, "SERVER_SECONDS", 0.1)
    with pytest.raises(TimeoutError):
        chroma.Chroma(ChromaPlace(tmp_path / "chroma", silent), "hashing", 64)


def test_a_server_that_is_down_is_told(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(ConnectionError):
        chroma.Chroma(ChromaPlace(tmp_path / "chroma", url), "hashing", 64)
