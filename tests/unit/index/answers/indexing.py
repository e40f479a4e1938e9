"""Put texts into BM25 without a library."""

from index.model import Article, Passage, Span
from index.search.bm25 import Bm25Index, Passages
from index.text import sentences as sentences_
from index.text.words import names_in


def indexed(bm25: Bm25Index, text: str, of: Article) -> Article:
    """Index a text as the article's only passage; return the article."""
    sentences = tuple(sentences_.sentences(text, title="", language="en"))
    names = names_in(text, Passage(0, Span(0, len(text)), sentences))
    bm25.update([], [Passages((of.id, of.version), of.space, "en", [text], [names])])
    return of
