"""The bot under test, as a process."""

# ruff: noqa: ASYNC109 (timeouts are part of what the users of the harness say)
from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from ..waiting import PATIENCE, HarnessTimeout, now

if TYPE_CHECKING:
    from .fake import FakeDiscord

REDIRECT = Path(__file__).resolve().parent.parent / "redirect"
TOKEN_VARIABLES = ("DISCORD_TOKEN", "BOT_TOKEN", "DISCORD_BOT_TOKEN")
MAX_LINE = 2**22  # bytes


class Program(Protocol):
    """A command that knows how to start: `proc` is then what it gives."""

    async def start(self, env: Mapping[str, str], cwd: str | Path | None) -> Any:
        """Start it in a process group of its own, with one stream for all that it prints."""


class BotProcess:
    """A bot that runs in a process group of its own; `lines` is what it printed."""

    proc: Any = None  # an asyncio.subprocess.Process, or what is like it
    reader: asyncio.Future[None]

    def __init__(
        self,
        fd: FakeDiscord,
        cmd: Sequence[str | Path] | Program,
        env: Mapping[str, str],
        cwd: str | Path | None,
        token: str,
        log_file: str | Path | None,
    ) -> None:
        self.fd, self.cmd, self.cwd, self.log_file = fd, cmd, cwd, log_file
        self.lines: list[str] = []
        tokens = dict.fromkeys(TOKEN_VARIABLES, token)
        self.env = {**os.environ, "PYTHONUNBUFFERED": "1", **tokens, **env}
        self.env["FAKE_DISCORD_URL"] = fd.url
        path = (str(REDIRECT), self.env.get("PYTHONPATH"))
        self.env["PYTHONPATH"] = os.pathsep.join(filter(None, path))

    @property
    def pid(self) -> int:
        return self.proc.pid

    @property
    def returncode(self) -> int | None:
        """The exit status; None while it runs."""
        return self.proc and self.proc.returncode

    @property
    def log_text(self) -> str:
        return "\n".join(self.lines)

    def tail(self, n: int = 40) -> str:
        """Give the last lines it printed."""
        return "\n".join(self.lines[-n:])

    async def start(self) -> None:
        """Start the process."""
        if isinstance(self.cmd, Sequence):
            self.proc = await asyncio.create_subprocess_exec(
                *map(str, self.cmd),
                env=self.env,
                cwd=self.cwd,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                limit=MAX_LINE,
            )
        else:
            self.proc = await self.cmd.start(self.env, self.cwd)
        self.reader = asyncio.ensure_future(self._read(self.proc))

    async def _read(self, proc: Any) -> None:
        with self._log() as file:
            while line := await proc.stdout.readline():
                self.lines.append(line.decode("utf-8", "replace").rstrip())
                if file:
                    file.write(line)
        await proc.wait()
        self.fd.signal.fire()

    def _log(self) -> contextlib.AbstractContextManager[IO[bytes] | None]:
        if not self.log_file:
            return contextlib.nullcontext()
        return open(self.log_file, "ab", buffering=0)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            try:
                os.killpg(self.proc.pid, number)
            except ProcessLookupError:  # a fork, before it has made its group
                os.kill(self.proc.pid, number)

    async def terminate(self, timeout: float = 10) -> int | None:
        """Send SIGTERM to its process group, SIGKILL after `timeout`; return the exit status."""
        if self.proc and self.proc.returncode is None:
            self._signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.proc.wait(), timeout)
            except TimeoutError:
                return await self.kill()
        if self.proc:
            await asyncio.wait([self.reader], timeout=2)
        return self.returncode

    async def kill(self) -> int | None:
        """Send SIGKILL; return the exit status."""
        self._signal(signal.SIGKILL)
        await self.proc.wait()
        await asyncio.wait([self.reader], timeout=2)
        return self.returncode

    async def restart(self, kill: bool = False) -> None:
        """Stop it and start it again."""
        await (self.kill() if kill else self.terminate())
        for session in list(self.fd.sessions.values()):  # what Discord does some minutes later
            if not session.conn:
                self.fd.sessions.pop(session.id)
        await self.start()

    async def wait_log(self, pattern: str, timeout: float = PATIENCE) -> str:
        """Wait until a line matches the regex; return the first that does."""
        end = now() + timeout
        while True:
            for line in self.lines:
                if re.search(pattern, line):
                    return line
            if now() > end:
                raise HarnessTimeout(f"{pattern!r} not logged\n{self.tail()}")
            await asyncio.sleep(0.05)

    def rss_mb(self) -> float:
        """Measure its resident memory in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
