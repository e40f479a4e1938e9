"""The trees that are drawn in the exception modules are those of the classes."""

import inspect
from types import ModuleType

import pytest

from bot import errors as bot_errors
from index import errors as index_errors
from index.errors import FootnoteError


def drawn(module: ModuleType) -> dict[str, str | None]:
    """Return the parent of each error in the picture; a level is indented by four characters."""
    parents: dict[str, str | None] = {}
    above: list[str] = []
    for line in inspect.getdoc(module).splitlines():
        words = line.replace("├── ", "    ").replace("└── ", "    ").replace("│", " ")
        indent = len(words) - len(words.lstrip())
        if "── " in line or line in ("FootnoteError", "UserError"):
            depth = indent // 4
            del above[depth:]
            name = words.split()[0]
            parents[name] = above[-1] if above else None
            above.append(name)
    return parents


def defined(module: ModuleType) -> dict[str, str | None]:
    return {
        name: kind.__base__.__name__ if kind.__base__ is not Exception else None
        for name, kind in vars(module).items()
        if inspect.isclass(kind) and kind.__module__ == module.__name__
    }


@pytest.mark.parametrize("module", [bot_errors, index_errors], ids=lambda module: module.__name__)
def test_the_tree_drawn_is_the_tree_of_classes(module):
    assert drawn(module) == defined(module)


def test_words_are_kept_only_for_errors_of_the_index():
    assert all(issubclass(kind, FootnoteError) for kind in bot_errors.INDEX_MESSAGES)
