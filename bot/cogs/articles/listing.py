"""List articles, and remove some once whoever may has confirmed it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

import discord

from bot.cogs.articles import strings
from bot.cogs.articles.cards import (
    PAGE,
    articles_page,
    pages,
    removals_question,
    removed_card,
)
from bot.cogs.articles.views import undo_button
from bot.discord import strings as shared_strings
from bot.discord.components import (
    SEARCH,
    SEARCH_MAX,
    STATE,
    Pressed,
    PressedButton,
    TurnListButton,
    row,
)
from bot.discord.embeds import CHOICE_MAX, Payload
from bot.discord.markdown import fit
from bot.discord.replies import acknowledge, answer, whisper
from bot.errors import NotYours
from bot.permissions import Interaction
from bot.services import Services
from bot.text import fit_plain
from index.model import Article, Space

log = logging.getLogger(__name__)


async def show_page(
    interaction: Interaction, services: Services, page: int, words: str = ""
) -> None:
    """Put a page of what the interaction's server sees in place of the original reply.

    With `words` the list is of the articles that these find. Those who may index there can choose
    articles to be removed.
    """
    spaces = await services.visible(interaction.guild_id)
    articles = await services.workers.ask(services.library.list, spaces, words)
    if not articles:
        told = shared_strings.no_articles(direct=interaction.guild_id is None)
        if words and await services.workers.ask(services.library.count, spaces) > 0:
            told = strings.NONE_LISTED.format(fit(words, SEARCH_MAX))
        await whisper(interaction, Payload(content=told))
        return
    last = pages(len(articles)) - 1
    page = min(page, last)
    turns = PageButton.turns(interaction.user.id, page, last, words)
    items: list[discord.ui.Item[Any]] = [*turns]
    if await services.may_index(interaction):
        items += removal_items(articles, page * PAGE, interaction, words)
    payload = articles_page(articles, page, words, services.articles_at)
    await answer(interaction, payload, row(*items) if items else None)


class PageButton(TurnListButton, template=f"articles:{STATE}{SEARCH}"):
    """Turns the pages of /articles."""

    name, not_yours = "articles", strings.NOT_YOUR_LIST

    async def show(self, interaction: Interaction, services: Services) -> None:
        """Put the page in place of the acknowledgement."""
        await show_page(interaction, services, self.page, self.words)


TITLE_MAX = 300

MOST_REMOVED = 25
"""Options of a select."""


class RemovalButton(
    PressedButton,
    template=r"removal:(?P<choice>remove|keep):(?P<user>\d{1,20})(?::(?P<article>.{1,60}))?",
):
    """Removes an article, or those that its message asks about, or leaves them.

    For the user who gave the command alone.
    """

    def __init__(self, choice: str, user: int, article_id: str = "") -> None:
        custom_id = f"removal:{choice}:{user}" + (f":{article_id}" if article_id else "")
        self.removes = choice == "remove"
        if self.removes:
            super().__init__(custom_id, strings.REMOVE_BUTTON, style=discord.ButtonStyle.danger)
        else:
            super().__init__(custom_id, strings.KEEP_BUTTON)
        self.user = user
        self.article_id = article_id

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a pressed button."""
        return cls(match["choice"], int(match["user"]), match["article"] or "")

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Remove those that are still there, if the user still may, and say which were not."""
        space = await _space_of(interaction, services, self.user)
        await acknowledge(interaction)
        chosen = {self.article_id: ""} if self.article_id else _chosen(interaction.message)
        await _remove(interaction, services, space, chosen if self.removes else {})


def _removal_buttons(user: int, article_id: str = "") -> Iterator[RemovalButton]:
    return (RemovalButton(choice, user, article_id) for choice in ("remove", "keep"))


def confirmation(user: int, article_id: str) -> discord.ui.View:
    """Return the two buttons."""
    return row(*_removal_buttons(user, article_id))


def title(article: Article) -> str:
    """Return a title in quotation marks."""
    return f"“{fit(article.title, TITLE_MAX)}”"


def removal_items(
    articles: Sequence[Article], start: int, interaction: Interaction, words: str
) -> list[discord.ui.Item[Any]]:
    """Return what removes several articles of a list, of which those from `start` on are shown.

    Nothing where none of them is the server's own.
    """
    user = interaction.user.id
    offered, own = _own(articles[start:], interaction), _own(articles, interaction)
    items: list[discord.ui.Item[Any]] = [ToRemoveSelect(user, offered)] if offered else []
    if words and 0 < len(own) <= MOST_REMOVED:
        items.append(RemoveFoundButton(user, words, len(own)))
    return items


def _own(articles: Sequence[Article], interaction: Interaction) -> list[Article]:
    return [one for one in articles if one.space == Space(str(interaction.guild_id))]


class ToRemoveSelect(
    Pressed["discord.ui.Select[Any]"], template=r"articles:remove:(?P<user>\d{1,20})"
):
    """Asks whether the articles that are chosen in a list are to go."""

    def __init__(self, user: int, articles: Sequence[Article] = ()) -> None:
        super().__init__(_select(f"articles:remove:{user}", strings.CHOOSE_TO_REMOVE, articles))
        self.user = user

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a select that was used."""
        return cls(int(match["user"]))

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Ask, if the user may remove them."""
        space = await _space_of(interaction, services, self.user)
        await acknowledge(interaction, private=True)
        there = await services.workers.ask(services.library.list, (space,))
        await _ask(interaction, [one for one in there if one.id in self.item.values])


class RemoveFoundButton(
    PressedButton, template=rf"articles:found:(?P<user>\d{{1,20}}):(?P<words>.{{1,{SEARCH_MAX}}})"
):
    """Asks whether all articles that some words find are to go."""

    def __init__(self, user: int, words: str, count: int = 0) -> None:
        label, style = strings.remove_found(count), discord.ButtonStyle.danger
        super().__init__(f"articles:found:{user}:{words}", label, style=style)
        self.user = user
        self.words = words

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a pressed button."""
        return cls(int(match["user"]), match["words"])

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Ask, if the user may remove them."""
        await _space_of(interaction, services, self.user)
        await acknowledge(interaction, private=True)
        spaces = await services.visible(interaction.guild_id)
        found = await services.workers.ask(services.library.list, spaces, self.words)
        await _ask(interaction, _own(found, interaction))


async def _space_of(interaction: Interaction, services: Services, user: int) -> Space:
    """Return where `user` may remove. Raises NotYours, ServerOnly, NotAllowed."""
    if interaction.user.id != user:
        raise NotYours(shared_strings.NOT_YOUR_BUTTON)
    return await services.own_space(interaction)


CHOSEN_ID = "removal:chosen"


async def _ask(interaction: Interaction, articles: Sequence[Article]) -> None:
    """Ask whether articles are to go. The question itself holds which: ids fit in no button."""
    if not articles:
        await answer(interaction, Payload(content=strings.ALL_GONE))
        return
    articles = articles[:MOST_REMOVED]
    chosen = _select(CHOSEN_ID, strings.CHOSEN, articles, chosen=True)
    question = removals_question([one.title for one in articles])
    await answer(interaction, question, row(chosen, *_removal_buttons(interaction.user.id)))


def _select(
    custom_id: str, placeholder: str, articles: Sequence[Article], *, chosen: bool = False
) -> discord.ui.Select[Any]:
    """Return a select of articles, in which all are chosen for good or none are yet."""
    options = [
        discord.SelectOption(
            label=fit_plain(one.title, CHOICE_MAX) or one.id,
            description=fit_plain(one.source_or_file or "", CHOICE_MAX) or None,
            value=one.id,
            default=chosen,
        )
        for one in articles[:MOST_REMOVED]
    ]
    return discord.ui.Select(
        custom_id=custom_id,
        placeholder=placeholder,
        options=options,
        max_values=len(options) or 1,
        disabled=chosen,
    )


def _chosen(message: discord.Message | None) -> dict[str, str]:
    """Return ids and titles of the articles that a question is about."""
    rows = message.components if message else ()
    items = (item for one in rows if isinstance(one, discord.ActionRow) for item in one.children)
    selects = [item for item in items if isinstance(item, discord.SelectMenu)]
    return {option.value: option.label for select in selects for option in select.options}


async def _remove(
    interaction: Interaction, services: Services, space: Space, chosen: Mapping[str, str]
) -> None:
    """Remove articles of the space (ids and titles), and say which were gone; keep all if none."""
    if not chosen:
        await answer(interaction, Payload(content=strings.KEPT))
        return
    library, workers, action = services.library, services.workers, str(interaction.id)
    removed = await workers.index(library.remove_together, chosen, space, action)
    if not removed:
        await answer(interaction, Payload(content=strings.ALL_GONE))
        return
    log.info("server %s: %s removed %d articles", space, interaction.user.id, len(removed))
    ids = {article.id for article in removed}
    gone = [title for article_id, title in chosen.items() if article_id not in ids]
    until = await workers.ask(library.records.publications.until, action)
    await answer(interaction, removed_card(removed, gone, until), undo_button(action))


ITEMS = (PageButton, RemovalButton, ToRemoveSelect, RemoveFoundButton)
"""What the client recognises after a restart."""
