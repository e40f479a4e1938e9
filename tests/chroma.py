"""A Chroma server on loopback, from the package that Footnote needs."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.waiting import block_until, free_port, listens


class Server:
    """`chroma run` on a port of its own, with its data in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        program = Path(sys.executable).with_name("chroma")
        place = ["--path", self._folder, "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [program, "run", *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        block_until(lambda: listens(self.port))

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
