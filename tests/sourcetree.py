"""The source files of bot/ and index/, parsed once for the tests that read them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Module:
    """A source file; `name` is what others import it by, `path` is relative to the repository."""

    name: str
    path: str
    source: str
    tree: ast.Module

    def imported(self) -> Iterator[tuple[int, str]]:
        """Yield line and full name of every import, wherever in the module it stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    def attributes(self) -> Iterator[tuple[int, str]]:
        """Yield line and text of every chain of attributes, as `os.environ`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield node.lineno, ast.unparse(node)


@cache
def modules() -> tuple[Module, ...]:
    """Return all modules of both packages."""
    return tuple(
        Module(_name(path), path.as_posix(), source := (ROOT / path).read_text(), ast.parse(source))
        for package in ("bot", "index")
        for path in sorted(p.relative_to(ROOT) for p in (ROOT / package).rglob("*.py"))
    )


def offences(
    rule: Callable[[Module], Iterator[tuple[int, str]]], under: str = "", but: tuple[str, ...] = ()
) -> list[str]:
    """Return `file:line: what` for all that a rule finds below a path, except in some files."""
    return [
        f"{module.path}:{line}: {what}"
        for module in modules()
        if module.path.startswith(under) and not (but and module.path.startswith(but))
        for line, what in rule(module)
    ]


def dependencies() -> dict[str, set[str]]:
    """Return which modules of the two packages each module imports."""
    names = {module.name for module in modules()}
    found: dict[str, set[str]] = {}
    for module in modules():
        whole = {
            name if name in names else name.rpartition(".")[0] for _, name in module.imported()
        }
        found[module.name] = (whole & names) - {module.name}
    return found


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of nodes that reach each other, sorted."""

    @cache
    def reached(start: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = list(graph[start])
        while waiting:
            if (node := waiting.pop()) not in seen:
                seen.add(node)
                waiting.extend(graph.get(node, ()))
        return frozenset(seen)

    groups = {
        tuple(sorted(b for b in reached(a) if b in graph and a in reached(b)))
        for a in graph
        if a in reached(a)
    }
    return [list(group) for group in sorted(groups)]


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")
