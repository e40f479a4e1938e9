"""What people read is plain: contractions, and none of the stiff phrases there were."""

import ast
import re
from pathlib import Path

import pytest

from bot.cogs.ask.strings import thanks
from bot.cogs.subscriptions.strings import unfollowed
from bot.discord.error_handler import explain
from bot.errors import NotAllowed, QueueFull, TooSoon

ROOT = Path(__file__).parents[3]
PLACES = (
    "bot/errors.py",
    "bot/web/errors.py",
    "bot/cli/*.py",
    "bot/**/strings.py",
    "index/strings.py",
)
FILES = sorted({file for place in PLACES for file in ROOT.glob(place)})
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


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_stiff_phrase(file):
    assert not [text for text in sentences(file) if STIFF.search(text)]


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (NotAllowed(), "You need Manage Server for that."),
        (NotAllowed(None, ()), "You need Manage Server (or a role chosen by the admins) for that."),
        (NotAllowed("Press"), "You need Manage Server or the role Press for that."),
        (
            NotAllowed("Press", (1, 2)),
            "You need Manage Server or one of the roles Press, <@&1> or <@&2> for that.",
        ),
    ],
)
def test_who_may_is_told_as_it_is_set(refused, told):
    assert explain(refused) == told


def test_waiting_is_explained():
    assert "You can ask again <t:" in TooSoon(60, server=False).message
    assert TooSoon(60, server=True).message.startswith("Someone just asked. You can ask <t:")
    assert QueueFull(1).message.startswith("1 question is ahead of yours.")


def test_the_end_of_a_subscription_names_who_followed():
    assert unfollowed("the strike", None) == "You no longer follow the strike"
    assert unfollowed("the strike", "5") == "<#5> no longer follows the strike"


def test_a_vote_is_named():
    assert thanks("Helpful") == "Thanks! Your vote: Helpful. Press the other button to change it."
