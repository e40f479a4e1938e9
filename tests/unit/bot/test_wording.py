"""What people read is plain: contractions, and none of the stiff phrases there were."""

import ast
import re
from pathlib import Path

import pytest

from bot import strings as shared
from bot.cogs.about import strings as about
from bot.cogs.articles import strings as articles
from bot.cogs.ask import strings as ask
from bot.cogs.feeds import strings as feeds
from bot.cogs.settings import strings as settings
from bot.cogs.subscriptions import strings as subscriptions
from bot.discord import strings as common
from bot.discord.error_handler import explain
from bot.errors import NotAllowed, QueueFull, TooSoon
from index import strings
from index.model import Missing

ROOT = Path(__file__).parents[3]
PLACES = ("bot/**/*.py", "bot/web/templates/*.html", "index/strings.py", "index/answers/*.py")
FILES = sorted({file for place in PLACES for file in ROOT.glob(place)})
TAGS = re.compile(r"<[^>]*>|{[{%#].*?[}%#]}", re.DOTALL)
STIFF = re.compile(
    r"\b(?:cannot|(?:do|does|did|is|are|was|could) not|I am|anew|told of|those who may|mend"
    r"|whoever runs|followed no longer|(?<!left )alone)\b",
    re.IGNORECASE,
)


def sentences(file):
    """Every text for people: of a page's template, of a module; f-strings by their parts.

    Docstrings and what is logged are for those who run the bot.
    """
    if file.suffix == ".html":
        return TAGS.split(file.read_text())
    tree = ast.parse(file.read_text())
    nodes = list(ast.walk(tree))
    others = [node.value for node in nodes if isinstance(node, ast.Expr)]
    others = [one for one in others if isinstance(one, ast.Constant) or is_logging(one)]
    left_out = {id(part) for one in others for part in ast.walk(one)}
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in left_out
    ]


def is_logging(node):
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
            return True
    return False


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
def test_who_may_index_is_named_as_it_is_set(refused, told):
    assert explain(refused) == told


def test_waiting_is_explained():
    assert TooSoon(60, server=False).message.startswith(
        "This server limits questions. You can ask again <t:"
    )
    assert TooSoon(60, server=True).message.startswith("Someone just asked. You can ask <t:")
    assert QueueFull(1).message.startswith("1 question is ahead of yours.")


@pytest.mark.parametrize(
    ("text", "better"),
    [
        (ask.REFUSED, "**I couldn't find that in the articles.**"),
        (shared.NOT_FOUND, "I couldn't find that in the articles."),
        (
            shared.lacking(Missing(absent=("Macron",))),
            "I found nothing about Macron in these articles.",
        ),
        (shared.lacking(Missing(mentioned=("Lind",))), ""),
        (shared.READ_AS, "I understood this as: "),
        (ask.THREAD_EVERY, "Keep asking here. I'll treat every message as a question."),
        (ask.THREAD_STARTED, "Continue in <#{}>."),
        (ask.ASK_MORE, "Ask a follow-up"),
        (ask.thanks("Helpful"), "Thanks! Your vote: Helpful. Press the other button to change it."),
        (subscriptions.UNFOLLOW, "Stop following a topic"),
        (subscriptions.unfollowed("the strike", None), "You no longer follow the strike"),
        (subscriptions.unfollowed("the strike", "5"), "<#5> no longer follows the strike"),
        (subscriptions.FOLLOW, "Get notified when a new article matches a topic or question"),
        (subscriptions.FROM_NOW_ON, "I'll notify you about each new matching article once."),
        (
            subscriptions.OPEN_MESSAGES,
            "Please allow DMs from this server's members, or I can't reach you.",
        ),
        (
            common.NO_ARTICLES,
            "There are no articles yet. Members allowed to index can add some with `/index`.",
        ),
        (about.INTRO_INDEX_TITLE, "Adding articles"),
        (about.FORGET_BUTTON, "Delete my data"),
        (about.PRIVACY_STAYS, "Nothing leaves my server except what I post on Discord."),
        (feeds.LIST, "List feeds and their status"),
        (feeds.ANNOUNCED_IN, "announced in <#{}>"),
        (settings.SETTINGS_LOG, "Show who changed which setting, and denied attempts"),
        (articles.reindexed(3), "Re-read: 3 articles changed"),
        (articles.changes(0, 0, 0, ["published"]), "date changed"),
        (strings.BROKEN, "it seems damaged; open it, save it again and retry"),
        (strings.NO_SCHEME, "it isn't a full link; put https:// in front of it"),
    ],
)
def test_better_words(text, better):
    assert text == better
