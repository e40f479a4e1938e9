"""Which articles report on the same story."""

import pytest

from index.answers import stories
from index.model import Document
from tests.builders import article, hit

BAN = "The federation banned the sprinter Kaya Lindqvist, who trains in Halle."
APPEAL = "In Lausanne, the sprinter Kaya Lindqvist appealed, her lawyer said."
FIRE = "A fire destroyed the works in Halle, the chief said."


def test_articles_with_several_names_in_common_are_of_one_story():
    own, other, fire = (
        hit(text, of=article(str(n), "News")) for n, text in enumerate((BAN, APPEAL, FIRE))
    )
    assert [one.id for one in stories.on_same_story(own, [fire, own, other, other])] == ["0", "1"]


def test_no_story_is_read_without_end():
    near = [hit(APPEAL, of=article(str(n), "News")) for n in range(stories.MOST + 3)]
    assert len(stories.on_same_story(hit(BAN, of=article("own", "News")), near)) == stories.MOST


@pytest.mark.parametrize("title", ["Ban", "Appeal"])
def test_the_library_finds_the_story_of_an_article(library, title):
    texts = {"Ban": BAN, "Appeal": APPEAL, "Fire": FIRE}
    library.ingest([Document(title=name, text=text) for name, text in texts.items()])
    story = library.story(library.get(title).id)
    assert story[0].title == title
    assert {one.title for one in story} == {"Ban", "Appeal"}
