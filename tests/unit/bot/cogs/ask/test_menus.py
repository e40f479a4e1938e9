import pytest

from bot.cogs.ask.cog import topic


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("What  did he say?\n", "What did he say?"),
        ("<@1> <@!2> <@&3> in <#4>: why <:a_b:5> <a:c:6>?", "in : why ?"),
        ("<@1><@2>", ""),
        (" \n ", ""),
        ("a < b > c", "a < b > c"),
    ],
)
def test_topic_is_the_words_alone(content, words):
    assert topic(content) == words
