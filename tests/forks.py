"""Processes that start in no time: forked from one that has imported everything.

A start of the bot takes some 4 s of CPU, most of it for imports, and the tests start it scores of
times. A fork runs the same `__main__`, with arguments, environment, folder, output, process group
and exit status of its own. What is about starting itself runs `python -m bot`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import runpy
import sys
import warnings
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import BinaryIO

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.preloaded"])

REDIRECT = Path(__file__).parent / "fakediscord" / "redirect" / "sitecustomize.py"
MAX_LINE = 2**22  # bytes

Folder = str | Path | None


class Fork:
    """`python -m MODULE ARGUMENTS`, forked."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.module = module
        self.arguments = arguments

    def launch(self, env: Mapping[str, str], cwd: Folder) -> tuple[BaseProcess, BinaryIO]:
        """Start it and return it with what it prints, standard output and error in one stream.

        The first one waits for the imports.
        """
        received, given = CONTEXT.Pipe(duplex=False)
        with received, given:
            arguments = (self.module, self.arguments, dict(env), cwd, given)
            process = CONTEXT.Process(target=_run, args=arguments, daemon=True)
            process.start()
            return process, os.fdopen(os.dup(received.fileno()), "rb")

    async def start(self, env: Mapping[str, str], cwd: Folder) -> Forked:
        """Start it for somebody who does not block."""
        process, printed = await asyncio.to_thread(self.launch, env, cwd)
        stdout = asyncio.StreamReader(MAX_LINE)
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stdout), printed
        )
        return Forked(process, stdout)


class Forked:
    """A running process, with what the tests use of `asyncio.subprocess.Process`."""

    def __init__(self, process: BaseProcess, stdout: asyncio.StreamReader) -> None:
        assert process.pid
        self.pid = process.pid
        self.stdout = stdout
        self._process = process
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(process.sentinel, self._end)

    def _end(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._ended.set()

    @property
    def returncode(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.exitcode

    async def wait(self) -> int | None:
        await self._ended.wait()
        return self.returncode


def _run(
    module: str, arguments: tuple[str, ...], env: Mapping[str, str], cwd: Folder, output: Connection
) -> None:
    """Become the process, as subprocess.Popen with `start_new_session` starts it."""
    os.setsid()
    for number in (1, 2):
        os.dup2(output.fileno(), number)
    output.close()
    # New ones: those that are there may know a file that could be searched.
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", buffering=1)
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", buffering=1, errors="backslashreplace")
    os.chdir(cwd or ".")
    os.environ.clear()
    os.environ.update(env)
    # What the interpreter does when it starts.
    if action := env.get("PYTHONWARNINGS"):
        warnings.simplefilter(action)
    if "FAKE_DISCORD_URL" in env:
        runpy.run_path(str(REDIRECT))
    sys.argv = ["", *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
