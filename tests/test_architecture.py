"""The rules of the layout, kept by reading the code."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
INDEX = sorted((ROOT / "index").rglob("*.py"))
SANDBOXED = sorted((ROOT / "index" / "sandboxed").glob("*.py"))
BOT = sorted((ROOT / "bot").rglob("*.py"))
MAX_MODULE_LINES = 250


def imports(path: Path) -> set[str]:
    """Top-level names that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def names(path: Path) -> set[str]:
    """Every attribute chain that a module uses, as `os.environ`."""
    return {
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("path", INDEX, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_index_knows_nothing_of_discord_environment_or_log_handlers(path):
    assert not imports(path) & {"bot", "discord", "dotenv", "typer", "rich"}
    used = names(path)
    assert not {n for n in used if n.startswith(("os.environ", "os.getenv"))}
    assert not {n for n in used if "Handler" in n or n == "logging.basicConfig"}


def test_the_environment_is_read_in_the_entry_alone():
    readers = {
        str(path.relative_to(ROOT))
        for path in BOT
        if any(n in ("os.environ", "os.getenv") for n in names(path))
    }
    # compose only sets HF_HUB_OFFLINE for libraries that are told in no other way
    assert readers <= {"bot/cli/entry.py", "bot/compose.py"}


def test_only_the_discord_side_imports_discord():
    inside = {p for p in BOT if "discord" in imports(p)}
    assert not {p for p in inside if p.relative_to(ROOT).parts[1] == "cli"}


@pytest.mark.parametrize("path", SANDBOXED, ids=lambda p: p.name)
def test_parsers_in_the_sandbox_start_with_the_errors_of_the_index_alone(path):
    modules = {
        node.module
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert {name for name in modules if name.split(".")[0] == "index"} <= {"index.errors"}
    assert not imports(path) & {"numpy", "yaml", "lxml"}


@pytest.mark.parametrize("path", INDEX + BOT, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_stay_small(path):
    assert len(path.read_text().splitlines()) <= MAX_MODULE_LINES


@pytest.mark.parametrize("path", INDEX + BOT, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_pickle_and_no_remote_code(path):
    assert not imports(path) & {"pickle", "dill", "joblib", "marshal"}
    assert "trust_remote_code=True" not in path.read_text()
