"""Whatever the answer, what is sent is within limits and does nothing but show it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.cards import passage_page, passages, render
from bot.discord.markdown import escape, fit, link, safe_url
from bot.text import size
from index import model
from tests import strategies
from tests.properties import WITHOUT_SHRINKING, examples
from tests.unit.bot.discord.assertions import check, texts_of

quick = examples(20, phases=WITHOUT_SHRINKING)


@quick
@given(strategies.answers())
def test_cards_plain_words_and_passages_that_lead_to_stored_sources_alone(answer):
    check(render(answer))
    check(render(answer, cards=False))
    for page, found in enumerate(passages(answer)):
        payload = passage_page(answer, page)
        check(payload)
        source = safe_url(found.article.source) or ""
        for url in re.findall(r"(?<!\\)\]\((\S+)\)", payload.card.description):
            assert without_scrolling(url) == without_scrolling(source)


def without_scrolling(url):
    """A link, which may lead to a place of the page already, without the words to scroll to."""
    return url.partition(":~:")[0].removesuffix("#")


def shown(markdown: str) -> str:
    """What a reader sees of escaped words."""
    plain = re.sub(r"\\([^0-9A-Za-z\s])|\*\*", r"\1", markdown.replace("\u200b", ""))
    return "".join(plain.split())


@quick
@given(st.lists(st.sampled_from([*"abc#>-@<:|", "a.b", "\n", "@everyone"]), max_size=40))
def test_escaping_shows_the_same_words(parts):
    text = " ".join(parts)
    assert shown(escape(text)) == "".join(text.split())


@quick
@given(st.data(), strategies.texts(30), st.integers(0, 300))
def test_fit_cuts_after_words(data, text, limit):
    got = fit(text, limit, data.draw(strategies.spans(text)))
    assert size(got) <= limit
    if not got.endswith("…") or "…" in text:
        return
    whole = [shown(escape(word)) for word in text.split()]
    cut = "".join(shown(got.removesuffix("…")).split())
    ends = {sum(map(len, whole[:n])) for n in range(len(whole) + 1)}
    assert len(cut) in ends or len(cut) < len(whole[0])


@quick
@given(strategies.texts(60), strategies.sources, st.integers(40, 500))
def test_links_fit_and_lead_to_web_pages(title, source, limit):
    got = link(title, source, limit)
    assert size(got) <= limit
    assert not re.search(r"(?<!\\)\]\(", got) or re.search(r"\]\(https?://[^\s()<>]+\)\Z", got)


@pytest.mark.parametrize("cards", [True, False])
def test_refusal_is_in_words_too(cards):
    answer = model.Answer("q", model.Certainty.NONE, (), (), (), 0.0)
    assert ask_strings.REFUSED in "".join(texts_of(render(answer, cards=cards)))
