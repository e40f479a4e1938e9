import os
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models.conversion import converted, suitable

pytestmark = pytest.mark.model

MADE = """
import sys
from pathlib import Path
word, counter, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
counter.write_text(counter.read_text() + "x")
target.write_text("<net>" + word + "</net>")
target.with_suffix(".bin").write_bytes(word.encode())
"""
FAILS = """
import sys
print("all is well")
sys.exit("first line\\nout of memory at last")
"""
KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def counter(tmp_path, monkeypatch):
    """Modules that convert in a child process, and a file with a letter for each time."""
    for name, code in {"made": MADE, "fails": FAILS, "killed": KILLED}.items():
        (tmp_path / f"{name}_here.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    counter = tmp_path / "counter"
    counter.write_text("")
    return counter


@pytest.fixture
def convert(counter, tmp_path):
    def run(word: str = "weights", name: str = "model-1") -> Path:
        return converted(name, "made_here", [word, str(counter)], tmp_path / "new" / "cache")

    return run


def test_a_model_is_converted_once(convert, counter):
    first, second = convert(), convert()
    assert first == second
    assert first.read_text() == "<net>weights</net>"
    assert first.with_suffix(".bin").read_bytes() == b"weights"
    assert counter.read_text() == "x"
    assert os.listdir(first.parents[1]) == ["model-1"]  # nothing half-made is left


def test_another_name_is_another_model(convert, counter):
    one, other = convert("one", "a"), convert("other", "b")
    assert (one.read_text(), other.read_text()) == ("<net>one</net>", "<net>other</net>")
    assert counter.read_text() == "xx"


@pytest.mark.parametrize("name", ["model.xml", "model.bin", "sha256"])
def test_a_missing_file_is_made_again(convert, counter, name):
    path = convert().parent / name
    before = path.read_bytes()
    path.unlink()
    convert()
    assert path.read_bytes() == before
    assert counter.read_text() == "xx"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.bin", b"weightz"),
        ("model.bin", b""),
        ("sha256", b"0" * 64),
        ("sha256", b""),
        ("sha256", b"\xff\xfe"),
        ("model.xml", b""),
    ],
)
def test_an_altered_file_is_made_again(convert, counter, name, content):
    path = convert().parent / name
    before = path.read_bytes()
    path.write_bytes(content)
    convert()
    assert path.read_bytes() == before
    assert counter.read_text() == "xx"


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("fails_here", "out of memory at last"),
        ("killed_here", "it was killed"),
        ("no_such_module_here", "No module named no_such_module_here"),
    ],
)
def test_a_conversion_that_fails_says_why_and_leaves_nothing(counter, tmp_path, module, reason):
    cache = tmp_path / "cache"
    with pytest.raises(ModelError) as caught:
        converted("model-1", module, [], cache)
    assert str(caught.value).startswith("the model can't be converted: ")
    assert str(caught.value).endswith(reason)
    assert list(cache.iterdir()) == []


def test_a_failure_is_not_remembered(convert, counter, tmp_path):
    with pytest.raises(ModelError):
        converted("model-1", "fails_here", [], tmp_path / "new" / "cache")
    assert convert().read_text() == "<net>weights</net>"


@pytest.mark.parametrize(
    ("flags", "stored"), [("avx2 avx512_vnni", "levels"), ("amx_bf16 amx_int8", "floats")]
)
def test_a_cpu_with_amx_computes_with_floats(monkeypatch, flags, stored):
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: f"flags : {flags}")
    assert suitable() == stored


def test_a_system_that_does_not_list_its_cpus_flags_computes_with_levels(monkeypatch):
    def missing(*_, **__):
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert suitable() == "levels"
