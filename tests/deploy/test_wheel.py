"""The released wheel has all that an answer needs: built, installed alone, and asked."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[2]
LEFT_OUT = "index/lab/training/"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build as `make dist` does, in a copy: the build writes beside the sources."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for package in ("bot", "index", "seeds"):
        copytree(ROOT / package, source / package, ignore=ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        copy(ROOT / name, source)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", built, source]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(built.glob("*.tar.gz"))) == 1
    (made,) = built.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return the bin folder of a venv with the wheel, and the locked packages without Footnote.

    The .pth file names this environment's packages; .pth files in there, such as that of an
    editable Footnote, are not read.
    """
    venv = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    python = venv / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    index = ["--no-index", "--find-links", wheel.parent]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", *index, "footnote-bot"], check=True)
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib"))
    return venv / "bin"


def test_the_wheel_holds_every_file_but_the_training(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {
            name: archive.read(name)
            for name in archive.namelist()
            if name.startswith(("bot/", "index/"))
        }
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "bot", "index"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    files = [name for name in listed if (ROOT / name).exists() and not name.startswith(LEFT_OUT)]
    assert held == {name: (ROOT / name).read_bytes() for name in files}
    assert "index/lab/evaluation/report.py" in held


def test_the_installed_command_answers_from_the_article_that_it_brings(installed, tmp_path):
    """With models converted from those in the wheel, in a folder without the source tree."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"}

    def run(program, *arguments):
        done = subprocess.run(
            [installed / program, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    origin = "import bot, index; print(bot.__file__, index.__file__)"
    assert all(
        path.startswith(str(installed.parent)) for path in run("python", "-c", origin).split()
    )
    (seed,) = (ROOT / "seeds").iterdir()
    answer = json.loads(run("footnote-bot", "ask", "What did Hegseth say about NATO?", "--json"))
    (quote,) = answer["citations"]
    assert "dismissing its aspirations for NATO membership" in quote["quote"]
    assert quote["quote"] in seed.read_text()
