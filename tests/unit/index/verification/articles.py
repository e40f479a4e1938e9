"""Articles that written sentences rest on: the seed article and two made up for numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.model import Article, Hit, Passage, Span
from index.text import passages
from index.text import sentences as sentences_
from tests.builders import SEED, article

SEED_TITLE = "Unsettling Clarity in Trump's Ukraine Strategy Raises Concerns Among Allies"
HARBOUR = (
    "The harbour of Lindholm reopened on Monday after 14 months of repairs that cost 23 million "
    "euros. Mayor Ilse Berg praised the divers, who cleared 310 tonnes of debris from the basin. "
    "Shipping company Norvik said it would return with two ferries in May. Union leader Tomas Hale "
    "warned that the new cranes would cost 60 jobs. Berg said no jobs would be lost. The city did "
    "not say when the second quay will open."
)
CLINIC = (
    "Health Secretary Nadia Petrov said on Tuesday that hospitals had treated 1,250 patients for "
    "the fever since March, up from 900 a month earlier. Doctor Samuel Okafor of the Western "
    "Clinic disagreed with her figures and put the number at more than 2,000. No deaths have been "
    "reported. Petrov rejected calls for a travel ban, saying it would do more harm than good. "
    "Schools in Westbay will stay open, while those in Eastport closed on 3 April. The vaccine is "
    "not yet approved for children under 12."
)
TEXTS = {
    "seed": (SEED_TITLE, SEED.read_text(encoding="utf-8")),
    "harbour": ("Harbour of Lindholm reopens", HARBOUR),
    "clinic": ("Fever spreads along the coast", CLINIC),
}


def text_of(name: str) -> str:
    """The whole text of an article."""
    return TEXTS[name][1]


def hits_of(name: str) -> list[Hit]:
    """An article's passages, as the index cuts them."""
    title, text = TEXTS[name]
    return list(hits(replace(article(name, title), source=f"https://news.example/{name}"), text))


def hits(of: Article, text: str) -> Iterator[Hit]:
    """The passages of a text."""
    sentences = sentences_.sentences(text, title=of.title, language=of.language)
    for passage in passages.passages(text, sentences):
        yield hit(of, text, passage)


def hit(of: Article, text: str, passage: Passage) -> Hit:
    """A passage as search finds it."""
    span: Span = passage.span
    return Hit(of, passage, span.of(text), score=1.0, dense=0.5, bm25=1.0)
