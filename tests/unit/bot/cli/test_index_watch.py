"""footnote watch."""

from pathlib import Path

import pytest

import bot.runtime.folder_watch
from index.folder_sync import Folder
from index.model import Space
from tests.unit.bot.cli.conftest import Footnote, lines


@pytest.fixture
def once(monkeypatch):
    """What is done to the folder while it is watched, each followed by one sync."""
    happens = []

    async def watch(folder: Folder, sync, tell):
        for happen in happens:
            happen()
            for _ in range(2):  # what changed waits for a second look
                tell(await sync())

    monkeypatch.setattr(bot.runtime.folder_watch, "watch", watch)
    return happens


def test_a_line_for_each_file(footnote: Footnote, folder: Path, once):
    bridge = folder / "bridge.txt"
    once += [lambda: bridge.write_text("Bridge closes\n\nThe bridge is open."), bridge.unlink]
    result = footnote("watch", str(folder))
    assert result.exit_code == 0
    assert lines(result) == [
        "added bridge.txt: Bridge closes (public-bridge-closes)",
        "changed bridge.txt: Bridge closes (public-bridge-closes)",
        "removed bridge.txt: Bridge closes (public-bridge-closes)",
    ]
    empty, watching = result.stderr.splitlines()
    assert empty == f"footnote: {folder / 'empty.txt'}: it's empty"
    assert watching == f"Watching {folder} (1 article, 0 unchanged); Ctrl-C to stop."
    assert footnote.opened == [{"chroma": False, "reembed": False}]


def test_a_folder_that_vanishes(footnote: Footnote, folder: Path, once):
    once.append(lambda: folder.rename(folder.with_name("away")))
    result = footnote("watch", str(folder), "--space", "42")
    assert f"warning: the folder {folder} is gone; its articles stay" in result.stderr
    assert footnote.library.list([Space("42")])


def test_a_file_is_not_watched(footnote: Footnote, folder: Path):
    result = footnote("watch", str(folder / "bridge.txt"))
    assert result.exit_code == 2
    assert f"to add it once: footnote add {folder / 'bridge.txt'}\n" in result.stderr


def test_no_such_folder(footnote: Footnote, tmp_path: Path):
    result = footnote("watch", str(tmp_path / "none"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"footnote: there's no folder {tmp_path / 'none'}\n"
    assert not footnote.opened
