"""What people read in Discord is plain: contractions, and none of the stiff phrases there were."""

import ast
import re
from pathlib import Path

import pytest

BOT = Path(__file__).parents[3] / "bot"
FILES = (
    BOT / "errors.py",
    BOT / "discord" / "strings.py",
    BOT / "llm" / "strings.py",
    *sorted(BOT.glob("cogs/*/strings.py")),
)
STIFF = re.compile(
    r"\b(?:cannot|(?:do|does|did|is|are|was|could) not|I am|anew|told of|those who may|mend"
    r"|whoever runs|followed no longer|(?<!left )alone)\b",
    re.IGNORECASE,
)


def sentences(file):
    """Every text of a module but its docstrings, f-strings by their parts."""
    tree = ast.parse(file.read_text())
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BOT)))
def test_no_stiff_phrase(file):
    assert not [text for text in sentences(file) if STIFF.search(text)]
