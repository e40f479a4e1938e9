import pytest

from bot.cogs.articles.cards import Indexed, batch_card, indexed_card
from index.changes import DETAILS, Changes
from index.model import Added, Failed
from tests.builders import article
from tests.fakes import NOON

CHANGES = Changes(("A new one.",), (("It was red.", "It is blue."),), ("An old one.",), ("title",))


def replaced(found):
    return Indexed(Added(article(title="Bridge"), "replaced", article()), found)


def test_changes_are_counted_and_quoted_with_a_word_before_each():
    (field, *_) = indexed_card(replaced(CHANGES), NOON, 9).card.fields
    assert field.value.splitlines() == [
        "1 sentence added, 1 changed, 1 removed, title changed",
        "> was: It **was red**.",
        "> new: It **is blue**.",
        "> added: A new one.",
        "> removed: An old one.",
    ]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Changes(), "no sentence changed"),
        (Changes(added=("a", "b"), removed=("c",)), "2 sentences added, 1 removed"),
        (Changes(changed=(("a", "b"),)), "1 sentence changed"),
        (Changes(details=("title", "published")), "title and date changed"),
    ],
)
def test_what_changed_in_words(found, words):
    (field, *_) = indexed_card(replaced(found), None, 9).card.fields
    assert field.value.splitlines()[0] == words


def test_of_a_long_sentence_the_words_that_changed_are_shown():
    start = "The council of Brell said on Monday that after a long talk about money " * 3
    was, now = f"{start}it would pay 38 million.", f"{start}it would pay 41 million."
    (field, *_) = indexed_card(replaced(Changes(changed=((was, now),))), None, 9).card.fields
    old, new = field.value.splitlines()[1:]
    assert old.endswith("would pay **38** million.")
    assert new.endswith("would pay **41** million.")
    assert old.startswith("> was: …")


def test_a_batch_counts_and_lists_in_order():
    outcomes = [
        replaced(CHANGES),
        Failed("*x*.pdf", "it is damaged"),
        Indexed(Added(article(title="News", source="https://a.example/"), "added")),
        Indexed(Added(article(title="Old"), "unchanged")),
        Indexed(Added(article(title="Same", source="https://b.example/"), "duplicate")),
    ]
    card = batch_card(outcomes, NOON, 1_204).card
    assert card.title == "Indexed: 1 new, 1 new version, 1 unchanged, 1 already here, 1 failed"
    assert card.description.splitlines() == [
        "- **new version**: Bridge, 1 sentence added, 1 changed, 1 removed, title changed",
        "> was: It **was red**.",
        "> new: It **is blue**.",
        "> added: A new one.",
        "> removed: An old one.",
        r"- **failed**: \*x\*.pdf: it is damaged",
        "- **new**: [News](https://a.example/)",
        "- **unchanged**: Old",
        "- **already here**: [Same](https://b.example/)",
        "-# 1,204 articles in all. Undo works until <t:1795521600:t>.",
    ]


def test_the_largest_rewriting_of_the_longest_title_keeps_its_line():
    many = ("x",) * 10_000
    found = Changes(many, tuple(zip(many, many, strict=True)), many, DETAILS)
    one = Indexed(Added(article(title="*" * 300), "replaced", article()), found)
    lines = batch_card([one] * 10, NOON, 9).card.description.splitlines()
    assert sum(line.startswith("- **new version**: ") for line in lines) == 10
