"""A Chroma server on loopback, from the package that Footnote needs."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

READY_SECONDS = 60.0


class Server:
    """`chroma run` on a port of its own, with its data in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        program = Path(sys.executable).with_name("chroma")
        place = ["--path", self._folder, "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [program, "run", *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            with closing(socket.socket()) as tried:
                if tried.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("chroma run did not start")

    def stop(self, *, hang: bool) -> None:
        """Be gone, or take connections and say nothing."""
        self._process.send_signal(signal.SIGSTOP if hang else signal.SIGKILL)

    def begin_anew(self) -> None:
        """Come back with nothing in it."""
        self.end()
        shutil.rmtree(self._folder)
        self.start()

    def end(self) -> None:
        """Be gone for good."""
        self._process.kill()
        self._process.wait()
