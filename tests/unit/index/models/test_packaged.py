import hashlib
import shutil

import pytest

from index.errors import ModelError, ModelHashMismatch
from index.models import packaged


def test_the_installed_weights_are_the_released_ones():
    assert packaged.verify() == packaged.folder()


def test_altered_weights_are_refused(tmp_path, monkeypatch):
    shutil.copytree(packaged.folder(), tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x01")
    monkeypatch.setattr(packaged, "folder", lambda: tmp_path / "model")
    with pytest.raises(ModelHashMismatch) as caught:
        packaged.verify()
    assert caught.value.expected == packaged.WEIGHTS_SHA256
    assert str(weights) in str(caught.value)


def test_missing_weights_are_a_clear_error(tmp_path, monkeypatch):
    monkeypatch.setattr(packaged, "folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="is missing; reinstall"):
        packaged.verify()


@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_a_digest_is_the_files_sha256(tmp_path, size):
    (tmp_path / "file").write_bytes(b"a" * size)
    assert packaged.digest(tmp_path / "file") == hashlib.sha256(b"a" * size).hexdigest()
