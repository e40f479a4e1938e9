"""The real process as in its container: it can write its data and a temporary folder alone."""

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.e2e.environment import FOOTNOTE, NATO, NATO_WORDS, ROOT, Environment, index, words
from tests.fakediscord import File
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOCK = """
data=$1 stage=$2; shift 2
mount -t tmpfs tmpfs "$stage"
mkdir "$stage/code" "$stage/data"
mount --bind "$PWD" "$stage/code"
mount --bind "$data" "$stage/data"
mount -t tmpfs -o noexec,nosuid,nodev,size=256m tmpfs /tmp
mkdir -p "$PWD" "$data"  # where they were below /tmp
mount --bind "$stage/code" "$PWD"
mount --bind "$stage/data" "$data"
mount -o remount,bind,ro "$PWD"
mount -o remount,bind,ro /
cd "$PWD"
if touch written 2>/dev/null || touch "$HOME/written" 2>/dev/null; then exit 9; fi
exec "$@"
"""
"""In mounts of its own all is read-only but the data and a /tmp that runs no programs."""

UNSHARE = ["unshare", "--mount", "--propagation", "private", "sh", "-euc", LOCK, "sh"]


@pytest.fixture(scope="module")
def locked(tmp_path_factory) -> list[str]:
    """The start of a command line, behind which a command is locked in."""
    data = tmp_path_factory.mktemp("data")
    lock = [*UNSHARE, str(data), "/mnt"]
    try:
        subprocess.run([*lock, "true"], cwd=ROOT, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"needs root and unshare: {error}")
    return lock


async def test_it_writes_its_data_and_temporary_files_alone(locked, model_cache):
    data = Path(locked[-2])
    before = written_in(ROOT)
    async with Environment(data, run=[*locked, *FOOTNOTE], FOOTNOTE_MODELS=str(model_cache)) as env:
        await index(env, env.boss, env.general, "Ferry", "The ferry sails on Mondays.")
        file = File("last.html", b"<title>Tide</title><p>The tide table is out since Friday.</p>")
        added = await env.boss.slash(env.general, "index file", file=file)
        await added.final(until=lambda ix: bool(ix.embeds))
        ix = await env.alice.slash(env.general, "ask", question=NATO)
        assert NATO_WORDS in words(await ix.final())
        await until(lambda: counted(data))  # a question is counted once its answer is sent
        shown = await (await env.boss.slash(env.general, "stats")).final()
        assert shown.attachments, words(shown)
        assert "Read-only" not in env.bot.log_text
        assert not [line for line in env.bot.lines if " WARNING " in line or " ERROR " in line]
        env.assert_no_errors()
    assert (data / "footnote.db").is_file()
    assert not (data / "models").exists()
    assert written_in(ROOT) == before


def counted(data: Path) -> bool:
    """Tell whether a question has been counted."""
    database = sqlite3.connect(data / "footnote.db")
    try:
        return bool(database.execute("SELECT count(*) FROM questions").fetchone()[0])
    finally:
        database.close()


def written_in(folder: Path) -> set[tuple[str, int]]:
    """The files of the code, and when each was last written."""
    return {
        (entry.path, entry.stat().st_mtime_ns)
        for name in ("bot", "index", "seeds")
        for root, _, _ in os.walk(folder / name)
        if "__pycache__" not in root
        for entry in os.scandir(root)
        if entry.is_file()
    }
