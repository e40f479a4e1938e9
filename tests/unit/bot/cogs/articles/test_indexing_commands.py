from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from bot.cogs.articles import indexing
from bot.cogs.articles import strings as articles_strings
from bot.discord import replies
from bot.discord.replies import acknowledge
from bot.errors import ShuttingDown
from bot.services import Services
from index.changes import Changes
from index.errors import SourceError
from index.model import Added, Document, Report, Space
from tests.builders import article
from tests.fakes import NOON, FakeInteraction

SPACE = Space("42")


class FakeLibrary:
    """A library that indexes everything as `status`, and notes it."""

    def __init__(self) -> None:
        self.status, self.added = "added", []
        publications = SimpleNamespace(
            until=lambda action: NOON if self.added else None,
            changes=lambda before, after: Changes(added=("A sentence.",)),
        )
        self.records = SimpleNamespace(
            publications=publications, settings=SimpleNamespace(read=lambda _: {})
        )

    def count(self, spaces):
        return 12 if SPACE in spaces else 3

    def read(self, one, page):
        if one.fault:
            raise one.fault
        return Document(one.name, "A text.")

    def ingest(self, documents, space, *, progress, action, also):
        (document,) = documents
        progress(1, 2)
        before = article(title="Older") if self.status == "replaced" else None
        if self.status != "unchanged":
            self.added.append((document.title, space, action))
        return Report((Added(article(title=document.title), self.status, before),), (), 0.1)


class Shown(FakeInteraction):
    """Keeps the last card and its buttons."""

    card, buttons = None, ()

    async def edit_original_response(self, **fields):
        await super().edit_original_response(**fields)
        (self.card,) = fields.get("embeds") or (None,)
        self.buttons = [one.item.label for one in fields["view"].children] if fields["view"] else []

    async def _followup(self, content, *, ephemeral, embeds=()):
        await super()._followup(content, ephemeral=ephemeral, embeds=embeds)
        (self.card,) = embeds


@pytest.fixture
def services(workers):
    return Services(FakeLibrary(), workers, None)


@dataclass
class Given:
    """Something to index that cannot be read where there is a `fault`."""

    name: str
    fault: Exception | None = None


async def published(services, *inputs):
    interaction = Shown()
    await acknowledge(interaction)
    await indexing.index(services, interaction, SPACE, inputs)
    return interaction


async def test_one_input_has_a_card_of_its_own_and_an_undo_button(services):
    shown = await published(services, Given("One"))
    assert services.library.added == [("One", SPACE, "99")]
    assert shown.card.title == "Indexed: a new article"
    end = "-# 12 articles in all. Undo works until <t:1795521600:t>."
    assert shown.card.description.endswith(end)
    assert shown.buttons == ["Undo"]


async def test_unchanged_has_nothing_to_undo(services):
    services.library.status = "unchanged"
    shown = await published(services, Given("One"))
    assert shown.card.title.startswith("Unchanged")
    assert "Undo" not in shown.card.description
    assert not shown.buttons


async def test_a_new_version_says_what_changed(services):
    services.library.status = "replaced"
    shown = await published(services, Given("One"))
    field = shown.card.fields[0]
    assert (field.name, field.value) == ("What changed", "1 sentence added\n> added: A sentence.")


async def test_one_input_that_fails_raises_why(services):
    with pytest.raises(SourceError):
        await published(services, Given("One", SourceError("One", "it's empty")))


async def test_of_several_one_that_fails_stops_none_and_all_are_listed(services, caplog):
    faults = [SourceError("b", "it's empty"), TimeoutError(), KeyError("secret")]
    named = zip("bcd", faults, strict=True)
    inputs = [Given("a"), *(Given(*one) for one in named), Given("e")]
    shown = await published(services, *inputs)
    assert [title for title, _, _ in services.library.added] == ["a", "e"]
    assert {action for _, _, action in services.library.added} == {"99"}, "undone together"
    assert shown.card.title == "Indexed: 2 new, 3 failed"
    lines = shown.card.description.splitlines()
    assert lines[:3] == [
        "- **new**: a",
        "- **failed**: b: it's empty",
        "- **failed**: c: That took too long. Please try again.",
    ]
    assert "report error" in lines[3]
    assert "secret" not in shown.card.description
    assert shown.buttons == ["Undo"]


async def test_all_that_fail_leave_nothing_to_undo(services):
    fault = SourceError("a", "it's empty")
    shown = await published(services, Given("a", fault), Given("b", fault))
    assert shown.card.title == "Indexed: 2 failed"
    assert not shown.buttons
    assert shown.sent[-2:] == [("delete",), ("followup", "", True)], "nobody else is told"


async def test_what_would_begin_too_late_has_failed(services, monkeypatch):
    monkeypatch.setattr(indexing, "DEADLINE_SECONDS", -1)
    shown = await published(services, Given("a"), Given("b"))
    assert "I ran out of time" in shown.card.description
    assert not services.library.added


async def test_the_end_of_the_bot_is_the_end_of_the_batch(services):
    with pytest.raises(ShuttingDown):
        await published(services, Given("a", ShuttingDown()), Given("b"))
    assert not services.library.added


async def test_progress_names_which_of_several(services):
    progress = replies.ReplyProgress(services.workers.check, articles_strings.progress)
    items = [Given("*a*"), Given("b")]
    await indexing._each(services, FakeInteraction(), SPACE, items, progress, "99")
    assert progress.text == "2 of 2: b\nIndexed 1 of 2 passages …"
    progress.begin(articles_strings.PART_OF.format(number=1, total=2, name="c"))
    assert progress.text == "1 of 2: c"
