import ast
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[4]
MODULES = ("index.models.runtime", "index.models.conversion", "index.models.convert")


@pytest.mark.parametrize("module", MODULES)
def test_openvino_sends_no_telemetry(module, tmp_path):
    """The package writes an id of the machine into the home folder before it sends it."""
    program = f"import {module}, sys; print(bool(sys.modules.get('openvino_telemetry')))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
    assert not done.stderr
    assert not list(tmp_path.iterdir())


def test_openvino_is_imported_only_where_its_telemetry_is_kept_out():
    importers = {
        path.relative_to(ROOT).parent.as_posix()
        for folder in ("bot", "index")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Import) and any("openvino" in a.name for a in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "openvino")
    }
    assert importers == {"index/models"}
