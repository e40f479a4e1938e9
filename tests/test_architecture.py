"""The rules of the layout, checked by reading the code: who may import whom."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from index import errors
from tests.sourcetree import ROOT, Module, circles, dependencies, modules, offences

MAX_MODULE_LINES = 450

NODE = re.compile(r"(\w+)\[((?:bot|index)/\w+)")

ARROW = re.compile(r"(\w+)(?:\[[^]]*\])? --> (\w+)")
"""In docs/architecture.md."""

Rule = Callable[[Module], Iterator[tuple[int, str]]]


def importing(*forbidden: str) -> Rule:
    """Find imports of these modules and of all below them."""
    return lambda module: (
        (line, name)
        for line, name in module.imported()
        if any(f"{name}.".startswith(f"{one}.") for one in forbidden)
    )


def using(*forbidden: str) -> Rule:
    """Find chains of attributes that contain one of these texts."""
    return lambda module: (
        (line, name) for line, name in module.attributes() if any(one in name for one in forbidden)
    )


def defined(tree: ast.Module | None) -> set[str]:
    """Return the names of a module's functions, classes, methods and constants."""
    nodes = list(ast.walk(tree)) if tree else []
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = {node.name for node in nodes if isinstance(node, kinds)}
    return found | {node.id for node in nodes if isinstance(node, ast.Name)}


def package(module: str) -> str:
    """Return bot.cogs.X, bot.X or index.X."""
    return ".".join(module.split(".")[: 3 if module.startswith("bot.cogs.") else 2])


def test_the_index_imports_nothing_of_discord_and_the_command_line():
    assert not offences(importing("bot", "discord", "dotenv", "typer", "rich"), "index/")


def test_the_index_uses_neither_environment_nor_log_handlers():
    used = using("os.environ", "os.getenv", "Handler", "logging.basicConfig")
    assert not offences(used, "index/")


def test_only_the_entry_point_reads_the_environment():
    # compose only sets HF_HUB_OFFLINE, which some libraries read from nowhere else
    allowed = ("bot/cli/commands.py", "bot/compose.py")
    assert not offences(using("os.environ", "os.getenv"), "bot/", but=allowed)


def test_the_command_line_imports_nothing_of_discord():
    assert not offences(importing("discord", "bot.discord", "bot.cogs"), "bot/cli/")


def test_the_probe_of_chroma_imports_nothing_else_of_the_index():
    assert not offences(importing("index"), "index/search/probe.py")


def test_parsers_in_the_sandbox_import_only_each_other_errors_and_strings_of_the_index():
    def rule(module: Module) -> Iterator[tuple[int, str]]:
        yield from importing("numpy", "yaml", "lxml")(module)
        for line, name in importing("index")(module):
            if not name.startswith(("index.errors", "index.strings", "index.sandboxed.")):
                yield line, name

    assert not offences(rule, "index/sandboxed/")


def test_only_the_evaluate_command_imports_evaluation_and_training():
    allowed = ("index/lab/", "bot/cli/evaluate.py")
    assert not offences(importing("index.lab"), but=allowed)


def test_why_the_index_failed_is_said_in_its_strings():
    known = {name for name, one in vars(errors).items() if isinstance(one, type)}

    def rule(module: Module) -> Iterator[tuple[int, str]]:
        for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in known:
                for part in (part for one in call.args for part in ast.walk(one)):
                    if isinstance(part, ast.Constant) and " " in str(part.value):
                        yield part.lineno, str(part.value)

    assert not offences(rule, "index/")


def test_no_cog_imports_the_cog_of_another_feature():
    def rule(module: Module) -> Iterator[tuple[int, str]]:
        for line, name in importing("bot.cogs")(module):
            if ".cog" in name.removeprefix("bot.cogs") and package(name) != package(module.name):
                yield line, name

    assert not offences(rule, "bot/cogs/")


def test_no_modules_import_each_other_in_a_circle():
    assert not circles(dependencies())


def test_no_packages_import_each_other_in_a_circle():
    graph: dict[str, set[str]] = {}
    for module, imported in dependencies().items():
        own = package(module)
        graph.setdefault(own, set()).update({package(name) for name in imported} - {own})
    assert not circles(graph)


def test_modules_stay_small():
    lines = {module.path: module.source.count("\n") for module in modules()}
    assert not {path: count for path, count in lines.items() if count > MAX_MODULE_LINES}


def test_the_picture_shows_every_package_and_arrows_are_imports():
    picture = (ROOT / "docs/architecture.md").read_text().split("```")[1]
    parts = {node: f"{path.replace('/', '.')}." for node, path in NODE.findall(picture)}
    imported = {
        (node, other)
        for module, names in dependencies().items()
        for node, part in parts.items()
        for other, uses in parts.items()
        if f"{module}.".startswith(part) and any(f"{name}.".startswith(uses) for name in names)
    }
    arrows = set(ARROW.findall(picture))
    assert len(arrows) > len(parts)
    assert not arrows - imported
    packages = {
        ".".join(module.name.split(".")[:2]) for module in modules() if "__init__" in module.path
    }
    assert not {f"{one}." for one in packages if "." in one} - set(parts.values())


def test_what_the_plan_of_the_code_names_is_there():
    trees = {module.path: module.tree for module in modules()}
    plan = (ROOT / "docs/architecture.md").read_text()
    named = re.findall(r"`([\w/]+\.py):([\w.]+)`", plan)
    assert len(named) > 50
    assert not [one for one in named if not set(one[1].split(".")) <= defined(trees.get(one[0]))]


def test_no_pickle():
    assert not offences(importing("pickle", "dill", "joblib", "marshal", "shelve"))


def test_a_circle_is_found():
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"f"}, "f": {"e"}}
    assert circles(graph) == [["a", "b", "c"], ["e", "f"]]
